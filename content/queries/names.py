"""Names of bodies, areas and sources, read once for a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.bulletins import PublishedCitation
from content.models.sources import Citation, Source
from content.rules.areas import COUNTRY, PREFECTURES, fixed_name
from content.rules.owners import Owner


@dataclass(frozen=True)
class Area:
    """An area with its names; a municipality that the record knows no name of shows its code."""

    code: str
    name_ja: str
    name_en: str

    @property
    def is_country(self) -> bool:
        return self.code == COUNTRY


@dataclass(frozen=True)
class Cited:
    """A source and the place in it."""

    source: Source
    place: str


def bodies(session: Session, keys: Collection[str | None]) -> dict[str, Body]:
    """Bodies by key; what is None is left out."""
    wanted = {key for key in keys if key}
    return {body.key: body for body in session.scalars(select(Body).where(Body.key.in_(wanted)))}


def areas(session: Session, codes: Iterable[str]) -> dict[str, Area]:
    """Areas with names by code: a municipality with its prefecture (長野県飯田市; Iida City, Nagano)."""
    wanted = set(codes)
    found = {code: Area(code, *(fixed_name(code) or (code, code))) for code in wanted}
    places = {code for code in wanted if fixed_name(code) is None}
    if not places:
        return found
    for body in session.scalars(select(Body).where(Body.code.in_(places)).order_by(Body.key.desc())):
        found[body.code or ""] = Area(body.code or "", body.name_ja, body.name_en)
    for municipality in session.scalars(select(Municipality).where(Municipality.code.in_(places))):
        found[municipality.code] = area_of(municipality)
    return found


def area_of(municipality: Municipality) -> Area:
    """A municipality under its full name: some names are found in several prefectures."""
    ja, en = PREFECTURES[municipality.prefecture]
    return Area(municipality.code, ja + municipality.name_ja, f"{municipality.name_en}, {en}")


class Citations:
    """What a thing's page cites, by subject. Sources are numbered in the order in which the archive lists them."""

    def __init__(self, rows: Iterable[tuple[str, Source, str]]) -> None:
        self._by_subject: dict[str, list[Cited]] = {}
        for subject, source, place in rows:
            self._by_subject.setdefault(subject, []).append(Cited(source, place))
        unique = {cited.source.key: cited.source for found in self._by_subject.values() for cited in found}
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


def citations(session: Session, owner: Owner, key: str) -> Citations:
    """Everything that a page cites, of what may change and of what is published."""
    query = select(Citation.subject, Source, Citation.place).join(Source, Source.key == Citation.source_key)
    query = query.where(Citation.owner == owner, Citation.owner_key == key)
    rows = [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Citation.subject, Citation.position))]
    if owner is Owner.INCIDENT:
        published = select(PublishedCitation.subject, Source, PublishedCitation.place)
        published = published.join(Source, Source.key == PublishedCitation.source_key)
        published = published.where(PublishedCitation.incident_key == key)
        found = session.execute(published.order_by(PublishedCitation.subject, PublishedCitation.position))
        rows += [(row[0], row[1], row[2]) for row in found]
    return Citations(rows)
