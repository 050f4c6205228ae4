"""The yearly table of appeals, suits and complaints (審査請求、訴訟、苦情の件数).

What happened counts in the fiscal year in which it happened, so that a closed year's numbers do not change when an
appeal of it is ruled on later. A table is published once a year is closed; small numbers are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from disclosure.rules.appeals import Result
from disclosure.rules.small_cells import Cell, hidden

NEW, REPORTED, WITHDRAWN, FORWARDED = "appeals-new", "appeals-reported", "appeals-withdrawn", "appeals-forwarded"
CONSULTED, RULED = "appeals-consulted", "appeals-ruled"
CONSULTED_IN_TIME, CONSULTED_LATE = "appeals-consulted-in-time", "appeals-consulted-late"
RULED_LATE = "appeals-ruled-late"
SUITS, COMPLAINTS, LEAKS = "suits-filed", "complaints-received", "leaks-known"
RESULTS = {result: f"appeals-{result.value}" for result in Result}
# A sum, its parts, and the two that are hidden with small ones.
PARTS = (
    (CONSULTED, (CONSULTED_IN_TIME, CONSULTED_LATE), (CONSULTED_IN_TIME, CONSULTED_LATE)),
    (RULED, tuple(RESULTS.values()), (RESULTS[Result.DISMISSED], RESULTS[Result.REJECTED])),
)
ALONE = (NEW, REPORTED, RULED_LATE, WITHDRAWN, FORWARDED, SUITS, COMPLAINTS, LEAKS)
LINES = (
    NEW, CONSULTED, CONSULTED_IN_TIME, CONSULTED_LATE, REPORTED, RULED, *RESULTS.values(), RULED_LATE, WITHDRAWN,
    FORWARDED, SUITS, COMPLAINTS, LEAKS,
)  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """So many things of one line in one fiscal year."""

    count: int
    year: int
    line: str


@dataclass(frozen=True)
class AppealYear:
    """What is published of one fiscal year; None where a number is hidden."""

    year: int
    lines: dict[str, int | None] = field(default_factory=dict)


def counted(year: int, rows: Iterable[Happened]) -> dict[str, int]:
    """Every line of a year, nothing hidden."""
    now = dict.fromkeys(LINES, 0)
    for row in rows:
        if row.year == year:
            now[row.line] += row.count
    now[CONSULTED] = now[CONSULTED_IN_TIME] + now[CONSULTED_LATE]
    now[RULED] = sum(now[line] for line in RESULTS.values())
    return now


def publish(year: int, rows: Iterable[Happened], least: int) -> AppealYear:
    """The table of a closed year. ``rows`` may hold other years as well."""
    now = counted(year, rows)
    shown: dict[str, int | None] = {line: _shown(now, line, least) for line in (*ALONE, CONSULTED, RULED)}
    for whole, parts, partners in PARTS:
        if shown[whole] is None:
            shown |= dict.fromkeys(parts)
            continue
        away = hidden({line: Cell(0, now[line]) for line in parts}, partners, least)
        shown |= {line: None if line in away else now[line] for line in parts}
    return AppealYear(year, {line: shown[line] for line in LINES})


def _shown(now: Mapping[str, int], line: str, least: int) -> int | None:
    return None if 0 < now[line] < least else now[line]
