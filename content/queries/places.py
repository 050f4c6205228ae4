"""Pages of places: what happened in a municipality, in its prefecture, and everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.queries.incident_shelf import shelf
from content.queries.incidents import PAGE_SIZE, Line, named
from content.queries.names import Area, area_of, areas
from content.queries.pages import Page, bounds
from content.queries.rows import Rows, given
from content.rules.areas import COUNTRY, PREFECTURES, is_area
from content.rules.filters import Filters, Sort
from portal.core.errors import NotFound

MOST_WIDER = 10
PLACE = Rows(Municipality, Municipality.code == given("code"))
WITHIN = Rows(Municipality, Municipality.prefecture == given("prefecture"), order=[Municipality.code])
BEFORE = Rows(Municipality, Municipality.into_code == given("code"), order=[Municipality.code])


@dataclass(frozen=True)
class Counted:
    """A place and how many incidents were stated for it (a prefecture: or for a place in it)."""

    area: Area
    count: int
    over: bool = False


@dataclass(frozen=True)
class PlacePage:
    """``wider``: the latest incidents stated for the whole prefecture of a municipality, ``wider_total`` of them all.

    ``within``: the municipalities of a prefecture; those that are no more (``over``) only where something was stated
    for them. ``into``: what took the place of one that is no more; ``before``: what it took the place of.
    """

    area: Area
    municipality: Municipality | None
    prefecture: Area | None
    incidents: Page[Line]
    wider: tuple[Line, ...]
    wider_total: int
    nationwide: int
    within: tuple[Counted, ...]
    into: Area | None
    before: tuple[Area, ...]


def prefectures(session: Session) -> list[Counted]:
    """All prefectures in the order of their codes."""
    counts = shelf(session).counts(Filters(), "area")
    return [Counted(Area(code, ja, en), counts.get(code, 0)) for code, (ja, en) in PREFECTURES.items()]


def nationwide(session: Session) -> int:
    """How many incidents were stated for the whole country."""
    return shelf(session).count(Filters(area=COUNTRY))


def counted(session: Session, found: Sequence[Area]) -> list[Counted]:
    """Places with their counts."""
    held = shelf(session)
    return [Counted(area, held.count(Filters(area=area.code))) for area in found]


def place_page(session: Session, code: str, *, number: int = 1) -> PlacePage:
    """A place's page; raises NotFound for a code that no place has."""
    if not is_area(code):
        raise NotFound
    municipality = PLACE.one(session, code=code) if len(code) == 6 else None
    held, filters = shelf(session), Filters(area=code)
    if len(code) == 6 and municipality is None and not held.count(filters):
        raise NotFound
    prefecture = code[:2] if len(code) == 6 else None
    related = [prefecture] if prefecture else []
    into = municipality.into_code if municipality else None
    names = areas(session, [code, *related, *([into] if into else [])])
    wider = held.having("area", prefecture) if prefecture else 0
    nearest, pages, first = bounds(number, total := held.count(filters), PAGE_SIZE)
    own = held.keys(filters, Sort.DAY, first=first, size=PAGE_SIZE)
    around = [one.key for one in held.first_of(wider, Sort.DAY, MOST_WIDER)]
    lines = {line.incident.key: line for line in named(session, [*own, *around])}  # asked for together
    return PlacePage(
        area=names[code],
        municipality=municipality,
        prefecture=names[prefecture] if prefecture else None,
        incidents=Page(tuple(lines[key] for key in own if key in lines), nearest, pages, total),
        wider=tuple(lines[key] for key in around if key in lines),
        wider_total=wider.bit_count(),
        nationwide=held.count(Filters(area=COUNTRY)) if code != COUNTRY else 0,
        within=tuple(_within(session, code)) if code in PREFECTURES else (),
        into=names[into] if into else None,
        before=tuple(area_of(one) for one in BEFORE.of(session, code=code)),
    )


def _within(session: Session, prefecture: str) -> list[Counted]:
    held = shelf(session)
    rows = [(one, held.having("area", one.code).bit_count()) for one in WITHIN.of(session, prefecture=prefecture)]
    shown = [(one, count) for one, count in rows if one.until_on is None or count]
    return [Counted(Area(one.code, one.name_ja, one.name_en), count, one.until_on is not None) for one, count in shown]
