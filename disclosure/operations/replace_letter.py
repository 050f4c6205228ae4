"""Correcting an issued letter: a new letter with its own number names the old one and the reason, and replaces it.

One person drafts, another issues; the old letter stays as it was issued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters import decision_letter
from disclosure.letters.frame import addressee_fields, set_on
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.decision import Decision
from disclosure.models.event import Audience
from disclosure.models.letter import Letter
from disclosure.models.letter_correction import LetterCorrection, ReplacementState
from disclosure.operations.correct import change_fields
from disclosure.operations.deliver import found_letter
from disclosure.operations.draft_letter import DraftLetter
from disclosure.operations.history import book, tell
from disclosure.operations.issue import keep_letter
from disclosure.operations.look import What, look
from disclosure.operations.moving import reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.order_post import post_if_wanted, stop_waiting
from disclosure.policy import Right
from disclosure.queries.anew import ruling_behind
from disclosure.queries.case_law import case_law
from disclosure.queries.deliveries import LetterDelivery
from disclosure.queries.keys import case_files, case_key, fields
from disclosure.queries.keys import reasons as open_reasons
from disclosure.queries.names import name_indexes
from disclosure.queries.procedure import uniform_answer
from disclosure.queries.splits import shown_split
from disclosure.rules.decisions import Reason, needs_reasons, problems
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.uniform import FIXED
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import open_json, seal_json
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import CaseKey, OfficeVault
from portal.core.wareki import format_wareki
from portal.letters.draft import Draft, unissued
from portal.letters.engine import Context
from portal.letters.operations.issue import issue_letter

TABLE = LetterCorrection.__tablename__
NONE_IN_WORK = N_("Nothing is drafted in the place of this letter.")


@dataclass(frozen=True)
class Content:
    """What the new letter says where it differs: why, to whom, where to, and the texts of the reasons."""

    reason: str
    name: str
    postal_code: str
    address: str
    reasons: tuple[Reason, ...]

    def plain(self) -> dict[str, Any]:
        """As plain values, for sealing."""
        return asdict(self)


def as_it_stands(session: Session, case: Case, letter: Letter, *, key: CaseKey) -> Content:
    """Where a draft begins: the case's values of today and the decision's reasons."""
    values = fields(key, case)
    name, postal_code, address = addressee_fields(values)
    return Content(
        reason="",
        name=values[name],
        postal_code=values.get(postal_code, ""),
        address=values[address],
        reasons=tuple(open_reasons(key, _decision(session, letter))),
    )


def in_work(session: Session, letter_id: str) -> LetterCorrection | None:
    """The replacement of a letter that is drafted and not issued yet."""
    wanted = select(LetterCorrection).where(
        LetterCorrection.letter_id == letter_id, LetterCorrection.state == ReplacementState.DRAFTED
    )
    return session.scalar(wanted)


def content(row: LetterCorrection, *, key: CaseKey) -> Content:
    """What is drafted."""
    value = open_json(key, TABLE, "content", row.id, row.content_sealed)
    return Content(**{**value, "reasons": tuple(Reason(**reason) for reason in value["reasons"])})


def draft_replacement(
    session: Session, case: Case, letter_id: str, wanted: Content, *, vault: OfficeVault, by: Actor, at: datetime
) -> LetterCorrection:
    """Write or rewrite the draft. Invalid with ``field`` for what cannot be taken."""
    policy.check(by, Right.DRAFT_REPLACEMENT, case)
    found = _in_force(session, case, letter_id)
    key = case_key(vault, case)
    _screen(wanted)
    decision = _decision(session, found.letter)
    before = as_it_stands(session, case, found.letter, key=key)
    _check_reasons(case, decision, before.reasons, wanted.reasons)
    row = in_work(session, letter_id)
    if row is None:
        row = LetterCorrection(id=new_id(), case_id=case.id, letter_id=letter_id, state=ReplacementState.DRAFTED)
    row.content_sealed = seal_json(key, TABLE, "content", row.id, wanted.plain())
    row.drafted_by, row.drafted_name, row.drafted_at = by.id, by.name, at
    session.add(row)
    session.flush()
    tell(session, case, "replacement-drafted", by=by, at=at, audience=Audience.STAFF, number=found.letter.number)
    book(session, case, "draft-replacement", by=by, at=at, letter=letter_id)
    return row


def drop_replacement(session: Session, case: Case, letter_id: str, *, by: Actor, at: datetime) -> None:
    """Give up the draft: by an officer, or by an approver who does not agree with it."""
    policy.check(by, Right.DROP_REPLACEMENT, case)
    row = in_work(session, letter_id)
    if row is None:
        raise Conflict(NONE_IN_WORK)
    row.state = ReplacementState.DROPPED
    session.flush()
    number = found_letter(session, case, letter_id).letter.number
    tell(session, case, "replacement-dropped", by=by, at=at, audience=Audience.STAFF, number=number)
    book(session, case, "drop-replacement", by=by, at=at, letter=letter_id)


def preview(
    session: Session, case: Case, letter_id: str, *, settings: Settings, vault: OfficeVault, by: Actor, at: datetime
) -> DraftLetter:
    """The new letter as it would be issued today, with a place for its number; reading it is a look."""
    found, row = found_letter(session, case, letter_id), in_work(session, letter_id)
    if row is None:
        raise Conflict(NONE_IN_WORK)
    look(session, case, What.DRAFT, by=by, at=at, letter=letter_id)
    key, today = case_key(vault, case), day_in_japan(at)
    unnumbered = unissued(settings.organisation.letter_mark, today)
    made = _context(session, case, found.letter, content(row, key=key), key, settings, unnumbered, is_draft=True)
    template = LETTERS.current(found.letter.kind, today)
    return DraftLetter({**made, **unnumbered.shared}, template, approved=False)


def issue_replacement(
    session: Session,
    case: Case,
    letter_id: str,
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Approve and issue what somebody else drafted. The case takes the corrected name and address over.

    Forbidden for the person who drafted it; Invalid names a character that no font has; nothing is changed then.
    """
    policy.check(by, Right.ISSUE_REPLACEMENT, case)
    found = _in_force(session, case, letter_id)
    row = in_work(session, letter_id)
    if row is None:
        raise Conflict(NONE_IN_WORK)
    if row.drafted_by == by.id:
        raise Forbidden(N_("You drafted this letter, so somebody else with the role of approver must issue it."))
    key, old = case_key(vault, case), found.letter
    wanted = content(row, key=key)

    def make(draft: Draft) -> Context:
        return _context(session, case, old, wanted, key, settings, draft)

    issued = issue_letter(
        session,
        templates=LETTERS,
        kind=old.kind,
        make=make,
        settings=settings,
        signer=signer,
        at=at,
        replaces=old.id,
    )
    letter = keep_letter(session, case, _decision(session, old), issued, key=key, by=by, at=at)
    row.state, row.new_letter_id = ReplacementState.ISSUED, letter.id
    row.issued_by, row.issued_name, row.issued_at = by.id, by.name, at
    _take_over(case, key, vault, wanted)
    session.flush()
    stop_waiting(session, old.id, by=by, at=at)
    post_if_wanted(session, case, letter, by=by, at=at)
    reckon(session, case, today=day_in_japan(at))
    notify_resident(session, case, f"letter:{letter.id}", at=at)
    tell(session, case, "letter-replaced", by=by, at=at, number=letter.number, old=old.number)
    book(session, case, "replace-letter", by=by, at=at, letter=letter.id, replaces=old.id, sha256=letter.sha256)
    return letter


