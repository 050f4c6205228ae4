"""Handing a request over to another body: consulted, agreed, told to both in one step; the whole or a part."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from disclosure.models.letter import Letter
from disclosure.models.notice import Notice, NoticeState
from disclosure.models.transfer import Transfer
from disclosure.operations.notices import drop_notice, issue_notice
from disclosure.operations.transfer import Wanted, answer_consultation, consult, draft_letters, drop_transfer
from disclosure.queries.keys import case_key, letter_context
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.statistics import report
from disclosure.queries.status import status
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from disclosure.rules.transfers import TransferState
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.factories.disclosure import APPROVER, NOON, OFFICER, a_case

DAY = timedelta(days=1)
LATER = NOON + 9 * DAY
BODY = Wanted(
    body="見本市",
    head="見本市長　見本　次郎",
    department="市民課",
    postal_code="100-0000",
    address="見本県見本市見本町1番1号",
    telephone="00-0000-0000",
    asked_of="市民課の見本さん",
    part="",
    reason="交付の記録は、見本市が作成し、保有しています。",
    consulted_on=date(2026, 4, 9),
)


@pytest.fixture
def case(session, settings, office):
    return a_case(session, settings, office, state=State.SEARCH)


@pytest.fixture
def agreed(session, office, case):
    def make(wanted: Wanted = BODY) -> Transfer:
        row = consult(session, case, wanted, vault=office, by=OFFICER, at=LATER)
        answer_consultation(
            session, case, row, agreed=True, answered_on=date(2026, 4, 10), note="", vault=office, by=OFFICER, at=LATER
        )
        return row

    return make


@pytest.fixture
def hand_over(session, settings, office, case):
    def do(row: Transfer, by=APPROVER) -> None:
        notices = draft_letters(session, case, row, enclosed="請求書の写し", vault=office, by=OFFICER, at=LATER)
        issue_notice(session, case, notices[1], settings=settings, vault=office, signer=None, by=by, at=LATER)

    return do


def test_both_letters_go_out_in_one_step_and_the_case_ends(session, office, case, agreed, hand_over):
    row = agreed()
    hand_over(row)
    assert (case.state, case.decision_type, case.ended_on) == (
        State.TRANSFERRED, DecisionType.TRANSFERRED, date(2026, 4, 10),
    )  # fmt: skip
    assert (row.state, row.done_on, case.notified_on) == (TransferState.DONE, date(2026, 4, 10), None)
    letters = {one.kind: one for one in session.scalars(select(Letter))}
    assert {kind: one.to_requester for kind, one in letters.items()} == {"f8": False, "f9": True}
    key = case_key(office, case)
    to_body, to_requester = letter_context(key, letters["f8"]), letter_context(key, letters["f9"])
    assert (to_body["addressee"], to_body["honorific"]) == ("見本市　見本市長　見本　次郎", "殿")
    assert ["氏名", "髙橋　見本"] in to_body["person"]
    assert to_requester["body"]["department"] == "市民課"
    assert to_requester["due"] == to_body["due"] == "令和8年5月1日", "no clock begins anew"
    shown = status(session, OpenedCase(case, key, resident(case)), today=date(2026, 4, 11))
    assert [one.way.letter.kind for one in shown.letters] == ["f9"], "the letter to the body is not the requester's"
    assert "transferred" in [one.code for one in shown.history]


def test_of_a_part_the_case_goes_on_for_the_rest_and_is_counted_once(session, case, agreed, hand_over):
    due_on = case.due_on
    row = agreed(replace(BODY, part="交付の記録"))
    hand_over(row)
    assert (case.state, case.decision_type, case.due_on, row.whole) == (State.SEARCH, None, due_on, False)
    assert report(session, 2026)["other-transferred"] == 0


def test_a_whole_transfer_is_counted_as_an_end(session, agreed, hand_over):
    hand_over(agreed())
    lines = report(session, 2026)
    assert (lines["received"], lines["other-transferred"], lines["decided"]) == (1, 1, 1)


def test_nothing_is_drafted_before_the_other_body_agrees(session, office, case):
    row = consult(session, case, BODY, vault=office, by=OFFICER, at=LATER)
    with pytest.raises(Conflict, match="has not agreed"):
        draft_letters(session, case, row, enclosed="", vault=office, by=OFFICER, at=LATER)
    with pytest.raises(Conflict, match="in work already"):
        consult(session, case, BODY, vault=office, by=OFFICER, at=LATER)
    drop_transfer(session, case, row, by=OFFICER, at=LATER)
    consult(session, case, BODY, vault=office, by=OFFICER, at=LATER)


def test_who_drafted_does_not_issue_and_both_drafts_fall_together(session, office, case, agreed, hand_over):
    row = agreed()
    both = OFFICER.__class__(OFFICER.kind, OFFICER.id, OFFICER.roles | APPROVER.roles, OFFICER.name)
    with pytest.raises(Forbidden):
        hand_over(row, by=both)
    assert case.state is State.SEARCH
    (first, *_rest) = session.scalars(select(Notice)).all()
    drop_notice(session, case, first, by=OFFICER, at=LATER)
    assert {one.state for one in session.scalars(select(Notice))} == {NoticeState.DROPPED}
    draft_letters(session, case, row, enclosed="", vault=office, by=OFFICER, at=LATER)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"body": ""}, "body"),
        ({"reason": " "}, "reason"),
        ({"consulted_on": date(2026, 4, 11)}, "consulted-on"),
        ({"consulted_on": date(2026, 3, 31)}, "consulted-on"),
        ({"reason": "番号は 1234 5678 9018 です。"}, "reason"),
    ],
)
def test_what_is_missing_or_wrong_is_said_next_to_its_field(session, office, case, change, field):
    with pytest.raises(Invalid) as error:
        consult(session, case, replace(BODY, **change), vault=office, by=OFFICER, at=LATER)
    assert error.value.params["field"] == field
    assert session.scalars(select(Transfer)).all() == []


@pytest.mark.parametrize(("regime", "records"), [("P1", RecordKind.BOTH), ("P2", RecordKind.INQUIRY)])
def test_where_the_law_or_the_uniform_answer_forbid_it_nothing_is_entered(session, office, case, regime, records):
    case.regime, case.records = regime, records
    with pytest.raises(Conflict):
        consult(session, case, BODY, vault=office, by=OFFICER, at=LATER)
