"""Everything that an incident's page shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident
from content.models.letters import Letter
from content.models.measures import Measure, MeasureReport
from content.models.relations import Relation
from content.models.scales import Cause, Severity
from content.models.statements import Statement
from content.models.systems import Component, System
from content.queries import incident_rows as rows
from content.queries.bulletin_views import BulletinView, about, bulletin_views
from content.queries.held import Lately
from content.queries.incident_parts import Affected, CauseStep, affected, cause_steps, reading_of
from content.queries.names import Area, Citations, areas, bodies, citations
from content.queries.vocabulary import every
from content.rules import facts as fact_rules
from content.rules.archive.kinds import RelationKind
from content.rules.facts import Current
from content.rules.owners import Owner
from content.rules.writing import WrittenIncident
from portal.core.errors import NotFound

MUTUAL = frozenset({RelationKind.SAME_CAUSE, RelationKind.UNRELATED_SAID})
MOST_LINKED = 12


@dataclass(frozen=True)
class Related:
    """A relation as seen from the page: ``forward`` when the page's incident is the one that stands to the other."""

    relation: Relation
    forward: bool
    other: Incident


@dataclass(frozen=True)
class Link:
    """A relation between two of the incidents that the page's incident is related to."""

    relation: Relation
    start: Incident
    end: Incident


@dataclass(frozen=True)
class IncidentPage:
    """``today`` is the projection of all facts: what holds now, with what was said before.

    Of a version (``version`` is its number, else None) everything is as the bulletins up to it say, and what is not
    part of a bulletin is left out: statements, measures.
    """

    incident: Incident
    cause: Cause
    severity: Severity
    systems: tuple[System, ...]
    areas: tuple[Area, ...]
    bulletins: tuple[BulletinView, ...]
    today: tuple[Current[Fact], ...]
    statements: tuple[Statement, ...]
    measures: tuple[Measure, ...]
    relations: tuple[Related, ...]
    bodies: dict[str, Body]
    area_names: dict[str, Area]
    cited: Citations
    system_names: dict[str, System | Component]
    affected: tuple[Affected, ...]
    cause_steps: tuple[CauseStep, ...]
    causes: dict[str, Cause]
    reports: dict[str, tuple[MeasureReport, ...]]
    letters: dict[str, Letter]
    last_number: int
    links: tuple[Link, ...]
    version: int | None = None

    @property
    def wrong(self) -> frozenset[str]:
        """The ids of the facts that a correction took the place of."""
        return frozenset(old.id for view in self.bulletins for old in view.corrected.values())

    @property
    def latest(self) -> Bulletin:
        """The last bulletin that is shown; of an incident that was withdrawn as a whole, the last one."""
        return (self.shown or self.bulletins)[-1].bulletin

    @property
    def reconstructed(self) -> bool:
        """Whether any bulletin was put together from sources afterwards."""
        return any(view.bulletin.reconstructed for view in self.bulletins)

    @property
    def shown(self) -> tuple[BulletinView, ...]:
        """The bulletins that are not withdrawn, the first first."""
        return tuple(view for view in self.bulletins if not view.withdrawal)

    def view(self, number: int) -> BulletinView:
        """One bulletin; raises NotFound."""
        if not 1 <= number <= len(self.bulletins):
            raise NotFound
        return self.bulletins[number - 1]


def find_incident(session: Session, key: str) -> Incident:
    """A published incident; raises NotFound."""
    incident = rows.INCIDENT.one(session, key=key)
    if incident is None:
        raise NotFound
    return incident


def incident_page(session: Session, key: str, *, version: int | None = None) -> IncidentPage:
    """An incident's whole page, or the incident as its bulletins up to number ``version`` tell; raises NotFound."""
    return _LATELY.of(session, key, version)


def _page(session: Session, key: str, version: int | None) -> IncidentPage:
    incident = find_incident(session, key)
    views = bulletin_views(session, key)
    if version is not None and not 1 <= version <= len(views):
        raise NotFound
    last, views = len(views), views[:version]
    reading = reading_of(views) if version is not None and version < incident.last_number else None
    relations = _relations(session, key)
    if reading is None:
        systems, codes = _systems(session, key), _areas(session, key)
    else:
        incident = _as_read(incident, reading, len(views))
        systems, codes = _named_systems(session, reading.systems), list(reading.areas)
        stated = {(one.kind, one.to, one.said_by) for one in reading.relations}
        relations = tuple(one for one in relations if _stands(one.relation) in stated)
    said = [fact for view in views for fact in view.facts]
    stated_areas = [status.area for view in views for status in view.statuses]
    area_names = areas(session, [*codes, *(fact.area for fact in said), *stated_areas])
    today = tuple(fact_rules.project([view.facts for view in views], about))
    statements, measures = ([], []) if version is not None else _around(session, key)
    named = [view.bulletin.publisher_key for view in views]
    named += [one.by_key for one in statements] + [one.owner_key for one in measures]
    linked = _links(session, relations)
    stood = [*(one.relation for one in relations), *(one.relation for one in linked)]
    own = tuple(area_names[code] for code in codes)
    causes = {cause.key: cause for cause in every(session, Cause).values()}
    return IncidentPage(
        incident=incident,
        cause=causes[incident.cause_key],
        severity=every(session, Severity)[incident.severity],
        systems=systems,
        areas=own,
        bulletins=views,
        today=today,
        statements=tuple(statements),
        measures=tuple(measures),
        relations=relations,
        bodies=bodies(session, [*named, *(one.said_by_key for one in stood)]),
        area_names=area_names,
        cited=citations(session, Owner.INCIDENT, key),
        system_names=_parts(session, views),
        affected=affected(own, area_names, today, views),
        cause_steps=cause_steps(views),
        causes=causes,
        reports=_reports(session, [measure.id for measure in measures]),
        letters=_letters(session, {one.letter_key for one in measures if one.letter_key}),
        last_number=last,
        links=linked,
        version=version,
    )


