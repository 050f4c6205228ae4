"""The public figures of a day as the database keeps them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.published_figures import PublishedFigures
from disclosure.queries.statistics import Figures
from disclosure.rules.durations import Durations
from disclosure.rules.kinds import CaseKind
from disclosure.rules.statistics import Year
from disclosure.rules.statistics_claims import ClaimYear

# Older figures than these are not shown in the place of today's.
STALE = timedelta(days=7)


def published(session: Session, profile: str, *, today: date) -> tuple[date, Figures] | None:
    """The newest figures that are kept, and the day for which they were counted; None without any of the last days."""
    wanted = select(PublishedFigures).where(
        PublishedFigures.profile == profile, PublishedFigures.day <= today, PublishedFigures.day > today - STALE
    )
    row = session.scalar(wanted.order_by(PublishedFigures.day.desc()).limit(1))
    return (row.day, unpack(row.figures)) if row is not None else None


def pack(found: Figures) -> dict[str, Any]:
    """Plain values for JSON; days are ISO texts."""
    return {
        **asdict(found),
        "until": found.until.isoformat(),
        "years": [{**asdict(year), "as_of": year.as_of.isoformat() if year.as_of else None} for year in found.years],
    }


def unpack(values: dict[str, Any]) -> Figures:
    """The figures again."""
    years = tuple(
        Year(
            year["year"],
            date.fromisoformat(year["as_of"]) if year["as_of"] else None,
            year["closed"],
            year["lines"],
            {line: Durations(**found) for line, found in year["durations"].items()},
        )
        for year in values["years"]
    )
    claims = tuple(
        ClaimYear(one["year"], CaseKind(one["kind"]), one["lines"], Durations(**one["took"]) if one["took"] else None)
        for one in values.get("claims", ())
    )
    return Figures(**{**values, "until": date.fromisoformat(values["until"]), "years": years, "claims": claims})
