"""Asking third parties whose information is in the records, taking answers, waiting when they object (第86条).

The letters are drafted by one person and issued by another; what they say is sealed. The requester learns that the
records wait, and why, but neither who was asked nor what they said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.decision import Decision
from disclosure.models.event import Audience
from disclosure.models.notice import NoticeState
from disclosure.models.third_party import ThirdParty
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.moving import reckon
from disclosure.operations.release_wait import lock_release
from disclosure.policy import Right
from disclosure.queries.keys import case_key, decision_in_work
from disclosure.queries.notices import notices
from disclosure.queries.third_parties import WORKING, Matter, Said, Who, inquiry_obstacle, matter, may_ask
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import ENDED, State
from disclosure.rules.third_parties import Answer, Item, PartyState
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault
from portal.letters.addressee import HONORIFICS

TABLE = ThirdParty.__tablename__
MISSING = N_("Please fill in this field.")
NOT_NOW = N_("Third parties are asked before the decision goes for approval.")
PROTECTED = N_("This requester is protected: their name is told to nobody.")
CONTENT = (1000, 4000)


def list_party(
    session: Session,
    case: Case,
    who: Who,
    about: Matter,
    item: Item | None,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> ThirdParty:
    """Put a third party on the list. ``item`` where the law demands the inquiry; Invalid with ``field``."""
    policy.check(by, Right.CONSULT, case)
    _insist(case)
    _screen(case, who, about, item)
    row = ThirdParty(id=new_id(), case_id=case.id, state=PartyState.LISTED, item=item, withheld=False)
    row.entered_by, row.entered_name, row.entered_at = by.id, by.name, at
    key = case_key(vault, case)
    row.who_sealed = seal_json(key, TABLE, "who", row.id, vars(who))
    row.about_sealed = seal_json(key, TABLE, "about", row.id, vars(about))
    session.add(row)
    _done(session, case, row, "third-party-listed", by=by, at=at, required=item is not None)
    return row


def skip_party(
    session: Session, case: Case, row: ThirdParty, why: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Do not ask: nobody knows where the third party is (第86条第2項ただし書). The reason says what was tried."""
    policy.check(by, Right.CONSULT, case)
    if row.state is not PartyState.LISTED:
        raise Conflict(N_("This third party was asked already."))
    if not why.strip():
        raise Invalid(MISSING, field="why")
    key = case_key(vault, case)
    kept = {**vars(matter(key, row)), "skipped": screening.lines(why, field="why", limits=CONTENT)}
    row.about_sealed = seal_json(key, TABLE, "about", row.id, kept)
    row.state = PartyState.SKIPPED
    _drop_drafts(session, case, row)
    _done(session, case, row, "third-party-skipped", by=by, at=at)


def drop_party(session: Session, case: Case, row: ThirdParty, *, by: Actor, at: datetime) -> None:
    """Take a third party off the list that was not asked."""
    policy.check(by, Right.CONSULT, case)
    if row.state not in (PartyState.LISTED, PartyState.SKIPPED):
        raise Conflict(N_("This third party was asked already."))
    row.state = PartyState.DROPPED
    _drop_drafts(session, case, row)
    _done(session, case, row, "third-party-dropped", by=by, at=at)


