"""The running clock of a case, explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.case_law import case_law, discloses, is_claim
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.extensions import decision_due, special
from disclosure.queries.further import first_received_on
from disclosure.queries.handovers import received_on
from disclosure.queries.splits import is_split
from disclosure.queries.third_parties import release_wait
from disclosure.rules import deadlines
from disclosure.rules.extensions import rest_due
from disclosure.rules.states import ENDED, NOTIFIED
from portal.core.calendar import OutsideCalendar

REST_JA, REST_EN = "残りの部分の開示決定等の期限（特例）", "Rest decided, under the special rule"
ANEW_JA, ANEW_EN = "裁決等に基づく決定の目標の日", "Decided anew after the ruling"


@dataclass(frozen=True)
class RunningClock:
    """A period of the case. ``running`` is false once it has done its duty; ``days_left`` is negative when late."""

    label_ja: str
    label_en: str
    due: deadlines.Due
    running: bool
    days_left: int


def decision_clock(session: Session, case: Case, *, today: date) -> RunningClock:
    """When the decision is due, with every step of the computation; an extension and the special period count."""
    due = decision_due(session, case, today=today)
    running = case.state not in ENDED | NOTIFIED
    if case.part_of_id is not None:
        return RunningClock(REST_JA, REST_EN, due, running, (due.binding_on - today).days)
    if case.anew_of_id is not None:
        return RunningClock(ANEW_JA, ANEW_EN, due, running, (due.binding_on - today).days)
    return _running(case, due, running=running, today=today)


def rest_clock(session: Session, case: Case, *, today: date) -> RunningClock | None:
    """Under the special period: the day by which the rest is decided, while the rest is no case of its own."""
    row = special(session, case)
    if row is None or row.rest_on is None or row.issued_on is None or is_claim(case) or is_split(session, case):
        return None
    law = case_law(case)
    due = rest_due(law, case.received_on, row.rest_on, row.issued_on, case.law_day)
    running = case.state not in ENDED | NOTIFIED
    return RunningClock(REST_JA, REST_EN, due, running, (due.due_on - today).days)


def clocks(session: Session, case: Case, *, today: date) -> list[RunningClock]:
    """Every clock that has started: the decision's and, from the day on which the letter arrived, the requester's."""
    found = [decision_clock(session, case, today=today)]
    if (rest := rest_clock(session, case, today=today)) is not None:
        found.append(rest)
    if case.released_at is None and (wait := release_wait(session, case)) is not None:
        found.append(_running(case, wait, running=today <= wait.binding_on, today=today))
    law = case_law(case)
    letter = in_force(deliveries(session, case))
    arrived_on = letter.arrival.day if letter is not None and letter.arrival is not None else None
    started = []
    if arrived_on is not None and case.released_at is None and discloses(case):
        started.append((law.method_clock, arrived_on))
    if (received := received_on(session, case)) is not None:
        started.append((law.claim_clock, received))
    if law.further_clock and (first := first_received_on(session, case)) is not None:
        started.append((law.further_clock, first))
    if law.disposition and arrived_on is not None:
        started += [(law.appeal_clock, arrived_on), (law.suit_clock, arrived_on)]
    for code, start in started:
        if code:
            try:
                due = deadlines.compute(code, start, law_day=case.law_day)
            except OutsideCalendar:
                continue
            found.append(_running(case, due, running=today <= due.binding_on, today=today))
    return found


def _running(case: Case, due: deadlines.Due, *, running: bool, today: date) -> RunningClock:
    row = deadlines.clock(due.code, case.law_day)
    return RunningClock(row.label_ja, row.label_en, due, running, (due.binding_on - today).days)
