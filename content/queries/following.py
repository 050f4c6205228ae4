"""What followers asked to hear of, in words, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.followers import MailFollower, Webhook
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.queries.names import areas
from content.rules.following import Event, Interest, Subject, Topic
from content.rules.question_letters.states import TOLD
from content.rules.writing import WrittenIncident
from portal.core.errors import NotFound
from search.forms import kept

WORDS = {
    "ja": {
        "all": "すべてのお知らせ", "system": "システム：", "cause": "原因：", "area": "地域：", "severity": "重大度：",
        "above": "以上", "incident": "障害・事故：", "and": "、", "letters": "すべての質問書", "letter": "質問書：",
        "search": "検索：",
    },
    "en": {
        "all": "all notices", "system": "system: ", "cause": "cause: ", "area": "area: ", "severity": "severity: ",
        "above": " or more serious", "incident": "incident: ", "and": "; ", "letters": "all question letters",
        "letter": "question letter: ", "search": "search: ",
    },
}  # fmt: skip


@dataclass(frozen=True)
class News:
    """Something that happened to a bulletin, of which followers are to be told."""

    bulletin: Bulletin
    incident: Incident
    event: Event
    at: datetime
    subject: Subject


def in_words(session: Session, interest: Interest, language: str) -> str:
    """An interest as a reader of ``language`` says it."""
    words, said = WORDS[language], []
    if interest.topic is Topic.LETTERS:
        return words["letter"] + interest.letter if interest.letter else words["letters"]
    if interest.search:
        asked = kept(interest.search)
        return words["search"] + " ".join([asked.text, *asked.filters.values()]).strip()
    named = (("system", System, interest.system), ("cause", Cause, interest.cause))
    for name, model, key in named:
        if key:
            thing = session.get(model, key)
            said.append(words[name] + (getattr(thing, f"name_{language}") if thing else key))
    if interest.area:
        said.append(words["area"] + str(getattr(areas(session, [interest.area])[interest.area], f"name_{language}")))
    if interest.severity:
        step = session.get(Severity, interest.severity)
        name = getattr(step, f"name_{language}") if step else str(interest.severity)
        said.append(words["severity"] + name + words["above"])
    if interest.incident:
        incident = session.get(Incident, interest.incident)
        title = getattr(incident, f"title_{language}") if incident else interest.incident
        said.append(words["incident"] + title)
    return words["and"].join(said) or words["all"]


def mail_follower(session: Session, token_hash: str) -> MailFollower:
    """Whose link it is; NotFound."""
    found = session.scalar(select(MailFollower).where(MailFollower.token_hash == token_hash))
    if found is None:
        raise NotFound
    return found


def webhook(session: Session, token_hash: str) -> Webhook:
    """Whose secret address it is; NotFound."""
    found = session.scalar(select(Webhook).where(Webhook.token_hash == token_hash))
    if found is None:
        raise NotFound
    return found


def has_followers(session: Session) -> bool:
    """Whether anybody is to be told anything."""
    mail = session.scalar(select(MailFollower.id).where(MailFollower.confirmed_at.is_not(None)).limit(1))
    return mail is not None or session.scalar(select(Webhook.id).limit(1)) is not None


def news(session: Session, since: datetime) -> list[News]:
    """What was published or withdrawn since then, the oldest first.

    What was put together from sources afterwards is no news; of what was withdrawn only that.
    """
    gone = select(Withdrawal.bulletin_id)
    published = select(Bulletin).where(Bulletin.published_at >= since, Bulletin.id.not_in(gone))
    withdrawn = select(Bulletin, Withdrawal.withdrawn_at).join(Withdrawal, Withdrawal.bulletin_id == Bulletin.id)
    rows = [(one, Event.PUBLISHED, one.published_at) for one in session.scalars(published)]
    rows += [
        (one, Event.WITHDRAWN, at) for one, at in session.execute(withdrawn.where(Withdrawal.withdrawn_at >= since))
    ]
    rows = [row for row in rows if not row[0].reconstructed]
    incidents = {key: session.get_one(Incident, key) for key in {bulletin.incident_key for bulletin, _, _ in rows}}
    found = [
        News(one, incidents[one.incident_key], event, at, _subject(session, incidents[one.incident_key], one))
        for one, event, at in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.bulletin.id))


@dataclass(frozen=True)
class LetterNews:
    """A public step of a question letter, of which followers are to be told."""

    step: LetterStep

    @property
    def at(self) -> datetime:
        return self.step.at


def letter_news(session: Session, since: datetime) -> list[LetterNews]:
    """What happened to question letters since then, the oldest first."""
    query = select(LetterStep).where(LetterStep.at >= since, LetterStep.kind.in_(sorted(TOLD)))
    return [LetterNews(step) for step in session.scalars(query.order_by(LetterStep.at, LetterStep.id))]


def is_letter(session: Session, key: str) -> bool:
    """Whether such a question letter was sent here."""
    return session.scalar(select(Letter.filed).where(Letter.key == key)) is True


def _subject(session: Session, incident: Incident, bulletin: Bulletin) -> Subject:
    """What the bulletin made of the incident; a later one that says more does not make this one news."""
    if bulletin.reading is not None:
        read = WrittenIncident.from_json(bulletin.reading)
        return Subject(incident.key, frozenset(read.systems), read.cause_key, frozenset(read.areas), read.severity)
    systems = session.scalars(select(IncidentSystem.system_key).where(IncidentSystem.incident_key == incident.key))
    places = session.scalars(select(IncidentArea.area).where(IncidentArea.incident_key == incident.key))
    return Subject(incident.key, frozenset(systems), incident.cause_key, frozenset(places), incident.severity)


@dataclass(frozen=True)
class Offered:
    """What followers choose from."""

    systems: tuple[System, ...]
    causes: tuple[Cause, ...]
    steps: tuple[Severity, ...]


def offered(session: Session) -> Offered:
    """All systems, classes of causes and steps of severity."""
    return Offered(
        tuple(session.scalars(select(System).order_by(System.position))),
        tuple(session.scalars(select(Cause).order_by(Cause.position))),
        tuple(session.scalars(select(Severity).order_by(Severity.level))),
    )


def is_published(session: Session, incident: str) -> bool:
    """Whether there is such an incident."""
    return session.get(Incident, incident) is not None
