"""How systems work at an instant, as their bulletins state it.

Of one incident, the statement of the latest bulletin that speaks of a place holds, from the time that it names on; of
one bulletin, the more exact statement. Between incidents, the worst holds. Where nothing is stated, a system operates.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from content.rules.archive.kinds import IncidentState, ServiceStatus
from content.rules.areas import COUNTRY

ORDER = {status: rank for rank, status in enumerate(ServiceStatus)}


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of bulletin ``number``; ``component`` None: the system as a whole; ``area``: JP, 2 or 6 digits."""

    number: int
    position: int
    component: str | None
    area: str
    status: ServiceStatus
    since: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """What an incident's bulletins state of one system; ``over_at``: when it no longer counts, None: it goes on."""

    incident: str
    statements: tuple[Stated, ...]
    over_at: datetime | None = None

    @property
    def begins_at(self) -> datetime:
        return min(one.since for one in self.statements)

    def lasts(self, at: datetime) -> bool:
        """Whether it counts at an instant."""
        return self.begins_at <= at and (self.over_at is None or at < self.over_at)


@dataclass(frozen=True)
class Row:
    """What holds of one component in one area, and which incident says so."""

    incident: str
    component: str | None
    area: str
    status: ServiceStatus
    since: datetime


@dataclass(frozen=True)
class Plan:
    """When maintenance is announced for; ``closed_at``: when a bulletin said that it is over."""

    planned_from: datetime
    planned_until: datetime


def ends_at(
    state: str, *, plan: Plan | None, recovered_at: datetime | None, closed_at: datetime | None, last: datetime
) -> datetime | None:
    """When an incident's statements stop counting; None while it goes on.

    ``recovered_at``: the time of recovery, where a bulletin gives it to the minute; ``closed_at``: when a bulletin
    first said that it was over; ``last``: the time of the last statement: of one without an end nothing more is told.
    """
    if state == IncidentState.OPEN:
        return None
    if state == IncidentState.PLANNED and plan is not None:
        return plan.planned_until
    told = recovered_at if state == IncidentState.UNKNOWN else recovered_at or closed_at
    return max(told or last, last)


def worst(statuses: Iterable[ServiceStatus]) -> ServiceStatus:
    """The worst of them; operating where there is none."""
    return max(statuses, key=ORDER.__getitem__, default=ServiceStatus.OPERATING)


def chain(area: str) -> tuple[str, ...]:
    """An area and those that it lies in."""
    if area == COUNTRY:
        return (COUNTRY,)
    return (area, COUNTRY) if len(area) == 2 else (area, area[:2], COUNTRY)


def stands(course: Course, component: str | None, area: str, at: datetime) -> Stated | None:
    """The statement of an incident that holds for a component in an area at an instant; None: it says nothing."""
    if not course.lasts(at):
        return None
    places = chain(area)
    speaking = [
        one
        for one in course.statements
        if one.since <= at and one.area in places and one.component in (None, component)
    ]
    return max(speaking, key=_weight, default=None)


def _weight(one: Stated) -> tuple[int, int, bool, int]:
    return one.number, len(chain(one.area)), one.component is not None, one.position


def rows(courses: Iterable[Course], at: datetime) -> list[Row]:
    """Everything that does not operate at an instant, the worst first; what a wider statement says too is left out."""
    found = []
    for course in courses:
        for component, area in dict.fromkeys((one.component, one.area) for one in course.statements):
            held = stands(course, component, area, at)
            if held and held.status is not ServiceStatus.OPERATING and (held.component, held.area) == (component, area):
                found.append(Row(course.incident, component, area, held.status, held.since))
    return sorted(found, key=lambda row: (-ORDER[row.status], row.since, row.component or "", row.area))


def all_needs(system: str, needs: Mapping[str, Collection[str]]) -> list[str]:
    """What a system needs, directly or through others, the nearest first."""
    found: dict[str, None] = {}
    waiting = list(needs.get(system, ()))
    while waiting:
        one = waiting.pop(0)
        if one not in found and one != system:
            found[one] = None
            waiting.extend(needs.get(one, ()))
    return list(found)
