"""The state of the public record as one number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.revisions import PublicChange, Revision

EVERYTHING = "*"


def current(session: Session) -> Revision | None:
    """The revision; None before anything was published."""
    return session.scalar(select(Revision))


def number(session: Session) -> int:
    """Its number alone; 0 before anything was published."""
    return session.scalar(select(Revision.number)) or 0


def changes(session: Session, after: int) -> tuple[int, set[str] | None]:
    """The latest revision and the keys of what changed after ``after``; None: anything may have changed."""
    rows = session.execute(select(PublicChange.number, PublicChange.key).where(PublicChange.number > after)).all()
    latest = max([number(session), *(row.number for row in rows)])
    keys = {row.key for row in rows}
    whole = len({row.number for row in rows}) == latest - after
    return latest, keys if whole and EVERYTHING not in keys else None
