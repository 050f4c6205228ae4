"""Asking for a correction: it goes out at once as a numbered, signed letter (補正依頼書), in the same step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.letters import correction_letter
from disclosure.letters.correction_letter import KIND, Asked
from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.models.letter import Letter
from disclosure.operations.correct import ask_correction
from disclosure.operations.notices import Following, Making, NoticeKind, draft_notice, issue_notice, register
from disclosure.queries.case_law import case_law
from disclosure.queries.extensions import decision_due
from disclosure.queries.keys import corrections
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.sealed import open_text
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import OfficeVault
from portal.letters.engine import Context


def ask_by_letter(
    session: Session,
    case: Case,
    defects: Sequence[str],
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
    note: str = "",
    due_on: date | None = None,
) -> Letter:
    """Ask for defects (codes of ``rules.defects``) to be mended, and issue the letter that asks; returns it.

    Invalid names a field, or a character that no font has; Conflict as for ``ask_correction``. Nothing is asked then.
    """
    asked = ask_correction(session, case, defects, vault=vault, by=by, at=at, note=note, due_on=due_on)
    drafted = draft_notice(session, case, KIND, {}, vault=vault, by=by, at=at, about_id=asked.id)
    return issue_notice(session, case, drafted, settings=settings, vault=vault, signer=signer, by=by, at=at)


def _context(making: Making) -> Context:
    rows = corrections(making.session, making.case)
    asked = next(row for row in rows if row.id == making.notice.about_id)
    note = open_text(making.key, CorrectionRequest.__tablename__, "note", asked.id, asked.note_sealed)
    return correction_letter.context(
        making.case,
        case_law(making.case),
        Asked(
            asked.defects,
            note,
            asked.sent_on,
            asked.due_on,
            decision_due(making.session, making.case, today=asked.sent_on),
            rows.index(asked) + 1,
        ),
        making.fields,
        paper=making.paper,
    )


def _allowed(_session: Session, _case: Case, _said: Mapping[str, Any], _today: date) -> None:
    """What could forbid the letter forbids asking already."""


def _nothing(_following: Following) -> None:
    """Asking has done everything."""


register(
    NoticeKind(
        KIND, Action.ASK_CORRECTION, Action.ASK_CORRECTION, _context, _allowed, _nothing, alone=True, announced=True
    )
)
