"""How long each class of records is kept, and what keeps it longer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disclosure.rules.periods import last_day_of_months
from disclosure.rules.tables import read
from portal.core.law_tables import in_force


class Kept(StrEnum):
    """The classes of ``retention.toml`` that a case holds."""

    CASE_FILE = "case-file"
    IDENTITY_COPY = "identity-copy"


class HoldGround(StrEnum):
    """Why nothing of a case may be destroyed for now."""

    APPEAL = "appeal"
    SUIT = "suit"
    INQUIRY = "inquiry"
    LEAK = "leak"
    OTHER = "other"


@dataclass(frozen=True)
class Period:
    """One class: how many months, and from which event (``receipt`` or ``closing``)."""

    key: str
    label_ja: str
    label_en: str
    months: int
    start: str
    citation_ja: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Expiry:
    """A period, the days of law under which it stands, and the last closing day after which it is over today."""

    period: Period
    law_from: date
    law_before: date | None
    closed_until: date


PERIODS = read("retention.toml", "class", Period)


def period(key: str, law_day: date) -> Period:
    """The period of class ``key`` as the rules of ``law_day`` have it; KeyError for an unknown class."""
    found = in_force((row for row in PERIODS if row.key == key), law_day)
    if found is None:
        raise KeyError(f"No retention {key} on {law_day}")
    return found


def keep_until(key: str, event_on: date, *, law_day: date) -> date:
    """The last day on which a record of class ``key`` is kept; KeyError for an unknown class."""
    return last_day_of_months(event_on, period(key, law_day).months)


def expiries(key: str, today: date) -> Iterator[Expiry]:
    """For each version of the rule: until which closing day a record need not be kept any more."""
    rows = sorted((row for row in PERIODS if row.key == key), key=lambda row: row.effective_from)
    for place, row in enumerate(rows):
        later = rows[place + 1].effective_from if place + 1 < len(rows) else None
        yield Expiry(row, row.effective_from, later, _closed_until(row.months, today))


def _closed_until(months: int, today: date) -> date:
    """The last day from which a period of so many months is over before ``today``."""
    first = date(today.year - months // 12 - 2, 1, 1)
    span = range((today - first).days + 1)
    over = bisect_left(span, today, key=lambda days: last_day_of_months(first + timedelta(days=days), months))
    return first + timedelta(days=over - 1)
