"""How many cases an outage closed without a report, as the public record tells it (X11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.queries.incident_counts import Counted, counts_of_incidents
from discrepancy.models.cases import Discrepancy
from discrepancy.rules.lessons import publishing
from discrepancy.rules.states import CaseState
from portal.core.errors import N_

CLOSED = N_("Cases between bodies that ended with this outage, without a report")
ABOUT = N_("Bodies that exchange data had nothing delivered, and waited for the end of the outage.")


@counts_of_incidents
def closed_cases(session: Session, key: str, day: date) -> Iterable[Counted]:
    """The cases of an outage that were closed with it; how small a number is not told is data (``lessons.toml``)."""
    query = select(func.count()).where(
        Discrepancy.incident_key == key, Discrepancy.state == CaseState.CLOSED_WITHOUT_REPORT
    )
    return [Counted(CLOSED, ABOUT, session.scalar(query) or 0, publishing(day).least)]
