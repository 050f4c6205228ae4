"""Further lists of the publishing desk: open forms, what is to be approved afterwards, measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.bulletins import Approval, Bulletin, Withdrawal
from content.models.drafts import Draft
from content.models.measures import Measure, MeasureReport
from content.models.typings import Typing
from content.rules import numbering
from portal.core.actor import Actor
from portal.core.errors import NotFound

# Within how long the second person should have looked at what went out alone. A rule of the house.
APPROVE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class ToApprove:
    """A bulletin that one person published alone; ``late``: nobody approved it in time."""

    bulletin: Bulletin
    late: bool
    may_approve: bool


def to_approve(session: Session, actor: Actor, now: datetime) -> list[ToApprove]:
    """What waits for its approval afterwards, the oldest first."""
    policy.check_see_desk(actor)
    done = select(Approval.bulletin_id)
    gone = select(Withdrawal.bulletin_id)
    query = select(Bulletin, Draft).outerjoin(Draft, Draft.bulletin_id == Bulletin.id)
    query = query.where(Bulletin.emergency_reason.is_not(None), Bulletin.id.not_in(done), Bulletin.id.not_in(gone))
    return [
        ToApprove(
            bulletin, bulletin.published_at + APPROVE_WITHIN < now, policy.may_approve_afterwards(actor, bulletin, d)
        )
        for bulletin, d in session.execute(query.order_by(Bulletin.published_at))
    ]


QUESTIONS = "questions/"


def open_forms(session: Session, actor: Actor, *, below: str = "") -> list[Typing]:
    """The actor's own forms that were not sent, the last touched first.

    ``below``: those of places that begin so; without it those of bulletins.
    """
    policy.check_see_desk(actor)
    query = select(Typing).where(Typing.written_by == actor.id).order_by(Typing.changed_at.desc())
    questions = Typing.place.startswith(QUESTIONS, autoescape=True)
    return list(session.scalars(query.where(Typing.place.startswith(below, autoescape=True) if below else ~questions)))


def find_form(session: Session, typing_id: str, actor: Actor) -> Typing:
    """One of the actor's own forms; raises NotFound."""
    found = session.get(Typing, typing_id)
    if found is None or found.written_by != actor.id:
        raise NotFound
    return found


def others_at(session: Session, draft_id: str, actor: Actor, since: datetime) -> Sequence[Typing]:
    """Other people's open forms of a draft that were touched after ``since``."""
    query = select(Typing).where(Typing.draft_id == draft_id, Typing.written_by != actor.id, Typing.changed_at > since)
    return session.scalars(query.order_by(Typing.changed_at.desc())).all()


def others_at_place(session: Session, place: str, actor: Actor, since: datetime) -> Sequence[Typing]:
    """Other people's open forms of a place that were touched after ``since``."""
    query = select(Typing).where(Typing.place == place, Typing.written_by != actor.id, Typing.changed_at > since)
    return session.scalars(query.order_by(Typing.changed_at.desc())).all()


def measures(session: Session, incident_key: str) -> Sequence[Measure]:
    """The measures of an incident in their order."""
    query = select(Measure).where(Measure.incident_key == incident_key).order_by(Measure.position)
    return session.scalars(query).all()


def find_measure(session: Session, incident_key: str, position: int) -> Measure:
    """A measure; raises NotFound."""
    found = session.get(Measure, numbering.measure_id(incident_key, position))
    if found is None:
        raise NotFound
    return found


def reports(session: Session, measure_id: str) -> Sequence[MeasureReport]:
    """What was reported of a measure, the first first."""
    query = select(MeasureReport).where(MeasureReport.measure_id == measure_id).order_by(MeasureReport.number)
    return session.scalars(query).all()


def withdrawable(session: Session, incident_key: str) -> Sequence[Bulletin]:
    """Bulletins of an incident that are shown, the newest first."""
    gone = select(Withdrawal.bulletin_id).where(Withdrawal.incident_key == incident_key)
    query = select(Bulletin).where(Bulletin.incident_key == incident_key, Bulletin.id.not_in(gone))
    return session.scalars(query.order_by(Bulletin.number.desc())).all()
