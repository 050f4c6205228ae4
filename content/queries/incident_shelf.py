"""The shelf of all incidents, kept in this process and brought up to date by what each revision changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.relations import Relation
from content.queries.held import Held
from content.rules.archive.kinds import RelationKind
from content.rules.shelf import Entry, Shelf

AT_ONCE = 500


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
    def some(query: Select[str, str], column: InstrumentedAttribute[str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for key, value in session.execute(query if keys is None else query.where(column.in_(keys))):
            found.setdefault(key, []).append(value)
        return {key: tuple(values) for key, values in found.items()}

    touched = select(IncidentSystem.incident_key, IncidentSystem.system_key).order_by(IncidentSystem.position)
    systems = some(touched, IncidentSystem.incident_key)
    areas = some(select(IncidentArea.incident_key, IncidentArea.area), IncidentArea.incident_key)
    merging = select(Relation.from_key, Relation.to_key).where(Relation.kind == RelationKind.MERGED_INTO)
    merged = some(merging, Relation.from_key)
    said = select(Bulletin.incident_key, func.max(Bulletin.day)).group_by(Bulletin.incident_key)
    said = said.where(Bulletin.id.not_in(select(Withdrawal.bulletin_id)))
    columns = (
        Incident.key, Incident.sort_on, Incident.severity, Incident.state, Incident.kind, Incident.cause_key,
        Incident.cause_status, Incident.exercise,
    )  # fmt: skip
    query = select(*columns).where(Incident.withdrawn.is_(False)).order_by(Incident.sort_on, Incident.key)
    if keys is not None:
        said, query = said.where(Bulletin.incident_key.in_(keys)), query.where(Incident.key.in_(keys))
    last = {row[0]: row[1] for row in session.execute(said)}
    for row in session.execute(query):
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
