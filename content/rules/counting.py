"""By which rule incidents are counted in figures: data with a first day (``data/counting_rules.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from content.rules.archive.kinds import IncidentKind
from content.rules.filters import Filters
from content.rules.shelf import YES, Shelf
from portal.core import law_tables
from portal.core.settings import SettingsError, law_folder

FILE = "counting_rules.toml"


@dataclass(frozen=True, kw_only=True)
class CountingRule:
    """How incidents of the days from ``effective_from`` until the next rule are counted.

    ``first_day_assumed``: nobody has decided ``effective_from`` yet; pages and files say so.
    """

    key: str
    effective_from: date
    first_day_assumed: bool
    counts_exercises: bool
    counts_maintenance: bool
    counts_merged: bool
    name_ja: str
    name_en: str
    text_ja: str
    text_en: str


def in_force(rules: Sequence[CountingRule], day: date) -> CountingRule:
    """The rule for an incident of this day; before the first rule, the first."""
    return next((rule for rule in reversed(rules) if rule.effective_from <= day), rules[0])


def counted(shelf: Shelf, rules: Sequence[CountingRule]) -> int:
    """The incidents that count, as bits of the shelf."""
    found = 0
    for rule, after in zip(rules, [*rules[1:], None], strict=True):
        first = None if rule is rules[0] else rule.effective_from
        last = after.effective_from - timedelta(days=1) if after else None
        kind = None if rule.counts_maintenance else IncidentKind.INCIDENT
        exercise = None if rule.counts_exercises else False
        part = shelf.fitting(Filters(first=first, last=last, kind=kind, exercise=exercise))
        if not rule.counts_merged:
            part &= ~shelf.having("merged", YES)
        found |= part
    return found


@cache
def shipped() -> tuple[CountingRule, ...]:
    """The rules in force here, with the organisation's own; SettingsError names the first fault."""
    return read(law_folder())


def read(folder: Path | None) -> tuple[CountingRule, ...]:
    """The shipped rules, changed and added to by ``counting_rules.toml`` of a folder, the earliest first."""
    found = law_tables.read_with(folder, "content", FILE, "rule", CountingRule)
    if len({rule.effective_from for rule in found}) < len(found):
        raise SettingsError(f"{FILE}: each rule needs its own first day.")
    return tuple(sorted(found, key=lambda rule: rule.effective_from))


def last_day(period: str) -> date:
    """The last day of ``2016`` or ``2016-01``."""
    year, _, month = period.partition("-")
    number = int(month or 12)
    return date(int(year) + number // 12, number % 12 + 1, 1) - timedelta(days=1)
