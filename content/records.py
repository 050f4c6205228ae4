"""The search records of everything published: one for each thing and language. Drafts never come here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.file_records import add_pages, file_records
from content.letter_records import LANGUAGES, letter_records
from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.bulletins import Bulletin
from content.models.figures import Figure
from content.models.incidents import Incident
from content.models.letters import Letter
from content.models.reading_room import ReadingDocument
from content.models.scales import Cause
from content.models.systems import System
from content.queries import reading_room
from content.queries.figures import figure_page
from content.queries.incident_page import IncidentPage, incident_page
from content.queries.names import FIXED
from content.rules import markup
from content.rules.archive.kinds import IncidentState, RelationKind
from content.rules.owners import Owner
from content.rules.reading_room import file_name
from content.rules.standing import STANDING_PAGES
from portal.core.calendar import JAPAN
from portal.core.file_texts import pages_of
from search import sources
from search.names import Name
from search.record import Body as Text
from search.record import Record

PART = 0.7  # a day of a series stands behind the series
MODELS: dict[Owner, Any] = {
    Owner.INCIDENT: Incident,
    Owner.SYSTEM: System,
    Owner.LETTER: Letter,
    Owner.FIGURE: Figure,
    Owner.DOCUMENT: ReadingDocument,
}


def records(session: Session, keys: Collection[str] | None = None) -> Iterable[Record]:
    """The records of ``keys`` (``incident/<key>`` and so on), or of everything; what is not published yields none."""
    for owner, key in _wanted(session, keys):
        if owner is Owner.PAGE:
            page = STANDING_PAGES[key]
            for language in LANGUAGES:
                title, body = _in(page, "title", language), _in(page, "body", language)
                yield Record(f"{owner}/{key}", owner, title, body, language, None, page.path, weight=1.2)
            continue
        yield from MAKERS[owner](session, key)


def _wanted(session: Session, keys: Collection[str] | None) -> Iterator[tuple[Owner, str]]:
    asked: dict[str, set[str]] = {}
    for full in keys or ():
        owner, _, key = full.partition("/")
        asked.setdefault(owner, set()).add(key)
    for owner, model in MODELS.items():
        query = select(model.key).order_by(model.key)
        if keys is not None:
            query = query.where(model.key.in_(asked.get(owner, ())))
        for key in session.scalars(query):
            yield owner, key
    for key in STANDING_PAGES:
        if keys is None or key in asked.get(Owner.PAGE, ()):
            yield Owner.PAGE, key


def _in(thing: Any, name: str, language: str) -> str:
    return getattr(thing, f"{name}_{language}") or ""


def _passages(parts: Iterable[str]) -> str:
    """Passages apart by a blank line, without repeats and without empty ones."""
    return "\n\n".join(dict.fromkeys(part.strip() for part in parts if part and part.strip()))


def _incident(session: Session, key: str) -> Iterator[Record]:
    page = incident_page(session, key)
    incident = page.incident
    if incident.withdrawn:
        return
    facets = {
        "system": tuple(system.key for system in page.systems),
        "cause": (page.cause.key,),
        "year": (str(incident.sort_on.year),),
        "area": tuple(area.code for area in page.areas),
        "state": (incident.state,),
    }
    for language in LANGUAGES:
        body = _incident_body(page, language)
        yield Record(
            key=f"{Owner.INCIDENT}/{key}",
            kind=Owner.INCIDENT,
            title=_in(incident, "title", language),
            body=body.text,
            language=language,
            day=incident.occurred_on or incident.sort_on,
            url=f"/incidents/{key}",
            facets=facets,
            weight=_weight(page),
            spots=body.spots,
            changed=max(_said_at(view.bulletin) for view in page.shown),
        )
    yield from file_records(session, page, facets)


def _said_at(bulletin: Bulletin) -> datetime:
    """When a bulletin was published; where it was put together from sources afterwards the day of its source."""
    if bulletin.reconstructed and bulletin.day:
        return min(bulletin.published_at, datetime.combine(bulletin.day, time(), JAPAN))
    return bulletin.published_at


def _weight(page: IncidentPage) -> float:
    """What is going on now before what is over; a whole series before its single days."""
    if page.incident.state == IncidentState.OPEN:
        return 1.3
    part = any(related.relation.kind == RelationKind.PART_OF and related.forward for related in page.relations)
    return PART if part else 1.0


def _incident_body(page: IncidentPage, language: str) -> Text:
    body, address = Text(), f"/incidents/{page.incident.key}"
    body.add(_in(page.incident, "occurred_text", language))
    for view in page.shown:
        number = view.bulletin.number
        version = f"{address}/versions/{number}" if len(page.bulletins) > 1 else ""
        body.begin("bulletin", str(number), f"{address}#bulletin-{number}", version)
        body.add(_in(view.bulletin, "title", language))
        body.add(markup.plain(_in(view.bulletin, "body", language), view.bulletin.markup))
        for fact in view.facts:
            text = _in(fact, "text", language)
            body.add(f"{fact.number:.15g} {text}" if fact.number is not None and not text else text)
    body.begin("statements", "", f"{address}#statements")
    body.add(
        *(
            f"{_in(page.bodies[said.by_key], 'name', language)}:\n{_in(said, 'text', language)}"
            for said in page.statements
        )
    )
    for measure in page.measures:
        body.begin("measure", str(measure.position), f"{address}#measure-{measure.position}")
        body.add(_in(measure, "text", language))
    body.begin("glance", "", f"{address}#glance")
    body.add(_in(page.cause, "name", language))
    body.add(*(_in(system, "name", language) for system in page.systems))
    body.add(*(_in(area, "name", language) for area in page.areas))
    return body


def _system(session: Session, key: str) -> Iterator[Record]:
    system = session.get_one(System, key)
    operator = session.get_one(Body, system.operator_key)
    for language in LANGUAGES:
        aliases = " ".join(system.aliases_ja if language == "ja" else system.aliases_en)
        texts = [_in(system, "summary", language), aliases, _in(operator, "name", language)]
        name = _in(system, "name", language)
        facets = {"system": (key,)}
        yield Record(
            f"{Owner.SYSTEM}/{key}", Owner.SYSTEM, name, _passages(texts), language, None, f"/systems/{key}", facets
        )


def _figure(session: Session, key: str) -> Iterator[Record]:
    page = figure_page(session, key)
    days = [point.day for point in page.points if point.day]
    for language in LANGUAGES:
        unit = _in(page.figure, "unit", language)
        texts = [_in(page.figure, "note", language)]
        texts += [f"{_in(point, 'label', language)} {point.value:.15g} {unit}" for point in page.points]
        texts += [_in(series, "name", language) for series in page.series.values()]
        title = _in(page.figure, "title", language)
        day = max(days, default=None)
        yield Record(f"{Owner.FIGURE}/{key}", Owner.FIGURE, title, _passages(texts), language, day, f"/figures/{key}")


def _document(session: Session, key: str) -> Iterator[Record]:
    """A disclosed document, with the text of its file; one that was taken back is found no more."""
    shown = reading_room.document(session, key)
    if shown.withdrawal is not None:
        return
    document, text = shown.document, reading_room.file_text(session, key)
    facets = {"year": (str(document.disclosed_on.year),)}
    address = f"/documents/{key}"
    for language in LANGUAGES:
        body = Text()
        body.begin("description", "", address)
        body.add(_in(document, "description", language), *(row["part"] for row in document.withheld))
        if language == "ja":
            add_pages(body, pages_of(text), f"{address}/{file_name(key, document.media_type)}")
        full, title, day = f"{Owner.DOCUMENT}/{key}", _in(document, "title", language), document.disclosed_on
        yield Record(full, Owner.DOCUMENT, title, body.text, language, day, address, facets, spots=body.spots)


MAKERS = {
    Owner.INCIDENT: _incident,
    Owner.SYSTEM: _system,
    Owner.LETTER: letter_records,
    Owner.FIGURE: _figure,
    Owner.DOCUMENT: _document,
}

sources.register("content", records)


def names(session: Session) -> Iterator[Name]:
    """What systems, causes and areas are called, for those who search."""
    for system in session.scalars(select(System)):
        others = (*system.aliases_ja, *system.aliases_en)
        yield Name("system", system.key, system.name_ja, system.name_en, others)
    for cause in session.scalars(select(Cause)):
        yield Name("cause", cause.key, cause.name_ja, cause.name_en)
    for area in FIXED.values():
        yield Name("area", area.code, area.name_ja, area.name_en)
    for place in session.execute(
        select(Municipality.code, Municipality.name_ja, Municipality.name_en, Municipality.kana)
    ):
        yield Name("area", place.code, place.name_ja, place.name_en, (place.kana,))


sources.register_names(names)
