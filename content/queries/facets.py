"""What a reader can choose from on the list of incidents, each with how many it would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.incident_shelf import shelf
from content.queries.names import Area, areas
from content.queries.vocabulary import every
from content.rules.archive.kinds import CauseStatus, IncidentKind, IncidentState
from content.rules.areas import COUNTRY, PREFECTURES
from content.rules.filters import Filters
from content.rules.shelf import NO, YES, Shelf

Named = System | Cause | Severity | Area
WORDS = {
    "cause_status": tuple(CauseStatus),
    "state": tuple(IncidentState),
    "kind": tuple(IncidentKind),
    "exercise": (NO, YES),
}


@dataclass(frozen=True)
class Choice:
    """A value of a filter, with how many incidents have it under the other filters. ``item`` carries its names."""

    value: str
    count: int
    item: Named | None = None


def choices(session: Session, filters: Filters) -> dict[str, tuple[Choice, ...]]:
    """The values of each filter that leave at least one incident, and the one that is chosen."""
    held = shelf(session)
    systems = {one.key: one for one in every(session, System).values()}
    causes = {one.key: one for one in every(session, Cause).values()}
    levels = {str(one.level): one for one in reversed(every(session, Severity).values())}
    found: dict[str, tuple[Choice, ...]] = {
        "system": _listed(held, filters, "system", systems, filters.system, systems),
        "cause": _listed(held, filters, "cause", causes, filters.cause, causes),
        "severity": _listed(held, filters, "severity", levels, str(filters.severity or ""), levels),
        "area": _areas(session, held, filters),
    }
    for facet, words in WORDS.items():
        chosen = getattr(filters, facet)
        chosen = {True: YES, False: NO}.get(chosen, chosen)
        found[facet] = _listed(held, filters, facet, words, chosen, {})
    return found


def months(session: Session, filters: Filters) -> dict[str, int]:
    """How many incidents each month (``2016-01``) has under all filters but the period."""
    return dict(sorted(shelf(session).counts(filters, "month").items()))


def _listed(
    held: Shelf, filters: Filters, facet: str, order: Iterable[str], chosen: str | None, items: Mapping[str, Named]
) -> tuple[Choice, ...]:
    counts = held.counts(filters, facet)
    return tuple(
        Choice(value, counts.get(value, 0), items.get(value)) for value in order if value in counts or value == chosen
    )


def _areas(session: Session, held: Shelf, filters: Filters) -> tuple[Choice, ...]:
    """The country, the prefectures, and the municipality that is chosen."""
    codes = [COUNTRY, *PREFECTURES]
    chosen = filters.area if filters.area not in (None, *codes) else None
    names = areas(session, [*codes, *([chosen] if chosen else [])])
    found = _listed(held, filters, "area", codes, filters.area, names)
    if chosen:
        found = (*found, Choice(chosen, held.count(filters), names[chosen]))
    return found
