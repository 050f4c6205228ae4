"""Lists of incidents, with filters and how many each further choice would leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Fact, Withdrawal
from content.models.incidents import Incident
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.incident_shelf import shelf
from content.queries.pages import Page, bounds
from content.queries.rows import Rows, among, ask
from content.queries.vocabulary import every
from content.rules import numbering
from content.rules.archive.kinds import FactField, IncidentState
from content.rules.areas import COUNTRY
from content.rules.filters import Filters, Sort
from content.rules.shelf import Entry

__all__ = ["Filters", "Line", "Sort", "count", "found_keys", "latest", "list_incidents", "named", "open_ones"]

PAGE_SIZE = 20
COUNTED = (
    FactField.AFFECTED_CARDS,
    FactField.AFFECTED_HOUSEHOLDS,
    FactField.AFFECTED_PERSONS,
    FactField.AFFECTED_MUNICIPALITIES,
    FactField.AFFECTED_ITEMS,
    FactField.OCCURRENCES,
)
TEXTS = ("reading", "body_ja", "body_en")
INCIDENTS = Rows(Incident, among(Incident.key))
BULLETINS = Rows(Bulletin, among(Bulletin.id), without=TEXTS)
ALL_BULLETINS = Rows(Bulletin, among(Bulletin.incident_key), order=[Bulletin.number], without=TEXTS)
GONE = select(Withdrawal.bulletin_id).where(among(Withdrawal.incident_key))
NUMBERS = select(Fact.bulletin_id, Fact.field, Fact.area, Fact.number, Fact.unit, Fact.certainty)
NUMBERS = NUMBERS.where(among(Fact.bulletin_id), Fact.field.in_(COUNTED), Fact.number.is_not(None))


@dataclass(frozen=True)
class Line:
    """An incident in a list. ``latest``: the last bulletin that is shown, without its text; ``effect`` is the number
    that says most about how far it reached, if any is known. All are rows: equal lines say the same.
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
    """The incidents of these keys, in the same order; what is not shown is left out."""
    held = shelf(session)
    entries = {key: entry for key in keys if (entry := held.entry(key)) is not None}
    if not entries:
        return []
    incidents = {one.key: one for one in INCIDENTS.of(session, keys=entries)}
    entries = {key: entry for key, entry in entries.items() if key in incidents}  # the shelf may be a moment ahead
    causes, severities, systems = every(session, Cause), every(session, Severity), every(session, System)
    gone = {row[0] for row in ask(session, GONE, keys=entries)}
    last = _last(session, list(incidents.values()), gone)
    effects = _effects(session, [(entry, incidents[key].last_number) for key, entry in entries.items()], gone)
    return [
        Line(
            incident=incidents[key],
            systems=tuple(systems[system] for system in entry.systems),
            cause=causes[entry.cause],
            severity=severities[entry.severity],
            latest=last[key],
            effect=effects.get(key),
        )
        for key, entry in entries.items()
        if key in last
    ]


def _last(session: Session, incidents: Sequence[Incident], gone: set[str]) -> dict[str, Bulletin]:
    """The last bulletin of each that is shown."""
    ids = {numbering.bulletin_id(one.key, one.last_number) for one in incidents} - gone
    last = {one.incident_key: one for one in BULLETINS.of(session, keys=ids)} if ids else {}
    left = [incident.key for incident in incidents if incident.key not in last]
    if left:
        last |= {one.incident_key: one for one in ALL_BULLETINS.of(session, keys=left) if one.id not in gone}
    return last


def _effects(session: Session, found: Sequence[tuple[Entry, int]], gone: set[str]) -> dict[str, Fact]:
    """The weightiest number of each incident, given with its last number: by COUNTED, then the latest bulletin's.

    Only numbers for an area of the incident itself: one city's count says little of a nationwide incident.
    """
    # The bulletins are named one by one: asked for those of the incidents, PostgreSQL reads the facts of all.
    said = {
        numbering.bulletin_id(entry.key, number): (entry, number)
        for entry, last in found
        for number in range(1, last + 1)
    }
    best: dict[str, tuple[tuple[int, int, float], Fact]] = {}
    for fact in ask(session, NUMBERS, keys=said.keys() - gone):
        bulletin, field, area, value, _unit, _certainty = fact
        entry, number = said[bulletin]
        if area not in entry.areas or (area != COUNTRY and COUNTRY in entry.areas):
            continue
        rank = (-COUNTED.index(field), number, value or 0)
        if entry.key not in best or rank > best[entry.key][0]:
            best[entry.key] = (rank, cast(Fact, fact))
    return {key: fact for key, (_rank, fact) in best.items()}
