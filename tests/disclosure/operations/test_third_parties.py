"""Third parties: asked, answered or skipped; what waits for them; who objected is told, and the records wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from disclosure.models.event import Audience, CaseEvent
from disclosure.models.letter import Letter
from disclosure.models.print_run import PrintOrder
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.deliver import hand_over
from disclosure.operations.issue import issue
from disclosure.operations.look import What, look, read_file
from disclosure.operations.notices import issue_notice
from disclosure.operations.release import release
from disclosure.operations.remind_third_parties import remind_third_parties
from disclosure.operations.third_parties import (
    drop_party,
    list_party,
    mark_decision,
    mark_withheld,
    skip_party,
    take_answer,
)  # fmt: skip
from disclosure.operations.third_party_letters import draft_inquiry, draft_objection_notice
from disclosure.queries.clock import clocks
from disclosure.queries.hindrances import hindrances
from disclosure.queries.keys import case_files, case_key, letter_context
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.status import status
from disclosure.queries.third_parties import Matter, Who, duty_on, parties, untold
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import FileKind, RecordKind
from disclosure.rules.states import Action, State
from disclosure.rules.third_parties import Answer, Item, PartyState
from portal.core.errors import Conflict, Invalid, NotFound
from tests.factories.disclosure import APPROVER, NOON, OFFICER, REASON, RECEPTION, a_case, an_upload

DAY = timedelta(days=1)
ASKED_AT = NOON + 5 * DAY  # 6 April
WHO = Who("見本　三郎", "様", "100-0000", "東京都千代田区見本町二丁目3番4号", "03-0000-0000")
ABOUT = Matter("申請の受付を担当した従業員の氏名", "", "")
REQUIRED = replace(ABOUT, why="請求者の権利利益を保護するため特に必要です。")


def waits(session, case, day: date) -> bool:
    """Whether the records wait for an opponent."""
    return any("objected" in one.message for one in hindrances(session, case, Action.RELEASE, today=day))


@pytest.fixture
def case(session, settings, office):
    return a_case(session, settings, office, state=State.DRAFTING)


@pytest.fixture
def send(session, settings, office, case):
    """Issue a notice as an approver."""
    return lambda row, at=ASKED_AT: issue_notice(
        session, case, row, settings=settings, vault=office, signer=None, by=APPROVER, at=at
    )


@pytest.fixture
def listed(session, office, case):
    def do(about: Matter = ABOUT, item: Item | None = None):
        return list_party(session, case, WHO, about, item, vault=office, by=OFFICER, at=ASKED_AT)

    return do


@pytest.fixture
def asked(session, office, case, listed, send):
    def do(about: Matter = ABOUT, item: Item | None = None):
        row = listed(about, item)
        send(draft_inquiry(session, case, row, date(2026, 4, 20), vault=office, by=OFFICER, at=ASKED_AT))
        return row

    return do


@pytest.fixture
def answered(session, office, case):
    def do(row, answer=Answer.OPPOSED, at=NOON + 10 * DAY, **more):
        given = {"answered_on": at.date(), "parts": "氏名", "reasons": "不利益があります。", **more}
        take_answer(session, case, row, answer, **given, vault=office, by=OFFICER, at=at)
        return row

    return do


@pytest.fixture
def decide(session, settings, office, case):
    def do(at=NOON + 12 * DAY):
        send_for_approval(session, case, vault=office, by=OFFICER, at=at)
        approve(session, case, by=APPROVER, at=at)
        return issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=at)

    return do


def test_the_inquiry_goes_by_post_and_says_nothing_of_the_requester(session, office, case, asked):
    row = asked()
    (letter,) = session.scalars(select(Letter))
    assert (letter.kind, letter.to_requester, row.state, row.due_on) == (
        "f10", False, PartyState.ASKED, date(2026, 4, 20),
    )  # fmt: skip
    assert session.scalars(select(PrintOrder.letter_id)).all() == [letter.id]
    context = letter_context(case_key(office, case), letter)
    assert context["addressee"] == WHO.name
    assert context["received"] == "令和8年4月1日"
    assert "髙橋" not in str(context)
    assert case.next_due_on == date(2026, 4, 20), "the desk is reminded on the day of the answer"
    opened = OpenedCase(case, case_key(office, case), resident(case))
    shown = status(session, opened, today=date(2026, 4, 7))
    assert (shown.letters, [one for one in shown.history if "party" in one.code]) == ((), [])


def test_the_requester_learns_nothing_of_the_way_of_a_letter_to_somebody_else(session, case, asked):
    asked()
    letter = session.scalars(select(Letter)).one()
    hand_over(session, case, letter.id, date(2026, 4, 7), by=RECEPTION, at=NOON + 6 * DAY)
    (event,) = session.scalars(select(CaseEvent).where(CaseEvent.code == "arrived-signed"))
    assert event.visible_to is Audience.STAFF
    with pytest.raises(NotFound):
        look(session, case, What.LETTER, by=resident(case), at=NOON, letter=letter.id)


def test_an_inquiry_that_the_law_demands_says_which_item_and_why(session, office, case, asked):
    asked(REQUIRED, Item.DISCRETION)
    (letter,) = session.scalars(select(Letter))
    context = letter_context(case_key(office, case), letter)
    assert (letter.kind, context["why"]) == ("f11", [REQUIRED.why])
    assert "第80条" in context["item"]


def test_the_requester_is_named_only_with_a_reason_and_never_when_protected(session, office, case, listed, asked):
    asked(replace(ABOUT, naming="本人と知らなければ判断できません。"))
    context = letter_context(case_key(office, case), session.scalars(select(Letter)).one())
    assert context["requester"] == "髙橋　見本"
    case.protected = True
    with pytest.raises(Invalid) as error:
        listed(replace(ABOUT, naming="必要です。"))
    assert error.value.params["field"] == "naming"


def test_no_decision_goes_for_approval_while_somebody_can_answer(session, office, case, asked, answered):
    row = asked()

    def held(day: date) -> bool:
        return bool(hindrances(session, case, Action.SEND_FOR_APPROVAL, today=day))

    assert (held(date(2026, 4, 20)), held(date(2026, 4, 21))) == (True, False)
    with pytest.raises(Conflict, match="can still answer"):
        send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 10 * DAY)
    with pytest.raises(Invalid, match="still time"):
        answered(row, Answer.NONE)
    answered(row, Answer.CONSENT)
    assert not held(date(2026, 4, 11))
    answered(asked(), Answer.NONE, at=NOON + 20 * DAY)


def test_the_desk_is_reminded_once_of_an_answer_that_did_not_come(session, case, asked):
    asked()
    for day, late in ((date(2026, 4, 20), 0), (date(2026, 4, 21), 1), (date(2026, 4, 22), 1)):
        assert remind_third_parties(session, at=NOON, today=day) == late
    wanted = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.code == "third-party-due")
    (event,) = session.scalars(wanted)
    assert (event.params, event.visible_to) == ({"due_on": "2026-04-20"}, Audience.STAFF)


def test_who_is_listed_is_asked_skipped_or_taken_off(session, office, case, listed):
    first, second = listed(), listed()
    assert hindrances(session, case, Action.SEND_FOR_APPROVAL, today=date(2026, 4, 7))
    with pytest.raises(Invalid):
        skip_party(session, case, first, " ", vault=office, by=OFFICER, at=ASKED_AT)
    skip_party(
        session, case, first, "住民票の写しを請求しましたが、該当がありません。", vault=office, by=OFFICER, at=ASKED_AT
    )
    drop_party(session, case, second, by=OFFICER, at=ASKED_AT)
    assert [row.state for row in parties(session, case)] == [PartyState.SKIPPED]
    assert not hindrances(session, case, Action.SEND_FOR_APPROVAL, today=date(2026, 4, 7))


def test_what_needs_the_inquiry_is_not_decided_without_it(session, office, case, asked, answered):
    mark_decision(session, case, Item.DISCRETION, by=OFFICER, at=ASKED_AT)
    answered(asked(), Answer.CONSENT)
    with pytest.raises(Conflict, match="must be asked before"):
        send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 10 * DAY)
    answered(asked(REQUIRED, Item.DISCRETION), Answer.CONSENT)
    send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 10 * DAY)


def test_against_an_objection_the_notice_is_ready_goes_out_at_once_and_the_records_wait(
    session, settings, office, case, asked, answered, decide, send
):
    row, issue_at = answered(asked()), NOON + 12 * DAY  # 13 April
    with pytest.raises(Conflict, match="draft the notice to them first"):
        decide()
    notice = draft_objection_notice(session, case, row, "理由です。", vault=office, by=OFFICER, at=NOON + 12 * DAY)
    with pytest.raises(Conflict, match="when the decision is issued"):
        send(notice, NOON + 12 * DAY)
    letter = issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=issue_at)
    assert (case.release_from, case.next_due_on) == (date(2026, 4, 28), date(2026, 4, 13))
    with pytest.raises(Conflict, match="has not gone out"):
        release(session, case, compared=True, by=OFFICER, at=issue_at + DAY)
    f13 = send(notice, issue_at)
    context = letter_context(case_key(office, case), f13)
    assert (context["release"], context["decision_number"]) == ("令和8年4月28日", letter.number)
    assert "審査請求" in str(context["remedies"])
    with pytest.raises(Conflict, match="2026-04-28"):
        release(session, case, compared=True, by=OFFICER, at=NOON + 26 * DAY)
    opened = OpenedCase(case, case_key(office, case), resident(case))
    shown = status(session, opened, today=date(2026, 4, 14))
    assert [row.due.opens_on for row in shown.clocks if row.due.code == "D6"] == [date(2026, 4, 28)]
    assert "release-waits" in [one.code for one in shown.history]
    assert not waits(session, case, date(2026, 4, 28))


def test_a_notice_that_goes_out_later_gives_the_opponent_its_whole_time(
    session, office, case, asked, answered, decide, send
):
    row = answered(asked())
    notice = draft_objection_notice(session, case, row, "理由です。", vault=office, by=OFFICER, at=NOON + 10 * DAY)
    decide()
    assert case.release_from == date(2026, 4, 28)
    send(notice, NOON + 14 * DAY)
    assert case.release_from == date(2026, 5, 1), "15 April and two weeks; the 29th is a holiday"
    (wait,) = [one for one in clocks(session, case, today=date(2026, 4, 16)) if one.due.code == "D6"]
    assert wait.due.opens_on == case.release_from


def test_an_objection_that_is_followed_makes_nobody_wait(session, office, case, asked, answered, decide):
    row = answered(asked())
    mark_withheld(session, case, row, True, by=OFFICER, at=NOON + 11 * DAY)
    decide()
    assert case.release_from is None
    assert not waits(session, case, date(2026, 4, 14))


def test_the_paper_of_a_third_party_is_not_for_the_requester(session, office, case, asked, answered):
    row = answered(asked(), uploads=[an_upload("意見書.png")])
    (file,) = case_files(session, case, FileKind.OPINION)
    assert row.file_id == file.id
    key = case_key(office, case)
    assert status(session, OpenedCase(case, key, resident(case)), today=date(2026, 4, 12)).own_files[0].kind is (
        FileKind.IDENTITY
    )
    with pytest.raises(NotFound):
        read_file(session, case, file.id, key=key, by=resident(case), at=NOON + 11 * DAY)


def test_where_nothing_is_disclosed_nobody_is_told_and_nothing_waits(session, settings, office, case, asked, answered):
    answered(asked())
    at = NOON + 12 * DAY
    draft(session, case, DecisionType.NONE, [REASON], vault=office, by=OFFICER, at=at)
    send_for_approval(session, case, vault=office, by=OFFICER, at=at)
    with pytest.raises(Conflict, match="before the decision goes for approval"):
        mark_withheld(session, case, parties(session, case)[0], True, by=OFFICER, at=at)
    approve(session, case, by=APPROVER, at=at)
    issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=at)
    assert (case.release_from, untold(session, case), duty_on(session, case)) == (None, [], None)


@pytest.mark.parametrize(("regime", "records"), [("P1", RecordKind.BOTH), ("P2", RecordKind.INQUIRY)])
def test_where_the_law_or_the_uniform_answer_forbid_it_nobody_is_listed(case, listed, regime, records):
    case.regime, case.records = regime, records
    with pytest.raises(Conflict):
        listed()
