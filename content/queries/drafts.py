"""What the publishing desk shows: drafts, and what a writer may choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content import policy
from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact, Withdrawal
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.models.letters import Letter
from content.models.scales import Cause, Severity
from content.models.systems import Component, System
from content.queries.bulletin_views import about
from content.rules import facts as fact_rules
from content.rules.archive.kinds import BodyKind
from content.rules.checks import Known
from content.rules.states import DraftState
from content.rules.templates import incident_key
from portal.core.actor import Actor
from portal.core.errors import NotFound

MOST_WORDS = 5
OPEN = (DraftState.REVIEW, DraftState.DRAFT)


@dataclass(frozen=True)
class Options:
    """What a form offers."""

    systems: Sequence[System]
    causes: Sequence[Cause]
    severities: Sequence[Severity]
    publishers: Sequence[Body]
    components: Sequence[Component] = ()
    bodies: Sequence[Body] = ()
    letters: Sequence[Letter] = ()


def desk(session: Session, actor: Actor) -> list[Draft]:
    """Drafts that are not at an end: those that wait for approval first, the oldest first."""
    policy.check_see_desk(actor)
    query = select(Draft).where(Draft.state.in_(OPEN)).order_by(Draft.state.desc(), Draft.changed_at)
    return list(session.scalars(query))


def find_draft(session: Session, draft_id: str, *, actor: Actor) -> Draft:
    """A draft that the actor may see; raises NotFound or Forbidden."""
    policy.check_see_desk(actor)
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound
    return draft


def options(session: Session) -> Options:
    """What a writer chooses from; operators and ministries publish."""
    publishers = Body.kind.in_((BodyKind.OPERATOR, BodyKind.MINISTRY))
    bodies = select(Body).where(publishers).order_by(Body.kind.desc(), Body.key)
    return Options(
        systems=session.scalars(select(System).order_by(System.position)).all(),
        causes=session.scalars(select(Cause).order_by(Cause.position)).all(),
        severities=session.scalars(select(Severity).order_by(Severity.level)).all(),
        publishers=session.scalars(bodies).all(),
        components=session.scalars(select(Component).order_by(Component.system_key, Component.position)).all(),
        bodies=session.scalars(select(Body).order_by(Body.kind, Body.key)).all(),
        letters=session.scalars(select(Letter).order_by(Letter.sent_on.desc())).all(),
    )


def free_key(session: Session, system: str, day: date) -> str:
    """An address for a new incident of a system that no incident has, and no draft that is not at an end."""
    taken = session.scalars(select(Incident.key).where(Incident.key.startswith(system)))
    writing = session.scalars(select(Draft.incident_key).where(Draft.state.in_(OPEN)))
    return incident_key(system, day, [*taken, *writing])


def facts_today(session: Session, incident_key: str) -> list[Fact]:
    """The facts of an incident that hold today: what a correction can name."""
    query = select(Bulletin.number, Fact).join(Bulletin, Bulletin.id == Fact.bulletin_id)
    gone = select(Withdrawal.bulletin_id).where(Withdrawal.incident_key == incident_key)
    query = query.where(Bulletin.incident_key == incident_key, Bulletin.id.not_in(gone))
    query = query.order_by(Bulletin.number, Fact.position)
    by_number: dict[int, list[Fact]] = {}
    for number, fact in session.execute(query):
        by_number.setdefault(number, []).append(fact)
    return [fact for current in fact_rules.project(list(by_number.values()), about) for fact in current.facts]


def known(session: Session, incident_key: str) -> Known:
    """What a bulletin about this incident may refer to."""
    return Known(
        systems=session.scalars(select(System.key)).all(),
        facts=[fact.id for fact in facts_today(session, incident_key)],
        components={one.key: one.system_key for one in session.scalars(select(Component))},
        incidents=session.scalars(select(Incident.key).where(Incident.key != incident_key)).all(),
        bodies=session.scalars(select(Body.key)).all(),
    )


def recent(session: Session, words: str = "", count: int = 12) -> list[Incident]:
    """Published incidents, the last changed first; those whose titles or address hold all of ``words``."""
    query = select(Incident).order_by(Incident.changed_at.desc(), Incident.sort_on.desc())
    for word in words.split()[:MOST_WORDS]:
        places = (Incident.key, Incident.title_ja, Incident.title_en)
        query = query.where(or_(*(place.icontains(word, autoescape=True) for place in places)))
    return list(session.scalars(query.limit(count)))
