"""Figures over reports: how many a month, by cause, system, body or affair; and which have the same cause."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, String, func, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.figures import MonthSum
from discrepancy.models.lessons import Lesson
from discrepancy.models.reports import CAUSE_KEY, CLUSTER_KEY, Report
from discrepancy.rules.codes import Code, CodeTable, find
from discrepancy.rules.reporting import COUNTED, Sum
from portal.core.actor import Actor
from portal.core.errors import Forbidden

MOST, CLUSTER = 20, 2


class By(StrEnum):
    CAUSE = "cause"
    SYSTEM = "system"
    BODY = "body"
    AFFAIR = "affair"


@dataclass(frozen=True)
class Line:
    """One cause, system, body or affair with its reports by month (``2026-11``); ``key`` as the search takes it."""

    key: str
    name_ja: str
    name_en: str
    months: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.months.values())


@dataclass(frozen=True)
class Trends:
    """The lines with the most reports first, at most :data:`MOST`; ``months`` in order; ``left`` counts the rest."""

    months: list[str]
    lines: list[Line]
    left: int


@dataclass(frozen=True)
class Cluster:
    """Reports of one cause on one sort of information."""

    cause_table: str
    cause: str
    information: str
    reports: int
    bodies: int
    first_on: date
    last_on: date
    lessons: Sequence[Lesson] = ()


_KEYS: dict[Sum, ColumnElement[str]] = {
    Sum.CAUSE: CAUSE_KEY,
    Sum.BODY: type_coerce(Report.body_code, String),
    Sum.AFFAIR: type_coerce(Report.affair, String),
    Sum.CLUSTER: CLUSTER_KEY,
}
_SYSTEMS = f"{CodeTable.SYSTEM_CAUSE}/"


def _in(first_on: date, last_on: date) -> list[ColumnElement[bool]]:
    return [Report.filed_on >= first_on, Report.filed_on <= last_on, Report.state.in_(COUNTED)]


def _check(actor: Actor) -> None:
    if not policy.is_operator(actor):
        raise Forbidden


def trends(session: Session, by: By, first_on: date, last_on: date, rows: Sequence[Code], *, actor: Actor) -> Trends:
    """Reports by month, filed from ``first_on`` to ``last_on``. Forbidden for other bodies.

    Whole months are read from the kept sums, the days of months that are not whole from the reports.
    """
    _check(actor)
    sums = Sum.CAUSE if by is By.SYSTEM else Sum(by.value)
    below = _SYSTEMS if by is By.SYSTEM else ""
    totals = _totals(session, sums, first_on, last_on, below=below)
    largest = sorted(totals, key=lambda key: (-totals[key], key))[:MOST]
    counts: dict[str, dict[str, int]] = {key: {} for key in largest}
    whole, parts = _halves(first_on, last_on)
    if whole:
        kept = select(MonthSum.key, MonthSum.month, MonthSum.reports).where(*_kept(sums, whole))
        for key, month, count in session.execute(kept.where(MonthSum.key.in_(largest))):
            counts[key][month] = count
    for start, end in parts:
        for key, count in session.execute(_of_days(sums, start, end).where(_KEYS[sums].in_(largest))):
            counts[key][f"{start:%Y-%m}"] = count
    names = _names(session, by, largest, rows)
    lines = [Line(key.removeprefix(below), *names[key], counts[key]) for key in largest]
    return Trends(_months(first_on, last_on), lines, totals.total() - sum(line.total for line in lines))


def _totals(session: Session, sums: Sum, first_on: date, last_on: date, *, below: str = "") -> Counter[str]:
    """How many reports each key has that begins with ``below``."""
    totals: Counter[str] = Counter()
    whole, parts = _halves(first_on, last_on)
    if whole:
        kept = select(MonthSum.key, func.sum(MonthSum.reports)).where(*_kept(sums, whole)).group_by(MonthSum.key)
        for key, count in session.execute(kept):
            totals[key] += count
    for start, end in parts:
        for key, count in session.execute(_of_days(sums, start, end)):
            totals[key] += count
    return Counter({key: count for key, count in totals.items() if key.startswith(below)})


def _halves(first_on: date, last_on: date) -> tuple[list[str], list[tuple[date, date]]]:
    """The months that lie in the period as a whole; of the others the first and last day in it."""
    whole, parts = [], []
    for month in _months(first_on, last_on):
        start = date.fromisoformat(f"{month}-01")
        end = start.replace(day=monthrange(start.year, start.month)[1])
        if first_on <= start and end <= last_on:
            whole.append(month)
        else:
            parts.append((max(first_on, start), min(last_on, end)))
    return whole, parts


def _kept(sums: Sum, whole: Sequence[str]) -> list[ColumnElement[bool]]:
    return [MonthSum.by == sums, MonthSum.month.between(whole[0], whole[-1]), MonthSum.reports > 0]


def _of_days(sums: Sum, first_on: date, last_on: date) -> Select[str, int]:
    """How many reports of these days each key has."""
    query = select(_KEYS[sums], func.count()).where(*_in(first_on, last_on))
    if sums is Sum.CLUSTER:
        query = query.where(Report.cause != "")
    return query.group_by(_KEYS[sums])


def _months(first_on: date, last_on: date) -> list[str]:
    count = (last_on.year - first_on.year) * 12 + last_on.month - first_on.month + 1
    start = first_on.year * 12 + first_on.month - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, start + max(0, count))]


def _names(session: Session, by: By, keys: Sequence[str], rows: Sequence[Code]) -> dict[str, tuple[str, str]]:
    if by is By.BODY:
        bodies = {body.code: body for body in session.scalars(select(Body).where(Body.code.in_(keys)))}
        return {key: (bodies[key].name_ja, bodies[key].name_en) for key in keys}
    found = {}
    for key in keys:
        table, _slash, code = key.rpartition("/")
        row = find(rows, CodeTable(table or CodeTable.AFFAIR), code)
        found[key] = (row.name_ja, row.name_en) if row else (code or "–", code or "–")
    return found


def clusters(session: Session, first_on: date, last_on: date, *, actor: Actor) -> list[Cluster]:
    """Reports of the same cause and information, the most first; single ones are none. Forbidden."""
    _check(actor)
    totals = _totals(session, Sum.CLUSTER, first_on, last_on)
    largest = sorted(totals, key=lambda key: (-totals[key], key))[:MOST]
    same = (Report.cause_table, Report.cause, Report.information)
    wanted = [tuple(key.split("/", 2)) for key in largest if totals[key] >= CLUSTER]
    number = func.count()
    query = (
        select(
            *same, number, func.count(Report.body_code.distinct()), func.min(Report.filed_on), func.max(Report.filed_on)
        )
        .where(*_in(first_on, last_on), tuple_(*same).in_(wanted))
        .group_by(*same)
        .order_by(number.desc(), *same)
    )
    found = session.execute(query).all()
    lessons: dict[tuple[str, str], list[Lesson]] = {}
    for lesson in session.scalars(select(Lesson).order_by(Lesson.made_at)):
        lessons.setdefault((lesson.cause_table, lesson.cause), []).append(lesson)
    return [
        Cluster(
            table, cause, about, reports, bodies, first or first_on, last or last_on, lessons.get((table, cause), ())
        )
        for table, cause, about, reports, bodies, first, last in found
    ]


def cluster(
    session: Session, cause_table: str, cause: str, information: str, first_on: date, last_on: date, *, actor: Actor
) -> Cluster | None:
    """One of them, also of a single report; None where there is none."""
    _check(actor)
    query = select(
        func.count(), func.count(Report.body_code.distinct()), func.min(Report.filed_on), func.max(Report.filed_on)
    ).where(
        *_in(first_on, last_on),
        Report.cause_table == cause_table,
        Report.cause == cause,
        Report.information == information,
    )
    reports, bodies, first, last = session.execute(query).one()
    if first is None or last is None:
        return None
    return Cluster(cause_table, cause, information, reports, bodies, first, last)


def names_of_bodies(session: Session, one: Cluster) -> list[str]:
    """The names of the bodies whose reports are counted: what a lesson must not say."""
    query = (
        select(Body.name_ja)
        .distinct()
        .join(Report, Report.body_code == Body.code)
        .where(
            Report.cause_table == one.cause_table,
            Report.cause == one.cause,
            Report.information == one.information,
            Report.state.in_(COUNTED),
        )
    )
    return list(session.scalars(query))
