"""What hangs together when the record changes: the things whose pages show an incident, and a thing's addresses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.figures import Figure
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.letters import Group, GroupIncident, Letter
from content.models.measures import Measure
from content.models.reading_room import ReadingDocument
from content.models.replies import Reply
from content.models.revisions import PublicChange
from content.models.scales import Cause
from content.models.systems import Dependency, System
from content.queries import facets, revision
from content.queries.incident_shelf import shelf
from content.queries.live import live_states
from content.queries.question_letters.register import register
from content.rules import written
from content.rules.archive.kinds import IncidentState
from content.rules.areas import COUNTRY, PREFECTURES
from content.rules.filters import Filters, Sort
from content.rules.owners import Owner
from content.rules.question_letters.states import ReplyState

OVER = (IncidentState.CLOSED, IncidentState.UNKNOWN)
CAUSE, PLACE, MONTH = "cause", "place", "month"


@dataclass
class Shown:
    """Where incidents are shown or ever were: keys of systems and causes, codes of places, months, keys of letters."""

    systems: set[str] = field(default_factory=set)
    causes: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)


def touched(session: Session, after: int) -> set[str]:
    """The search keys of what is known to have changed after a revision, though more may have."""
    query = select(PublicChange.key).where(PublicChange.number > after, PublicChange.key != revision.EVERYTHING)
    return set(session.scalars(query))


def shown(session: Session, keys: Iterable[str]) -> Shown:
    """Where these incidents are shown today, and where their earlier bulletins had them shown."""
    found, asked = Shown(), sorted(keys)
    for incident in session.scalars(select(Incident).where(Incident.key.in_(asked))):
        found.causes.add(incident.cause_key)
        found.months.add(_month(incident.sort_on))
    read = select(Bulletin.day, Bulletin.reading, Bulletin.cause_key).where(Bulletin.incident_key.in_(asked))
    for day, reading, cause in session.execute(read):
        found.months.update([_month(day)] if day else [])
        found.causes.update([cause] if cause else [])
        _add_reading(found, reading or {})
    touched = select(IncidentSystem.system_key).where(IncidentSystem.incident_key.in_(asked))
    found.systems.update(session.scalars(touched))
    found.places.update(session.scalars(select(IncidentArea.area).where(IncidentArea.incident_key.in_(asked))))
    about = select(Group.letter_key).join(GroupIncident, GroupIncident.group_id == Group.id)
    found.letters.update(session.scalars(about.where(GroupIncident.incident_key.in_(asked))))
    promised = select(Measure.letter_key).where(Measure.incident_key.in_(asked), Measure.letter_key.is_not(None))
    found.letters.update(letter for letter in session.scalars(promised) if letter)
    return found


def _add_reading(found: Shown, reading: dict[str, Any]) -> None:
    found.systems.update(reading.get("systems", ()))
    found.places.update(reading.get("areas", ()))
    found.causes.update([reading["cause_key"]] if reading.get("cause_key") else [])
    found.months.update([_month(date.fromisoformat(reading["occurred_on"]))] if reading.get("occurred_on") else [])


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def needing(session: Session, systems: Iterable[str]) -> set[str]:
    """All systems that need one of these, through others too: their pages say so when it is down."""
    needed_by: dict[str, list[str]] = {}
    for one in session.scalars(select(Dependency)):
        needed_by.setdefault(one.needs_key, []).append(one.system_key)
    found: set[str] = set()
    waiting = list(systems)
    while waiting:
        for key in needed_by.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def statuses(session: Session, *, at: datetime) -> dict[str, str]:
    """How each system works, by key."""
    return {key: str(one.status) for key, one in live_states(session, at=at).systems.items()}


def beside(session: Session, months: Iterable[str]) -> set[str]:
    """The months before and after these of which there are incidents: their pages lead here."""
    there = all_months(session)
    found: set[str] = set()
    for month in months:
        at = bisect_left(there, month)
        found.update(there[max(0, at - 1) : at + 2])
    return found


def counted(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """For each of these incidents what it counts as, as one mark: what was said lately of it counts nowhere."""
    held = shelf(session)
    found = {key: held.entry(key) for key in keys}
    return {key: repr(one and replace(one, key="", said=one.day)) for key, one in found.items()}


def all_months(session: Session) -> list[str]:
    """The months of which there are incidents, the first first."""
    return sorted(facets.months(session, Filters()))


def addresses(session: Session, thing: str) -> list[str]:
    """The addresses of a thing that are written, without languages; none for what is not there or was withdrawn."""
    if thing in written.GROUPS:
        return list(written.GROUPS[thing])
    kind, _, key = thing.partition("/")
    match kind:
        case Owner.INCIDENT:
            return list(written.of_incident(key, _numbers(session, key))) if _is_shown(session, key) else []
        case Owner.SYSTEM:
            return list(written.of_system(key))
        case Owner.LETTER:
            filed = bool(session.scalar(select(Letter.filed).where(Letter.key == key)))
            return list(written.of_letter(key, filed=filed, replies=_replies(session, key)))
        case Owner.DOCUMENT:
            return list(written.of_document(key))
        case Owner.FIGURE:
            return [f"/figures/{key}"]
        case "cause":
            return list(written.of_cause(key))
        case "place":
            return list(written.of_place(key))
        case "month":
            return [f"/archive/{key}"]
    return []


def _replies(session: Session, key: str) -> list[int]:
    query = select(Reply.number).where(Reply.letter_key == key, Reply.state == ReplyState.ISSUED)
    return list(session.scalars(query.order_by(Reply.number)))


def _is_shown(session: Session, key: str) -> bool:
    return session.scalar(select(Incident.withdrawn).where(Incident.key == key)) is False


def _numbers(session: Session, key: str) -> list[int]:
    gone = select(Withdrawal.bulletin_id).where(Withdrawal.incident_key == key)
    query = select(Bulletin.number).where(Bulletin.incident_key == key, Bulletin.id.not_in(gone))
    return list(session.scalars(query.order_by(Bulletin.number.desc())))


def nationwide(session: Session) -> int:
    """How many incidents were stated for the whole country: every place's page says so."""
    return shelf(session).count(Filters(area=COUNTRY))