def take_answer(
    session: Session,
    case: Case,
    row: ThirdParty,
    answer: Answer,
    *,
    answered_on: date | None,
    parts: str,
    reasons: str,
    uploads: Sequence[Upload] = (),
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> None:
    """Enter what a third party said, or that nothing came by the day; may be mended until the records are out.

    An objection names its parts and reasons, as far as the paper has them. Invalid with ``field``.
    """
    policy.check(by, Right.CONSULT, case)
    if row.state not in (PartyState.ASKED, PartyState.ANSWERED) or row.sent_on is None or row.due_on is None:
        raise Conflict(N_("This third party was not asked."))
    if case.state in ENDED or case.released_at is not None:
        raise Conflict(N_("The records are out, or the case has ended."))
    today = day_in_japan(at)
    if answer is Answer.NONE and today <= row.due_on:
        raise Invalid(N_("There is still time to answer, until %(day)s."), field="answer", day=row.due_on.isoformat())
    if answer is not Answer.NONE and (answered_on is None or not row.sent_on <= answered_on <= today):
        raise Invalid(N_("The answer cannot have come on this day."), field="answered-on")
    if row.answer is Answer.OPPOSED and case.notified_on is not None and answer is not Answer.OPPOSED:
        raise Conflict(N_("The decision was made against this objection, so it stays."))
    key = case_key(vault, case)
    kept = Said(screening.lines(parts, field="parts"), screening.lines(reasons, field="reasons"))
    row.said_sealed = seal_json(key, TABLE, "said", row.id, vars(kept))
    row.state, row.answer = PartyState.ANSWERED, answer
    row.answered_on = None if answer is Answer.NONE else answered_on
    row.withheld = row.withheld and answer is Answer.OPPOSED
    files = seal_files(session, case, key, uploads, FileKind.OPINION, by=by, at=at)
    session.flush()
    row.file_id = files[0].id if files else row.file_id
    lock_release(session, case)
    _done(session, case, row, "third-party-answered", by=by, at=at, answer=answer.value, files=len(files))


def mark_withheld(session: Session, case: Case, row: ThirdParty, withheld: bool, *, by: Actor, at: datetime) -> None:
    """Say whether the decision withholds all that the third party objects to; whoever approves it sees that."""
    policy.check(by, Right.CONSULT, case)
    if row.answer is not Answer.OPPOSED or case.state not in WORKING:
        raise Conflict(N_("This can only be said of an objection, before the decision goes for approval."))
    row.withheld = withheld
    if withheld:
        _drop_drafts(session, case, row)
    _done(session, case, row, "third-party-weighed", by=by, at=at, withheld=withheld)


def mark_decision(session: Session, case: Case, item: Item | None, *, by: Actor, at: datetime) -> None:
    """Say that the decision in work lets out something that the law lets out only after asking; None takes it back."""
    policy.check(by, Right.CONSULT, case)
    decision = drafted(session, case)
    if item is not None and (found := inquiry_obstacle(case)):
        raise Conflict(found)
    decision.third_party_item = item
    session.flush()
    tell(session, case, "third-party-marked", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "third-party-marked", by=by, at=at, item=item.value if item else None)


def drafted(session: Session, case: Case) -> Decision:
    """The decision that is being drafted; Conflict when none is."""
    decision = decision_in_work(session, case)
    if decision is None or case.state is not State.DRAFTING:
        raise Conflict(N_("This is said while the decision is drafted."))
    return decision


def _insist(case: Case) -> None:
    if found := inquiry_obstacle(case):
        raise Conflict(found)
    if not may_ask(case):
        raise Conflict(NOT_NOW)


def _screen(case: Case, who: Who, about: Matter, item: Item | None) -> None:
    for field in ("name", "postal_code", "address", "contact"):
        screening.line(getattr(who, field), field=field.replace("_", "-"))
    if who.honorific not in HONORIFICS:
        raise Invalid(N_("Please choose one."), field="honorific")
    for field, text in (("content", about.content), ("why", about.why), ("naming", about.naming)):
        screening.lines(text, field=field, limits=CONTENT)
    needed = {"name": who.name, "address": who.address, "content": about.content}
    if item is not None:
        needed["why"] = about.why
    for field, text in needed.items():
        if not text.strip():
            raise Invalid(MISSING, field=field)
    if about.naming.strip() and case.protected:
        raise Invalid(PROTECTED, field="naming")


def _drop_drafts(session: Session, case: Case, row: ThirdParty) -> None:
    for one in notices(session, case, about_id=row.id):
        if one.state is NoticeState.DRAFTED:
            one.state = NoticeState.DROPPED


def _done(session: Session, case: Case, row: ThirdParty, code: str, *, by: Actor, at: datetime, **detail: Any) -> None:
    session.flush()
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, code, by=by, at=at, audience=Audience.STAFF)
    book(session, case, code, by=by, at=at, party=row.id, **detail)
