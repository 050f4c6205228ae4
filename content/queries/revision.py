"""The state of the public record as one number."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.revisions import Revision


def current(session: Session) -> Revision | None:
    """The revision; None before anything was published."""
    return session.scalar(select(Revision))


def number(session: Session) -> int:
    """Its number alone; 0 before anything was published."""
    return session.scalar(select(Revision.number)) or 0
