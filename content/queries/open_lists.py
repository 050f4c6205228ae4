"""Parts of long lists for programs: each begins behind a place (a cursor), so that nothing is skipped or told twice."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, inspect, or_, select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bulletins import Bulletin, Fact, Withdrawal
from content.models.incidents import Incident
from content.models.measures import Measure
from content.queries.incident_shelf import shelf
from content.queries.measures import stands
from content.queries.question_letters.register import register
from content.rules.areas import COUNTRY, COUNTRY_NAMES, PREFECTURES
from content.rules.filters import Filters, Sort
from content.rules.index import Index
from content.rules.measures import Standing
from content.rules.question_letters import finding
from content.rules.question_letters.asking import Asked
from search.text import folded

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
END = float("inf")


@dataclass(frozen=True)
class Part:
    """Some items and where the list goes on; ``after`` None: it ends. ``total`` where it is known."""

    items: Sequence[Any]
    after: str | None
    total: int | None = None


def incident_part(session: Session, filters: Filters, sort: Sort, *, after: str, limit: int) -> Part:
    """Keys of incidents. A place is the numbers of the order and the key, ``-16813~relay-servers-2016-01``."""
    held = shelf(session)
    part = _behind_place(held, held.fitting(filters), sort, after=after, limit=limit)
    return replace(part, items=[entry.key for entry in part.items])


def letter_part(session: Session, asked: Asked, *, today: date, after: str, limit: int) -> Part:
    """Entries of letters; a place is as of incidents."""
    held = register(session)
    found = finding.letters(held, asked, folded(asked.words).split(), today)
    return _behind_place(held.letters, found, asked.sort, after=after, limit=limit)


def question_part(session: Session, asked: Asked, *, today: date, after: str, limit: int) -> Part:
    """Entries of questions; a place ends with the letter and the question's number in it."""
    held = register(session)
    return _behind_place(held.items, finding.items(held, asked, today), asked.sort, after=after, limit=limit)


def _behind_place(held: Index[Any], found: int, order: str, *, after: str, limit: int) -> Part:
    flags = found.to_bytes(len(held.entries) // 8 + 1, "little")
    places = held.orders.get(order, ())
    start = bisect.bisect_right(places, _place(after), key=_comparable) if after else 0
    entries: list[Any] = []
    last = ""
    for place in places[start:]:
        slot = int(place[-1])
        entry = held.entries[slot]
        if entry is None or not flags[slot >> 3] >> (slot & 7) & 1:
            continue
        if len(entries) == limit:
            return Part(entries, last, found.bit_count())
        entries.append(entry)
        last = "~".join(map(str, place[:-1]))
    return Part(entries, None, found.bit_count())


def _comparable(place: Any) -> tuple[tuple[float, str], ...]:
    return tuple((one, "") if isinstance(one, int) else (END, one) for one in place[:-1])


def _place(text: str) -> tuple[tuple[float, str], ...]:
    *numbers, key = text.split("~")
    return (*((int(one), "") for one in numbers), (END, key))


def bulletin_part(
    session: Session,
    *,
    incident: str | None,
    first: date | None,
    last: date | None,
    oldest: bool,
    after: str,
    limit: int,
) -> Part:
    """Rows of bulletins by the time of their publication; a place is that in microseconds, and the id."""
    query = select(*inspect(Bulletin).local_table.columns)
    if incident:
        query = query.where(Bulletin.incident_key == incident)
    if first:
        query = query.where(Bulletin.day >= first)
    if last:
        query = query.where(Bulletin.day <= last)
    if after:
        number, _, identifier = after.partition("~")
        at = BEGIN + MICROSECOND * int(number)
        query = query.where(_behind(at, identifier, oldest=oldest))
    columns = (Bulletin.published_at, Bulletin.id)
    query = query.order_by(*(columns if oldest else (one.desc() for one in columns)))
    found = session.execute(query.limit(limit + 1)).all()
    return _part(found, limit, lambda row: f"{(row.published_at - BEGIN) // MICROSECOND}~{row.id}")


def _behind(at: datetime, identifier: str, *, oldest: bool) -> ColumnElement[bool]:
    if oldest:
        return or_(Bulletin.published_at > at, and_(Bulletin.published_at == at, Bulletin.id > identifier))
    return or_(Bulletin.published_at < at, and_(Bulletin.published_at == at, Bulletin.id < identifier))


def fact_part(
    session: Session,
    *,
    incident: str | None,
    field: str | None,
    area: str | None,
    certainty: str | None,
    after: str,
    limit: int,
) -> Part:
    """Rows of facts with ``incident_key``, by their ids; those of withdrawn bulletins are left out."""
    query = select(*inspect(Fact).local_table.columns, Bulletin.incident_key)
    query = query.join(Bulletin, Bulletin.id == Fact.bulletin_id)
    query = query.where(Fact.bulletin_id.not_in(select(Withdrawal.bulletin_id)))
    if incident:
        query = query.where(Bulletin.incident_key == incident)
    for column, value in ((Fact.field, field), (Fact.area, area), (Fact.certainty, certainty)):
        if value:
            query = query.where(column == value)
    if after:
        query = query.where(Fact.id > after)
    found = session.execute(query.order_by(Fact.id).limit(limit + 1)).all()
    return _part(found, limit, lambda row: str(row.id))


def measure_part(
    session: Session,
    *,
    incident: str | None,
    owner: str | None,
    standing: Standing | None,
    today: date,
    after: str,
    limit: int,
) -> Part:
    """Rows of measures by their ids, those of drills and of what was withdrawn left out."""
    query = select(*inspect(Measure).local_table.columns).join(Incident, Incident.key == Measure.incident_key)
    query = query.where(Incident.withdrawn.is_(False), Incident.exercise.is_(False))
    if incident:
        query = query.where(Measure.incident_key == incident)
    if owner:
        query = query.where(Measure.owner_key == owner)
    if standing:
        query = query.where(stands(standing, today))
    if after:
        query = query.where(Measure.id > after)
    found = session.execute(query.order_by(Measure.id).limit(limit + 1)).all()
    return _part(found, limit, lambda row: str(row.id))


def area_part(session: Session, *, prefecture: str | None, after: str, limit: int) -> Part:
    """The country, prefectures and municipalities, as plain values by their codes."""
    found: list[dict[str, Any]] = [
        {**_area(code, ja, en), "kind": "prefecture", "prefecture": code}
        for code, (ja, en) in PREFECTURES.items()
        if code > after and prefecture in (None, code)
    ]
    if prefecture is None and after < COUNTRY:
        found.append({**_area(COUNTRY, *COUNTRY_NAMES), "kind": "country", "prefecture": None})
    query = select(Municipality).where(Municipality.code > after).order_by(Municipality.code).limit(limit + 1)
    if prefecture:
        query = query.where(Municipality.prefecture == prefecture)
    for one in session.scalars(query):
        ends = {"until": one.until_on.isoformat() if one.until_on else None, "into": one.into_code}
        names = _area(one.code, one.name_ja, one.name_en)
        found.append({**names, **ends, "kind": "municipality", "prefecture": one.prefecture, "kana": one.kana})
    found.sort(key=lambda area: str(area["code"]))
    return _part(found, limit, lambda area: str(area["code"]))


def _area(code: str, ja: str, en: str) -> dict[str, Any]:
    return {"code": code, "name": {"ja": ja, "en": en}, "kana": None, "until": None, "into": None}


def _part(found: Sequence[Any], limit: int, place: Any) -> Part:
    shown = found[:limit]
    return Part(shown, place(shown[-1]) if len(found) > limit else None)