def _in_force(session: Session, case: Case, letter_id: str) -> LetterDelivery:
    found = found_letter(session, case, letter_id)
    if not found.in_force:
        raise Conflict(N_("Another letter has taken the place of this one."))
    return found


def _decision(session: Session, letter: Letter) -> Decision:
    if letter.decision_id is None:
        raise Conflict(N_("Only the letter of a decision can be corrected by a new letter."))
    return session.get_one(Decision, letter.decision_id)


def _context(
    session: Session,
    case: Case,
    old: Letter,
    wanted: Content,
    key: CaseKey,
    settings: Settings,
    draft: Draft,
    *,
    is_draft: bool = False,
) -> Context:
    now = fields(key, case)
    values = {**now, **_typed(now, wanted)}
    made = decision_letter.context(
        case,
        _decision(session, old).type,
        values,
        wanted.reasons,
        paper=set_on(draft, settings, draft=is_draft),
        found=bool(case_files(session, case, FileKind.RECORD)),
        split=shown_split(session, case, key=key),
        ruling=ruling_behind(session, case),
    )
    replaces = {"number": old.number, "date": format_wareki(old.issued_on), "reason": wanted.reason}
    return {**made, "replaces": replaces}


def _typed(now: Mapping[Field, str], wanted: Content) -> dict[Field, str]:
    """To whom the new letter goes, as values of the case."""
    return dict(zip(addressee_fields(now), (wanted.name, wanted.postal_code, wanted.address), strict=True))


def _take_over(case: Case, key: CaseKey, vault: OfficeVault, wanted: Content) -> None:
    """What was wrong in the letter was wrong in the case; what it said before stays in the old letter."""
    now = fields(key, case)
    changed = {field: text for field, text in _typed(now, wanted).items() if text and text != now.get(field)}
    change_fields(case, key, changed)
    if Field.NAME in changed:
        case.name_index = name_indexes(vault, wanted.name).name


def _screen(wanted: Content) -> None:
    for field in ("reason", "name", "address"):
        if not getattr(wanted, field).strip():
            raise Invalid(N_("Please fill in this field."), field=field)
    screening.lines(wanted.reason, field="reason", limits=(400, 1600))
    for field in ("name", "postal_code", "address"):
        screening.line(getattr(wanted, field), field=field)
    for reason in wanted.reasons:
        for name, text in reason.plain().items():
            screening.lines(text, field=name)


def _check_reasons(case: Case, decision: Decision, before: Sequence[Reason], after: Sequence[Reason]) -> None:
    """A correction mends words. Another ground, another part more or less would be another decision."""
    if uniform_answer(case) is not None and list(before) != list(after):
        raise Invalid(FIXED, field="reasons")
    if [row.ground for row in before] != [row.ground for row in after]:
        raise Invalid(N_("A correction cannot change the grounds: that needs a new decision."), field="reasons")
    if needs_reasons(case_law(case), decision.type):
        found = [
            row
            for row in problems(decision.type, after, regime=case_law(case), day=case.law_day, records=0)
            if row.number
        ]
        if found:
            raise Invalid(found[0].message, field="reasons")