def going_on(session: Session) -> set[str]:
    """The incidents whose pages count the days: those that are not over."""
    return set(session.scalars(select(Incident.key).where(Incident.state.not_in(OVER))))


def asked_about(session: Session) -> set[str]:
    """The incidents with open questions, of which their pages say for how many days they are overdue."""
    items = register(session).items
    open_ones = register(session).open_items()
    return set(items.split(open_ones, "incident"))


def everything(session: Session) -> Iterator[str]:
    """Every thing of the record, the most wanted first."""
    yield from written.GROUPS
    yield from (f"{Owner.SYSTEM}/{key}" for key in session.scalars(select(System.key).order_by(System.position)))
    yield from (f"{CAUSE}/{key}" for key in session.scalars(select(Cause.key).order_by(Cause.position)))
    yield from (f"{Owner.LETTER}/{key}" for key in session.scalars(select(Letter.key).order_by(Letter.key)))
    documents = select(ReadingDocument.key).order_by(ReadingDocument.key)
    yield from (f"{Owner.DOCUMENT}/{key}" for key in session.scalars(documents))
    yield from (f"{Owner.FIGURE}/{key}" for key in session.scalars(select(Figure.key).order_by(Figure.key)))
    yield from (f"{MONTH}/{month}" for month in reversed(all_months(session)))
    held = shelf(session)
    yield from (f"{Owner.INCIDENT}/{key}" for key in held.keys(Filters(), Sort.SAID))
    named = session.scalars(select(IncidentArea.area).distinct().order_by(IncidentArea.area))
    yield from (f"{PLACE}/{code}" for code in written.wider({*named, *PREFECTURES, COUNTRY}))
