"""Figures counted from the record itself: incidents by year, month, cause and severity, with the rule of counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.scales import Cause, Severity
from content.queries.incident_shelf import shelf
from content.rules import counting
from content.rules.counting import CountingRule
from content.rules.filters import Sort
from content.rules.shelf import Entry


class By(StrEnum):
    """What incidents are counted by; a word of the figure's address."""

    YEAR = "year"
    MONTH = "month"
    CAUSE = "cause"
    SEVERITY = "severity"


@dataclass(frozen=True)
class CountedFigure:
    """``rows``: for each period (``2016``, ``2016-01``) how many incidents of each class; of YEAR and MONTH the one
    class is "". ``classes`` carry their names in order; ``rules`` are those that were in force in the time shown.
    """

    by: By
    rows: dict[str, dict[str, int]]
    classes: dict[str, Cause | Severity]
    rules: tuple[CountingRule, ...]

    @property
    def years(self) -> list[int]:
        """Every year from the first to the last with an incident."""
        found = [int(period[:4]) for period in self.rows]
        return list(range(min(found), max(found) + 1)) if found else []


def counted_figure(session: Session, by: By, rules: Sequence[CountingRule]) -> CountedFigure:
    """The figure as the record stands; periods without incidents are left out."""
    held = shelf(session)
    found = counting.counted(held, rules)
    period = "month" if by is By.MONTH else "year"
    rows: dict[str, dict[str, int]] = {}
    for value in sorted(held.split(found, period)):
        within = found & held.having(period, value)
        split = {"": within.bit_count()} if by in (By.YEAR, By.MONTH) else held.split(within, by)
        rows[value] = split
    return CountedFigure(by, rows, _classes(session, by), _in_time(rules, rows))


def counted_entries(session: Session, rules: Sequence[CountingRule]) -> Iterator[tuple[Entry, CountingRule]]:
    """Every incident that counts, the earliest first, with the rule by which it does."""
    held = shelf(session)
    for entry in held.each(counting.counted(held, rules), Sort.OLDEST):
        yield entry, counting.in_force(rules, entry.day)


def _classes(session: Session, by: By) -> dict[str, Cause | Severity]:
    if by is By.CAUSE:
        return {one.key: one for one in session.scalars(select(Cause).order_by(Cause.position))}
    if by is By.SEVERITY:
        return {str(one.level): one for one in session.scalars(select(Severity).order_by(Severity.level.desc()))}
    return {}


def _in_time(rules: Sequence[CountingRule], rows: dict[str, dict[str, int]]) -> tuple[CountingRule, ...]:
    """The rules that held at some time in the years shown."""
    if not rows:
        return tuple(rules[:1])
    first, last = date(int(min(rows)[:4]), 1, 1), date(int(max(rows)[:4]), 12, 31)
    start = counting.in_force(rules, first)
    return tuple(rule for rule in rules if rule is start or first <= rule.effective_from <= last)
