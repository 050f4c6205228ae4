"""The whole public record as plain values, some incidents at a time, in memory that does not grow with the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session

from content.models.bulletins import (
    Approval,
    Attachment,
    Bulletin,
    Fact,
    PublishedCitation,
    StatedStatus,
    Withdrawal,
)
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.measures import Measure, MeasureReport
from content.models.relations import Relation
from content.models.sources import Citation
from content.models.statements import Statement
from content.queries import open_shapes as shapes
from content.queries.open_shapes import Shape
from content.queries.rows import Rows, among, given
from content.rules import facts as fact_rules
from content.rules.facts import About
from content.rules.measures import standing
from content.rules.owners import Owner

AT_ONCE = 200
SAID = 400
MOST_QUESTIONS = 50
CITED = Rows(Citation, Citation.owner == given("owner"), among(Citation.owner_key), order=[Citation.position])


@dataclass
class _Parts:
    """What belongs to one bulletin."""

    citations: dict[str, list[Any]]
    facts: list[Any] = field(default_factory=list)
    statuses: list[Any] = field(default_factory=list)
    attachments: list[Any] = field(default_factory=list)
    withdrawal: Any = None
    approval: Any = None

    def cited(self, subject: str) -> list[Any]:
        return self.citations.get(subject, [])


def rows(
    session: Session, model: type[DeclarativeBase], column: InstrumentedAttribute[Any], keys: Sequence[str], *order: Any
) -> list[Any]:
    """The rows of a table whose ``column`` is one of ``keys``, as plain rows: nothing is kept by the session."""
    return list(_question(model, column, *order).of(session, keys=keys)) if keys else []


@lru_cache(MOST_QUESTIONS)
def _question(model: type[DeclarativeBase], column: InstrumentedAttribute[Any], *order: Any) -> Rows[Any]:
    return Rows(model, among(column), order=order)


def incident_keys(session: Session) -> Iterator[list[str]]:
    """The keys of all incidents, those withdrawn as a whole too, some at a time, in order."""
    last = ""
    while True:
        query = select(Incident.key).where(Incident.key > last).order_by(Incident.key).limit(AT_ONCE)
        found = list(session.scalars(query))
        if not found:
            return
        yield found
        last = found[-1]


def incidents(session: Session, keys: Sequence[str], origin: str) -> list[Shape]:
    """These incidents in the order of ``keys``; what is not shown is left out."""
    systems = _many(rows(session, IncidentSystem, IncidentSystem.incident_key, keys, IncidentSystem.position))
    areas = _many(rows(session, IncidentArea, IncidentArea.incident_key, keys, IncidentArea.position))
    relations = _many(rows(session, Relation, Relation.from_key, keys, Relation.position), "from_key")
    found = {row.key: row for row in rows(session, Incident, Incident.key, keys) if not row.withdrawn}
    return [
        shapes.incident(
            found[key],
            [one.system_key for one in systems.get(key, ())],
            [one.area for one in areas.get(key, ())],
            relations.get(key, ()),
            origin,
        )
        for key in keys
        if key in found
    ]


def bulletins_of(session: Session, keys: Sequence[str], origin: str) -> list[Shape]:
    """All bulletins of these incidents, by incident and number; those withdrawn without their text."""
    found = rows(session, Bulletin, Bulletin.incident_key, keys, Bulletin.incident_key, Bulletin.number)
    return bulletin_shapes(session, found, origin)


def bulletin_shapes(session: Session, found: Sequence[Any], origin: str) -> list[Shape]:
    """Rows of bulletins as shapes, in the same order."""
    shown: list[Shape] = []
    for first in range(0, len(found), SAID):
        shown += _bulletins(session, found[first : first + SAID], origin)
    return shown


def _bulletins(session: Session, found: Sequence[Any], origin: str) -> list[Shape]:
    ids = [row.id for row in found]
    keys = sorted({row.incident_key for row in found})
    gone = {row.bulletin_id: row for row in rows(session, Withdrawal, Withdrawal.bulletin_id, ids)}
    facts = rows(session, Fact, Fact.bulletin_id, ids, Fact.bulletin_id, Fact.position)
    said = _many(facts, "bulletin_id")
    subjects = {*ids, *(one.id for one in facts)}
    citations = _cited(session, keys, subjects)
    statuses = _many(rows(session, StatedStatus, StatedStatus.bulletin_id, ids, StatedStatus.position), "bulletin_id")
    files = _many(rows(session, Attachment, Attachment.bulletin_id, ids, Attachment.position), "bulletin_id")
    approvals = {row.bulletin_id: row for row in rows(session, Approval, Approval.bulletin_id, ids)}
    return [
        shapes.bulletin(
            row,
            _Parts(
                citations,
                said.get(row.id, []),
                statuses.get(row.id, []),
                files.get(row.id, []),
                gone.get(row.id),
                approvals.get(row.id),
            ),
            origin,
        )
        for row in found
    ]


def today(said: Sequence[Shape]) -> list[list[str]]:
    """The ids of the facts that hold today, by the thing that they are about, from all bulletins of an incident."""
    shown = [one["facts"] for one in said if not one["withdrawn"]]
    return [[fact["id"] for fact in current.facts] for current in fact_rules.project(shown, _about)]


def _about(fact: Shape) -> About:
    return About(fact["id"], fact["field"], fact["area"], fact["unit"], fact["corrects"])


def fact_shapes(session: Session, found: Sequence[Any]) -> list[Shape]:
    """Rows of facts (with ``incident_key``) as shapes, in the same order."""
    keys = sorted({row.incident_key for row in found})
    citations = _cited(session, keys, {row.id for row in found})
    return [shapes.fact(row, row.incident_key, citations.get(row.id, ())) for row in found]


def around(session: Session, key: str, *, today: date) -> dict[str, list[Shape]]:
    """What hangs on an incident and is part of no bulletin: statements of others, and measures."""
    said = rows(session, Statement, Statement.incident_key, [key], Statement.day, Statement.position)
    citations = _cited(session, [key], {row.id for row in said})
    found = rows(session, Measure, Measure.incident_key, [key], Measure.position)
    return {
        "statements": [shapes.statement(row, citations.get(row.id, ())) for row in said],
        "measures": measure_shapes(session, found, today=today),
    }


def measure_shapes(session: Session, found: Sequence[Any], *, today: date) -> list[Shape]:
    """Rows of measures as shapes, in the same order."""
    ids = [row.id for row in found]
    reports = _many(rows(session, MeasureReport, MeasureReport.measure_id, ids, MeasureReport.number), "measure_id")
    keys = {row.incident_key for row in found}
    cited = _many(CITED.of(session, owner=Owner.INCIDENT, keys=keys) if keys else [], "subject")
    return [
        shapes.measure(
            row,
            str(standing(row.status, row.due_on, today=today)),
            reports.get(row.id, ()),
            cited.get(row.id, ()),
        )
        for row in found
    ]


def _cited(session: Session, keys: Sequence[str], subjects: set[str]) -> dict[str, list[Any]]:
    """What is cited of these incidents, by the subjects that are asked for."""
    found = rows(session, PublishedCitation, PublishedCitation.incident_key, keys, PublishedCitation.position)
    return _many([row for row in found if row.subject in subjects], "subject")


def _many(found: Sequence[Any], name: str = "incident_key") -> dict[str, list[Any]]:
    by: dict[str, list[Any]] = {}
    for row in found:
        by.setdefault(getattr(row, name), []).append(row)
    return by
