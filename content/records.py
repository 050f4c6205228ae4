"""The search records of everything published: one for each thing and language. Drafts never come here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.figures import Figure
from content.models.incidents import Incident
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.models.reading_room import ReadingDocument
from content.models.scales import Cause
from content.models.systems import System
from content.queries import reading_room
from content.queries.figures import figure_page
from content.queries.incident_page import IncidentPage, incident_page
from content.queries.letters import LetterPage, letter_page
from content.queries.names import FIXED
from content.rules import markup
from content.rules.archive.kinds import IncidentState, RelationKind
from content.rules.owners import Owner
from content.rules.question_letters.states import READABLE
from content.rules.standing import STANDING_PAGES
from search import sources
from search.names import Name
from search.record import Record

LANGUAGES = ("ja", "en")
# A day of a series stands behind the series; a long official answer before the reports that retell it.
PART, OFFICIAL = 0.7, 2.0
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
        yield Record(
            key=f"{Owner.INCIDENT}/{key}",
            kind=Owner.INCIDENT,
            title=_in(incident, "title", language),
            body=_passages(_incident_texts(page, language)),
            language=language,
            day=incident.occurred_on or incident.sort_on,
            url=f"/incidents/{key}",
            facets=facets,
            weight=_weight(page),
        )


def _weight(page: IncidentPage) -> float:
    """What is going on now before what is over; a whole series before its single days."""
    if page.incident.state == IncidentState.OPEN:
        return 1.3
    part = any(related.relation.kind == RelationKind.PART_OF and related.forward for related in page.relations)
    return PART if part else 1.0


def _incident_texts(page: IncidentPage, language: str) -> Iterator[str]:
    yield _in(page.incident, "occurred_text", language)
    for view in page.bulletins:
        if view.withdrawal:
            continue
        yield _in(view.bulletin, "title", language)
        yield markup.plain(_in(view.bulletin, "body", language), view.bulletin.markup)
        for fact in view.facts:
            text = _in(fact, "text", language)
            yield f"{fact.number:g} {text}" if fact.number is not None and not text else text
    for said in page.statements:
        yield f"{_in(page.bodies[said.by_key], 'name', language)}: {_in(said, 'text', language)}"
    for measure in page.measures:
        yield _in(measure, "text", language)
    yield _in(page.cause, "name", language)
    for system in page.systems:
        yield _in(system, "name", language)
    for area in page.areas:
        yield _in(area, "name", language)


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


def _letter(session: Session, key: str) -> Iterator[Record]:
    letter = session.get_one(Letter, key)
    if letter.state not in READABLE:
        return
    page = letter_page(session, key, today=letter.answered_on or letter.sent_on)
    if letter.filed:
        said = select(SenderWord.text).join(Question, Question.id == SenderWord.question_id)
        said = said.where(Question.letter_key == key, SenderWord.released_at.is_not(None)).order_by(SenderWord.said_at)
        yield _filed_letter(page, session.scalars(said).all())
        return
    for language in LANGUAGES:
        texts = [_in(letter, "note", language), _in(page.line.sender, "name", language)]
        for section in page.sections:
            texts.append(_in(section.section, "title", language))
            for group in (*section.facts, *section.groups):
                texts.append(_in(group.group, "title", language) if group.group else "")
                for exchange in group.exchanges:
                    texts += [_in(question, "text", language) for question in exchange.questions]
                    texts += [_in(view.answer, "text", language) for view in exchange.answers]
        body = _passages(texts)
        title = _in(letter, "title", language)
        yield Record(
            f"{Owner.LETTER}/{key}",
            Owner.LETTER,
            title,
            body,
            language,
            letter.sent_on,
            f"/letters/{key}",
            weight=OFFICIAL,
        )


def _filed_letter(page: LetterPage, said: Iterable[str]) -> Record:
    """A filed letter is found in the language in which it was written; ``said``: what its sender says in public."""
    letter = page.line.letter
    texts = [letter.sender_name or "", *(block.text for block in page.blocks)]
    body = _passages([*texts, *(view.answer.text_ja for view in page.answers), *said])
    key, address = f"{Owner.LETTER}/{letter.key}", f"/letters/{letter.key}"
    title, day = letter.title_ja, letter.received_on
    return Record(key, Owner.LETTER, title, body, letter.language, day, address, weight=OFFICIAL)


def _figure(session: Session, key: str) -> Iterator[Record]:
    page = figure_page(session, key)
    days = [point.day for point in page.points if point.day]
    for language in LANGUAGES:
        unit = _in(page.figure, "unit", language)
        texts = [_in(page.figure, "note", language)]
        texts += [f"{_in(point, 'label', language)} {point.value:g} {unit}" for point in page.points]
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
    for language in LANGUAGES:
        texts = [_in(document, "description", language), *(row["part"] for row in document.withheld)]
        body = _passages([*texts, text] if language == "ja" else texts)
        full, title, day = f"{Owner.DOCUMENT}/{key}", _in(document, "title", language), document.disclosed_on
        yield Record(full, Owner.DOCUMENT, title, body, language, day, f"/documents/{key}", facets)


MAKERS = {
    Owner.INCIDENT: _incident,
    Owner.SYSTEM: _system,
    Owner.LETTER: _letter,
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
    for place in session.execute(select(Municipality.code, Municipality.name_ja, Municipality.name_en)):
        yield Name("area", place.code, place.name_ja, place.name_en)


sources.register_names(names)
