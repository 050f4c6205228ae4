"""Feeds: bulletins in the order of their publication, cut into a newest part and archive pages that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.scales import Cause
from content.models.systems import System
from content.queries.feeds_scope import Scope
from content.queries.names import areas
from content.rules.areas import is_area
from portal.core.errors import NotFound

# An archive page holds so many bulletins and is full; the newest part has at least LEAST where there are that many.
PAGE, LEAST = 50, 20


@dataclass(frozen=True)
class Entry:
    """A bulletin of a feed; of one that was withdrawn only its place, the reason and the moment are shown."""

    bulletin: Bulletin
    incident: Incident
    systems: tuple[str, ...]
    withdrawal: Withdrawal | None

    @property
    def changed_at(self) -> datetime:
        """When something about it changed that a reader should hear of."""
        return self.withdrawal.withdrawn_at if self.withdrawal else self.bulletin.published_at


@dataclass(frozen=True)
class Feed:
    """Entries, the newest first. ``archive`` is the page's number, the oldest being 1; None: the newest part.

    ``archives``: how many archive pages there are. ``names``: what the feed is about, in Japanese and English.
    """

    scope: Scope
    key: str
    names: tuple[str, str] | None
    entries: tuple[Entry, ...]
    archive: int | None
    archives: int

    @property
    def changed_at(self) -> datetime | None:
        """The latest change of an entry; None for an empty feed."""
        return max((entry.changed_at for entry in self.entries), default=None)

    @property
    def older(self) -> int | None:
        """The archive page that comes before."""
        number = self.archives if self.archive is None else self.archive - 1
        return number or None

    @property
    def newer(self) -> int | None:
        """The archive page that comes after; None where that is the newest part."""
        return self.archive + 1 if self.archive is not None and self.archive < self.archives else None


def feed(session: Session, scope: Scope, key: str = "", *, archive: int | None = None, fresh: bool = False) -> Feed:
    """A feed's newest part or one of its archive pages. ``fresh``: without what was put together afterwards.

    Raises NotFound for what is no system, cause, area or incident, and for a page that is not full yet.
    """
    names = _names(session, scope, key)
    wanted = _wanted(scope, key)
    if fresh:
        wanted = and_(wanted, Bulletin.reconstructed.is_(False))
    total = session.scalar(_from(select(func.count(Bulletin.id)), scope).where(wanted)) or 0
    archives = max(0, (total - LEAST) // PAGE)
    if archive is not None and not 1 <= archive <= archives:
        raise NotFound
    start = PAGE * (archives if archive is None else archive - 1)
    ids = _from(select(Bulletin.id), scope).where(wanted).order_by(Bulletin.published_at, Bulletin.id)
    ids = ids.offset(start).limit(PAGE if archive else PAGE + LEAST)
    return Feed(scope, key, names, _entries(session, session.scalars(ids).all()), archive, archives)


def _from(query: Any, scope: Scope) -> Any:
    by_incident = scope in (Scope.SYSTEM, Scope.CAUSE, Scope.PLACE)
    return query.join(Incident, Incident.key == Bulletin.incident_key) if by_incident else query


def _wanted(scope: Scope, key: str) -> ColumnElement[bool]:
    match scope:
        case Scope.SYSTEM:
            touched = select(IncidentSystem.incident_key).where(IncidentSystem.system_key == key)
            return Incident.key.in_(touched)
        case Scope.CAUSE:
            return Incident.cause_key == key
        case Scope.PLACE:
            within = IncidentArea.area == key
            if len(key) == 2 and key.isdigit():
                within = or_(within, IncidentArea.area.between(f"{key}0000", f"{key}9999"))
            return Incident.key.in_(select(IncidentArea.incident_key).where(within))
        case Scope.INCIDENT:
            return Bulletin.incident_key == key
        case Scope.ALL:
            return Bulletin.number >= 1


def _names(session: Session, scope: Scope, key: str) -> tuple[str, str] | None:
    if scope is Scope.ALL:
        return None
    if scope is Scope.PLACE:
        if not is_area(key):
            raise NotFound
        area = areas(session, [key])[key]
        return area.name_ja, area.name_en
    if scope is Scope.INCIDENT:
        incident = session.get(Incident, key)
        if incident is None:
            raise NotFound
        return incident.title_ja, incident.title_en
    named: System | Cause | None
    named = session.get(System, key) if scope is Scope.SYSTEM else session.get(Cause, key)
    if named is None:
        raise NotFound
    return named.name_ja, named.name_en


def _entries(session: Session, ids: Sequence[str]) -> tuple[Entry, ...]:
    bulletins = {one.id: one for one in session.scalars(select(Bulletin).where(Bulletin.id.in_(ids)))}
    keys = {bulletin.incident_key for bulletin in bulletins.values()}
    incidents = {one.key: one for one in session.scalars(select(Incident).where(Incident.key.in_(keys)))}
    gone = {one.bulletin_id: one for one in session.scalars(select(Withdrawal).where(Withdrawal.bulletin_id.in_(ids)))}
    touched: dict[str, list[str]] = {}
    query = select(IncidentSystem).where(IncidentSystem.incident_key.in_(keys)).order_by(IncidentSystem.position)
    for row in session.scalars(query):
        touched.setdefault(row.incident_key, []).append(row.system_key)
    found = [bulletins[one] for one in reversed(ids)]
    return tuple(
        Entry(one, incidents[one.incident_key], tuple(touched.get(one.incident_key, ())), gone.get(one.id))
        for one in found
    )
