"""Records beyond the card's: register data under their own law, and whether an investigator asked, page by page."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from portal.core.settings import Settings
from tests.client import Browser
from tests.conftest import make_settings
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.journey import file_request, fill_in

J_LIS_LIKE = pytest.mark.parametrize("profile", ["j-lis-like"])
REGISTER = {"procedure": {"record": "register-data"}, "records": {"records": "identity-data", "details": ""}}
INQUIRY = {"procedure": {"record": "investigation"}, "records": {"records": "inquiry", "details": ""}}


@pytest.fixture
def profile() -> str:
    return "public-body"


@pytest.fixture
def settings(home: Path, profile: str) -> Settings:
    return make_settings(home, profile=profile)


@J_LIS_LIKE
def test_register_data_are_asked_for_on_the_web_and_the_first_day_counts(browser: Browser) -> None:
    page = fill_in(browser, prefix="/en", until="records", **REGISTER)
    assert [row.get("value") for row in page.tree.xpath("//input[@name='records']")] == ["identity-data"]
    page = file_request(browser, prefix="/en", **REGISTER)
    assert "This day counts: it is the first day." in page.text
    assert "住民基本台帳法第30条の33第1項" in page.text
    assert "the period runs on meanwhile" in page.text


@J_LIS_LIKE
def test_that_no_register_data_are_held_is_itself_disclosed(app: Flask) -> None:
    desk = Desk(app)
    number = desk.case(State.SEARCH, records=RecordKind.IDENTITY_DATA)
    page = desk.open("officer", number, "/decision")
    assert [row.get("value") for row in page.tree.xpath("//input[@name='kind']")] == ["A", "F", "J"]
    page = desk.of("officer").send(kind="A", do="keep")
    assert "本人確認情報開示通知書" in page.text
    assert "該当する本人確認情報は存在しません" in page.text
    assert "訂正、追加又は削除の申出をすることができます" in page.text
    assert "審査請求" not in page.text
    desk.of("officer").send("/approval")
    desk.open("approver", number, "/letter")
    desk.of("approver").send("/approve")
    desk.open("approver", number, "/letter")
    desk.of("approver").send("/issue")
    assert desk.state(number) is State.NOTIFIED
    assert not desk.open("officer", number).links("/release")


def test_one_record_of_another_procedure_does_not_stay_in_the_draft(browser: Browser) -> None:
    fill_in(browser, until="person", **INQUIRY)
    browser.get("/request/procedure")
    page = browser.send(record="card-application")
    assert page.path == "/request/records"
    assert not page.tree.xpath("//input[@name='records'][@checked]")


def test_a_record_in_words_needs_words(browser: Browser) -> None:
    other = {"procedure": {"record": "call-records"}}
    fill_in(browser, prefix="/en", until="records", **other)
    page = browser.send(whose="mine", records="other", details="")
    assert page.status == 422
    assert any("Say in words which record it is." in error for error in page.errors)
    page = browser.send(whose="mine", records="other", details="令和8年3月に相談した内容の控え")
    assert page.path == "/en/request/person"


def test_words_that_fit_another_record_lead_there_but_force_nobody(browser: Browser) -> None:
    fill_in(browser, prefix="/en", until="records", procedure={"record": "call-records"})
    page = browser.send(whose="mine", records="other", details="交付申請書の顔写真")
    assert page.path == "/en/request/records"
    assert "Do you mean one of these?" in page.text
    assert page.links("/request/where/card-application")
    assert browser.send().path == "/en/request/person"


def test_the_desk_answers_about_inquiries_in_the_words_of_the_data_and_on_their_day(app: Flask) -> None:
    desk = Desk(app)
    number = desk.case(State.SEARCH, records=RecordKind.INQUIRY)
    assert desk.state(number) is State.DRAFTING
    page = desk.open("officer", number)
    assert "Everybody who asks this gets the same answer" in page.text
    for rest in ("/records", "/extension", "/special-period", "/transfer"):
        assert not page.links(f"{number}{rest}"), rest
    page = desk.open("officer", number, "/decision")
    assert [row.get("value") for row in page.tree.xpath("//input[@name='kind']")] == ["D", "F"]
    page = desk.of("officer").send(kind="D", do="show")
    assert "当該文書の存否を明らかにしないで、開示請求を拒否します" in page.text
    assert not page.tree.xpath("//textarea")
    page = desk.of("officer").send(kind="D", do="keep")
    assert "全ての請求者に対して同一です" in page.text
    desk.of("officer").send("/approval")
    desk.open("approver", number, "/letter")
    page = desk.of("approver").send("/approve")
    assert desk.state(number) is State.APPROVED
    page = desk.open("approver", number)
    assert "A request of this kind is answered on a fixed day" in page.text
    assert not page.links("/issue")
