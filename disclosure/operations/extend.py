"""More time for a decision: an extension (第83条第2項) or the special period (第84条), told by a letter.

One person drafts the notice, another issues it; the period is longer from the issue on, never from the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters import extension_letter
from disclosure.letters.extension_letter import MoreTime, letter_kind
from disclosure.letters.frame import set_on
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.letter import Letter
from disclosure.operations.draft_letter import DraftLetter
from disclosure.operations.history import book, tell
from disclosure.operations.issue import keep_letter
from disclosure.operations.look import What, look
from disclosure.operations.moving import begin, drop_unissued, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.order_post import post_if_wanted
from disclosure.policy import Right
from disclosure.queries import extensions
from disclosure.queries.case_law import case_law, is_claim
from disclosure.queries.keys import case_key, fields
from disclosure.rules.extensions import (
    LONGEST_FACTS,
    ExtensionGround,
    ExtensionKind,
    Obstacle,
    days_problem,
    rest_problem,
)
from disclosure.rules.states import Action
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import seal_text
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import CaseKey, OfficeVault
from portal.letters.draft import Draft, unissued
from portal.letters.engine import Context
from portal.letters.operations.issue import issue_letter

NONE_IN_WORK = N_("No notice about the period is drafted.")
ACTIONS = {ExtensionKind.EXTENSION: Action.EXTEND, ExtensionKind.SPECIAL: Action.APPLY_SPECIAL_PERIOD}
EVENTS = {ExtensionKind.EXTENSION: "extended", ExtensionKind.SPECIAL: "special-period"}
CLAIM_SPECIAL = "special-period-claim"
LIMITS = (LONGEST_FACTS, 4 * LONGEST_FACTS)


@dataclass(frozen=True)
class Wanted:
    """What an officer asks for: days and ground of an extension, or the special period's day for the rest."""

    kind: ExtensionKind
    facts: str
    days: int | None = None
    ground: ExtensionGround | None = None
    rest_on: date | None = None


def draft_extension(
    session: Session, case: Case, wanted: Wanted, *, vault: OfficeVault, by: Actor, at: datetime
) -> Extension:
    """Write or rewrite the notice. Conflict when the law or the day forbids it; Invalid with ``field``."""
    begin(session, case, ACTIONS[wanted.kind], by=by)
    today = day_in_japan(at)
    _insist(extensions.hindrance(session, case, wanted.kind, today=today))
    row = extensions.in_work(session, case)
    if row is not None and row.kind is not wanted.kind:
        raise Conflict(N_("Another notice about the period is drafted. Drop it first."))
    if row is None:
        row = Extension(id=new_id(), case_id=case.id, kind=wanted.kind, state=ExtensionState.DRAFTED)
    row.days, row.ground, row.rest_on = wanted.days, wanted.ground, wanted.rest_on
    _check(session, case, row, today)
    if not wanted.facts.strip():
        raise Invalid(N_("Give the reason."), field="facts")
    text = screening.lines(wanted.facts, field="facts", limits=LIMITS)
    row.facts_sealed = seal_text(case_key(vault, case), Extension.__tablename__, "facts", row.id, text)
    row.drafted_by, row.drafted_name, row.drafted_at = by.id, by.name, at
    session.add(row)
    session.flush()
    tell(session, case, "extension-drafted", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "draft-extension", by=by, at=at, kind=row.kind.value, days=row.days)
    return row


