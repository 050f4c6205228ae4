"""Absences, and what a deputy sees and must not do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disclosure.operations import fees
from disclosure.operations.absence import end_absence, enter_absence
from disclosure.operations.assign import assign
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.desk_filter import drop_filter, save_filter
from disclosure.queries.absences import away, stands_in_for
from disclosure.queries.closing import closing_list
from disclosure.queries.desk import Filter, Scope, counts, desk, matching
from disclosure.queries.desk_filters import MOST, saved_filters
from disclosure.queries.duties import Duty
from disclosure.queries.hindrances import hindrances
from disclosure.queries.workload import workload
from disclosure.rules.decisions import DecisionType
from disclosure.rules.fees import FeeKind
from disclosure.rules.states import Action, State
from portal.core.actor import Role
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories.accounts import an_account
from tests.factories.disclosure import AUDITOR, NOON, NOT_HELD, RECEPTION, a_case

TODAY = date(2026, 4, 1)
DAY = timedelta(days=1)


@pytest.fixture
def people(session):
    """Three who work at the desk; the second may also approve."""
    return tuple(
        an_account(session, *roles, login=login, name=name).as_actor()
        for login, name, roles in (
            ("first", "見本 一子", (Role.OFFICER,)),
            ("second", "見本 二郎", (Role.OFFICER, Role.APPROVER)),
            ("third", "見本 三子", (Role.RECEPTION,)),
        )
    )


def enter(session, who, deputy, *, first=TODAY, last=TODAY + 7 * DAY, by=None):
    return enter_absence(session, who.id, deputy.id, from_on=first, until_on=last, by=by or who, at=NOON)


def test_the_deputys_desk_shows_the_cases_from_the_first_day_to_the_last(session, settings, office, people):
    first, second, _third = people
    case = a_case(session, settings, office)
    assign(session, case, assignee_id=first.id, assignee_name=first.name, by=RECEPTION, at=NOON)
    enter(session, first, second, first=TODAY + DAY, last=TODAY + 3 * DAY)
    for days, seen in ((0, False), (1, True), (3, True), (4, False)):
        today = TODAY + days * DAY
        mine = desk(session, Filter(scope=Scope.MINE), actor=second, today=today)
        assert [row.instead_of for row in mine.rows] == ([first.name] if seen else []), days
        assert counts(session, actor=second, today=today).mine == seen
        assert len(desk(session, Filter(scope=Scope.MINE), actor=first, today=today).rows) == 1
    assert stands_in_for(session, second, today=TODAY + DAY) == {first.id: first.name}


def test_a_deputy_never_approves_what_they_drafted_themselves(session, settings, office, people):
    first, second, third = people
    case = a_case(session, settings, office, state=State.SEARCH)
    assign(session, case, assignee_id=first.id, assignee_name=first.name, by=RECEPTION, at=NOON)
    enter(session, first, second)
    draft(session, case, DecisionType.NOT_HELD, [NOT_HELD], vault=office, by=second, at=NOON + 3 * DAY)
    send_for_approval(session, case, vault=office, by=second, at=NOON + 4 * DAY)
    with pytest.raises(Forbidden):
        approve(session, case, by=second, at=NOON + 5 * DAY)
    with pytest.raises(Forbidden):
        approve(session, case, by=third, at=NOON + 5 * DAY)


def test_an_absence_that_cannot_be_is_refused(session, people):
    first, second, third = people
    enter(session, first, second)
    for who, deputy, first_day, last_day, field in (
        (third, third, TODAY, TODAY, "deputy"),
        (third, second, TODAY + DAY, TODAY, "until-on"),
        (third, second, TODAY - 2 * DAY, TODAY - DAY, "until-on"),
        (third, second, TODAY, TODAY + 400 * DAY, "until-on"),
        (first, second, TODAY + 7 * DAY, TODAY + 9 * DAY, "from-on"),
        (third, first, TODAY + 7 * DAY, TODAY + 9 * DAY, "deputy"),
        (AUDITOR, second, TODAY, TODAY, "account"),
    ):
        with pytest.raises(Invalid) as caught:
            enter(session, who, deputy, first=first_day, last=last_day, by=second)
        assert caught.value.params["field"] == field
    with pytest.raises(Forbidden):
        enter(session, third, second, by=AUDITOR)


def test_whoever_is_back_earlier_is_away_no_more(session, people):
    first, second, _third = people
    row = enter(session, first, second)
    assert set(away(session, today=TODAY)) == {first.id}
    end_absence(session, row.id, by=second, at=NOON)
    assert not away(session, today=TODAY)
    with pytest.raises(Conflict):
        end_absence(session, row.id, by=second, at=NOON)
    with pytest.raises(NotFound):
        end_absence(session, "none", by=second, at=NOON)
    enter(session, first, second)


def test_queues_and_workload_count_every_open_case_once(session, settings, office, people):
    first, second, _third = people
    states = (State.RECEIVED, State.IDENTITY_CHECK, State.CORRECTION, State.SEARCH, State.DRAFTING, State.APPROVAL)
    for place, state in enumerate(states):
        case = a_case(session, settings, office, state=state)
        who = (first, second)[place] if place < 2 else None
        assign(session, case, assignee_id=who.id if who else None, assignee_name=who.name if who else "",
               by=RECEPTION, at=NOON + 9 * DAY)  # fmt: skip
    session.flush()
    today = TODAY + 60 * DAY
    numbers = counts(session, actor=first, today=today)
    wanted = dict.fromkeys((Duty.BEGIN, Duty.IDENTITY, Duty.WAITING, Duty.SEARCH, Duty.DECIDE, Duty.APPROVE), 1)
    assert {duty: number for duty, number in numbers.by_duty.items() if number} == wanted
    for duty in Duty:
        assert matching(session, Filter(duty=duty), actor=first, today=today) == numbers.by_duty[duty]
    load = workload(session, actor=first, today=today)
    assert (load.all.total, load.all.overdue, load.nobody.total) == (6, 6, 4)
    assert {row.name: row.total for row in load.people} == {first.name: 1, second.name: 1, "見本 三子": 0}
    assert matching(session, Filter(assignee_id=first.id), actor=second, today=today) == 1


def test_a_saved_filter_holds_queues_and_never_a_number_or_a_name(session, people):
    first, second, _third = people
    row = save_filter(
        session, "急ぎ", {"scope": "overdue", "duty": "search", "number": "開", "name": "見本"}, by=first, at=NOON
    )
    assert row.query == "scope=overdue&duty=search"
    assert save_filter(session, "急ぎ", {"scope": "mine"}, by=first, at=NOON).id == row.id
    for name, values in (("", {"scope": "mine"}), ("別", {"number": "開"}), ("長" * 41, {"scope": "mine"})):
        with pytest.raises(Invalid):
            save_filter(session, name, values, by=first, at=NOON)
    for number in range(MOST - 1):
        save_filter(session, f"見本{number}", {"scope": "mine"}, by=first, at=NOON)
    with pytest.raises(Conflict):
        save_filter(session, "もう一つ", {"scope": "mine"}, by=first, at=NOON)
    with pytest.raises(NotFound):
        drop_filter(session, row.id, by=second)
    drop_filter(session, row.id, by=first)
    assert len(saved_filters(session, first)) == MOST - 1
    with pytest.raises(Forbidden):
        save_filter(session, "見る", {"scope": "mine"}, by=AUDITOR, at=NOON)


def test_closing_waits_for_what_the_list_names(session, settings, office):

    case = a_case(session, settings, office, state=State.APPROVED)
    before = hindrances(session, case, Action.CLOSE, today=TODAY)
    fees.charge(session, case, FeeKind.POSTAGE, 660, by=RECEPTION, at=NOON)
    (found,) = [row for row in hindrances(session, case, Action.CLOSE, today=TODAY) if row not in before]
    assert found.params == {"yen": "660"}
    assert {item.key: item.done for item in closing_list(session, case, today=TODAY)}["fee"] is False
