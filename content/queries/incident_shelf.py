"""The shelf of all incidents, kept in this process and brought up to date by what each revision changed."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.relations import Relation
from content.queries import revision
from content.rules.archive.kinds import RelationKind
from content.rules.owners import Owner
from content.rules.shelf import Entry, Shelf
from portal.core.db import WRITES

AT_ONCE = 500


@dataclass(frozen=True)
class _Kept:
    number: int
    shelf: Shelf


# By the database's dialect: each engine has its own one, and reading and writing sessions of an engine share it.
_kept: WeakKeyDictionary[Dialect, _Kept] = WeakKeyDictionary()
_lock = threading.Lock()


def shelf(session: Session) -> Shelf:
    """Every incident that is shown, as of this session's view of the record.

    A session that may have changed the record itself gets a shelf of its own, which is not kept.
    """
    bind = session.get_bind()
    if isinstance(bind, Connection) or bind.get_execution_options().get(WRITES):
        return Shelf.of(entries(session))
    kept, number = _kept.get(bind.dialect), revision.number(session)
    if kept is not None and kept.number >= number:
        return kept.shelf
    with _lock:
        kept = _kept.get(bind.dialect)
        if kept is None or kept.number < number:
            kept = _kept[bind.dialect] = _renewed(session, kept, number)
    return kept.shelf


def _renewed(session: Session, kept: _Kept | None, number: int) -> _Kept:
    if kept is not None:
        latest, keys = revision.changes(session, kept.number)
        if keys is not None:
            start = f"{Owner.INCIDENT}/"
            changed = {key.removeprefix(start) for key in keys if key.startswith(start)}
            found = {entry.key: entry for entry in entries(session, changed)}
            return _Kept(latest, kept.shelf.changed({key: found.get(key) for key in changed}))
    return _Kept(number, Shelf.of(entries(session)))


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

    systems = some(select(IncidentSystem.incident_key, IncidentSystem.system_key), IncidentSystem.incident_key)
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
