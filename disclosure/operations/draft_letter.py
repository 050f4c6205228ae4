"""The letter of a decision in work, as it would be issued today; reading it is a look at the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.letters import decision_letter
from disclosure.letters.frame import set_on
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.operations.look import What, look
from disclosure.queries.anew import ruling_behind
from disclosure.queries.case_law import case_law
from disclosure.queries.keys import case_files, case_key, decision_in_work, fields, reasons
from disclosure.queries.splits import shown_split
from disclosure.rules.kinds import FileKind
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from portal.letters.draft import unissued
from portal.letters.engine import Context, Template


@dataclass(frozen=True)
class DraftLetter:
    """What the letter says, and what it is made with; ``approved`` letters lack only their number."""

    context: Context
    template: Template
    approved: bool


def draft_letter(
    session: Session, case: Case, *, settings: Settings, vault: OfficeVault, by: Actor, at: datetime
) -> DraftLetter:
    """The draft with a place for its number. Conflict when no decision is in work."""
    decision = decision_in_work(session, case)
    if decision is None:
        raise Conflict(N_("There is no draft of a decision."))
    look(session, case, What.DRAFT, by=by, at=at)
    today, key = day_in_japan(at), case_key(vault, case)
    draft = unissued(settings.organisation.letter_mark, today)
    context = decision_letter.context(
        case,
        decision.type,
        fields(key, case),
        reasons(key, decision),
        paper=set_on(draft, settings, draft=True),
        found=bool(case_files(session, case, FileKind.RECORD)),
        split=shown_split(session, case, key=key),
        ruling=ruling_behind(session, case),
    )
    law = case_law(case)
    template = LETTERS.current(decision_letter.kind(decision.type, law), today)
    return DraftLetter({**context, **draft.shared}, template, approved=decision.state is DecisionState.APPROVED)
