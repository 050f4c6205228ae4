"""All appeals for the desk's list: plain columns alone, so that no case is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.queries.appeals import indicators
from disclosure.rules.appeals import DECIDES_ANEW, Indicator, Route, route, terms
from portal.core.actor import Actor

MOST = 300


@dataclass(frozen=True)
class AppealRow:
    """A line of the list."""

    number: str
    appeal: Appeal
    route: Route
    consulting: Indicator | None
    ruling: Indicator | None

    @property
    def late(self) -> bool:
        """Whether an indicator is over its limit now."""
        return any(one is not None and one.running and one.late for one in (self.consulting, self.ruling))

    @property
    def decides_anew(self) -> bool:
        """Whether the ruling's new decision is still to be made."""
        return self.appeal.result in DECIDES_ANEW and self.appeal.anew_on is None


def appeal_list(session: Session, *, actor: Actor, today: date, ended: bool) -> list[AppealRow]:
    """Open appeals and those whose ruling is not done yet, the oldest first; or those that ended, the newest first."""
    policy.check(actor, policy.Right.SEE_DESK)
    waits = Appeal.result.in_(DECIDES_ANEW) & Appeal.anew_on.is_(None)
    wanted = select(Appeal, Case.number, Case.regime, Case.law_day).join(Case, Case.id == Appeal.case_id)
    if ended:
        wanted = wanted.where(Appeal.ended_on.is_not(None)).order_by(Appeal.ended_on.desc(), Appeal.id)
    else:
        wanted = wanted.where(Appeal.ended_on.is_(None) | waits).order_by(Appeal.filed_on, Appeal.id)
    found = []
    for row, number, regime, law_day in session.execute(wanted.limit(MOST)):
        rule = route(regime, law_day)
        found.append(AppealRow(number, row, rule, *indicators(row, rule, terms(row.filed_on), today=today)))
    return found
