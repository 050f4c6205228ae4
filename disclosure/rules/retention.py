"""How long each class of records is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosure.rules.periods import last_day_of_months
from disclosure.rules.tables import in_force, read


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


PERIODS = read("retention.toml", "class", Period)


def keep_until(key: str, event_on: date, *, law_day: date) -> date:
    """The last day on which a record of class ``key`` is kept; KeyError for an unknown class."""
    found = in_force((row for row in PERIODS if row.key == key), law_day)
    if found is None:
        raise KeyError(f"No retention {key} on {law_day}")
    return last_day_of_months(event_on, found.months)
