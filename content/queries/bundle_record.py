"""What a bundle of the record holds: the addresses of its pages and files, and of which day each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment, Bulletin, Withdrawal
from content.models.figures import Figure
from content.models.incidents import Incident, IncidentArea
from content.models.letters import Letter
from content.models.replies import Reply
from content.models.scales import Cause
from content.models.systems import System
from content.queries import reading_room, written_things
from content.queries.reading_room import Filters
from content.rules import written
from content.rules.areas import COUNTRY, PREFECTURES
from content.rules.question_letters.figures import Figure as LetterFigure
from content.rules.question_letters.states import ReplyState
from content.rules.reading_room import file_name

# Lists of incidents are those of the months; what needs the site is left out.
LEFT_OUT = ("/incidents", "/feeds/", "/letters.json", "/letters/items.json")
STANDING = tuple(page for page in written.GROUPS[written.STANDING] if page != "/follow")
PAGES = tuple(
    page
    for name in (written.FRONT, written.COUNTED, written.LETTERS)
    for page in written.GROUPS[name]
    if not page.startswith(LEFT_OUT)
)
TABLES = (
    "/measures.csv", "/causes.csv", "/documents.csv", "/letters.csv", "/letters/items.csv", "/data/dictionary.csv",
    "/figures/incidents-by-year.csv", *(f"/figures/letters-{figure}.csv" for figure in LetterFigure),
)  # fmt: skip


def pages(session: Session, *, whole: bool) -> Iterator[str]:
    """The addresses of pages, without languages. ``whole``: also each bulletin's own, versions and citations."""
    yield from (*PAGES, *STANDING, "/measures", "/figures/disclosure-clock")
    for key in session.scalars(select(System.key).order_by(System.position)):
        yield from (f"/systems/{key}", f"/systems/{key}/uptime")
    yield from (f"/causes/{key}" for key in session.scalars(select(Cause.key).order_by(Cause.position)))
    yield from (f"/letters/{key}" for key in session.scalars(select(Letter.key).order_by(Letter.key)))
    yield "/documents"
    yield from (f"/documents/{one.key}" for one in reading_room.every(session, Filters()))
    yield from (f"/figures/{key}" for key in session.scalars(select(Figure.key).order_by(Figure.key)))
    yield from (f"/archive/{month}" for month in written_things.all_months(session))
    yield from (f"/places/{code}" for code in _wide_places(session))
    for key in incidents(session):
        yield f"/incidents/{key}"
        if whole:
            for number in _numbers(session, key):
                yield f"/incidents/{key}/bulletins/{number}"
                yield f"/incidents/{key}/bulletins/{number}/cite"
                yield f"/incidents/{key}/versions/{number}"


def _wide_places(session: Session) -> list[str]:
    """The country and the prefectures for which, or for a place in which, anything was stated."""
    stated = written.wider(session.scalars(select(IncidentArea.area).distinct()))
    return [code for code in stated if code == COUNTRY or code in PREFECTURES]


def incidents(session: Session) -> list[str]:
    """The keys of all incidents that are shown."""
    return list(session.scalars(select(Incident.key).where(Incident.withdrawn.is_(False)).order_by(Incident.key)))


def _numbers(session: Session, key: str) -> list[int]:
    gone = select(Withdrawal.bulletin_id).where(Withdrawal.incident_key == key)
    query = select(Bulletin.number).where(Bulletin.incident_key == key, Bulletin.id.not_in(gone))
    return list(session.scalars(query.order_by(Bulletin.number)))


def files(session: Session, *, whole: bool) -> Iterator[str]:
    """The addresses of files, in Japanese alone: tables, what bulletins come with, letters as text and what answered
    them, documents; ``whole``: incidents, letters and documents as JSON."""
    yield from TABLES
    yield from (f"/figures/{key}.csv" for key in session.scalars(select(Figure.key).order_by(Figure.key)))
    for key in session.scalars(select(System.key).order_by(System.position)):
        yield from (f"/systems/{key}/uptime-days.csv", f"/systems/{key}/uptime-months.csv")
    letters = session.scalars(select(Letter.key).order_by(Letter.key)).all()
    yield from (f"/letters/{key}.txt" for key in letters)
    replies = select(Reply.letter_key, Reply.number).where(Reply.state == ReplyState.ISSUED)
    for key, number in session.execute(replies.order_by(Reply.letter_key, Reply.number)):
        yield f"/letters/{key}/replies/{number}.pdf"
    for one in reading_room.every(session, Filters()):
        yield f"/documents/{one.key}/{file_name(one.key, one.media_type)}"
        if whole:
            yield f"/documents/{one.key}.json"
    if whole:
        yield from (f"/incidents/{key}.json" for key in incidents(session))
        yield from (f"/letters/{key}.json" for key in letters)
    gone = select(Withdrawal.bulletin_id)
    attached = select(Bulletin.incident_key, Bulletin.number, Attachment.position, Attachment.name)
    attached = attached.join(Attachment, Attachment.bulletin_id == Bulletin.id).where(Bulletin.id.not_in(gone))
    for key, number, position, name in session.execute(attached.order_by(Attachment.id)):
        yield f"/incidents/{key}/bulletins/{number}/files/{position}/{quote(name)}"


def papers(session: Session) -> Iterator[str]:
    """The addresses of incidents on paper, as their latest bulletins have them."""
    for key in incidents(session):
        for number in _numbers(session, key)[-1:]:
            yield f"/incidents/{key}/versions/{number}.pdf"


def days(session: Session) -> dict[str, str]:
    """The day of each incident, letter and document by the address of its page, as ISO text."""
    found = {f"/incidents/{key}": day for key, day in session.execute(select(Incident.key, Incident.sort_on))}
    found |= {f"/letters/{key}": day for key, day in session.execute(select(Letter.key, Letter.sent_on))}
    found |= {f"/documents/{one.key}": one.disclosed_on for one in reading_room.every(session, Filters())}
    return {address: day.isoformat() for address, day in found.items()}


def is_found(address: str) -> bool:
    """Whether the search finds a page: those of one thing, and those that stand; no lists."""
    parts = address.strip("/").split("/")
    listed = ("archive", "places", "causes")
    return address in STANDING or address == "/about" or (len(parts) == 2 and parts[0] not in listed)


def in_all_languages(addresses: Iterable[str]) -> list[str]:
    """Each address in each language."""
    return list(written.in_all_languages(addresses))
