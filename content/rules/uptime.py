"""How much of the time a system operated, from the statements of bulletins.

Each municipality and each component counts alike. While it is out of service, all of its time is lost; while it is
partly out of service, half; while it is slow, none. Planned maintenance is neither lost nor counted. Uptime is the
share of the counted time that was not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from operator import itemgetter

from content.rules.archive.kinds import ServiceStatus
from content.rules.areas import COUNTRY
from content.rules.live import ORDER, Course, stands, worst
from content.rules.moments import instant

LOST = {
    ServiceStatus.OPERATING: 0.0,
    ServiceStatus.MAINTENANCE: 0.0,
    ServiceStatus.DEGRADED: 0.0,
    ServiceStatus.PARTIAL: 0.5,
    ServiceStatus.OUTAGE: 1.0,
}


@dataclass(frozen=True)
class Uptime:
    """``lost`` and ``counted`` in seconds; ``worst``: of any component anywhere."""

    start: datetime
    end: datetime
    lost: float
    counted: float
    worst: ServiceStatus

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where all of the time was planned maintenance."""
        return None if self.counted <= 0 else 1 - self.lost / self.counted


def day_start(day: date) -> datetime:
    """Midnight in Japan."""
    return instant(day, time())


def days(last: date, count: int) -> list[date]:
    """``count`` days that end with ``last``."""
    return [last - timedelta(days=back) for back in range(count - 1, -1, -1)]


def months(first: date, last: date) -> list[date]:
    """The first day of each month from ``first`` to ``last``."""
    found = [first.replace(day=1)]
    while (following := next_month(found[-1])) <= last:
        found.append(following)
    return found


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def measure(
    courses: Sequence[Course],
    bounds: Sequence[datetime],
    *,
    components: Sequence[str],
    counts: Mapping[str, int],
) -> list[Uptime]:
    """The uptime between each two neighbours of ``bounds`` (at least two, rising).

    ``components``: of the system, empty where it has none; ``counts``: municipalities by prefecture.
    """
    first, last = bounds[0], bounds[-1]
    touching = [(one.begins_at, one) for one in courses if one.over_at is None or one.over_at > first]
    waiting = sorted(((begin, one) for begin, one in touching if begin < last), key=itemgetter(0), reverse=True)
    instants = sorted({*bounds, *_turns((one for _begin, one in waiting), first, last)})
    parts: tuple[str | None, ...] = tuple(components) or (None,)
    found, place = [], 0
    lost = counted = 0.0
    seen = ServiceStatus.OPERATING
    lasting: list[Course] = []
    for begin, end in pairwise(instants):
        while waiting and waiting[-1][0] <= begin:
            lasting.append(waiting.pop()[1])
        lasting = [one for one in lasting if one.over_at is None or one.over_at > begin]
        gone, planned, status = shares(lasting, begin, parts, counts) if lasting else (0.0, 0.0, seen)
        length = (end - begin).total_seconds()
        lost += gone * length
        counted += (1 - planned) * length
        seen = worst((seen, status))
        if end == bounds[place + 1]:
            found.append(Uptime(bounds[place], end, lost, counted, seen))
            place, lost, counted, seen = place + 1, 0.0, 0.0, ServiceStatus.OPERATING
    return found


def together(parts: Sequence[Uptime]) -> Uptime:
    """Periods that follow one another (at least one, the earliest first) as one."""
    return Uptime(
        parts[0].start,
        parts[-1].end,
        sum(one.lost for one in parts),
        sum(one.counted for one in parts),
        worst(one.worst for one in parts),
    )


def shares(
    courses: Sequence[Course], at: datetime, parts: Sequence[str | None], counts: Mapping[str, int]
) -> tuple[float, float, ServiceStatus]:
    """The share of all municipalities and components that is lost, that is in maintenance, and the worst status."""
    every = sum(counts.values())
    lost = planned = 0.0
    seen = ServiceStatus.OPERATING
    for area, many in weights({s.area for one in courses for s in one.statements}, counts).items():
        for part in parts:
            held = [found.status for one in courses if (found := stands(one, part, area, at))]
            status = worst(held)
            seen = max(seen, status, key=ORDER.__getitem__)
            weight = many / (every * len(parts))
            lost += LOST[status] * weight
            planned += weight if status is ServiceStatus.MAINTENANCE else 0.0
    return lost, planned, seen


def weights(areas: Iterable[str], counts: Mapping[str, int]) -> dict[str, int]:
    """How many municipalities each area stands for that lie in none of the smaller ones; areas without any left out."""
    named = set(areas)
    places = {area for area in named if len(area) == 6}
    prefectures = {area for area in named if area in counts}
    found = dict.fromkeys(places, 1)
    for prefecture in prefectures:
        found[prefecture] = counts[prefecture] - sum(area[:2] == prefecture for area in places)
    outside = sum(area[:2] not in prefectures for area in places)
    found[COUNTRY] = sum(counts.values()) - sum(counts[one] for one in prefectures) - outside
    return {area: count for area, count in found.items() if count > 0}


def _turns(courses: Iterable[Course], first: datetime, last: datetime) -> Iterable[datetime]:
    for course in courses:
        for at in (*(one.since for one in course.statements), course.over_at):
            if at is not None and first < at < last:
                yield at
