"""The yearly table of requests (施行状況): its lines, when it is published, and what of it.

A request counts once, in the fiscal year in which it was received. While a year runs, three lines are published
(decided in full, otherwise, not yet), as they stood at the end of a month in which each had changed by nothing or by
enough; the whole table follows once, some months after the year. So no small number is the difference of two tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from disclosure.rules.decisions import DRAFTABLE, DecisionType
from disclosure.rules.durations import Days, Durations, middle, ninth
from disclosure.rules.regimes import Regime
from disclosure.rules.small_cells import Cell, hidden, sensitive
from disclosure.rules.statistics_lines import (
    ARRIVED,
    ASKED,
    DECIDED,
    DURATION_LINES,
    EXTENDED,
    FULL,
    IN_PROGRESS,
    LINE_OF_TYPE,
    LINES,
    NONE,
    NOT_ARRIVED,
    NOT_ASKED,
    OTHER,
    PARTS,
    RECEIVED,
    REFUSALS,
    REFUSED,
    RESULT,
    SPECIAL,
    TIME,
    WITHDRAWN,
    WITHIN,
)
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force


@dataclass(frozen=True)
class Terms:
    """The organisation's choices, from a day on; ``unconfirmed`` names those that come from practice."""

    effective_from: date
    small_cell: int
    running_cell: int
    first_month: int
    closing_months: int
    unconfirmed: tuple[str, ...]
    source: str


TERMS = read("statistics.toml", "terms", Terms)

for _terms in TERMS:
    # Below 3 the only hidden number would be 1, and its partner's change by one would show.
    if not 3 <= _terms.small_cell <= _terms.running_cell:
        raise TableError("statistics.toml: small_cell must be at least 3, and running_cell at least as large.")


def terms(day: date) -> Terms:
    """The terms in force on ``day``, or the first there are."""
    return in_force(TERMS, day) or TERMS[0]


@dataclass(frozen=True)
class Tally:
    """So many requests alike. Months are ``YYYY-MM``: of receipt, of the notice of the decision, of the withdrawal."""

    count: int
    received: str
    channel: str
    decided: str | None = None
    withdrawn: str | None = None
    type: DecisionType | None = None
    time: str = WITHIN


@dataclass(frozen=True)
class Step:
    """So many requests, received in one month, to which ``line`` happened for the first time in another."""

    count: int
    received: str
    happened: str
    line: str


@dataclass(frozen=True)
class Year:
    """What is published of a fiscal year: each line's number, None where it is hidden; durations by line.

    ``as_of`` is the last day that it covers, None while nothing of the year is published.
    """

    year: int
    as_of: date | None
    closed: bool
    lines: dict[str, int | None] = field(default_factory=dict)
    durations: dict[str, Durations] = field(default_factory=dict)


def month_of(day: date) -> str:
    """The month as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"


def month_after(month: str, months: int = 1) -> str:
    """The month so many months later."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def last_day(month: str) -> date:
    """The last day of a month."""
    return date.fromisoformat(f"{month_after(month)}-01") - timedelta(days=1)


def fiscal_year(day: date) -> int:
    """The fiscal year (年度) of a day, by the calendar year in which it starts."""
    return day.year if day.month >= terms(day).first_month else day.year - 1


def first_day(year: int) -> date:
    """The first day of a fiscal year."""
    return date(year, terms(date(year, 4, 1)).first_month, 1)


def months(year: int, rule: Terms) -> tuple[str, ...]:
    """The months at whose ends a year's figures can be made, the closing one last."""
    first = f"{year:04d}-{rule.first_month:02d}"
    return tuple(month_after(first, n) for n in range(12 + rule.closing_months))


def publish(
    year: int, tallies: Sequence[Tally], steps: Sequence[Step], *, law: Regime, today: date
) -> Year:  # fmt: skip
    """What is public of a year on ``today``. ``tallies`` and ``steps`` may hold other years' requests as well."""
    rule = terms(date(year, 4, 1))
    calendar = months(year, rule)
    own, own_steps = of_year(year, tallies, steps)
    over = [month for month in calendar if month < month_of(today)]
    before, as_of = _shown_so_far(own, [month for month in over if month != calendar[-1]], rule)
    if len(over) == len(calendar):
        end = calendar[-1]
        if as_of is not None and as_of >= calendar[11] and _differs_little(before, _results(own, end), rule):
            end = (
                as_of  # every request is in that table: a second one would tell what the few decisions since then were
            )
        now = counted(own, own_steps, end)
        return Year(year, last_day(end), True, _table(now, before, law, rule.small_cell))
    if as_of is None:
        return Year(year, None, False)
    lines: dict[str, int | None] = {RECEIVED: sum(before.values()), DECIDED: before[FULL] + before[OTHER], **before}
    return Year(year, last_day(as_of), False, lines)


def of_year(year: int, tallies: Iterable[Tally], steps: Iterable[Step]) -> tuple[list[Tally], list[Step]]:
    """What belongs to the requests received in a fiscal year."""
    first, last = month_of(first_day(year)), month_after(month_of(first_day(year)), 11)
    own = [one for one in tallies if first <= one.received <= last]
    return own, [one for one in steps if first <= one.received <= last]


