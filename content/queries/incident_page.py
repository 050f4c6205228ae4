"""Everything that an incident's page shows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.letters import GroupIncident, Letter
from content.models.measures import Measure
from content.models.questions import Question
from content.models.relations import Relation
from content.models.scales import Cause, Severity
from content.models.statements import Statement
from content.models.systems import System
from content.queries.bulletin_views import BulletinView, about, bulletin_views
from content.queries.names import Area, Citations, areas, bodies, citations
from content.rules import facts as fact_rules
from content.rules.archive.kinds import RelationKind
from content.rules.facts import Current
from content.rules.owners import Owner
from portal.core.errors import NotFound

MUTUAL = frozenset({RelationKind.SAME_CAUSE, RelationKind.UNRELATED_SAID})


@dataclass(frozen=True)
class Related:
    """A relation as seen from the page: ``forward`` when the page's incident is the one that stands to the other."""

    relation: Relation
    forward: bool
    other: Incident


@dataclass(frozen=True)
class Asked:
    """A question that a letter asked about the incident."""

    letter: Letter
    question: Question


@dataclass(frozen=True)
class IncidentPage:
    """``today`` is the projection of all facts: what holds now, with what was said before."""

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
    asked: tuple[Asked, ...]
    bodies: dict[str, Body]
    area_names: dict[str, Area]
    cited: Citations

    @property
    def latest(self) -> Bulletin:
        """The last bulletin that is shown; of an incident that was withdrawn as a whole, the last one."""
        shown = [view.bulletin for view in self.bulletins if not view.withdrawal]
        return shown[-1] if shown else self.bulletins[-1].bulletin

    @property
    def reconstructed(self) -> bool:
        """Whether any bulletin was put together from sources afterwards."""
        return any(view.bulletin.reconstructed for view in self.bulletins)

    def view(self, number: int) -> BulletinView:
        """One bulletin; raises NotFound."""
        if not 1 <= number <= len(self.bulletins):
            raise NotFound
        return self.bulletins[number - 1]


def find_incident(session: Session, key: str) -> Incident:
    """A published incident; raises NotFound."""
    incident = session.get(Incident, key)
    if incident is None:
        raise NotFound
    return incident


def incident_page(session: Session, key: str) -> IncidentPage:
    """An incident's whole page; raises NotFound."""
    incident = find_incident(session, key)
    views = bulletin_views(session, key)
    said = [fact for view in views for fact in view.facts]
    statements = session.scalars(
        select(Statement).where(Statement.incident_key == key).order_by(Statement.day, Statement.position)
    ).all()
    measures = session.scalars(select(Measure).where(Measure.incident_key == key).order_by(Measure.position)).all()
    relations = _relations(session, key)
    codes = session.scalars(
        select(IncidentArea.area).where(IncidentArea.incident_key == key).order_by(IncidentArea.position)
    ).all()
    area_names = areas(
        session, [*codes, *(fact.area for fact in said), *(s.area for view in views for s in view.statuses)]
    )
    named = (
        [view.bulletin.publisher_key for view in views]
        + [s.by_key for s in statements]
        + [m.owner_key for m in measures]
    )
    return IncidentPage(
        incident=incident,
        cause=session.get_one(Cause, incident.cause_key),
        severity=session.get_one(Severity, incident.severity),
        systems=tuple(
            session.scalars(
                select(System)
                .join(IncidentSystem, IncidentSystem.system_key == System.key)
                .where(IncidentSystem.incident_key == key)
                .order_by(IncidentSystem.position)
            )
        ),
        areas=tuple(area_names[code] for code in codes),
        bulletins=views,
        today=tuple(fact_rules.project([view.facts for view in views], about)),
        statements=tuple(statements),
        measures=tuple(measures),
        relations=relations,
        asked=_asked(session, key),
        bodies=bodies(session, [*named, *(related.relation.said_by_key for related in relations)]),
        area_names=area_names,
        cited=citations(session, Owner.INCIDENT, key),
    )


def _relations(session: Session, key: str) -> tuple[Related, ...]:
    query = select(Relation).where(or_(Relation.from_key == key, Relation.to_key == key))
    found = session.scalars(query.order_by(Relation.from_key != key, Relation.from_key, Relation.position)).all()
    keys = {relation.to_key if relation.from_key == key else relation.from_key for relation in found}
    others = {incident.key: incident for incident in session.scalars(select(Incident).where(Incident.key.in_(keys)))}
    related: dict[tuple[str, bool, str], Related] = {}
    for relation in found:
        forward = relation.from_key == key
        other = others[relation.to_key if forward else relation.from_key]
        as_seen = forward or relation.kind in MUTUAL
        related.setdefault((relation.kind, as_seen, other.key), Related(relation, forward, other))
    return tuple(related.values())


def _asked(session: Session, key: str) -> tuple[Asked, ...]:
    query = (
        select(Letter, Question)
        .join(Question, Question.letter_key == Letter.key)
        .join(GroupIncident, GroupIncident.group_id == Question.group_id)
        .where(GroupIncident.incident_key == key)
        .order_by(Letter.sent_on, Question.position)
    )
    return tuple(Asked(letter, question) for letter, question in session.execute(query))
