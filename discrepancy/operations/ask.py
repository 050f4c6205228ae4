"""Bodies ask each other: the provider, and through the ways of the notice the operator, the aggregator, a ministry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import Discrepancy
from discrepancy.models.enquiries import Enquiry, EnquiryLeg
from discrepancy.operations.check_self import LOOK_FIRST, ready_to_ask
from discrepancy.operations.steps import case_key, join, record, settle, take_step, write_down
from discrepancy.operations.tell import Told, tell
from discrepancy.queries.access import find_body, parties, prefecture_of
from discrepancy.rules.clock import Duty, period
from discrepancy.rules.emergency import EMERGENCIES, EmergencyKind, may_post
from discrepancy.rules.enquiry import BodyKind, EnquiryKind, FormKind, check_enquiry, route
from discrepancy.rules.states import CaseAction, CaseState, Party
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import open_json, seal_json
from portal.core.vault import OfficeVault

TABLE = Enquiry.__tablename__
ONESELF = N_("A body does not ask itself.")
WRONG_BODY = N_("This kind of enquiry does not go to this body.")
ANSWERED = N_("This enquiry is answered already.")
SAY_ANSWER = N_("Write the answer.")
ASKED, PASSED_ON, ANSWER = "enquire", "pass-on", "answer"
# Kinds of bodies that an enquiry of a kind can end at; a provider may be of any kind.
_GOES_TO: dict[EnquiryKind, frozenset[BodyKind]] = {
    EnquiryKind.OPERATOR: frozenset({BodyKind.OPERATOR}),
    EnquiryKind.AGGREGATOR: frozenset({BodyKind.AGGREGATOR}),
    EnquiryKind.MINISTRY: frozenset({BodyKind.MINISTRY}),
    EnquiryKind.OTHERS_AFFECTED: frozenset({BodyKind.MINISTRY}),
}


@dataclass(frozen=True, repr=False)
class NewEnquiry:
    """``said``: the six items (:data:`enquiry.ITEMS`) and the fields of the form that carries it."""

    kind: EnquiryKind
    to: str
    said: Mapping[str, str]
    frequent_searched: bool
    form: FormKind | None = None
    emergency: EmergencyKind | None = None
    called_at: datetime | None = field(default=None)


class EnquiryFaults(Invalid):
    """What is wrong with an enquiry, by its fields."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        first = next(iter(faults))
        super().__init__(faults[first], field=first)
        self.faults = dict(faults)


def enquire(
    session: Session, case: Discrepancy, new: NewEnquiry, *, vault: OfficeVault, by: Actor, at: datetime
) -> Enquiry:
    """Send an enquiry on its way. Asking the provider moves the case; asking others goes on beside, or escalates it."""
    today = day_in_japan(at)
    faults = check_enquiry(new.said, today=today, frequent_searched=new.frequent_searched)
    if faults:
        raise EnquiryFaults({fault.field: fault.message for fault in faults})
    for name, value in new.said.items():
        screening.lines(value, field=name)
    asker, target = find_body(session, by.body), find_body(session, new.to)
    if asker.code == target.code:
        raise Invalid(ONESELF, field="to")
    if target.kind not in _GOES_TO.get(new.kind, frozenset(BodyKind)):
        raise Invalid(WRONG_BODY, field="to")
    if new.emergency and (why := may_post(called=new.called_at is not None)):
        raise Invalid(why, field="called_at")
    _move(session, case, new, vault=vault, by=by, at=at)
    made = _add(session, case, new, asker, target, vault=vault, at=at)
    settle(session, case)
    record(session, case, ASKED, by=by, at=at, detail={"kind": new.kind, "to": target.code, "enquiry": made.id})
    return made


def _move(session: Session, case: Discrepancy, new: NewEnquiry, *, vault: OfficeVault, by: Actor, at: datetime) -> None:
    """The step of the case that goes with an enquiry."""
    if not parties(session, case, by) & {Party.INQUIRER, Party.PROVIDER}:
        raise Forbidden
    if new.kind is EnquiryKind.PROVIDER:
        if not ready_to_ask(case):
            raise Conflict(LOOK_FIRST)
        target = find_body(session, new.to)
        policy.check(by, CaseAction.ASK_PROVIDER, case, parties(session, case, by))
        case.provider_code = target.code
        join(session, case, target, Party.PROVIDER)
        take_step(session, case, CaseAction.ASK_PROVIDER, vault=vault, by=by, at=at, detail={"provider": target.code})
    elif case.state in (CaseState.INVESTIGATING, CaseState.PROVIDER_SLOW) and new.emergency is None:
        take_step(session, case, CaseAction.ESCALATE, vault=vault, by=by, at=at, detail={"kind": new.kind})
    else:
        write_down(session, case, ASKED, vault=vault, by=by, at=at)


