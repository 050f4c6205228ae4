"""Figures over reports: how many a month, by cause, system, body or affair; and which have the same cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.lessons import Lesson
from discrepancy.models.reports import Report
from discrepancy.rules.codes import Code, CodeTable, find
from discrepancy.rules.reporting import ReportState
from portal.core.actor import Actor
from portal.core.errors import Forbidden

COUNTED = (ReportState.FILED, ReportState.RETURNED, ReportState.ACCEPTED)
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


_COLUMNS: dict[By, tuple[Any, ...]] = {
    By.CAUSE: (Report.cause_table, Report.cause),
    By.SYSTEM: (Report.cause,),
    By.BODY: (Report.body_code,),
    By.AFFAIR: (Report.affair,),
}


def _in(first_on: date, last_on: date) -> list[ColumnElement[bool]]:
    return [Report.filed_on >= first_on, Report.filed_on <= last_on, Report.state.in_(COUNTED)]


def _check(actor: Actor) -> None:
    if not policy.is_operator(actor):
        raise Forbidden


def trends(session: Session, by: By, first_on: date, last_on: date, rows: Sequence[Code], *, actor: Actor) -> Trends:
    """Reports by month, filed from ``first_on`` to ``last_on``. Forbidden for other bodies.

    Days are counted there and months added up here, as each database names them otherwise.
    """
    _check(actor)
    columns, conditions = _COLUMNS[by], _in(first_on, last_on)
    if by is By.SYSTEM:
        conditions.append(Report.cause_table == CodeTable.SYSTEM_CAUSE)
    total = 0
    if by is By.BODY:  # there are too many to count each by day
        number = func.count()
        most = select(Report.body_code).where(*conditions).group_by(Report.body_code)
        most = most.order_by(number.desc(), Report.body_code).limit(MOST)
        total = session.scalar(select(number).where(*conditions)) or 0
        conditions.append(Report.body_code.in_(list(session.scalars(most))))
    counts: dict[str, dict[str, int]] = {}
    query = select(Report.filed_on, func.count(), *columns).where(*conditions)
    for day, count, *key in session.execute(query.group_by(Report.filed_on, *columns)):
        months, month = counts.setdefault("/".join(key), {}), f"{day:%Y-%m}"
        months[month] = months.get(month, 0) + count
    largest = sorted(counts, key=lambda key: (-sum(counts[key].values()), key))[:MOST]
    names = _names(session, by, largest, rows)
    lines = [Line(key, *names[key], counts[key]) for key in largest]
    everything = total if by is By.BODY else sum(sum(months.values()) for months in counts.values())
    return Trends(_months(first_on, last_on), lines, everything - sum(line.total for line in lines))


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
        row = find(rows, CodeTable(table or {By.SYSTEM: "system-cause", By.AFFAIR: "affair"}[by]), code)
        found[key] = (row.name_ja, row.name_en) if row else (code or "–", code or "–")
    return found


def clusters(session: Session, first_on: date, last_on: date, *, actor: Actor) -> list[Cluster]:
    """Reports of the same cause and information, the most first; single ones are none. Forbidden."""
    _check(actor)
    number = func.count()
    same = (Report.cause_table, Report.cause, Report.information)
    query = (
        select(
            *same, number, func.count(Report.body_code.distinct()), func.min(Report.filed_on), func.max(Report.filed_on)
        )
        .where(*_in(first_on, last_on), Report.cause != "")
        .group_by(*same)
        .having(number >= CLUSTER)
        .order_by(number.desc(), *same)
        .limit(MOST)
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
