"""Leaks (漏えい等): what makes one reportable, by when, and what the report holds (個人情報保護法 第26条・第68条,

番号法 第29条の4). The full report has nine items; the quick one those that are known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disclosure.rules.deadlines import Step
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force


class LeakState(StrEnum):
    """How far it has come. ``reported``: the full report was made."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"


class How(StrEnum):
    """How it came about."""

    WRONG_RECORD = "wrong-record"
    WRONG_RECIPIENT = "wrong-recipient"
    TOO_MUCH = "too-much"
    NOT_OUT_YET = "not-out-yet"
    OTHER = "other"


class Told(StrEnum):
    """Whether the person concerned was told. ``substitute``: another measure, for telling is too difficult."""

    NOT_YET = "not-yet"
    TOLD = "told"
    SUBSTITUTE = "substitute"
    EXCEPTED = "excepted"


class Outcome(StrEnum):
    """What it turned out to be."""

    LEAK = "leak"
    NO_LEAK = "no-leak"


@dataclass(frozen=True)
class Terms:
    """Days for the reports, from a day on."""

    effective_from: date
    quick_from_days: int
    quick_days: int
    full_days: int
    first_day_counts: bool
    source: str


@dataclass(frozen=True)
class Trigger:
    """One thing that makes a leak reportable; ``more_than`` persons when it goes by their number (0: it does not)."""

    code: str
    regimes: tuple[str, ...]
    label_ja: str
    label_en: str
    more_than: int
    full_days: int
    article_ja: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Item:
    """One item of the report."""

    key: str
    label_ja: str
    label_en: str


@dataclass(frozen=True)
class NoticeRule:
    """What the person concerned is told in writing: the article, the items by their keys, and those never empty."""

    regimes: tuple[str, ...]
    article_ja: str
    items: tuple[str, ...]
    needed: tuple[str, ...]
    effective_from: date
    source: str


TERMS = read("leaks.toml", "terms", Terms)
TRIGGERS = read("leaks.toml", "trigger", Trigger)
ITEMS = read("leaks.toml", "item", Item)
NOTICES = read("leaks.toml", "notice", NoticeRule)

for _row in TERMS:
    if not 1 <= _row.quick_from_days <= _row.quick_days <= _row.full_days:
        raise TableError("leaks.toml: the days of the reports are not in order.")
if len({_item.key for _item in ITEMS}) != len(ITEMS):
    raise TableError("leaks.toml: an item stands there twice.")
for _told in NOTICES:
    if not set(_told.needed) <= set(_told.items) <= {_item.key for _item in ITEMS}:
        raise TableError("leaks.toml: a notice names an item that there is not.")


@dataclass(frozen=True)
class Due:
    """The last days of both reports, and how they were counted."""

    quick_by: date
    full_by: date
    steps: tuple[Step, ...]


def terms(day: date) -> Terms:
    """The terms in force on ``day``; KeyError before the first."""
    found = in_force(TERMS, day)
    if found is None:
        raise KeyError(f"No terms of reports on {day}")
    return found


def triggers(regime: str, day: date) -> tuple[Trigger, ...]:
    """What can make a leak under this regime reportable."""
    codes = dict.fromkeys(row.code for row in TRIGGERS if regime in row.regimes)
    found = (in_force((row for row in TRIGGERS if row.code == code), day) for code in codes)
    return tuple(row for row in found if row is not None)


def notice_rule(regime: str, day: date) -> NoticeRule | None:
    """What the person concerned is told under this regime; None where its law knows no such notice."""
    return in_force((row for row in NOTICES if regime in row.regimes), day)


def by_number(regime: str, persons: int, day: date) -> frozenset[str]:
    """The triggers that the number of persons alone sets off."""
    return frozenset(row.code for row in triggers(regime, day) if row.more_than and persons > row.more_than)


def due(known_on: date, codes: Collection[str], regime: str) -> Due:
    """By when both reports are due. The day of knowing is the first; holidays are not added to our own time."""
    law = terms(known_on)
    set_off = [row for row in triggers(regime, known_on) if row.code in codes]
    days = max((row.full_days for row in set_off), default=law.full_days)
    first = 1 if law.first_day_counts else 0
    quick_by, full_by = (known_on + timedelta(days=count - first) for count in (law.quick_days, days))
    article = "、".join(dict.fromkeys(row.article_ja for row in set_off))
    steps = (
        Step(N_("It became known on %(day)s. This day counts: it is the first day."), {"day": known_on}, day=known_on),
        Step(
            N_("The quick report is made without delay, in practice within %(first)s to %(days)s days."),
            {"first": law.quick_from_days, "days": law.quick_days},
            day=quick_by,
        ),
        Step(N_("The full report is made within %(days)s days."), {"days": days}, article, full_by),
    )
    return Due(quick_by, full_by, steps)


def missing(items: Mapping[str, str]) -> tuple[Item, ...]:
    """The items of the full report that nobody has written yet."""
    return tuple(row for row in ITEMS if not items.get(row.key, "").strip())