def _add(
    session: Session, case: Discrepancy, new: NewEnquiry, asker: Body, target: Body, *, vault: OfficeVault, at: datetime
) -> Enquiry:
    enquiry_id, today = new_id(), day_in_japan(at)
    form = EMERGENCIES[new.emergency].form if new.emergency else new.form
    sealed = seal_json(case_key(case, vault), TABLE, "asked", enquiry_id, dict(new.said))
    made = Enquiry(
        id=enquiry_id,
        case_number=case.number,
        kind=new.kind,
        form=form,
        from_code=asker.code,
        to_code=target.code,
        urgent=new.emergency is not None,
        called_at=new.called_at,
        asked=sealed,
        sent_at=at,
        due_on=period(Duty.FIRST_ANSWER, today).due(today),
    )
    session.add(made)
    session.flush()
    # In an emergency the operator is telephoned and written to directly (paragraph 3).
    way = [target] if new.emergency else _way(session, asker, target, new.kind)
    for position, body in enumerate(way):
        session.add(
            EnquiryLeg(
                enquiry_id=enquiry_id, position=position, body_code=body.code, reached_at=at if not position else None
            )
        )
    session.flush()
    _reach(session, case, way[0], target)
    if new.kind is not EnquiryKind.PROVIDER:
        tell(session, way[0].code, Told.ENQUIRY, case.number, at=at)
    return made


def _way(session: Session, asker: Body, target: Body, kind: EnquiryKind) -> list[Body]:
    """The bodies that the enquiry passes through, the one that answers last."""
    way = []
    for passes in route(BodyKind(asker.kind), kind).passes:
        if passes is BodyKind.PREFECTURE:
            prefecture = prefecture_of(session, asker)
            way += [prefecture] if prefecture is not None else []
        elif passes is not target.kind:
            way += session.scalars(select(Body).where(Body.kind == passes, Body.closed_on.is_(None)).limit(1)).all()
    return [body for body in way if body.code != target.code] + [target]


def _reach(session: Session, case: Discrepancy, body: Body, target: Body) -> None:
    """A body that an enquiry reached sees the case: the operator does anyway."""
    if body.kind == BodyKind.PREFECTURE and body.code != target.code:
        join(session, case, body, Party.PREFECTURE)
    elif body.code not in (case.inquirer_code, case.provider_code):
        join(session, case, body, Party.OPERATOR if body.kind == BodyKind.OPERATOR else Party.PREFECTURE)


def pass_on(
    session: Session, case: Discrepancy, enquiry: Enquiry, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """The body on the way sends the enquiry on to the next one. Conflict, Forbidden."""
    legs = _legs(session, enquiry)
    here = next((leg for leg in legs if leg.passed_on_at is None), None)
    if here is None or here is legs[-1]:
        raise Conflict(ANSWERED)
    if not policy.speaks_for(by, find_body(session, here.body_code)):
        raise Forbidden
    following = legs[legs.index(here) + 1]
    here.passed_on_at, following.reached_at = at, at
    _reach(session, case, find_body(session, following.body_code), find_body(session, enquiry.to_code))
    tell(session, following.body_code, Told.ENQUIRY, case.number, at=at)
    write_down(session, case, PASSED_ON, vault=vault, by=by, at=at)
    record(session, case, PASSED_ON, by=by, at=at, detail={"enquiry": enquiry.id, "to": following.body_code})


def answer_enquiry(
    session: Session, case: Discrepancy, enquiry: Enquiry, text: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """The body that was asked answers; the case stays where it is. Conflict, Forbidden, Invalid(``answer``)."""
    if enquiry.answered_at is not None:
        raise Conflict(ANSWERED)
    if not policy.speaks_for(by, find_body(session, enquiry.to_code)):
        raise Forbidden
    if not text.strip():
        raise Invalid(SAY_ANSWER, field="answer")
    screening.lines(text, field="answer")
    said = {"text": text, "by": by.name}
    enquiry.answer = seal_json(case_key(case, vault), TABLE, "answer", enquiry.id, said)
    enquiry.answered_at = at
    session.flush()
    tell(session, enquiry.from_code, Told.ANSWER, case.number, at=at)
    write_down(session, case, ANSWER, vault=vault, by=by, at=at)
    record(session, case, ANSWER, by=by, at=at, detail={"enquiry": enquiry.id})


def asked_of(enquiry: Enquiry, case: Discrepancy, vault: OfficeVault) -> dict[str, str]:
    """What an enquiry asks, by its fields."""
    said: dict[str, str] = open_json(case_key(case, vault), TABLE, "asked", enquiry.id, enquiry.asked)
    return said


def answer_of(enquiry: Enquiry, case: Discrepancy, vault: OfficeVault) -> dict[str, str]:
    """Who answered (``by``) and what (``text``); empty before."""
    if enquiry.answer is None:
        return {}
    said: dict[str, str] = open_json(case_key(case, vault), TABLE, "answer", enquiry.id, enquiry.answer)
    return said


def _legs(session: Session, enquiry: Enquiry) -> list[EnquiryLeg]:
    query = select(EnquiryLeg).where(EnquiryLeg.enquiry_id == enquiry.id).order_by(EnquiryLeg.position)
    return list(session.scalars(query))
