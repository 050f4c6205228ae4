"""What the law of a case, and the sort of its record, leave of the procedure; when a uniform answer goes out."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.case_law import case_law, kind_of
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.keys import corrections, decision_in_work
from disclosure.rules import claims, states, uniform
from disclosure.rules.agents import NO_AGENT
from disclosure.rules.decisions import DecisionType, choices
from disclosure.rules.kinds import Requester
from disclosure.rules.periods import Pause
from disclosure.rules.states import Action
from disclosure.rules.uniform import Uniform


def unknown_step(case: Case, action: Action) -> str:
    """Why this case does not know the step at all, as a message id; empty when it does."""
    if action is Action.DEEM_WITHDRAWN and case.requester is Requester.PERSON:
        return NO_AGENT
    hidden = uniform.refusal(case.records, action) if is_alike(case) else ""
    return hidden or claims.refusal(case_law(case), action)


def possible(case: Case) -> tuple[Action, ...]:
    """What the table, the law of the case and the sort of its record allow in its state."""
    return tuple(action for action in states.possible(case.state) if not unknown_step(case, action))


def is_alike(case: Case) -> bool:
    """Whether everybody who asks this gets the same answer. What a ruling asks for is decided by itself."""
    return case.anew_of_id is None and uniform.is_uniform(case.records, kind_of(case))


def uniform_answer(case: Case) -> Uniform | None:
    """The one answer that everybody gets who asks this; None for a case that is decided by itself."""
    if not is_alike(case):
        return None
    return uniform.answer(case.records, case_law(case), case.law_day)


def decision_choices(case: Case) -> tuple[DecisionType, ...]:
    """The types that an officer can choose for this case."""
    law = case_law(case)
    return uniform.choices(case.records, law, case.law_day) if is_alike(case) else choices(law)


def answer_day(session: Session, case: Case, *, today: date) -> date | None:
    """The day on which a uniform answer goes out, not before and not after; None for all other cases."""
    one = uniform_answer(case)
    if one is None:
        return None
    pauses = [Pause(row.sent_on, row.answered_on or row.given_up_on) for row in corrections(session, case)]
    return uniform.issue_on(one, case.received_on, pauses, today=today)


def not_its_day(session: Session, case: Case, today: date) -> Hindrance | None:
    """Keeps a uniform answer from going out on any other day than its own."""
    day = answer_day(session, case, today=today)
    decision = decision_in_work(session, case)
    if day is None or day == today or (decision is not None and decision.type is DecisionType.FORM):
        return None
    return Hindrance(uniform.ON_ITS_DAY, {"day": day}, since_on=day)


ASKED[Action.ISSUE] = (*ASKED.get(Action.ISSUE, ()), not_its_day)
