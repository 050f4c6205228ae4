"""Handing a request over to another body (移送, 第85条): consult it, note what it says, tell both sides, end or go on.

Both letters are drafted together by one person and issued together by another; only then the request is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters import transfer_letters
from disclosure.letters.transfer_letters import Told
from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.models.event import Audience
from disclosure.models.notice import Notice, NoticeState
from disclosure.models.third_party import ThirdParty
from disclosure.models.transfer import Transfer
from disclosure.operations.history import book, tell
from disclosure.operations.moving import drop_unissued
from disclosure.operations.notices import Following, Making, NoticeKind, draft_notice, register
from disclosure.policy import Right
from disclosure.queries.case_law import is_claim
from disclosure.queries.extensions import decision_due, told
from disclosure.queries.keys import case_key, corrections, decision_in_work
from disclosure.queries.notices import notices
from disclosure.queries.third_parties import parties
from disclosure.queries.transfers import About, about, transfer_in_work, transfer_obstacle
from disclosure.rules import states
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import Action
from disclosure.rules.third_parties import PartyState
from disclosure.rules.transfers import TransferState
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault
from portal.letters.engine import Context

LETTERS = ("f8", "f9")
# Of a correction (第96条): the receiver decides and we carry it out, so its notice says something else.
CLAIM_LETTERS = ("f8", "f21")
ALL = tuple(dict.fromkeys((*LETTERS, *CLAIM_LETTERS)))
MISSING = N_("Please fill in this field.")


def letters_of(case: Case) -> tuple[str, str]:
    """The letter to the body and the notice to the requester."""
    return CLAIM_LETTERS if is_claim(case) else LETTERS


@dataclass(frozen=True)
class Wanted:
    """What an officer enters about a consultation: the other body, and what of the request is meant."""

    body: str
    head: str
    department: str
    postal_code: str
    address: str
    telephone: str
    asked_of: str
    part: str
    reason: str
    consulted_on: date


def consult(session: Session, case: Case, wanted: Wanted, *, vault: OfficeVault, by: Actor, at: datetime) -> Transfer:
    """Enter that another body was consulted; an empty ``part`` is the whole request.

    Conflict where law or state forbid a transfer, or another one is in work; Invalid with ``field``.
    """
    policy.check(by, Right.CONSULT, case)
    _insist(case)
    if transfer_in_work(session, case) is not None:
        raise Conflict(N_("A transfer is in work already. Finish or drop it first."))
    _screen(wanted, case.received_on, day_in_japan(at))
    row = Transfer(id=new_id(), case_id=case.id, state=TransferState.CONSULTED, whole=not wanted.part.strip())
    row.body, row.head, row.department = wanted.body, wanted.head, wanted.department
    row.postal_code, row.address, row.telephone = wanted.postal_code, wanted.address, wanted.telephone
    row.consulted_on = wanted.consulted_on
    row.entered_by, row.entered_name, row.entered_at = by.id, by.name, at
    _keep(case, row, About(wanted.part, wanted.reason, wanted.asked_of), vault)
    session.add(row)
    session.flush()
    tell(session, case, "transfer-consulted", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "consult-transfer", by=by, at=at, transfer=row.id, whole=row.whole)
    return row


def answer_consultation(
    session: Session,
    case: Case,
    row: Transfer,
    *,
    agreed: bool,
    answered_on: date,
    note: str,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> None:
    """Enter what the other body said. Without its agreement nothing is transferred."""
    policy.check(by, Right.CONSULT, case)
    if row.state is not TransferState.CONSULTED:
        raise Conflict(N_("The answer of the other body was entered already."))
    if not row.consulted_on <= answered_on <= day_in_japan(at):
        raise Invalid(N_("The answer cannot have come on this day."), field="answered-on")
    said = about(case_key(vault, case), row)
    _keep(case, row, About(said.part, said.reason, said.asked_of, screening.lines(note, field="note")), vault)
    row.state, row.answered_on = TransferState.AGREED if agreed else TransferState.DECLINED, answered_on
    session.flush()
    tell(session, case, "transfer-agreed" if agreed else "transfer-declined", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "answer-transfer", by=by, at=at, transfer=row.id, agreed=agreed)


def drop_transfer(session: Session, case: Case, row: Transfer, *, by: Actor, at: datetime) -> None:
    """Give a transfer up before its letters went out; their drafts are dropped with it."""
    policy.check(by, Right.CONSULT, case)
    if row.state is TransferState.DONE:
        raise Conflict(N_("The letters of this transfer went out already."))
    for one in notices(session, case, about_id=row.id):
        one.state = NoticeState.DROPPED
    row.state = TransferState.DROPPED
    session.flush()
    tell(session, case, "transfer-dropped", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "drop-transfer", by=by, at=at, transfer=row.id)


def draft_letters(
    session: Session, case: Case, row: Transfer, *, enclosed: str, vault: OfficeVault, by: Actor, at: datetime
) -> tuple[Notice, Notice]:
    """Draft the letter to the body (移送書) and the notice to the requester (移送通知書), or write both again.

    ``enclosed`` lists what goes along, a thing a line. Conflict until the body has agreed.
    """
    values = {"transfer": row.id, "enclosed": screening.lines(enclosed, field="enclosed")}
    before = {one.kind: one for one in notices(session, case, about_id=row.id)}
    made = [
        draft_notice(
            session, case, code, values, vault=vault, by=by, at=at, about_id=row.id, instead_of=before.get(code)
        )
        for code in letters_of(case)
    ]
    return made[0], made[1]


def _keep(case: Case, row: Transfer, said: About, vault: OfficeVault) -> None:
    row.about_sealed = seal_json(case_key(vault, case), Transfer.__tablename__, "about", row.id, vars(said))


def _insist(case: Case) -> None:
    if found := transfer_obstacle(case):
        raise Conflict(found)
    states.after(case.state, Action.TRANSFER)


def _screen(wanted: Wanted, received_on: date, today: date) -> None:
    for field in ("body", "head", "department", "postal_code", "address", "telephone", "asked_of"):
        screening.line(getattr(wanted, field), field=field.replace("_", "-"))
    screening.lines(wanted.part, field="part")
    screening.lines(wanted.reason, field="reason")
    for field in ("body", "head", "address", "reason"):
        if not getattr(wanted, field).strip():
            raise Invalid(MISSING, field=field)
    if not received_on <= wanted.consulted_on <= today:
        raise Invalid(N_("The consultation cannot have been on this day."), field="consulted-on")


def _row(session: Session, case: Case, values: Mapping[str, Any]) -> Transfer:
    row = session.get(Transfer, str(values.get("transfer", "")))
    if row is None or row.case_id != case.id:
        raise Conflict(N_("This transfer is no longer in work."))
    return row


def _check(session: Session, case: Case, values: Mapping[str, Any], day: date) -> None:
    row = _row(session, case, values)
    # The second of the two letters goes out in the step that has just moved the case.
    if row.state is not TransferState.AGREED:
        raise Conflict(N_("The other body has not agreed to take the request over."))
    _insist(case)


def _context(making: Making) -> Context:
    session, case, row = making.session, making.case, _row(making.session, making.case, making.said)
    said = about(making.key, row)
    due = decision_due(session, case, today=making.paper.issued_on)
    what = Told(
        body=row.body,
        head=row.head,
        department=row.department,
        postal_code=row.postal_code,
        address=row.address,
        telephone=row.telephone,
        part=said.part,
        reason=said.reason,
        transferred_on=making.paper.issued_on,
        due_on=due.due_on,
        enclosed=tuple(line for line in str(making.said.get("enclosed", "")).splitlines() if line.strip()),
        corrections=tuple((ask.sent_on, ask.answered_on) for ask in corrections(session, case)),
        longer_on=tuple(one.issued_on for one in told(session, case) if one.issued_on is not None),
    )
    make = transfer_letters.to_the_body if making.notice.kind == "f8" else transfer_letters.to_the_requester
    return make(
        case,
        what,
        making.fields,
        paper=making.paper,
    )


def _follow(following: Following) -> None:
    """Once both letters are out the request, or the part, is the other body's."""
    session, case = following.session, following.case
    rows = notices(session, case, about_id=following.notice.about_id)
    if {one.kind for one in rows if one.state is NoticeState.ISSUED} != set(letters_of(case)):
        return
    row, today = _row(session, case, following.said), day_in_japan(following.at)
    row.state, row.done_on = TransferState.DONE, today
    if row.whole:
        _end(session, case, today)
    session.flush()
    code = "transferred" if row.whole else "part-transferred"
    tell(session, case, code, by=following.by, at=following.at, body=row.body)
    book(session, case, "transfer", by=following.by, at=following.at, transfer=row.id, whole=row.whole)


def _end(session: Session, case: Case, today: date) -> None:
    """The case ends here; what was in work for it has lost its sense."""
    case.state = states.after(case.state, Action.TRANSFER)
    case.decision_type, case.ended_on = DecisionType.TRANSFERRED, today
    drop_unissued(session, case)
    if (decision := decision_in_work(session, case)) is not None:
        decision.state = DecisionState.DROPPED
    for one in notices(session, case):
        if one.state is NoticeState.DRAFTED:
            one.state = NoticeState.DROPPED
    for party in parties(session, case):
        _let_go(party)


def _let_go(party: ThirdParty) -> None:
    if party.state is PartyState.LISTED:
        party.state = PartyState.DROPPED


for _code in ALL:
    register(
        NoticeKind(
            code=_code,
            drafts=Action.TRANSFER,
            issues=Right.ISSUE_NOTICE,
            context=_context,
            check=_check,
            follow=_follow,
            to_requester=_code != "f8",
            together=ALL,
        )
    )
