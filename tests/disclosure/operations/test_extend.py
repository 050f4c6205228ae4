"""More time for a decision: told by a letter that one person drafts and another issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from disclosure.models.event import CaseEvent
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.letter import Letter
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, send_for_approval
from disclosure.operations.extend import Wanted, draft_extension, drop_extension, issue_extension, preview
from disclosure.operations.issue import issue
from disclosure.operations.look import read_letter
from disclosure.operations.replace_letter import as_it_stands
from disclosure.operations.withdraw import withdraw
from disclosure.queries.clock import clocks
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.desk import Filter, desk
from disclosure.queries.keys import case_key, letter_context
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.status import status
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.states import State
from portal.core.actor import Actor, Role
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.jobs import Job
from tests.factories.disclosure import APPROVER, NOON, OFFICER, RECEPTION, a_case

DAY = timedelta(days=1)
LATER = NOON + 14 * DAY  # 15 April; the decision is due on 1 May
TWENTY = Wanted(ExtensionKind.EXTENSION, "記録が3つのシステムに分かれています。", 20, ExtensionGround.BURDEN)
SPECIAL = Wanted(ExtensionKind.SPECIAL, "記録が約4,200件あります。", rest_on=date(2026, 9, 30))


@pytest.fixture
def case(session, settings, office):
    return a_case(session, settings, office, state=State.SEARCH)


@pytest.fixture
def draft(session, office):
    return lambda case, wanted=TWENTY, at=LATER: draft_extension(session, case, wanted, vault=office, by=OFFICER, at=at)


@pytest.fixture
def tell(session, settings, office):
    return lambda case, by=APPROVER, at=LATER: issue_extension(
        session, case, settings=settings, vault=office, signer=None, by=by, at=at
    )


def test_an_extension_moves_the_day_when_it_is_issued_and_not_before(session, office, case, draft, tell):
    draft(case)
    assert case.due_on == date(2026, 5, 1)
    letter = tell(case)
    assert (letter.kind, letter.number, letter.decision_id) == ("f6", "見情機第1号", None)
    assert (case.state, case.due_on, case.next_due_on) == (State.SEARCH, date(2026, 5, 21), date(2026, 5, 21))
    assert case.target_on == date(2026, 5, 21)
    context = letter_context(case_key(office, case), letter)
    assert (context["days_iso"], context["extended_days"]) == ({"before": "2026-05-01", "due": "2026-05-21"}, 20)
    (row,) = session.scalars(select(Extension))
    assert (row.state, row.issued_on, row.issued_by) == (ExtensionState.ISSUED, date(2026, 4, 15), APPROVER.id)
    assert TWENTY.facts.encode() not in row.facts_sealed
    keys = [job.key for job in session.scalars(select(Job)) if job.payload.get("case") == case.id]
    assert keys[-1] == f"disclosure.notify_resident:{case.id}:letter:{letter.id}"


def test_the_requester_sees_reason_day_steps_and_letter(session, office, case, draft, tell):
    draft(case)
    letter = tell(case)
    opened = OpenedCase(case, case_key(office, case), resident(case))
    shown = status(session, opened, today=date(2026, 4, 16))
    (more,) = shown.more_time
    assert (more.days, more.facts, more.letter_id) == (20, TWENTY.facts, letter.id)
    clock = shown.clocks[0]
    assert clock.due.binding_on == date(2026, 5, 21)
    assert any(step.params.get("days") == 20 for step in clock.due.steps)
    assert [row.title for row in shown.letters] == ["Notice that the period is extended"]
    assert "extended" in [row.code for row in shown.history]
    read_letter(session, case, letter.id, key=opened.key, by=opened.actor, at=LATER)
    (way,) = deliveries(session, case)
    assert way.arrival is not None
    assert in_force([way]) is None, "the requester's periods wait for the decision's letter"
    assert len(clocks(session, case, today=date(2026, 4, 16))) == 1


def test_a_correction_after_the_extension_moves_the_day_further(session, office, case, draft, tell):
    draft(case)
    tell(case)
    ask_correction(session, case, ["identity-unreadable"], vault=office, by=RECEPTION, at=LATER + DAY)
    (row,) = clocks(session, case, today=date(2026, 4, 26))
    assert (row.due.paused, row.due.due_on) == (True, date(2026, 5, 31))


def test_the_special_period_shows_two_days(session, case, draft, tell):
    draft(case, SPECIAL)
    letter = tell(case)
    assert (letter.kind, case.due_on) == ("f7", date(2026, 5, 31))
    part, rest = clocks(session, case, today=date(2026, 4, 16))
    assert (part.due.binding_on, rest.due.binding_on) == (date(2026, 5, 31), date(2026, 9, 30))
    assert rest.running


def test_a_period_is_extended_once(case, draft, tell):
    draft(case)
    tell(case)
    with pytest.raises(Conflict, match="allows it once"):
        draft(case)


def test_the_special_period_may_follow_an_extension_and_takes_its_place(case, draft, tell):
    draft(case)
    tell(case)
    draft(case, SPECIAL)
    tell(case)
    assert case.due_on == date(2026, 5, 31)
    with pytest.raises(Conflict, match="special period applies"):
        draft(case)


@pytest.mark.parametrize(("days", "said"), [(30, "due today"), (31, "was due on 2026-05-01")])
def test_it_is_too_late_on_the_day_and_after_it(session, case, draft, tell, days, said):
    draft(case)
    for step in (lambda at: draft(case, at=at), lambda at: tell(case, at=at)):
        with pytest.raises(Conflict, match=said):
            step(NOON + days * DAY)
    assert case.due_on == date(2026, 5, 1)
    assert session.scalars(select(Letter)).all() == []


def test_the_law_of_businesses_knows_no_extension(session, case, draft):
    case.regime = "P1"
    session.flush()
    for wanted in (TWENTY, SPECIAL):
        with pytest.raises(Conflict, match="The law of this request knows no"):
            draft(case, wanted)


def test_who_drafted_does_not_issue_and_an_officer_cannot(session, office, case, tell):
    both = Actor(OFFICER.kind, "staff-both", frozenset({Role.OFFICER, Role.APPROVER}), "見本 次郎")
    draft_extension(session, case, TWENTY, vault=office, by=both, at=LATER)
    with pytest.raises(Forbidden, match="somebody else"):
        tell(case, by=both)
    with pytest.raises(Forbidden):
        tell(case, by=OFFICER)
    row = session.scalars(select(Extension)).one()
    row.state, row.issued_by, row.issued_at, row.issued_on = ExtensionState.ISSUED, both.id, LATER, date(2026, 4, 15)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()
    session.expire(row)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (replace(TWENTY, days=0), "days"),
        (replace(TWENTY, days=31), "days"),
        (replace(TWENTY, ground=None), "ground"),
        (replace(TWENTY, facts=" \n"), "facts"),
        (replace(TWENTY, facts="番号は 1234 5678 9018 です。"), "facts"),
        (replace(TWENTY, facts="長" * 1001), "facts"),
        (replace(SPECIAL, rest_on=None), "rest-on"),
        (replace(SPECIAL, rest_on=date(2026, 5, 31)), "rest-on"),
    ],
)
def test_what_is_missing_or_wrong_is_named_by_its_field(session, case, draft, wanted, field):
    with pytest.raises(Invalid) as error:
        draft(case, wanted)
    assert error.value.params["field"] == field
    assert session.scalars(select(Extension)).all() == []


def test_a_draft_can_be_rewritten_dropped_and_read(session, settings, office, case, draft):
    draft(case)
    draft(case, replace(TWENTY, days=10))
    made = preview(session, case, settings=settings, vault=office, by=APPROVER, at=LATER)
    assert (made.context["extended_days"], made.context["draft"]) == (10, True)
    with pytest.raises(Conflict, match="Drop it first"):
        draft(case, SPECIAL)
    drop_extension(session, case, by=APPROVER, at=LATER)
    with pytest.raises(Conflict, match="No notice"):
        drop_extension(session, case, by=APPROVER, at=LATER)
    draft(case, SPECIAL)


def test_the_desk_shows_what_is_drafted_and_what_was_told(session, case, draft, tell):
    def shown():
        return desk(session, Filter(), actor=OFFICER, today=date(2026, 4, 16)).rows[0].more_time

    assert shown() is None
    draft(case)
    assert shown() is ExtensionState.DRAFTED
    tell(case)
    assert shown() is ExtensionState.ISSUED


def test_a_decision_or_a_withdrawal_ends_a_draft_that_nobody_issued(session, settings, office, draft, tell):
    first = a_case(session, settings, office, state=State.APPROVAL)
    draft(first)
    withdraw(session, first, by=RECEPTION, at=LATER)
    second = a_case(session, settings, office, state=State.DRAFTING)
    draft(second)

    send_for_approval(session, second, vault=office, by=OFFICER, at=LATER)
    approve(session, second, by=APPROVER, at=LATER)
    with pytest.raises(Conflict, match="not possible now"):
        tell(second)
    issue(session, second, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
    assert {row.state for row in session.scalars(select(Extension))} == {ExtensionState.DROPPED}


def test_a_notice_is_not_replaced_as_a_decision_is(session, office, case, draft, tell):
    draft(case)
    letter = tell(case)
    with pytest.raises(Conflict, match="Only the letter of a decision"):
        as_it_stands(session, case, letter, key=case_key(office, case))


def test_events_name_days_and_numbers_only(session, case, draft, tell):
    draft(case, SPECIAL)
    tell(case)
    event = session.scalars(select(CaseEvent).where(CaseEvent.code == "special-period")).one()
    assert event.params == {"number": "見情機第1号", "due_on": "2026-05-31", "rest_on": "2026-09-30"}
