"""The yearly table of claims (訂正請求・利用停止請求), which are no requests and are counted apart.

It is published once for each fiscal year, when the year is closed, so that no small number is the difference of two
tables; within the table the rules of ``small_cells`` hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from disclosure.rules.decisions import DecisionType
from disclosure.rules.durations import Durations, middle
from disclosure.rules.kinds import CaseKind
from disclosure.rules.small_cells import Cell, hidden

RECEIVED = "claims-received"
GRANTED, PARTLY, REFUSED = "claims-granted", "claims-granted-in-part", "claims-not-granted"
DISMISSED, OPEN = "claims-dismissed", "claims-not-decided-here"
IN_TIME, LATE = "claims-in-time", "claims-late"
OUTCOMES = (GRANTED, PARTLY, REFUSED, DISMISSED, OPEN)
DECIDED = OUTCOMES[:4]
TIME = (IN_TIME, LATE)
LINES = (RECEIVED, *OUTCOMES, *TIME)
LINE_OF_TYPE = {
    DecisionType.FULL: GRANTED,
    DecisionType.PARTIAL: PARTLY,
    DecisionType.NONE: REFUSED,
    DecisionType.FORM: DISMISSED,
}


@dataclass(frozen=True)
class Counted:
    """So many claims alike: received in a fiscal year, decided how, after how many days, late or not.

    ``days`` is None for claims without a decision of this organisation.
    """

    count: int
    year: int
    kind: CaseKind
    type: DecisionType | None
    days: int | None
    late: bool


@dataclass(frozen=True)
class ClaimYear:
    """What is published of one kind of claim in one fiscal year; None where a number is hidden."""

    year: int
    kind: CaseKind
    lines: dict[str, int | None] = field(default_factory=dict)
    took: Durations | None = None


def publish(year: int, kind: CaseKind, rows: Iterable[Counted], least: int) -> ClaimYear:
    """The table of a closed year. ``rows`` may hold other years and kinds as well."""
    now, days = dict.fromkeys(LINES, 0), dict[int, int]()
    for row in rows:
        if (row.year, row.kind) != (year, kind):
            continue
        line = LINE_OF_TYPE.get(row.type, OPEN) if row.type is not None and row.days is not None else OPEN
        now[RECEIVED] += row.count
        now[line] += row.count
        if line != OPEN and row.days is not None:
            now[LATE if row.late else IN_TIME] += row.count
            days[row.days] = days.get(row.days, 0) + row.count
    shown: dict[str, int | None] = {RECEIVED: None if 0 < now[RECEIVED] < least else now[RECEIVED]}
    for whole, parts, partners in (((RECEIVED,), OUTCOMES, (REFUSED, OPEN)), (DECIDED, TIME, (IN_TIME, LATE))):
        if any(shown[line] is None for line in whole):
            shown |= dict.fromkeys(parts)
            continue
        away = hidden({line: Cell(0, now[line]) for line in parts}, partners, least)
        shown |= {line: None if line in away else now[line] for line in parts}
    decided = sum(days.values())
    whole_shown = all(shown[line] is not None for line in (*DECIDED, *TIME))
    took = Durations(middle(days)) if decided >= least and whole_shown else None
    return ClaimYear(year, kind, shown, took)