def closing_month(year: int) -> str:
    """The month at whose end a year's table is made."""
    return months(year, terms(first_day(year)))[-1]


def counted(tallies: Iterable[Tally], steps: Iterable[Step], month: str) -> dict[str, int]:
    """Every line of a year as it stood at the end of ``month``, nothing hidden."""
    now = dict.fromkeys(LINES, 0)
    for one in tallies:
        if one.received > month:
            continue
        now[RECEIVED] += one.count
        now[f"channel-{one.channel}"] += one.count
        result = _result(one, month)
        now[result] += one.count
        if result == NONE:
            gone = one.withdrawn is not None and one.withdrawn <= month
            now[WITHDRAWN if gone else IN_PROGRESS] += one.count
            continue
        now[DECIDED] += one.count
        now[one.time] += one.count
        line = LINE_OF_TYPE[one.type or DecisionType.OUTSIDE]
        if line != FULL:
            now[line] += one.count
        if line in REFUSALS.lines:
            now[REFUSED] += one.count
    for step in steps:
        if step.happened <= month:
            now[step.line] += step.count
    now[NOT_ASKED] = now[RECEIVED] - now[ASKED]
    now[NOT_ARRIVED] = now[DECIDED] - sum(now[line] for line in ARRIVED.lines[:3])
    return now


def _result(one: Tally, month: str) -> str:
    if one.decided is None or one.decided > month:
        return NONE
    return FULL if one.type is DecisionType.FULL else OTHER


def _results(tallies: Iterable[Tally], month: str) -> dict[str, int]:
    """The three lines at the end of ``month``."""
    now = dict.fromkeys(RESULT.lines, 0)
    for one in tallies:
        if one.received <= month:
            now[_result(one, month)] += one.count
    return now


def _differs_little(before: Mapping[str, int], now: Mapping[str, int], rule: Terms) -> bool:
    """Whether a line, or its change, is small."""
    return any(sensitive(Cell(before[line], now[line]), rule.small_cell) for line in RESULT.lines)


def _shown_so_far(tallies: Sequence[Tally], over: Sequence[str], rule: Terms) -> tuple[dict[str, int], str | None]:
    """The three lines as last published while the year ran, and the month at whose end; zeros and None before."""
    shown, at = dict.fromkeys(RESULT.lines, 0), None
    for month in over:
        now = _results(tallies, month)
        enough = all(number == 0 or number >= rule.running_cell for number in now.values())
        # A table that is the same is not dated anew: its new day would say that nothing at all was decided.
        if now != shown and enough and not _differs_little(shown, now, rule):
            shown, at = now, month
    return shown, at


def _table(now: dict[str, int], before: dict[str, int], law: Regime, least: int) -> dict[str, int | None]:
    shown: dict[str, int | None] = {RECEIVED: None if 0 < now[RECEIVED] < least else now[RECEIVED]}
    can_occur = _can_occur(law)
    for part in PARTS:
        if any(shown[line] is None for line in part.of):
            shown |= dict.fromkeys(part.lines)
            continue
        cells = {
            line: Cell(before.get(line, 0), now[line]) for line in part.lines if line in can_occur or now[line]
        }  # fmt: skip
        away = hidden(cells, part.partners, least)
        shown |= {line: None if line in away else now[line] for line in part.lines}
    shown[DECIDED] = None if shown[FULL] is None or shown[OTHER] is None else now[DECIDED]
    return {line: shown[line] for line in LINES}


# Ends that this room knows a way to: what is drafted as a decision, and the transfer.
REACHED = (*DRAFTABLE, DecisionType.TRANSFERRED)


def _can_occur(law: Regime) -> frozenset[str]:
    """The lines that the law and this room know a way to. Whoever knows that a line is always 0 must learn nothing."""
    never = {LINE_OF_TYPE[kind] for kind in LINE_OF_TYPE if kind not in REACHED or kind not in law.decision_types}
    never -= {LINE_OF_TYPE[kind] for kind in REACHED if kind in law.decision_types}
    never -= {line for part in PARTS for line in part.partners}
    return frozenset(LINES) - never - (frozenset() if law.extension_clock else frozenset({EXTENDED, SPECIAL}))


def durations(days: Mapping[str, Days], year: Year, least: int) -> dict[str, Durations]:
    """The durations that may be published beside ``year``; ``days`` by line.

    The slowest and the nine of ten say how many were late, so a closed year has them only where that is shown too.
    """
    timed = all(year.lines.get(line) is not None for line in TIME.lines)
    found = {}
    for line in DURATION_LINES:
        if (year.lines.get(line) or 0) < least or not days.get(line) or (line != DECIDED and not timed):
            continue
        found[line] = Durations(
            median=middle(days[line]),
            ninth=ninth(days[line]) if timed else None,
            slowest=max(days[line]) if timed or not year.closed else None,
        )
    return found
