"""The shelf of all incidents, kept in this process and brought up to date by what each revision changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.relations import Relation
from content.queries.held import Held
from content.queries.rows import Asked
from content.rules.archive.kinds import RelationKind
from content.rules.shelf import Entry, Shelf

AT_ONCE = 500
SYSTEMS = Asked(
    select(IncidentSystem.incident_key, IncidentSystem.system_key).order_by(IncidentSystem.position),
    IncidentSystem.incident_key,
)
AREAS = Asked(select(IncidentArea.incident_key, IncidentArea.area), IncidentArea.incident_key)
MERGED = Asked(select(Relation.from_key).where(Relation.kind == RelationKind.MERGED_INTO), Relation.from_key)
SAID = Asked(
    select(Bulletin.incident_key, func.max(Bulletin.day))
    .where(Bulletin.id.not_in(select(Withdrawal.bulletin_id)))
    .group_by(Bulletin.incident_key),
    Bulletin.incident_key,
)
INCIDENTS = Asked(
    select(
        Incident.key, Incident.sort_on, Incident.severity, Incident.state, Incident.kind, Incident.cause_key,
        Incident.cause_status, Incident.exercise,
    )
    .where(Incident.withdrawn.is_(False))
    .order_by(Incident.sort_on, Incident.key),
    Incident.key,
)  # fmt: skip


def shelf(session: Session) -> Shelf:
    """Every incident that is shown, as of this session's view of the record."""
    return _HELD.of(session)


def _read(session: Session) -> Shelf:
    return Shelf.of(entries(session))


def _renew(session: Session, held: Shelf, keys: Collection[str]) -> Shelf:
    found = {entry.key: entry for entry in entries(session, keys)}
    return held.changed({key: found.get(key) for key in keys})


_HELD = Held(_read, _renew)


def entries(session: Session, keys: Collection[str] | None = None) -> Iterator[Entry]:
    """The entries of these incidents, or of all that are shown."""
    if keys is None:
        yield from _entries(session, None)
        return
    wanted = sorted(keys)
    for first in range(0, len(wanted), AT_ONCE):
        yield from _entries(session, wanted[first : first + AT_ONCE])


def _entries(session: Session, keys: Collection[str] | None) -> Iterator[Entry]:
    systems, areas = _many(SYSTEMS.of(session, keys)), _many(AREAS.of(session, keys))
    merged = {row[0] for row in MERGED.of(session, keys)}
    last: dict[str, date] = {row[0]: row[1] for row in SAID.of(session, keys)}
    for row in INCIDENTS.of(session, keys):
        yield Entry(
            key=row.key,
            day=row.sort_on,
            said=last.get(row.key) or row.sort_on,
            severity=row.severity,
            state=row.state,
            kind=row.kind,
            cause=row.cause_key,
            cause_status=row.cause_status,
            exercise=row.exercise,
            merged=row.key in merged,
            systems=systems.get(row.key, ()),
            areas=areas.get(row.key, ()),
        )


def _many(found: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    by: dict[str, list[str]] = {}
    for key, value in found:
        by.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in by.items()}
