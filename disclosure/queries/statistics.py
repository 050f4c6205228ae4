"""The public figures of requests: counted by the database from plain columns alone, so that no case is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.letter import Letter
from disclosure.queries.days_sql import days_between, month_of
from disclosure.queries.statistics_claims import claim_years
from disclosure.rules import arrival, statistics
from disclosure.rules import statistics_lines as lines
from disclosure.rules.decisions import DecisionType
from disclosure.rules.extensions import ExtensionKind
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.records import widest
from disclosure.rules.states import PAUSED, State
from disclosure.rules.statistics import Step, Tally, Year
from disclosure.rules.statistics_claims import ClaimYear
from disclosure.rules.statistics_lines import DECIDED, REFUSALS, REFUSED

# The day on which a request got its answer: a decision's notice, or the transfer of the whole to another body.
decided_on = case((Case.state == State.TRANSFERRED, Case.ended_on), else_=Case.notified_on)


# Claims after a disclosure are no requests: they are counted apart. A request decided in two parts is one request, that
# of the substantial part.
ASKED_FOR = and_(Case.kind == CaseKind.DISCLOSURE, Case.part_of_id.is_(None), Case.anew_of_id.is_(None))
REQUESTS = and_(ASKED_FOR, Case.records != RecordKind.DOCUMENTS)


@dataclass(frozen=True)
class Figures:
    """What is public on a day. ``received`` this fiscal year and ``overdue`` of all years, as the day before ended.

    None where the number is above 0 and small. ``years`` from the newest; ``least`` is the smallest that is shown.
    """

    until: date
    year: int
    received: int | None
    overdue: int | None
    years: tuple[Year, ...]
    least: int
    claims: tuple[ClaimYear, ...] = ()


def figures(session: Session, *, profile: str, today: date) -> Figures:
    """Everything that is published about requests on ``today``, under an organisation's profile."""
    least, this = statistics.terms(today).small_cell, statistics.fiscal_year(today)
    until = today - timedelta(days=1)
    start = date(this, statistics.terms(today).first_month, 1)
    tallies, steps = _tallies(session), _corrections(session) + _arrivals(session)
    years = [
        statistics.publish(year, tallies, steps, law=widest(profile, today), today=today)
        for year in range(this, _first_year(tallies, this) - 1, -1)
    ]
    days = _days(session, years)
    timed = [replace(one, durations=statistics.durations(days.get(one.year, {}), one, least)) for one in years]
    received = session.scalar(select(func.count()).where(REQUESTS, Case.received_on.between(start, until))) or 0
    overdue = _overdue(session, until)
    small = range(1, least)
    return Figures(
        until,
        this,
        None if received in small else received,
        None if overdue in small else overdue,
        tuple(timed),
        least,
        claim_years(session, today=today, least=least),
    )


def report(session: Session, year: int) -> dict[str, int]:
    """Every line of a fiscal year with nothing hidden, up to its closing month: never to be published.

    For the report that the 個人情報保護委員会 may ask for (個人情報保護法 第165条).
    """
    steps = _corrections(session) + _arrivals(session)
    return statistics.counted(*statistics.of_year(year, _tallies(session), steps), statistics.closing_month(year))


def _first_year(tallies: Sequence[Tally], this: int) -> int:
    first = min((one.received for one in tallies), default=None)
    return this if first is None else min(this, statistics.fiscal_year(date.fromisoformat(f"{first}-01")))


def _tallies(session: Session) -> list[Tally]:
    """All requests, those alike together. A decision is late when its notice is after the day that was due at last."""
    told = (
        select(
            Extension.case_id, func.max(case((Extension.kind == ExtensionKind.SPECIAL, 1), else_=0)).label("special")
        )
        .where(Extension.state == ExtensionState.ISSUED)
        .group_by(Extension.case_id)
        .subquery()
    )
    time = case(
        (decided_on > Case.due_on, lines.LATE),
        (told.c.special == 1, lines.SPECIAL),
        (told.c.special == 0, lines.EXTENDED),
        else_=lines.WITHIN,
    )
    gone = case((Case.state == State.WITHDRAWN, month_of(Case.ended_on)))
    alike = (month_of(Case.received_on), Case.channel, month_of(decided_on), gone, Case.decision_type, time)
    rows = session.execute(
        select(func.count(), *alike)
        .select_from(Case)
        .outerjoin(told, told.c.case_id == Case.id)
        .where(REQUESTS)
        .group_by(*alike)
    )
    return [
        Tally(count, received, channel.value, decided, withdrawn, kind, when)
        for count, received, channel, decided, withdrawn, kind, when in rows
    ]


