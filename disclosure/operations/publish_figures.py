"""Counting the public figures of a day beforehand, so that no page has to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from disclosure.models.published_figures import PublishedFigures
from disclosure.queries.published_figures import pack
from disclosure.queries.statistics import Figures, figures

KIND = "disclosure.publish_figures"
KEPT = timedelta(days=30)


def count_if_missing(session: Session, profile: str, *, today: date) -> Figures | None:
    """The figures of today, counted; None when they are kept already. It only reads: it takes a second or more."""
    if session.get(PublishedFigures, (today, profile)) is not None:
        return None
    return figures(session, profile=profile, today=today)


def publish_figures(session: Session, found: Figures, profile: str, *, today: date, at: datetime) -> None:
    """Keep them, once, and forget those of a month ago. Nothing of it is personal, so the journal has no entry."""
    if session.get(PublishedFigures, (today, profile)) is None:
        session.add(PublishedFigures(day=today, profile=profile, figures=pack(found), counted_at=at))
    session.execute(delete(PublishedFigures).where(PublishedFigures.day < today - KEPT))
    session.flush()
