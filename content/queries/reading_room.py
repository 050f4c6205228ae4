"""The reading room: documents that were disclosed, found by words and filters, and one with its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from content.models.reading_room import ReadingDocument, ReadingFile, ReadingWithdrawal
from content.queries.pages import Page, bounds
from portal.core.errors import NotFound

SIZE, AT_ONCE = 20, 200
WHOLE, PARTLY = "whole", "partly"


@dataclass(frozen=True)
class Filters:
    """What a reader looks for: words of title, description and text; fiscal year's calendar year; what is withheld."""

    words: str = ""
    year: int | None = None
    shown: str = ""
    article: str = ""

    @property
    def any(self) -> bool:
        return bool(self.words or self.year or self.shown or self.article)


@dataclass(frozen=True)
class Choices:
    """The values that documents have, each with how many."""

    years: tuple[tuple[int, int], ...]
    shown: tuple[tuple[str, int], ...]
    articles: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shown:
    """One document; ``withdrawal`` where it is no longer shown; ``others`` of the same request."""

    document: ReadingDocument
    withdrawal: ReadingWithdrawal | None
    others: tuple[ReadingDocument, ...]


def _standing(columns: Any) -> Select[Any]:
    gone = select(ReadingWithdrawal.document_key)
    return select(columns).where(ReadingDocument.key.not_in(gone))


def _ordered(query: Select[Any]) -> Select[Any]:
    return query.order_by(ReadingDocument.disclosed_on.desc(), ReadingDocument.key.desc())


def documents(session: Session, filters: Filters, *, number: int = 1, size: int = SIZE) -> Page[ReadingDocument]:
    """The documents that fit, the latest disclosed first."""
    fitting = _keys(session, filters)
    nearest, pages, first = bounds(number, len(fitting), size)
    keys = fitting[first : first + size]
    rows = session.scalars(_ordered(select(ReadingDocument).where(ReadingDocument.key.in_(keys)))).all()
    return Page(tuple(rows), nearest, pages, len(fitting))


def every(session: Session, filters: Filters) -> Iterator[ReadingDocument]:
    """Every document that fits, so many at a time."""
    keys = _keys(session, filters)
    for first in range(0, len(keys), AT_ONCE):
        part = select(ReadingDocument).where(ReadingDocument.key.in_(keys[first : first + AT_ONCE]))
        yield from session.scalars(_ordered(part))


def choices(session: Session, filters: Filters) -> Choices:
    """What can be chosen, with counts under the other filters."""
    years: dict[int, int] = {}
    for key in _keys(session, replace(filters, year=None), with_day=True):
        years[key[1].year] = years.get(key[1].year, 0) + 1
    shown = {
        one: len(_keys(session, replace(filters, shown=one))) for one in (WHOLE, PARTLY)
    }  # fmt: skip
    articles: dict[str, int] = {}
    for _key, _day, withheld in _rows(session, replace(filters, article="")):
        for article in {str(row["article"]) for row in withheld}:
            articles[article] = articles.get(article, 0) + 1
    return Choices(
        tuple(sorted(years.items(), reverse=True)),
        tuple((one, number) for one, number in shown.items() if number),
        tuple(sorted(articles.items())),
    )


def _rows(session: Session, filters: Filters) -> list[tuple[str, Any, list[dict[str, Any]]]]:
    """Key, day and what is withheld of the documents that fit, in order. A reading room is small enough for a look."""
    columns = (ReadingDocument.key, ReadingDocument.disclosed_on, ReadingDocument.withheld)
    gone = select(ReadingWithdrawal.document_key)
    query = _ordered(select(*columns).where(ReadingDocument.key.not_in(gone)))
    for word in filters.words.split()[:8]:
        like = f"%{_escaped(word)}%"
        held = select(ReadingFile.document_key).where(ReadingFile.text.ilike(like, escape="\\"))
        texts = (
            ReadingDocument.title_ja, ReadingDocument.title_en, ReadingDocument.description_ja,
            ReadingDocument.description_en, ReadingDocument.request_number,
        )  # fmt: skip
        query = query.where(or_(*(text.ilike(like, escape="\\") for text in texts), ReadingDocument.key.in_(held)))
    found = []
    for key, day, withheld in session.execute(query):
        if filters.year and day.year != filters.year:
            continue
        if filters.shown and (filters.shown == PARTLY) != bool(withheld):
            continue
        if filters.article and filters.article not in {row["article"] for row in withheld}:
            continue
        found.append((key, day, withheld))
    return found


def _keys(session: Session, filters: Filters, *, with_day: bool = False) -> list[Any]:
    rows = _rows(session, filters)
    return [(key, day) for key, day, _withheld in rows] if with_day else [key for key, _day, _withheld in rows]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def found_by_words(session: Session, text: str) -> Sequence[ReadingDocument]:
    """Documents whose title has one of the longer words of a text: perhaps what is asked for was disclosed before."""
    words = sorted({word for word in text.split() if 2 <= len(word) <= 40}, key=len, reverse=True)[:5]
    if not words:
        return ()
    likes = [ReadingDocument.title_ja.ilike(f"%{_escaped(word)}%", escape="\\") for word in words]
    likes += [ReadingDocument.title_en.ilike(f"%{_escaped(word)}%", escape="\\") for word in words]
    return session.scalars(_ordered(_standing(ReadingDocument)).where(or_(*likes)).limit(5)).all()


def latest(session: Session, most: int) -> Sequence[ReadingDocument]:
    """The documents that were published last."""
    query = _standing(ReadingDocument).order_by(ReadingDocument.published_at.desc(), ReadingDocument.key)
    return session.scalars(query.limit(most)).all()


def count(session: Session) -> int:
    """How many documents are shown."""
    return session.scalar(_standing(func.count(ReadingDocument.key))) or 0


def document(session: Session, key: str) -> Shown:
    """One document; NotFound for what never was one."""
    row = session.get(ReadingDocument, key)
    if row is None:
        raise NotFound
    same = _ordered(_standing(ReadingDocument)).where(
        ReadingDocument.request_number == row.request_number, ReadingDocument.key != key
    )
    return Shown(row, session.get(ReadingWithdrawal, key), tuple(session.scalars(same)))


def file_text(session: Session, key: str) -> str:
    """The text of a document's file; empty for a picture."""
    return session.scalar(select(ReadingFile.text).where(ReadingFile.document_key == key)) or ""


def file_data(session: Session, key: str) -> bytes | None:
    """The bytes as they were handed out; None where they were destroyed."""
    return session.scalar(select(ReadingFile.data).where(ReadingFile.document_key == key))
