"""The whole way of a request through the desk, by three people."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.letter import Letter
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core import audit, clock
from tests.disclosure.views.desk import Desk, scan
from tests.factories import disclosure as make

LICENCE = {"document": "driving-licence", "expires_on": "2031-01-01"}
AGREES = {"name_agrees": "y", "address_agrees": "y", "birth_date_agrees": "y", "genuine": "y", "only_front": "y"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_three_people_take_a_request_from_its_receipt_to_the_issued_letter(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)

    reception = desk.of("reception")
    assert number in reception.get("/en/staff").text
    desk.open("reception", number)
    page = reception.send("/identity/start")
    assert page.heading == "Check the identity document"
    assert "髙橋　見本" in page.text
    page = reception.send(**LICENCE, **AGREES)
    assert "The identity is confirmed." in page.text
    assert desk.state(number) is State.SEARCH

    officer = desk.of("officer")
    page = desk.open("officer", number)
    assert page.links("/records"), "the next step leads to the records"
    desk.open("officer", number, "/records")
    page = officer.send(record="form", file=scan(), name_agrees="y", birth_date_agrees="y")
    assert "The record is attached." in page.text
    assert "01_個人番号カード交付申請書.png" in page.text
    desk.open("officer", number, "/decision")
    officer.send(kind="B", do="show")
    page = officer.send(
        do="keep",
        **{
            "rows-0-part": "受付担当者の氏名",
            "rows-0-ground": "N2",
            "rows-0-nature": "職員以外の個人に関する情報",
            "rows-0-harm": "特定の個人が識別されるおそれ",
        },
    )
    assert page.heading == "Draft of the letter"
    assert "受付担当者の氏名" in page.text
    desk.cover(number)
    desk.open("officer", number, "/letter")
    page = officer.send("/approval")
    assert "The draft is sent for approval." in page.text
    assert desk.state(number) is State.APPROVAL

    approver = desk.of("approver")
    desk.open("approver", number, "/letter")
    page = approver.send("/approve")
    assert "The decision is approved." in page.text
    desk.open("approver", number, "/letter")
    page = approver.send("/issue")
    assert "The letter is issued." in page.text
    assert desk.state(number) is State.NOTIFIED

    letter = page.links("/letters/")[0]
    pdf = approver.get(letter)
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Type"] == "application/pdf"

    desk.open("officer", number, "/release")
    page = officer.send(compared="y")
    assert "only after two people have compared it" in page.text, "it holds a face photo"
    desk.open("approver", number, "/compare")
    assert "Your comparison is written down." in approver.send(name="agree", birth_date="agree").text
    desk.open("officer", number, "/release")
    page = officer.send(compared="y")
    assert "The records are disclosed." in page.text
    assert desk.state(number) is State.IMPLEMENTED
    desk.open("officer", number)
    page = officer.send("/close")
    assert "The case is closed." in page.text
    assert desk.state(number) is State.CLOSED
    with desk.building.database.session(write=False) as session:
        assert session.scalars(select(Letter)).one().number.endswith("第1号")
        assert audit.verify(session).ok


def test_a_draft_goes_back_with_a_reason_and_is_approved_the_second_time(desk: Desk) -> None:
    number = desk.case(State.APPROVAL)
    desk.open("approver", number, "/send-back")
    page = desk.of("approver").send(reason="理由をもう少し具体的に。")
    assert "sent back" in page.text
    assert desk.state(number) is State.DRAFTING
    page = desk.open("officer", number)
    assert "理由をもう少し具体的に。" in page.text
    desk.open("officer", number, "/letter")
    desk.of("officer").send("/approval")
    desk.open("approver", number, "/letter")
    desk.of("approver").send("/approve")
    assert desk.state(number) is State.APPROVED


def test_a_draft_does_not_go_back_without_a_reason(desk: Desk) -> None:
    number = desk.case(State.APPROVAL)
    desk.open("approver", number, "/send-back")
    page = desk.of("approver").send(reason="")
    assert page.errors
    assert desk.state(number) is State.APPROVAL


def test_nobody_approves_their_own_draft_and_the_page_says_why(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    second = desk.of("second")
    desk.open("second", number, "/records")
    second.send(record="form", file=scan(), name_agrees="y", birth_date_agrees="y")
    desk.open("second", number, "/decision")
    second.send(kind="A", do="keep")
    second.send("/approval")
    assert desk.state(number) is State.APPROVAL
    page = desk.open("second", number, "/letter")
    assert "somebody else with the role of approver must approve it" in page.text
    with pytest.raises(AssertionError):
        page.form("/approve")
    token = desk.open("second", number).form("/notes").values
    page = second.post(desk.path(number, "/approve"), token)
    assert page.status == 403
    assert desk.state(number) is State.APPROVAL


def test_the_requester_is_asked_for_a_correction_after_a_preview(desk: Desk) -> None:
    number = desk.case(State.IDENTITY_CHECK)
    reception = desk.of("reception")
    desk.open("reception", number, "/correction")
    page = reception.send(defects="identity-unreadable", note="四隅が写るように撮ってください。", do="preview")
    assert "This is what the requester will read" in page.text
    assert "四隅が写るように" in page.text
    assert desk.state(number) is State.IDENTITY_CHECK, "a preview sends nothing"
    page = reception.send(do="change")
    assert page.form().values["note"] == "四隅が写るように撮ってください。"
    reception.send(do="preview")
    page = reception.send(do="send")
    assert desk.state(number) is State.CORRECTION
    assert "Clock stands still" in page.text
    page = desk.open("reception", number, "/correction/answer")
    page = reception.send(arrived_on=_today(), address="東京都千代田区見本町九丁目9番9号", answer="転居しました。")
    assert desk.state(number) is State.IDENTITY_CHECK
    assert "東京都千代田区見本町九丁目9番9号" in page.text
    assert "What stood there before" in page.text


def test_a_decision_that_none_is_held_needs_no_record_but_words_for_the_search(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number, "/decision")
    page = officer.send(kind="E", do="keep")
    assert "The decision is not complete" in page.text
    with pytest.raises(AssertionError):
        page.form("/approval")
    page = desk.open("officer", number, "/decision")
    assert "Where you searched" in page.text
    reason = make.NOT_HELD
    values = {f"rows-0-{name}": text for name, text in reason.plain().items()}
    page = officer.send(do="keep", **values)
    assert reason.harm in page.text
    assert page.form("/approval")


def test_rows_are_added_and_removed_without_losing_what_was_typed(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number, "/decision")
    officer.send(kind="B", do="show")
    officer.send(do="add", **{"rows-0-part": "甲"})
    page = officer.send(do="add", **{"rows-1-part": "乙"})
    values = page.form("/decision").values
    assert (values["rows-0-part"], values["rows-1-part"], values["rows-2-part"]) == ("甲", "乙", "")
    page = officer.send(do="remove-0")
    values = page.form("/decision").values
    assert values["rows-0-part"] == "乙"
    assert "rows-2-part" not in values
    assert desk.state(number) is State.SEARCH, "arranging rows keeps nothing"


def test_a_withdrawal_that_came_on_paper_ends_the_case(desk: Desk) -> None:
    number = desk.case(State.APPROVAL, decision=DecisionType.FULL)
    desk.open("reception", number, "/withdrawal")
    page = desk.of("reception").send()
    assert page.errors
    assert desk.state(number) is State.APPROVAL
    desk.of("reception").send(sure="y")
    assert desk.state(number) is State.WITHDRAWN


def _today() -> str:
    return clock.day_in_japan(clock.now()).isoformat()
