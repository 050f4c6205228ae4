"""Appeals, suits and complaints in numbers: counted from plain columns alone, for closed fiscal years."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal
from disclosure.models.complaint import Complaint
from disclosure.models.leak import Leak
from disclosure.models.suit import Suit
from disclosure.queries.days_sql import month_of
from disclosure.queries.leaks import REAL_LEAK
from disclosure.rules import statistics
from disclosure.rules import statistics_appeals as lines
from disclosure.rules.appeals import AppealState, terms
from disclosure.rules.statistics_appeals import AppealYear, Happened, publish
from portal.core.errors import N_

NAMES = {
    lines.NEW: N_("Appeals filed"),
    lines.CONSULTED: N_("The board consulted"),
    lines.CONSULTED_IN_TIME: N_("The board consulted within 90 days"),
    lines.CONSULTED_LATE: N_("The board consulted later than 90 days"),
    lines.REPORTED: N_("Reports of the board"),
    lines.RULED: N_("Rulings"),
    "appeals-upheld": N_("Rulings: granted"),
    "appeals-partly": N_("Rulings: granted in part"),
    "appeals-dismissed": N_("Rulings: dismissed"),
    "appeals-rejected": N_("Rulings: rejected"),
    lines.RULED_LATE: N_("Rulings later than 60 days after the report"),
    lines.WITHDRAWN: N_("Appeals withdrawn"),
    lines.FORWARDED: N_("Appeals passed on to another body"),
    lines.SUITS: N_("Suits filed"),
    lines.COMPLAINTS: N_("Complaints received"),
    lines.LEAKS: N_("Records handed out wrongly, and other leaks"),
}


def appeal_years(session: Session, *, today: date) -> tuple[AppealYear, ...]:
    """The tables of the years that are closed on ``today``, from the newest; years without anything are left out."""
    rows, least = happened(session), statistics.terms(today).small_cell
    years = sorted({row.year for row in rows if statistics.closing_month(row.year) < statistics.month_of(today)})
    return tuple(publish(year, rows, least) for year in reversed(years))


def happened(session: Session) -> list[Happened]:
    """What happened, by line and fiscal year."""
    found: Counter[tuple[int, str]] = Counter()
    for row in session.scalars(select(Appeal)):
        for day, line in _days(row):
            found[statistics.fiscal_year(day), line] += 1
    for column, line in ((Suit.filed_on, lines.SUITS), (Complaint.received_on, lines.COMPLAINTS)):
        month = month_of(column)
        for count, text in session.execute(select(func.count(), month).group_by(month)):
            found[statistics.fiscal_year(date.fromisoformat(f"{text}-01")), line] += count
    for known_on in session.scalars(select(Leak.known_on).where(REAL_LEAK)):
        found[statistics.fiscal_year(known_on), lines.LEAKS] += 1
    return [Happened(count, year, line) for (year, line), count in found.items()]


def _days(row: Appeal) -> list[tuple[date, str]]:
    """The lines that one appeal adds to, each with its day."""
    limits, made = terms(row.filed_on), [(row.filed_on, lines.NEW)]
    if row.consulted_on is not None:
        late = (row.consulted_on - row.filed_on).days > limits.consult_days
        made.append((row.consulted_on, lines.CONSULTED_LATE if late else lines.CONSULTED_IN_TIME))
    if row.reported_on is not None:
        made.append((row.reported_on, lines.REPORTED))
    if row.ended_on is None:
        return made
    if row.result is not None:
        made.append((row.ended_on, lines.RESULTS[row.result]))
        if row.reported_on is not None and (row.ended_on - row.reported_on).days > limits.ruling_days:
            made.append((row.ended_on, lines.RULED_LATE))
    elif row.state in (AppealState.WITHDRAWN, AppealState.FORWARDED):
        made.append((row.ended_on, lines.WITHDRAWN if row.state is AppealState.WITHDRAWN else lines.FORWARDED))
    return made
