"""Published outages, and the undelivered cases that may belong to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.rules.archive.kinds import IncidentKind
from discrepancy.models.cases import Discrepancy
from discrepancy.rules.states import CaseKind, CaseState
from portal.core.calendar import JAPAN
from portal.core.errors import N_, NotFound

NO_INCIDENT = N_("There is no such published outage.")
# So long after its last day an outage can still be the reason of a case.
RECENT = timedelta(days=60)
MOST = 100
OVER = ("recovered", "closed")


@dataclass(frozen=True)
class Outage:
    """A published incident with how many cases wait for its end, may belong to it, were closed by it."""

    incident: Incident
    waiting: int
    closed: int


def recent(session: Session, day: date) -> list[Incident]:
    """Incidents that a case of a day may belong to, the latest first: neither withdrawn nor an exercise."""
    query = select(Incident).where(
        Incident.withdrawn.is_(False),
        Incident.exercise.is_(False),
        Incident.kind == IncidentKind.INCIDENT,
        Incident.occurred_on.is_not(None),
        Incident.occurred_on <= day,
        func.coalesce(Incident.occurred_until, Incident.occurred_on) >= day - RECENT,
    )
    return list(session.scalars(query.order_by(Incident.sort_on.desc(), Incident.key).limit(MOST)))


def outages(session: Session) -> list[Outage]:
    """Incidents that cases belong to, the latest first."""
    waiting = func.count().filter(Discrepancy.state == CaseState.WAITING_FOR_OPERATOR)
    closed = func.count().filter(Discrepancy.state == CaseState.CLOSED_WITHOUT_REPORT)
    query = (
        select(Incident, waiting, closed)
        .join(Discrepancy, Discrepancy.incident_key == Incident.key)
        .group_by(Incident.key)
        .order_by(Incident.sort_on.desc(), Incident.key)
    )
    return [Outage(*row) for row in session.execute(query.limit(MOST))]


def find_incident(session: Session, key: str) -> Incident:
    """A published incident that cases can belong to; NotFound."""
    found = session.get(Incident, key)
    if found is None or found.withdrawn or found.exercise:
        raise NotFound(NO_INCIDENT)
    return found


def cases_of(session: Session, incident: Incident) -> list[Discrepancy]:
    """The cases that belong to an incident, the latest first."""
    query = select(Discrepancy).where(Discrepancy.incident_key == incident.key)
    return list(session.scalars(query.order_by(Discrepancy.opened_at.desc()).limit(MOST * 5)))


def may_belong(session: Session, incident: Incident) -> list[Discrepancy]:
    """Undelivered cases of its days that are still being looked at: the operator may say that they belong to it."""
    start = incident.occurred_on or incident.sort_on
    query = select(Discrepancy).where(
        Discrepancy.kind == CaseKind.UNDELIVERED,
        Discrepancy.state.in_([CaseState.OUTAGE_CHECK, CaseState.SELF_CHECK]),
        Discrepancy.incident_key.is_(None),
        Discrepancy.occurred_at >= _midnight(start),
    )
    if incident.state in OVER:
        last = incident.occurred_until or incident.occurred_on or incident.sort_on
        query = query.where(Discrepancy.occurred_at < _midnight(last + timedelta(days=1)))
    return list(session.scalars(query.order_by(Discrepancy.occurred_at).limit(MOST * 5)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)
