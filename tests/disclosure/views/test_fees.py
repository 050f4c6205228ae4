"""From a fee that is open to its payment and the release; a waiver applied for on the web and decided at the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.operations.issue import issue
from disclosure.operations.release import release
from disclosure.rules import regimes
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from portal.core import clock
from portal.core.errors import Conflict
from tests.client import Browser
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.desk import Desk
from tests.factories import disclosure as make


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


@pytest.fixture
def administrative(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room of an administrative body, which charges for requests."""
    rows = tuple(replace(row, holder="administrative") if row.code == "P2" else row for row in regimes.REGIMES)
    monkeypatch.setattr(regimes, "REGIMES", rows)


def let_go(desk: Desk, number: str) -> None:
    """Disclose the records, as the officer."""
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        release(session, case, compared=True, by=desk.people["officer"], at=clock.now())


def opened(desk: Desk, **more: object) -> tuple[str, Browser]:
    """A request that has just arrived, opened by its requester."""
    with desk.building.database.session(write=True) as session:
        made = make.submitted(session, desk.building.settings, desk.building.office, at=clock.now(), **more)
        number, code = made.case_number, made.access_code
    browser = Browser(desk.app, address="198.51.100.77")
    browser.get("/en/request/status")
    assert browser.send(number=number, code=code).status == 200
    return number, browser


def test_what_is_to_be_paid_holds_the_release_up_until_it_is_paid(desk: Desk, administrative: None) -> None:
    number = desk.case(State.APPROVED, records=RecordKind.FORM, at=clock.now() - timedelta(days=8))
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        settings, vault = desk.building.settings, desk.building.office
        issue(session, case, settings=settings, vault=vault, signer=None, by=desk.people["approver"], at=clock.now())
    with pytest.raises(Conflict, match="not paid"):
        let_go(desk, number)
    assert "What sending the records would cost (estimate)" in desk.open("officer", number, "/method").text
    reception = desk.of("reception")
    page = desk.open("reception", number)
    assert "To be paid: 200 yen" in page.text
    page = reception.get(page.links("/fees")[0])
    page = reception.get(page.links("/payment")[0])
    page = reception.send(yen="三百", way="online")
    assert page.errors
    page = reception.send(yen="２００円", way="cash", paid_on="平成2年4月1日")
    assert any("It cannot have been paid on this day." in error for error in page.errors), page.errors
    page = reception.send(paid_on=clock.day_in_japan(clock.now()).isoformat())
    assert "Nothing is to be paid." in page.text
    pdf = reception.get(page.links("/receipt.pdf")[0])
    assert pdf.data.startswith(b"%PDF-")
    let_go(desk, number)
    assert desk.state(number) is State.IMPLEMENTED


def test_a_requester_asks_for_a_waiver_and_reads_the_answer(desk: Desk, administrative: None) -> None:
    number, resident = opened(desk)
    page = resident.get("/en/request/case")
    assert "Please pay 200 yen." in page.text
    assert "Nothing needs to be done." not in page.text
    page = resident.get(page.links("/waiver")[0])
    page = resident.send(reason="番号は123456789018です")
    assert page.status == 422
    assert page.errors
    page = resident.send(reason="生活に困窮しています。", file=(picture(), "証明書.png"))
    assert "You asked that it be waived." in page.text
    assert "Nothing needs to be done." in page.text, "it is the office's turn"
    assert not page.links("/waiver")

    page = desk.open("approver", number, "/fees")
    page = desk.of("approver").get(page.links("/waivers/")[0])
    assert "生活に困窮しています。" in page.text
    assert page.links("/files/")
    page = desk.of("approver").send(outcome="lower", yen="二百", answer="資料により認めます。")
    assert any("Enter an amount between 1 and" in error for error in page.errors), page.errors
    page = desk.of("approver").send(outcome="grant", answer="資料により認めます。")
    assert "Waived: 200 yen" in page.text
    page = resident.get("/en/request/case")
    assert "Everything is paid or waived." in page.text
    assert "資料により認めます。" in page.text


def test_where_nothing_is_charged_a_requester_reads_nothing_of_fees(desk: Desk) -> None:
    number, resident = opened(desk)
    assert "Fee" not in resident.get("/en/request/case").text
    assert "No fee" in Browser(desk.app).get("/en/request").text
    page = desk.open("reception", number, "/fees/charge")
    assert "No fee is charged for a request." in page.text
    page = desk.of("reception").send(what="postage", yen="750")
    page = desk.of("reception").send("/strike")
    assert "Taken away" in page.text
    assert "To be paid" not in desk.open("reception", number).text
    page = desk.open("reception", number, "/correction")
    assert "The fee is not paid." not in page.text
