"""Lists of incidents, with filters and how many each further choice would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from content.models.bulletins import Bulletin, Fact, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.incident_shelf import shelf
from content.queries.pages import Page, bounds
from content.queries.vocabulary import every
from content.rules import numbering
from content.rules.archive.kinds import FactField, IncidentState
from content.rules.areas import COUNTRY
from content.rules.filters import Filters, Sort

__all__ = ["Filters", "Line", "Sort", "count", "found_keys", "latest", "lines", "list_incidents", "named", "open_ones"]

PAGE_SIZE = 20
COUNTED = (
    FactField.AFFECTED_CARDS,
    FactField.AFFECTED_HOUSEHOLDS,
    FactField.AFFECTED_PERSONS,
    FactField.AFFECTED_MUNICIPALITIES,
    FactField.AFFECTED_ITEMS,
    FactField.OCCURRENCES,
)


@dataclass(frozen=True)
class Line:
    """An incident in a list. ``latest``: the last bulletin that is shown, without its text; ``effect`` is the number
    that says most about how far it reached, if any is known.
    """

    incident: Incident
    systems: tuple[System, ...]
    cause: Cause
    severity: Severity
    latest: Bulletin
    effect: Fact | None


def list_incidents(
    session: Session, filters: Filters, *, number: int = 1, size: int = PAGE_SIZE, sort: Sort = Sort.DAY
) -> Page[Line]:
    """A page of the incidents that fit, in order; withdrawn ones are in no list."""
    held = shelf(session)
    total = held.count(filters)
    nearest, pages, first = bounds(number, total, size)
    return Page(tuple(named(session, held.keys(filters, sort, first=first, size=size))), nearest, pages, total)


def found_keys(session: Session, filters: Filters, sort: Sort = Sort.DAY) -> list[str]:
    """The keys of all incidents that fit, in order."""
    return shelf(session).keys(filters, sort)


def latest(session: Session, count: int) -> list[Line]:
    """The incidents about which something was said last; of the same day, the more serious first."""
    return named(session, shelf(session).keys(Filters(), Sort.SAID, size=count))


def count(session: Session) -> int:
    """How many incidents the record shows."""
    return shelf(session).all.bit_count()


def open_ones(session: Session) -> list[Line]:
    """Incidents that are not over, drills left out."""
    return named(session, found_keys(session, Filters(state=IncidentState.OPEN, exercise=False)))


def named(session: Session, keys: Sequence[str]) -> list[Line]:
    """The incidents of these keys, in the same order; what is not there is left out."""
    found = {one.key: one for one in session.scalars(select(Incident).where(Incident.key.in_(keys)))}
    return lines(session, [found[key] for key in keys if key in found])


def lines(session: Session, incidents: Sequence[Incident]) -> list[Line]:
    """Incidents with what a list shows of them, in the same order; those that were withdrawn are left out."""
    shown = [incident for incident in incidents if not incident.withdrawn]
    if not shown:
        return []
    keys = [incident.key for incident in shown]
    causes, severities, known = every(session, Cause), every(session, Severity), every(session, System)
    systems: dict[str, list[System]] = {}
    touched = select(IncidentSystem.incident_key, IncidentSystem.system_key)
    touched = touched.where(IncidentSystem.incident_key.in_(keys)).order_by(IncidentSystem.position)
    for key, system in session.execute(touched):
        systems.setdefault(key, []).append(known[system])
    gone = set(session.scalars(select(Withdrawal.bulletin_id).where(Withdrawal.incident_key.in_(keys))))
    last = _last(session, shown, gone)
    effects = _effects(session, shown, gone)
    return [
        Line(
            incident=incident,
            systems=tuple(systems.get(incident.key, ())),
            cause=causes[incident.cause_key],
            severity=severities[incident.severity],
            latest=last[incident.key],
            effect=effects.get(incident.key),
        )
        for incident in shown
    ]


def _last(session: Session, incidents: Sequence[Incident], gone: set[str]) -> dict[str, Bulletin]:
    """The last bulletin of each that is shown."""
    query = select(Bulletin).options(defer(Bulletin.reading), defer(Bulletin.body_ja), defer(Bulletin.body_en))
    ids = [f"{incident.key}/{incident.last_number}" for incident in incidents]
    last = {one.incident_key: one for one in session.scalars(query.where(Bulletin.id.in_(ids))) if one.id not in gone}
    left = [incident.key for incident in incidents if incident.key not in last]
    if left:
        older = query.where(Bulletin.incident_key.in_(left), Bulletin.id.not_in(gone)).order_by(Bulletin.number)
        last |= {one.incident_key: one for one in session.scalars(older)}
    return last


def _effects(session: Session, incidents: Sequence[Incident], gone: set[str]) -> dict[str, Fact]:
    """The weightiest number of each incident: by the order of COUNTED, then the latest bulletin's.

    Only numbers for an area of the incident itself: one city's count says little of a nationwide incident.
    """
    areas: dict[str, set[str]] = {}
    query = select(IncidentArea.incident_key, IncidentArea.area)
    for key, area in session.execute(query.where(IncidentArea.incident_key.in_([one.key for one in incidents]))):
        areas.setdefault(key, set()).add(area)
    # The bulletins are named one by one: asked for those of the incidents, PostgreSQL reads the facts of all.
    said = {
        numbering.bulletin_id(one.key, number): (one.key, number)
        for one in incidents
        for number in range(1, one.last_number + 1)
    }
    facts = select(Fact.id, Fact.bulletin_id, Fact.field, Fact.area, Fact.number)
    facts = facts.where(Fact.bulletin_id.in_(said.keys() - gone), Fact.field.in_(COUNTED), Fact.number.is_not(None))
    best: dict[str, tuple[tuple[int, int, float], str]] = {}
    for fact, bulletin, field, area, value in session.execute(facts):
        key, number = said[bulletin]
        own = areas.get(key, set())
        if area not in own or (COUNTRY in own and area != COUNTRY):
            continue
        rank = (-COUNTED.index(FactField(field)), number, value or 0)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, fact)
    ids = [fact for _rank, fact in best.values()]
    found = {fact.id: fact for fact in session.scalars(select(Fact).where(Fact.id.in_(ids)))} if ids else {}
    return {key: found[fact] for key, (_rank, fact) in best.items()}
