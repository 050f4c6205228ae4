"""Requests for documents in numbers, by fiscal year.

Anybody may ask for documents and they are no personal data, so nothing is hidden here as in the figures of requests
for one's own records; a count says nothing of whoever asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.statistics import ASKED_FOR, decided_on
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from disclosure.rules.statistics import fiscal_year
from disclosure.rules.statistics_lines import DECIDED, IN_PROGRESS, LATE, LINE_OF_TYPE, RECEIVED, WITHDRAWN

LINES = (RECEIVED, DECIDED, *dict.fromkeys(LINE_OF_TYPE.values()), WITHDRAWN, IN_PROGRESS, LATE)
PART = "documents"


@dataclass(frozen=True)
class DocumentYear:
    """One fiscal year: requests by line, and the median of the days from receipt to the decision."""

    year: int
    until: date
    lines: dict[str, int] = field(default_factory=dict)
    median_days: float | None = None


def document_years(session: Session, *, today: date) -> tuple[DocumentYear, ...]:
    """Every year in which documents were asked for, the newest first, as the day before ended."""
    until = today - timedelta(days=1)
    columns = (Case.received_on, Case.due_on, Case.state, Case.ended_on, decided_on, Case.decision_type)
    wanted = select(*columns).where(ASKED_FOR, Case.records == RecordKind.DOCUMENTS, Case.received_on <= until)
    found: dict[int, dict[str, int]] = {}
    took: dict[int, list[int]] = {}
    for received, due, state, ended, decided, kind in session.execute(wanted):
        year = fiscal_year(received)
        lines = found.setdefault(year, dict.fromkeys(LINES, 0))
        lines[RECEIVED] += 1
        if decided is None or decided > until:
            gone = state is State.WITHDRAWN and ended is not None and ended <= until
            lines[WITHDRAWN if gone else IN_PROGRESS] += 1
            continue
        lines[DECIDED] += 1
        lines[LINE_OF_TYPE[DecisionType.TRANSFERRED if state is State.TRANSFERRED else kind]] += 1
        lines[LATE] += decided > due
        took.setdefault(year, []).append((decided - received).days)
    return tuple(
        DocumentYear(year, until, found[year], median(took[year]) if year in took else None)
        for year in sorted(found, reverse=True)
    )


def plain(one: DocumentYear) -> dict[str, object]:
    """A year as plain values, for JSON."""
    return {
        "fiscal_year": one.year,
        "as_of": one.until.isoformat(),
        "requests": dict(one.lines),
        "days": {"median": one.median_days},
    }


def rows(years: tuple[DocumentYear, ...]) -> Iterator[dict[str, str | int | float]]:
    """A number a row, without its label, as the other figures of requests have them."""
    for one in years:
        head: dict[str, str | int | float] = {
            "fiscal_year": one.year,
            "as_of": one.until.isoformat(),
            "final": "no",
            "part": PART,
            "suppressed": "no",
        }
        for line, number in one.lines.items():
            yield head | {"line": line, "unit": "requests", "value": number}
        if one.median_days is not None:
            yield head | {"line": DECIDED, "unit": "days_median", "value": one.median_days}
