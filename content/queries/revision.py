"""The state of the public record as one number, and that of each thing in it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.revisions import PublicChange, Revision
from content.queries.rows import among, ask, given

EVERYTHING = "*"
NUMBER = select(Revision.number)
CHANGES = select(PublicChange.number, PublicChange.key).where(PublicChange.number > given("after"))
NUMBERS = select(func.max(PublicChange.number), NUMBER.scalar_subquery()).where(among(PublicChange.key))


def current(session: Session) -> Revision | None:
    """The revision; None before anything was published."""
    return session.scalar(select(Revision))


def number(session: Session) -> int:
    """Its number alone; 0 before anything was published."""
    return next((int(row[0]) for row in ask(session, NUMBER)), 0)


def number_of(session: Session, key: str) -> int:
    """The latest revision that changed the pages of the thing with this search key; 0 when none did."""
    return numbers(session, key)[0]


def numbers(session: Session, key: str) -> tuple[int, int]:
    """The same, and the number of the record's revision."""
    of_thing, of_record = ask(session, NUMBERS, keys=(key, EVERYTHING))[0]
    return of_thing or 0, of_record or 0


def changes(session: Session, after: int) -> tuple[int, set[str] | None]:
    """The latest revision and the keys of what changed after ``after``; None: anything may have changed."""
    latest = number(session)
    rows = ask(session, CHANGES, after=after)
    keys = {row.key for row in rows}
    return max([latest, *(row.number for row in rows)]), None if EVERYTHING in keys else keys
