"""Single pages of the desk: conflicts, refusals, files, looks, queues."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from disclosure.models.decision import Decision
from disclosure.models.event import CaseNote
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core import clock, signing
from tests.disclosure.views.desk import Desk, count, looks, scan

NUMBERS = ("123456789018", "１２３４　５６７８　９０１８")


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_the_desk_opens_on_what_is_due_next_and_says_how_late_it_is(desk: Desk) -> None:
    late = desk.case(State.SEARCH, at=clock.now() - timedelta(days=40))
    soon = desk.case(State.SEARCH, at=clock.now() - timedelta(days=20))
    new = desk.case(State.RECEIVED, at=clock.now())
    text = desk.of("officer").get("/en/staff").text
    assert text.index(late) < text.index(soon) < text.index(new)
    assert "Overdue, days: 10" in text
    assert "Days left: 10" in text
    overdue = desk.of("officer").get("/en/staff?scope=overdue").text
    assert late in overdue
    assert soon not in overdue
    free = desk.of("officer").get("/en/staff?scope=free").text
    assert new in free
    assert late not in free


def test_a_case_is_found_by_number_and_by_a_name_in_another_spelling(desk: Desk) -> None:
    number, other = desk.case(), desk.case(name="見本　花子", kana="ミホン　ハナコ")
    browser = desk.of("officer")
    page = browser.get(f"/en/staff?number={number.lower()}")
    assert number in page.text
    assert other not in page.text
    browser.get("/en/staff")
    page = browser.send("/find", name="高橋見本")
    assert number in page.text
    assert other not in page.text
    assert "高橋" not in page.path
    assert "高橋" not in page.text


def test_those_who_approve_are_told_when_letters_can_soon_be_signed_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "signed with" not in desk.of("approver").get("/en/staff").text
    monkeypatch.setattr(signing, "WARN_DAYS", 36_500)
    assert "letters are signed with expires on" in desk.of("approver").get("/en/staff").text
    assert re.search(r"令和\d+年\d+月\d+日に有効期間が満了します", desk.of("approver").get("/staff").text)
    assert "signed with" not in desk.of("officer").get("/en/staff").text


def test_a_nonsense_filter_shows_the_desk(desk: Desk) -> None:
    number = desk.case()
    assert number in desk.of("officer").get("/en/staff?scope=x&page=-1").text
    assert desk.of("officer").get("/en/staff?state=nothing&page=999999").status == 200


def test_what_was_typed_is_shown_as_typed_with_a_hint_on_rare_characters(desk: Desk) -> None:
    number = desk.case(name="𠮷田　髙見", kana="ヨシダ　タカミ")
    text = desk.open("officer", number).text
    assert "𠮷田　髙見" in text
    assert "U+20BB7" in text
    assert "U+9AD9" in text
    assert "also look for 高" in text


def test_somebody_takes_the_case_or_gives_it_away(desk: Desk) -> None:
    number = desk.case()
    desk.open("officer", number)
    page = desk.of("officer").send("/assign", do="take")
    assert "In charge now: 見本 担男" in page.text
    page = desk.of("officer").send("/assign", assignee=desk.people["second"].id)
    assert "In charge now: 見本 次郎" in page.text
    page = desk.of("officer").send("/assign", assignee=desk.people["publisher"].id)
    assert page.errors, "a colleague without a role at the desk is not offered"


def test_two_officers_who_write_the_same_draft_do_not_overwrite_each_other(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    first, second = desk.of("officer"), desk.of("second")
    for login in ("officer", "second"):
        desk.open(login, number, "/decision")
    reason = {"rows-0-ground": "N9", "rows-0-nature": "探索の範囲", "rows-0-harm": "なし"}
    first.send(kind="E", do="show")
    second.send(kind="E", do="show")
    first.send(do="keep", **{"rows-0-part": "甲の記載", **reason})
    page = second.send(do="keep", **{"rows-0-part": "乙の記載", **reason})
    assert "Somebody else worked on this case" in page.text
    assert page.form("/decision").values["rows-0-part"] == "乙の記載", "nothing typed is lost"
    assert "甲の記載" in desk.open("officer", number, "/letter").text, "nothing saved is lost"


def test_rewriting_a_draft_that_a_colleague_rewrote_meanwhile_is_a_conflict_too(desk: Desk) -> None:
    number = desk.case(State.DRAFTING)
    first, second = desk.of("officer"), desk.of("second")
    for login in ("officer", "second"):
        desk.open(login, number, "/decision")
    first.send(kind="A", do="keep")
    assert "Somebody else worked on this case" in second.send(kind="A", do="keep").text


def test_a_button_pressed_on_an_old_page_is_a_conflict_with_what_to_do(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)
    for login in ("reception", "officer"):
        desk.open(login, number)
    desk.of("reception").send("/identity/start")
    page = desk.of("officer").send("/identity/start")
    assert page.status == 409
    assert "Somebody else worked on this case" in page.text


def test_pressing_issue_twice_issues_once(desk: Desk) -> None:
    number = desk.case(State.APPROVED)
    form = desk.open("approver", number, "/letter").form("/issue")
    assert desk.of("approver").post(form.action, form.values).status == 200
    assert desk.of("approver").post(form.action, form.values).status == 409
    page = desk.open("approver", number)
    assert len(page.links("/letters/")) == 1


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_personal_number_in_a_reason_is_refused_and_what_was_typed_stays(desk: Desk, typed: str) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number, "/decision")
    officer.send(kind="B", do="show")
    page = officer.send(do="keep", **{"rows-0-part": "氏名の欄", "rows-0-harm": f"番号は{typed}です"})
    assert page.errors
    assert "Part 1" in page.errors[0]
    values = page.form("/decision").values
    assert values["rows-0-part"] == "氏名の欄"
    assert typed in values["rows-0-harm"]
    assert count(desk, Decision) == 0


def test_a_personal_number_in_a_note_or_in_a_file_name_is_refused(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number)
    page = officer.send("/notes", text=f"番号 {NUMBERS[0]}")
    assert page.errors
    assert count(desk, CaseNote) == 0
    desk.open("officer", number, "/records")
    page = officer.send(record="form", file=scan(f"{NUMBERS[0]}.png"), name_agrees="y", birth_date_agrees="y")
    assert page.errors
    assert desk.state(number) is State.SEARCH


def test_identity_is_not_confirmed_while_something_differs(desk: Desk) -> None:
    number = desk.case(State.IDENTITY_CHECK)
    reception = desk.of("reception")
    ticks = {"name_agrees": "y", "address_agrees": "y", "birth_date_agrees": "y", "genuine": "y", "only_front": "y"}
    for missing in ticks:
        desk.open("reception", number, "/identity")
        given = {name: value for name, value in ticks.items() if name != missing}
        page = reception.send(document="driving-licence", expires_on="2031-01-01", **given)
        assert page.errors, missing
        assert desk.state(number) is State.IDENTITY_CHECK, missing
    page = reception.send(document="driving-licence", expires_on="平成30年1月1日", **ticks)
    assert "expired" in page.errors[0]
    page = reception.send(document="eligibility-certificate", expires_on="2031-01-01", **ticks)
    assert "second" in page.errors[0]


def test_every_opening_of_a_case_is_in_its_history_with_the_name(desk: Desk) -> None:
    number = desk.case()
    desk.open("reception", number)
    desk.open("approver", number)
    assert looks(desk, number) == ["case", "case"]
    text = desk.open("officer", number).text
    assert "Who looked at personal data: 3" in text
    assert "見本 決子" in text
    assert "Approver" in text


def test_a_character_that_no_font_has_is_named_before_and_at_the_issue(desk: Desk) -> None:
    number = desk.case(State.APPROVED, address="東京都千代田区見本町\U0001f600")
    page = desk.open("approver", number, "/letter")
    assert "U+1F600" in page.text
    assert "Address" in page.text
    with pytest.raises(AssertionError):
        page.form("/issue")
    values = desk.open("approver", number).form("/notes").values
    page = desk.of("approver").post(desk.path(number, "/issue"), values)
    assert "U+1F600" in page.text
    assert desk.state(number) is State.APPROVED
    assert desk.open("approver", number, "/letter/draft.pdf").status == 422


def test_pages_of_steps_that_are_not_possible_now_are_conflicts(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)
    for rest in ("/identity", "/correction", "/correction/answer", "/records", "/decision", "/letter", "/release"):
        login = "officer"
        assert desk.open(login, number, rest).status == 409, rest


def test_the_draft_is_a_pdf_that_says_it_is_one(desk: Desk) -> None:
    number = desk.case(State.DRAFTING)
    answer = desk.open("officer", number, "/letter/draft.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert looks(desk, number)[-1] == "draft"


@pytest.mark.parametrize("state", [state for state in State if state.value in (
    "received", "identity-check", "correction", "search", "drafting", "approval", "approved",
)])  # fmt: skip
def test_the_case_page_offers_one_next_step_or_says_whose_turn_it_is(desk: Desk, state: State) -> None:
    number = desk.case(state)
    for login in ("reception", "officer", "approver"):
        page = desk.open(login, number)
        (box,) = page.find("section", "next-step")
        buttons = box.xpath(".//a[contains(@class,'button')] | .//button")
        assert len(buttons) == 1 or (not buttons and len(box.text_content().split()) > 3), (state, login)


def test_a_decision_that_needs_no_reasons_leaves_those_of_the_page_behind(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number, "/decision")
    officer.send(kind=DecisionType.PARTIAL.value, do="show")
    texts = {
        "rows-0-part": "氏名の欄",
        "rows-0-ground": "N2",
        "rows-0-nature": "他人の情報",
        "rows-0-harm": "識別される",
    }
    page = officer.send(kind=DecisionType.FULL.value, do="keep", **texts)
    assert page.path == desk.path(number, "/letter"), page.errors
    assert not page.find("div", "error-summary")