_LATELY = Lately(_page, Owner.INCIDENT)


def _around(session: Session, key: str) -> tuple[Sequence[Statement], Sequence[Measure]]:
    """What hangs on an incident and is not part of a bulletin."""
    return rows.STATEMENTS.of(session, key=key), rows.MEASURES.of(session, key=key)


def _systems(session: Session, key: str) -> tuple[System, ...]:
    known = every(session, System)
    return tuple(known[row.system_key] for row in rows.SYSTEMS.of(session, key=key))


def _named_systems(session: Session, keys: Sequence[str]) -> tuple[System, ...]:
    known = every(session, System)
    return tuple(known[key] for key in keys if key in known)


def _areas(session: Session, key: str) -> Sequence[str]:
    return [row.area for row in rows.AREAS.of(session, key=key)]


def _as_read(incident: Incident, reading: WrittenIncident, number: int) -> Incident:
    """The incident as a bulletin read it; a copy that belongs to no session."""
    given = {name: value for name, value in vars(reading).items() if name not in ("systems", "areas", "relations")}
    return Incident(
        key=incident.key,
        withdrawn=incident.withdrawn,
        next_update_at=None,
        sort_on=reading.occurred_on or incident.sort_on,
        last_number=number,
        published_at=incident.published_at,
        changed_at=incident.changed_at,
        **given,
    )


def _stands(relation: Relation) -> tuple[str, str, str | None]:
    return relation.kind, relation.to_key, relation.said_by_key


def _parts(session: Session, views: Sequence[BulletinView]) -> dict[str, System | Component]:
    """The systems and components of which a bulletin states how they work, by key."""
    statuses = [status for view in views for status in view.statuses]
    systems = {status.system_key for status in statuses}
    components = {status.component_key for status in statuses if status.component_key}
    found: dict[str, System | Component] = {}
    if systems:
        found |= {one.key: one for one in every(session, System).values() if one.key in systems}
    if components:
        found |= {one.key: one for one in every(session, Component).values() if one.key in components}
    return found


def _reports(session: Session, measures: Sequence[str]) -> dict[str, tuple[MeasureReport, ...]]:
    if not measures:
        return {}
    found: dict[str, tuple[MeasureReport, ...]] = {}
    for report in rows.REPORTS.of(session, keys=measures):
        found[report.measure_id] = (*found.get(report.measure_id, ()), report)
    return found


def _letters(session: Session, keys: Collection[str]) -> dict[str, Letter]:
    return {letter.key: letter for letter in rows.LETTERS.of(session, keys=keys)} if keys else {}


def _relations(session: Session, key: str) -> tuple[Related, ...]:
    found = rows.RELATIONS.of(session, key=key)
    keys = {relation.to_key if relation.from_key == key else relation.from_key for relation in found}
    others = {incident.key: incident for incident in rows.INCIDENTS.of(session, keys=keys)} if keys else {}
    related: dict[tuple[str, bool, str], Related] = {}
    for relation in found:
        forward = relation.from_key == key
        other = others[relation.to_key if forward else relation.from_key]
        as_seen = forward or relation.kind in MUTUAL
        related.setdefault((relation.kind, as_seen, other.key), Related(relation, forward, other))
    return tuple(related.values())


def _links(session: Session, relations: Sequence[Related]) -> tuple[Link, ...]:
    """How the related incidents stand to each other; nothing where there are too many for a small picture."""
    others = {related.other.key: related.other for related in relations}
    if not 1 < len(others) <= MOST_LINKED:
        return ()
    found: dict[tuple[str, frozenset[str]], Link] = {}
    for one in rows.RELATIONS_AMONG.of(session, keys=others):
        ends = (one.from_key, one.to_key)
        pair = frozenset(ends) if one.kind in MUTUAL else frozenset({">".join(ends)})
        found.setdefault((one.kind, pair), Link(one, others[one.from_key], others[one.to_key]))
    return tuple(found.values())
