"""Enquiries of a case, those that wait at a body, and notices to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from discrepancy.models.bodies import Body
from discrepancy.models.cases import Cause, Discrepancy
from discrepancy.models.enquiries import Enquiry, EnquiryLeg
from discrepancy.models.notices import Notice
from discrepancy.queries.bodies import by_codes
from portal.core.actor import Actor
from portal.core.errors import N_, NotFound

NO_ENQUIRY = N_("There is no such enquiry.")
NO_NOTICE = N_("There is no such notice.")


@dataclass(frozen=True)
class OnItsWay:
    """An enquiry with the bodies on its way, in order; ``at``: the leg where it is now, the last once it arrived."""

    enquiry: Enquiry
    sender: Body
    target: Body
    legs: list[tuple[EnquiryLeg, Body]]

    @property
    def here(self) -> tuple[EnquiryLeg, Body]:
        """Where it is now."""
        return next((leg for leg in self.legs if leg[0].passed_on_at is None), self.legs[-1])

    @property
    def arrived(self) -> bool:
        """Whether it reached the body that answers."""
        return self.here is self.legs[-1]


def find_enquiry(session: Session, case: Discrepancy, enquiry_id: str) -> Enquiry:
    """An enquiry of a case that the actor was found to see; NotFound."""
    found = session.get(Enquiry, enquiry_id)
    if found is None or found.case_number != case.number:
        raise NotFound(NO_ENQUIRY)
    return found


def enquiries_of(session: Session, case: Discrepancy) -> list[OnItsWay]:
    """All enquiries of a case, the oldest first."""
    query = select(Enquiry).where(Enquiry.case_number == case.number).order_by(Enquiry.sent_at, Enquiry.id)
    return on_their_way(session, list(session.scalars(query)))


def on_their_way(session: Session, found: list[Enquiry]) -> list[OnItsWay]:
    """Each with the bodies that it passes."""
    legs: dict[str, list[EnquiryLeg]] = {one.id: [] for one in found}
    query = select(EnquiryLeg).where(EnquiryLeg.enquiry_id.in_(list(legs))).order_by(EnquiryLeg.position)
    for leg in session.scalars(query):
        legs[leg.enquiry_id].append(leg)
    codes = {leg.body_code for those in legs.values() for leg in those}
    bodies = by_codes(session, {*codes, *(code for one in found for code in (one.from_code, one.to_code))})
    ways = {key: [(leg, bodies[leg.body_code]) for leg in those] for key, those in legs.items()}
    return [OnItsWay(one, bodies[one.from_code], bodies[one.to_code], ways[one.id]) for one in found]


def to_pass_on(session: Session, actor: Actor, own: list[Body]) -> list[OnItsWay]:
    """What waits at these bodies, for which the actor speaks, to be passed on; the oldest first."""
    every = aliased(EnquiryLeg)
    last = select(func.max(every.position)).where(every.enquiry_id == Enquiry.id).scalar_subquery()
    query = (
        select(Enquiry)
        .join(EnquiryLeg, EnquiryLeg.enquiry_id == Enquiry.id)
        .where(
            EnquiryLeg.body_code.in_([body.code for body in own]),
            EnquiryLeg.reached_at.is_not(None),
            EnquiryLeg.passed_on_at.is_(None),
            EnquiryLeg.position < last,
        )
        .order_by(EnquiryLeg.reached_at, Enquiry.id)
    )
    return on_their_way(session, list(session.scalars(query)))


def to_answer(session: Session, own: list[Body]) -> list[OnItsWay]:
    """What reached these bodies and is not answered, but for enquiries to providers, which the case itself shows."""
    query = (
        select(Enquiry)
        .join(EnquiryLeg, (EnquiryLeg.enquiry_id == Enquiry.id) & (EnquiryLeg.body_code == Enquiry.to_code))
        .where(
            Enquiry.to_code.in_([body.code for body in own]),
            EnquiryLeg.reached_at.is_not(None),
            Enquiry.answered_at.is_(None),
            Enquiry.kind != "provider",
        )
        .order_by(Enquiry.due_on, Enquiry.id)
    )
    return on_their_way(session, list(session.scalars(query)))


def notices_from(session: Session, case: Discrepancy) -> list[tuple[Notice, Body | None]]:
    """What other inquirers were told because of a case."""
    found = list(session.scalars(select(Notice).where(Notice.case_number == case.number).order_by(Notice.sent_at)))
    bodies = by_codes(session, {one.to_code for one in found})
    return [(one, bodies.get(one.to_code)) for one in found]


def notices_to(session: Session, actor: Actor) -> list[tuple[Notice, Body | None]]:
    """What the actor's body was told of wrong data that it received, the latest first."""
    query = select(Notice).where(Notice.to_code == actor.body).order_by(Notice.sent_at.desc(), Notice.id)
    found = list(session.scalars(query.limit(200)))
    bodies = by_codes(session, {one.from_code for one in found})
    return [(one, bodies.get(one.from_code)) for one in found]


def find_notice(session: Session, notice_id: str, *, actor: Actor) -> Notice:
    """A notice to the actor's body; NotFound for anybody else's."""
    found = session.get(Notice, notice_id)
    if found is None or not actor.body or found.to_code != actor.body:
        raise NotFound(NO_NOTICE)
    return found


def causes_of(session: Session, code: str) -> list[Cause]:
    """The causes that a body found with itself, the latest first."""
    query = select(Cause).where(Cause.body_code == code).order_by(Cause.found_on.desc(), Cause.id)
    return list(session.scalars(query.limit(100)))
