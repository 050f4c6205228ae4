"""What all pages of an incident have in common, as one mark: while it stays, so do the pages of older bulletins."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import inspect, or_, select
from sqlalchemy.orm import Session

from content.models.bulletins import Approval, Bulletin, PublishedCitation, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.relations import Relation
from content.models.sources import Citation
from content.rules.owners import Owner


def frame(session: Session, key: str) -> str:
    """Changes with everything but its newest bulletins that a page of a bulletin or version of the incident shows.

    That is its title, what it cites, what was withdrawn or approved since, and its relations. A bulletin that says
    nothing of the incident as a whole (those of the archive) is shown with what the incident is today.
    """
    own = select(Bulletin.id).where(Bulletin.incident_key == key)
    silent = session.scalar(own.where(Bulletin.reading.is_(None)).limit(1)) is not None
    cited = Citation.owner == Owner.INCIDENT, Citation.owner_key == key
    relations = _relations(session, {key})
    others = {one for row in relations for one in (row["from_key"], row["to_key"])} - {key}
    titles = (Incident.key, Incident.title_ja, Incident.title_en)
    parts: list[Any] = [
        _rows(session, select(*titles, Incident.exercise, Incident.withdrawn).where(Incident.key == key)),
        _rows(session, select(*titles).where(Incident.key.in_(others)).order_by(Incident.key)),
        relations,
        [row for row in _relations(session, others) if {row["from_key"], row["to_key"]} <= others],
        _rows(session, _all(Withdrawal).where(Withdrawal.incident_key == key)),
        _rows(session, _all(Approval).where(Approval.bulletin_id.in_(own))),
        _rows(session, _all(Citation).where(*cited).order_by(Citation.id)),
        _rows(session, _all(PublishedCitation).where(PublishedCitation.incident_key == key)),
    ]
    if silent:
        parts += [
            _rows(session, _all(Incident).where(Incident.key == key)),
            _rows(session, _all(IncidentSystem).where(IncidentSystem.incident_key == key)),
            _rows(session, _all(IncidentArea).where(IncidentArea.incident_key == key)),
        ]
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _relations(session: Session, keys: set[str]) -> list[dict[str, Any]]:
    query = _all(Relation).where(or_(Relation.from_key.in_(keys), Relation.to_key.in_(keys)))
    return _rows(session, query.order_by(Relation.id)) if keys else []


def _all(model: Any) -> Any:
    table = inspect(model).local_table
    return select(*table.columns).order_by(*table.primary_key.columns)


def _rows(session: Session, query: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in session.execute(query).mappings()]
