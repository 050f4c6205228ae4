"""Complaints through the browser: filed, answered, read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from portal.core import clock
from tests.client import Browser
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.journey import reader
from tests.factories import disclosure as make


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_before_a_decision_only_a_complaint_is_possible_and_its_answer_is_read_here(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    with desk.building.database.session(write=True) as session:
        filed = make.submitted(session, desk.building.settings, desk.building.office, at=clock.now())
        number, code = filed.case.number, filed.access_code
    own = reader(another, number, code)
    assert "Nothing can be appealed now." in own.get("/en/request/case/appeals").text
    own.get("/en/request/case/complaint")
    page = own.send(text="電話で待たされました。")
    assert "Your complaint has arrived." in page.text, page.errors
    reception = desk.of("reception")
    page = reception.get("/en/staff/complaints")
    reception.get(page.links("/staff/complaints/%E8%8B%A6")[0])
    page = reception.send(answer="申し訳ありませんでした。")
    assert "The answer is kept." in page.text
    assert "申し訳ありませんでした。" in own.get("/en/request/case").text


def test_a_complaint_about_no_request_is_answered_to_whoever_has_number_and_code(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    anybody = another()
    anybody.get("/en/complaints")
    page = anybody.send(text="番号は 1234 5678 9018 です。")
    assert page.errors, "a personal number is refused"
    page = anybody.send(text="書類の扱いに不満があります。")
    number = page.tree.get_element_by_id("receipt-number").text_content().strip()
    code = page.tree.get_element_by_id("access-code").text_content().strip()
    officer = desk.of("officer")
    page = officer.get("/en/staff/complaints")
    officer.get(page.links("/staff/complaints/%E8%8B%A6")[0])
    officer.send(answer="調べて改めます。")
    other = another()
    other.get("/en/complaints/answer")
    page = other.send(number=number, code="0000-0000-0000-0000")
    assert page.errors
    page = other.send(number=number, code=code)
    assert "調べて改めます。" in page.text
