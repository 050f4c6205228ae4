"""What staff and requesters see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disclosure.operations.assign import note
from disclosure.operations.correct import ask_correction
from disclosure.operations.look import What, look, read_file
from disclosure.queries.access import access_history
from disclosure.queries.case_page import case_page
from disclosure.queries.desk import Filter, Scope, counts, desk
from disclosure.queries.find import find, find_by_id
from disclosure.queries.history import history
from disclosure.queries.keys import case_files, case_key
from disclosure.queries.names import name_indexes
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.status import Progress, status
from disclosure.queries.wording import ACTIONS, EXPLANATIONS, NEXT, STATES
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.states import Action, State
from portal.core.actor import PUBLIC
from portal.core.errors import Forbidden, NotFound
from tests.factories.disclosure import (
    APPROVER,
    AUDITOR,
    NOON,
    OFFICER,
    PUBLISHER,
    REASON,
    RECEPTION,
    a_case,
)

TODAY = date(2026, 4, 10)


@pytest.fixture
def bring(session, settings, office):
    """Brings a fresh case to a state."""

    def to(state: State, **more):
        case = a_case(session, settings, office, state=state, **more)
        session.flush()
        return case

    return to


def opened(case, office) -> OpenedCase:
    return OpenedCase(case, case_key(office, case), resident(case))


def test_every_state_and_action_has_words():
    assert set(STATES) == set(EXPLANATIONS) == set(NEXT) == set(State)
    assert set(ACTIONS) == set(Action)


def test_the_desk_opens_on_what_is_due_next(session, bring):
    late = bring(State.RECEIVED, at=NOON)
    early = bring(State.RECEIVED, at=NOON - timedelta(days=20))
    paused = bring(State.CORRECTION, at=NOON)
    page = desk(session, Filter(), actor=OFFICER, today=TODAY)
    assert [row.number for row in page.rows] == [early.number, paused.number, late.number]
    assert page.rows[1].paused
    assert (page.rows[0].days_left, page.total, page.pages) == (1, 3, 1)


def test_the_desk_is_filtered(session, bring, office):
    received, search = bring(State.RECEIVED), bring(State.SEARCH)

    def numbers(day=TODAY, **wanted):
        return [row.number for row in desk(session, Filter(**wanted), actor=OFFICER, today=day).rows]

    assert numbers(scope=Scope.MINE) == [search.number]
    assert numbers(scope=Scope.FREE) == [received.number]
    assert numbers(state=State.SEARCH) == [search.number]
    assert numbers(assignee_id=OFFICER.id) == [search.number]
    assert numbers(scope=Scope.OVERDUE) == []
    assert len(numbers(day=date(2026, 5, 2), scope=Scope.OVERDUE)) == 2
    assert numbers(number=received.number[2:].lower().replace("-", " ")) == [received.number]
    assert numbers(scope=Scope.ENDED) == []


def test_a_name_is_found_in_any_spelling_without_opening_a_case(session, bring, office):
    case = bring(State.RECEIVED)
    bring(State.RECEIVED, name="別人　見本", kana="ベツジン　ミホン")
    for typed in ("髙橋見本", "高橋　見本", "ﾀｶﾊｼﾐﾎﾝ", "たかはし みほん"):
        page = desk(session, Filter(name=name_indexes(office, typed)), actor=OFFICER, today=TODAY)
        assert [row.number for row in page.rows] == [case.number], typed


def test_more_cases_than_are_counted_are_all_reached(session, bring, monkeypatch):
    monkeypatch.setattr("disclosure.queries.desk.PAGE", 1)
    monkeypatch.setattr("disclosure.queries.desk.MOST_COUNTED", 1)
    numbers = {bring(State.RECEIVED).number for _ in range(3)}
    pages = [desk(session, Filter(page=n), actor=OFFICER, today=TODAY) for n in (1, 2, 3, 4)]
    assert {row.number for page in pages for row in page.rows} == numbers
    assert [(page.total, page.uncounted, page.page, page.pages) for page in pages] == [
        (1, True, 1, 2),
        (1, True, 2, 3),
        (1, True, 3, 4),
        (1, True, 4, 4),
    ]


def test_the_numbers_over_the_desk(session, bring):
    bring(State.RECEIVED)
    bring(State.SEARCH)
    found = counts(session, actor=OFFICER, today=date(2026, 4, 28))
    assert (found.open, found.mine, found.free, found.overdue, found.soon) == (2, 1, 1, 0, 2)


def test_the_desk_is_closed_to_others(session):
    for actor in (PUBLISHER, PUBLIC):
        with pytest.raises((Forbidden, NotFound)):
            desk(session, Filter(), actor=actor, today=TODAY)


def test_a_foreign_case_does_not_exist(session, bring):
    case, other = bring(State.RECEIVED), bring(State.RECEIVED)
    assert find(session, case.number, actor=RECEPTION) is case
    assert find_by_id(session, case.id, actor=resident(case)) is case
    for actor in (resident(other), PUBLIC, PUBLISHER, AUDITOR):
        with pytest.raises(NotFound):
            find(session, case.number, actor=actor)


def test_the_case_page_has_everything_and_one_next_action(session, bring, office):
    case = bring(State.DRAFTING, decision=DecisionType.PARTIAL, reasons=[REASON])
    note(session, case, "記録は2件あるか確認", vault=office, by=OFFICER, at=NOON)
    session.flush()
    page = case_page(session, case, vault=office, actor=OFFICER, today=TODAY)
    assert page.values[Field.NAME] == "髙橋　見本"
    assert [file.name for file in page.identity_files + page.record_files] == ["免許証.png", "申請書.png"]
    assert page.decision.reasons == (REASON,)
    assert page.decision.problems == ()
    assert page.next_action is Action.SEND_FOR_APPROVAL
    assert page.notes[0].text == "記録は2件あるか確認"
    assert page.clocks[0].due.due_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("state", "actor", "action"),
    [
        (State.RECEIVED, RECEPTION, Action.START_IDENTITY_CHECK),
        (State.IDENTITY_CHECK, RECEPTION, Action.CONFIRM_IDENTITY),
        (State.CORRECTION, RECEPTION, None),
        (State.SEARCH, OFFICER, Action.ATTACH_RECORD),
        (State.SEARCH, RECEPTION, None),
        (State.DRAFTING, OFFICER, Action.SEND_FOR_APPROVAL),
        (State.APPROVAL, OFFICER, None),
        (State.APPROVAL, APPROVER, Action.APPROVE),
        (State.APPROVED, OFFICER, Action.ISSUE),
    ],
)
def test_each_role_sees_its_own_next_action(session, bring, office, state, actor, action):
    assert case_page(session, bring(state), vault=office, actor=actor, today=TODAY).next_action is action


def test_an_incomplete_draft_leads_back_to_drafting(session, bring, office):
    case = bring(State.DRAFTING, decision=DecisionType.PARTIAL)
    page = case_page(session, case, vault=office, actor=OFFICER, today=TODAY)
    assert page.next_action is Action.DRAFT
    assert Action.SEND_FOR_APPROVAL not in page.can
    assert page.decision.problems


def test_the_requester_sees_each_step_and_the_running_clock(session, bring, office):
    case = bring(State.SEARCH)
    page = status(session, opened(case, office), today=TODAY)
    assert [stage.progress for stage in page.stages] == [
        Progress.DONE,
        Progress.DONE,
        Progress.NOW,
        Progress.AHEAD,
        Progress.AHEAD,
        Progress.AHEAD,
    ]
    assert page.stages[0].at == NOON
    assert (page.clocks[0].running, page.clocks[0].days_left) == (True, 21)
    assert page.can == {Action.WITHDRAW}
    assert [row.code for row in page.history] == ["received", "identity-check-started", "identity-confirmed"]


def test_the_requester_does_not_see_what_is_the_offices(session, bring, office):
    case = bring(State.APPROVED)
    page = status(session, opened(case, office), today=TODAY)
    assert page.records_files == ()
    assert page.decision is None
    assert {"drafted", "approved", "record-attached", "assigned"}.isdisjoint(row.code for row in page.history)
    assert all(row.by == "" for row in page.history)
    (record,) = case_files(session, case, FileKind.RECORD)
    with pytest.raises(NotFound):
        read_file(session, case, record.id, key=case_key(office, case), by=resident(case), at=NOON)


def test_an_open_correction_says_what_and_until_when(session, bring, office):
    case = bring(State.IDENTITY_CHECK)
    ask_correction(
        session,
        case,
        ["identity-expired", "other"],
        note="裏面は不要です",
        vault=office,
        by=RECEPTION,
        at=NOON + timedelta(days=2),
    )
    page = status(session, opened(case, office), today=TODAY)
    assert page.correction.note == "裏面は不要です"
    assert [row.code for row in page.correction.defects] == ["identity-expired", "other"]
    assert page.can == {Action.ANSWER_CORRECTION, Action.WITHDRAW}
    assert page.clocks[0].due.paused
    asked = history(session, case, actor=resident(case))[-1]
    assert (asked.code, asked.params["due_on"]) == ("correction-asked", date(2026, 4, 17))


def test_the_requester_sees_who_looked_by_role_not_by_name(session, bring):
    case = bring(State.RECEIVED)
    look(session, case, What.CASE, by=RECEPTION, at=NOON)
    look(session, case, What.STATUS, by=resident(case), at=NOON + timedelta(hours=1))
    seen = access_history(session, case, actor=resident(case))
    assert [(row.kind, row.roles, row.actor_id) for row in seen] == [
        ("resident", (), ""),
        ("staff", ("reception",), ""),
    ]
    assert access_history(session, case, actor=AUDITOR)[1].actor_id == RECEPTION.id


def test_a_look_without_the_right_is_refused(session, bring):
    case = bring(State.RECEIVED)
    for actor in (AUDITOR, PUBLISHER):
        with pytest.raises(Forbidden):
            look(session, case, What.CASE, by=actor, at=NOON)
