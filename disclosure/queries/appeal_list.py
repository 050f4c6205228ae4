"""All appeals for the desk's list: plain columns alone, so that no case is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, false, func, select
from sqlalchemy.orm import Session, aliased

from disclosure import policy
from disclosure.models.anew import Anew
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.queries.appeals import indicators
from disclosure.rules.appeals import DECIDES_ANEW, Against, Indicator, Route, route, terms
from portal.core.actor import Actor

MOST = 300


@dataclass(frozen=True)
class AppealRow:
    """A line of the list. ``decides_anew``: the new decision that the ruling asks for is still to be made."""

    number: str
    appeal: Appeal
    route: Route
    consulting: Indicator | None
    ruling: Indicator | None
    decides_anew: bool

    @property
    def late(self) -> bool:
        """Whether an indicator is over its limit now."""
        return any(one is not None and one.running and one.late for one in (self.consulting, self.ruling))


def appeal_list(session: Session, *, actor: Actor, today: date, ended: bool) -> list[AppealRow]:
    """Open appeals and those whose ruling is not done yet, the oldest first; or those that ended, the newest first."""
    policy.check(actor, policy.Right.SEE_DESK)
    new = aliased(Case)
    undone = case(
        (Appeal.against == Against.INACTION, Case.notified_on.is_(None) & Case.ended_on.is_(None)),
        else_=Appeal.anew_on.is_(None) & new.ended_on.is_(None),
    )
    waits = and_(Appeal.result.in_(DECIDES_ANEW), undone)
    wanted = (
        select(Appeal, Case.number, Case.regime, Case.law_day, func.coalesce(waits, false()))
        .join(Case, Case.id == Appeal.case_id)
        .outerjoin(Anew, Anew.appeal_id == Appeal.id)
        .outerjoin(new, new.id == Anew.case_id)
    )
    if ended:
        wanted = wanted.where(Appeal.ended_on.is_not(None)).order_by(Appeal.ended_on.desc(), Appeal.id)
    else:
        wanted = wanted.where(Appeal.ended_on.is_(None) | waits).order_by(Appeal.filed_on, Appeal.id)
    found = []
    for row, number, regime, law_day, undone_yet in session.execute(wanted.limit(MOST)):
        rule = route(regime, law_day)
        days = indicators(row, rule, terms(row.filed_on), today=today)
        found.append(AppealRow(number, row, rule, *days, bool(undone_yet)))
    return found