def _corrections(session: Session) -> list[Step]:
    """The first time that each requester was asked for a correction."""
    first = (
        select(CorrectionRequest.case_id, func.min(CorrectionRequest.sent_on).label("day"))
        .group_by(CorrectionRequest.case_id)
        .subquery()
    )
    months = (month_of(Case.received_on), month_of(first.c.day))
    rows = session.execute(
        select(func.count(), *months)
        .select_from(first)
        .join(Case, Case.id == first.c.case_id)
        .where(REQUESTS)
        .group_by(*months)
    )
    return [Step(count, received, asked, lines.ASKED) for count, received, asked in rows]


def _arrivals(session: Session) -> list[Step]:
    """The first arrival of a decision's letter, or of a transfer's notice, in each case, without mistaken entries."""
    later = aliased(DeliveryEntry)
    entry = DeliveryEntry
    order = (entry.day, entry.entered_at, entry.id)
    stands = (
        select(
            entry.case_id,
            entry.way,
            entry.day,
            func.row_number().over(partition_by=entry.case_id, order_by=order).label("place"),
        )
        .join(Letter, Letter.id == entry.letter_id)
        .join(Case, Case.id == entry.case_id)
        .where(or_(Letter.decision_id.is_not(None), and_(Letter.kind == "f9", Case.state == State.TRANSFERRED)))
        .where(entry.step == arrival.Step.ARRIVED, ~select(later.id).where(later.corrects_id == entry.id).exists())
        .subquery()
    )
    alike = (month_of(Case.received_on), month_of(stands.c.day), stands.c.way)
    rows = session.execute(
        select(func.count(), *alike)
        .select_from(stands)
        .join(Case, Case.id == stands.c.case_id)
        .where(stands.c.place == 1, REQUESTS)
        .group_by(*alike)
    )
    return [Step(count, received, day, f"arrived-{way.value}") for count, received, day, way in rows]


def _days(session: Session, years: Sequence[Year]) -> dict[int, dict[str, dict[int, int]]]:
    """How many decisions of each line took how many days, by year, within what is published of the year."""
    covered = [(one.year, statistics.first_day(one.year), one.as_of) for one in years if one.as_of is not None]
    if not covered:
        return {}
    of_year = case(*((Case.received_on >= start, year) for year, start, _ in covered))
    within = or_(
        *(
            and_(
                Case.received_on.between(start, min(until, statistics.first_day(year + 1) - timedelta(days=1))),
                decided_on <= until,
            )
            for year, start, until in covered
        )
    )
    alike = (of_year, Case.decision_type, days_between(Case.received_on, decided_on))
    found: dict[int, dict[str, dict[int, int]]] = {}
    for count, year, kind, days in session.execute(
        select(func.count(), *alike).where(REQUESTS, within).group_by(*alike)
    ):
        for line in _lines(kind):
            took = found.setdefault(year, {}).setdefault(line, {})
            took[days] = took.get(days, 0) + count
    return found


def _lines(kind: DecisionType) -> tuple[str, ...]:
    line = lines.LINE_OF_TYPE[kind]
    return (DECIDED, line, REFUSED) if line in REFUSALS.lines else (DECIDED, line)


def _overdue(session: Session, until: date) -> int:
    """Requests without a decision whose day had passed at the end of ``until``; the clock of a correction stands."""
    query = select(func.count()).where(
        REQUESTS,
        Case.due_on <= until,
        Case.received_on <= until,
        or_(Case.notified_on.is_(None), Case.notified_on > until),
        or_(Case.ended_on.is_(None), Case.ended_on > until),
        Case.state.not_in(PAUSED),
    )
    return session.scalar(query) or 0
