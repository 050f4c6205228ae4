"""Names of bodies, areas and sources, read once for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, inspect, literal, select, text, union_all
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.bulletins import PublishedCitation
from content.models.sources import Citation, Source
from content.queries.held import Held
from content.queries.rows import Rows, among, ask, given
from content.rules.areas import COUNTRY, PREFECTURES, fixed_name
from content.rules.owners import Owner


@dataclass(frozen=True)
class Area:
    """An area with its names; a municipality that the record knows no name of shows its code."""

    code: str
    name_ja: str
    name_en: str


# The country and the prefectures: what they are called is fixed.
FIXED = {code: Area(code, *name) for code in (COUNTRY, *PREFECTURES) if (name := fixed_name(code))}

LAST_FIRST = [Body.key.desc()]
BODIES, SOME_BODIES = Rows(Body, order=LAST_FIRST), Rows(Body, among(Body.key))
OFFICES = Rows(Body, among(Body.code), order=LAST_FIRST)
MUNICIPALITIES, SOME_MUNICIPALITIES = Rows(Municipality), Rows(Municipality, among(Municipality.code))


@dataclass(frozen=True)
class Cited:
    """A source and the place in it."""

    source: Source
    place: str


@dataclass(frozen=True)
class _Known:
    bodies: Mapping[str, Body]
    places: Mapping[str, Area]


def _read(session: Session) -> _Known:
    return _Known(
        {one.key: one for one in BODIES.of(session)},
        _places(BODIES.of(session), MUNICIPALITIES.of(session)),
    )


def _places(found: Iterable[Body], municipalities: Iterable[Municipality]) -> dict[str, Area]:
    """What is known under a code; a municipality's own name goes before that of its office."""
    offices = {one.code: Area(one.code, one.name_ja, one.name_en) for one in found if one.code}
    return offices | {one.code: area_of(one) for one in municipalities}


# None of them changes together with an incident.
_HELD: Held[_Known] = Held(_read, lambda _session, known, _keys: known)


def bodies(session: Session, keys: Collection[str | None]) -> dict[str, Body]:
    """Bodies by key; what is None is left out."""
    wanted = {key for key in keys if key}
    known = _HELD.at_hand(session)
    if known is None:
        return {one.key: one for one in SOME_BODIES.of(session, keys=wanted)}
    return {key: known.bodies[key] for key in wanted if key in known.bodies}


def areas(session: Session, codes: Iterable[str]) -> dict[str, Area]:
    """Areas with names by code: a municipality with its prefecture (長野県飯田市; Iida City, Nagano)."""
    wanted = set(codes)
    found = {code: FIXED.get(code) or Area(code, code, code) for code in wanted}
    places = {code for code in wanted if code not in FIXED}
    if not places:
        return found
    known = _HELD.at_hand(session)
    if known is None:
        return found | _places(OFFICES.of(session, keys=places), SOME_MUNICIPALITIES.of(session, keys=places))
    return found | {code: known.places[code] for code in places if code in known.places}


def area_of(municipality: Municipality) -> Area:
    """A municipality under its full name: some names are found in several prefectures."""
    ja, en = PREFECTURES[municipality.prefecture]
    return Area(municipality.code, ja + municipality.name_ja, f"{municipality.name_en}, {en}")


class Citations:
    """What a thing's page cites, by subject. Sources are numbered in the order in which the archive lists them."""

    def __init__(self, rows: Iterable[tuple[str, Source, str]]) -> None:
        self._by_subject: dict[str, list[Cited]] = {}
        unique: dict[str, Source] = {}
        for subject, source, place in rows:
            same = unique.setdefault(source.key, source)
            self._by_subject.setdefault(subject, []).append(Cited(same, place))
        ordered = sorted(unique.values(), key=lambda source: (source.position, source.key))
        self.numbers = {source.key: number for number, source in enumerate(ordered, 1)}
        self.sources = ordered

    def of(self, subject: str) -> list[Cited]:
        """What one subject rests on."""
        return self._by_subject.get(subject, [])

    def places(self, source: Source) -> list[str]:
        """Every place of a source that the page cites, without repeats."""
        found = [cited.place for all_ in self._by_subject.values() for cited in all_ if cited.source is source]
        return list(dict.fromkeys(found))


def _citing(model: type[Citation] | type[PublishedCitation], first: int) -> Select[Any]:
    """Subject and place of each citation, with the source's columns; ``first`` parts what may change from the rest."""
    source = inspect(Source).local_table.columns
    query = select(literal(first).label("part"), model.subject, model.position.label("nth"), model.place, *source)
    return query.join(Source, Source.key == model.source_key)


OF_ALL = _citing(Citation, 1).where(Citation.owner == given("owner"), Citation.owner_key == given("key"))
OF_INCIDENT = union_all(OF_ALL, _citing(PublishedCitation, 2).where(PublishedCitation.incident_key == given("key")))
IN_ORDER = [text("part"), text("subject"), text("nth")]
CITED = {False: OF_ALL.order_by(*IN_ORDER), True: OF_INCIDENT.order_by(*IN_ORDER)}


def citations(session: Session, owner: Owner, key: str) -> Citations:
    """Everything that a page cites, of what may change and of what is published."""
    rows = ask(session, CITED[owner is Owner.INCIDENT], owner=owner, key=key)
    return Citations((row.subject, cast(Source, row), row.place) for row in rows)