def drop_extension(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Give up the draft: by an officer, or by an approver who does not agree with it."""
    policy.check(by, Right.DROP_EXTENSION, case)
    if not drop_unissued(session, case):
        raise Conflict(NONE_IN_WORK)
    tell(session, case, "extension-dropped", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "drop-extension", by=by, at=at)


def preview(
    session: Session, case: Case, *, settings: Settings, vault: OfficeVault, by: Actor, at: datetime
) -> DraftLetter:
    """The notice as it would be issued today, with a place for its number; reading it is a look."""
    row = _in_work(session, case)
    look(session, case, What.DRAFT, by=by, at=at)
    today, key = day_in_japan(at), case_key(vault, case)
    unnumbered = unissued(settings.organisation.letter_mark, today)
    made = _context(session, case, row, key, settings, unnumbered, today, is_draft=True)
    template = LETTERS.current(letter_kind(case, row.kind), today)
    return DraftLetter({**made, **unnumbered.shared}, template, approved=False)


def issue_extension(
    session: Session,
    case: Case,
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Approve and issue what somebody else drafted; from now on the period is longer.

    Forbidden for the person who drafted it; Conflict when it has become too late or the case has moved on; Invalid
    names a character that no font has. Nothing is changed then.
    """
    row = _in_work(session, case)
    begin(session, case, ACTIONS[row.kind], by=by, right=Right.ISSUE_EXTENSION)
    if row.drafted_by == by.id:
        raise Forbidden(N_("You drafted this notice, so somebody else with the role of approver must issue it."))
    today, key = day_in_japan(at), case_key(vault, case)
    _insist(extensions.hindrance(session, case, row.kind, today=today))
    _check(session, case, row, today)

    def make(draft: Draft) -> Context:
        return _context(session, case, row, key, settings, draft, today)

    issued = issue_letter(
        session,
        templates=LETTERS,
        kind=letter_kind(case, row.kind),
        make=make,
        settings=settings,
        signer=signer,
        at=at,
    )
    letter = keep_letter(session, case, None, issued, key=key, by=by, at=at)
    row.state, row.letter_id = ExtensionState.ISSUED, letter.id
    row.issued_by, row.issued_name, row.issued_at, row.issued_on = by.id, by.name, at, today
    session.flush()
    post_if_wanted(session, case, letter, by=by, at=at)
    reckon(session, case, today=today)
    notify_resident(session, case, f"letter:{letter.id}", at=at)
    days = {"due_on": case.due_on.isoformat()} | ({"rest_on": row.rest_on.isoformat()} if row.rest_on else {})
    code = CLAIM_SPECIAL if is_claim(case) and row.kind is ExtensionKind.SPECIAL else EVENTS[row.kind]
    tell(session, case, code, by=by, at=at, audience=Audience.RESIDENT, number=letter.number, **days)
    book(session, case, "extend", by=by, at=at, letter=letter.id, kind=row.kind.value, sha256=letter.sha256, **days)
    return letter


def _in_work(session: Session, case: Case) -> Extension:
    row = extensions.in_work(session, case)
    if row is None:
        raise Conflict(NONE_IN_WORK)
    return row


def _insist(found: Obstacle | None) -> None:
    if found is not None:
        raise Conflict(found.message, **_plain(found))


def _plain(found: Obstacle) -> dict[str, str]:
    return {name: str(value) for name, value in found.params.items()}


def _check(session: Session, case: Case, row: Extension, today: date) -> None:
    """What was typed against the law and against the days as they are now."""
    law = case_law(case)
    if row.kind is ExtensionKind.EXTENSION:
        if row.ground is None:
            raise Invalid(N_("Please choose one."), field="ground")
        field, found = "days", days_problem(law, row.days, case.law_day)
    else:
        # A claim is decided as a whole, so its day only has to be later than the first period's.
        whole = is_claim(case)
        part_due_on = extensions.decision_due(session, case, today=today, by=() if whole else [row]).due_on
        field, found = "rest-on", rest_problem(row.rest_on, part_due_on=part_due_on, whole=whole)
    if found is not None:
        raise Invalid(found.message, field=field, **_plain(found))


def _context(
    session: Session,
    case: Case,
    row: Extension,
    key: CaseKey,
    settings: Settings,
    draft: Draft,
    today: date,
    *,
    is_draft: bool = False,
) -> Context:
    by: Sequence[Extension] = [row]
    more = MoreTime(
        kind=row.kind,
        before_on=extensions.decision_due(session, case, today=today, by=()).due_on,
        due=extensions.decision_due(session, case, today=today, by=by),
        facts=extensions.facts(key, row),
        days=row.days,
        ground=row.ground,
        rest_on=row.rest_on,
    )
    return extension_letter.context(
        case,
        more,
        fields(key, case),
        paper=set_on(draft, settings, draft=is_draft),
    )
