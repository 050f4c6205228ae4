"""Feeds: bulletins in the order of their publication, cut into a newest part and archive pages that stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.scales import Cause
from content.models.systems import System
from content.queries.feeds_scope import Scope
from content.queries.held import Lately
from content.queries.incident_rows import INCIDENTS
from content.queries.names import areas
from content.queries.rows import Rows, among
from content.rules.areas import is_area
from portal.core.errors import NotFound

# An archive page holds so many bulletins and is full; the newest part has at least LEAST where there are that many.
PAGE, LEAST = 50, 20
BULLETINS = Rows(Bulletin, among(Bulletin.id), without=["reading"])
WITHDRAWALS = Rows(Withdrawal, among(Withdrawal.bulletin_id))
TOUCHED = Rows(IncidentSystem, among(IncidentSystem.incident_key), order=[IncidentSystem.position])
# Up to so many bulletins are put in order at once; of more, the last ones are looked for in steps.
FEW, STEPS = 3_000, 1_000


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
class Paged:
    """A part of a feed. ``archive`` is the page's number, the oldest being 1; None: the newest part.

    ``archives``: how many archive pages there are.
    """

    archive: int | None
    archives: int

    @property
    def older(self) -> int | None:
        """The archive page that comes before."""
        number = self.archives if self.archive is None else self.archive - 1
        return number or None

    @property
    def newer(self) -> int | None:
        """The archive page that comes after; None where that is the newest part."""
        return self.archive + 1 if self.archive is not None and self.archive < self.archives else None


@dataclass(frozen=True)
class Feed(Paged):
    """Entries, the newest first. ``names``: what the feed is about, in Japanese and English."""

    scope: Scope
    key: str
    names: tuple[str, str] | None
    entries: tuple[Entry, ...]

    @property
    def changed_at(self) -> datetime | None:
        """The latest change of an entry; None for an empty feed."""
        return max((entry.changed_at for entry in self.entries), default=None)


def feed(session: Session, scope: Scope, key: str = "", *, archive: int | None = None, fresh: bool = False) -> Feed:
    """A feed's newest part or one of its archive pages.

    ``fresh``: the last ones of all without what was put together afterwards, and no archive.

    The bulletins of an incident are numbered without gaps, so that its last number counts them.

    Raises NotFound for what is no system, cause, area or incident, and for a page that is not full yet.
    """
    return _LATELY.of(session, key, scope, archive, fresh)


def _feed(session: Session, key: str, scope: Scope, archive: int | None, fresh: bool) -> Feed:
    names = _names(session, scope, key)
    total, archives = 0, 0
    if not fresh:
        total = session.scalar(select(func.sum(Incident.last_number)).where(_within(scope, key))) or 0
        archives = max(0, (total - LEAST) // PAGE)
    if archive is not None and not 1 <= archive <= archives:
        raise NotFound
    if archive is None:
        ids = _newest(session, scope, key, PAGE if fresh else total - PAGE * archives, total, fresh=fresh)
    else:
        ids = _archived(session, scope, key, archive, total)
    return Feed(archive, archives, scope, key, names, _entries(session, ids))


# Asked for in each form and language, one after the other, when its pages are written as files.
_LATELY = Lately(_feed, None)


def _newest(session: Session, scope: Scope, key: str, count: int, total: int, *, fresh: bool) -> list[str]:
    """The ids of the last bulletins, the oldest of them first."""
    order = (Bulletin.published_at.desc(), Bulletin.id.desc())
    if scope is Scope.ALL:
        query = select(Bulletin.id).where(Bulletin.reconstructed.is_(False)) if fresh else select(Bulletin.id)
        return list(session.scalars(query.order_by(*order).limit(count)))[::-1]
    if total <= FEW:
        query = select(Bulletin.id).where(Bulletin.incident_key.in_(_keys(scope, key)))
        return list(session.scalars(query.order_by(*order).limit(count)))[::-1]
    # Of many, the last ones are soon met by going back through all bulletins; an id begins with its incident.
    wanted = set(session.scalars(_keys(scope, key)))
    found: list[str] = []
    last = ""
    while len(found) < count:
        walk = select(Bulletin.id).order_by(*order).limit(STEPS)
        if last:
            at = session.scalar(select(Bulletin.published_at).where(Bulletin.id == last))
            walk = walk.where(tuple_(Bulletin.published_at, Bulletin.id) < (at, last))
        ids = session.scalars(walk).all()
        found += [one for one in ids if one.rpartition("/")[0] in wanted]
        if len(ids) < STEPS:
            break
        last = ids[-1]
    return found[:count][::-1]


def _archived(session: Session, scope: Scope, key: str, archive: int, total: int) -> list[str]:
    """The ids of an archive page, counted from the nearer end."""
    first = PAGE * (archive - 1)
    behind = total - first - PAGE
    query = select(Bulletin.id)
    if scope is not Scope.ALL:
        query = query.where(Bulletin.incident_key.in_(_keys(scope, key)))
    if behind < first:
        back = query.order_by(Bulletin.published_at.desc(), Bulletin.id.desc()).offset(behind).limit(PAGE)
        return list(session.scalars(back))[::-1]
    return list(session.scalars(query.order_by(Bulletin.published_at, Bulletin.id).offset(first).limit(PAGE)))


def _keys(scope: Scope, key: str) -> Select[str]:
    return select(Incident.key).where(_within(scope, key))


def _within(scope: Scope, key: str) -> ColumnElement[bool]:
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
            return Incident.key == key
        case Scope.ALL:
            return true()


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
    bulletins = {one.id: one for one in BULLETINS.of(session, keys=ids)}
    keys = {bulletin.incident_key for bulletin in bulletins.values()}
    incidents = {one.key: one for one in INCIDENTS.of(session, keys=keys)}
    gone = {one.bulletin_id: one for one in WITHDRAWALS.of(session, keys=ids)}
    touched: dict[str, list[str]] = {}
    for row in TOUCHED.of(session, keys=keys):
        touched.setdefault(row.incident_key, []).append(row.system_key)
    found = [bulletins[one] for one in reversed(ids)]
    return tuple(
        Entry(one, incidents[one.incident_key], tuple(touched.get(one.incident_key, ())), gone.get(one.id))
        for one in found
    )
