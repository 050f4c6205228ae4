"""Asking for documents on the site, answered at the desk, and read by everybody in the reading room."""

from __future__ import annotations

from flask import Flask

from disclosure.rules.states import State
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk, scan
from tests.disclosure.views.journey import receipt

WHO = {"kind": "body", "name": "見本市民情報クラブ", "representative": "見本　代子", "address": "東京都見本市1"}
WANTED = "中継サーバーの改修に係る契約書"


def ask(browser: Browser) -> Page:
    """The whole way in English; the receipt is then open."""
    browser.get("/en/request/documents/which")
    browser.send(documents=WANTED, since="2025-04-01", until="2025-12-31", items="2")
    browser.send(**WHO)
    page = browser.send(delivery="download", format="pdf")
    assert page.path == "/en/request/documents/check"
    assert "令和7年4月1日から令和7年12月31日まで" in page.text
    assert "Together 600 yen." in page.text
    return browser.send()


def test_one_door_leads_to_every_way_and_the_words_lead_to_the_right_one(browser: Browser) -> None:
    page = browser.get("/en/request/what")
    for way in ("/en/request", "/en/request/documents", "/en/letters/write", "/en/documents"):
        assert page.links(way), way
    browser.get("/en/request/documents/which")
    page = browser.send(documents="私の交付申請書を見せてください", items="1")
    assert "Are these records about yourself?" in page.text
    assert "/en/request" in page.links("/en/request")
    page = browser.send(documents="なぜ障害が起きたのですか", items="1")
    assert "Is this a question?" in page.text
    assert browser.send().path == "/en/request/documents/who", "whoever insists goes on"


def test_what_is_missing_is_said_and_what_was_typed_stays(browser: Browser) -> None:
    browser.get("/en/request/documents/which")
    page = browser.send(documents="", since="2026-01-02", until="2026-01-01", items="0")
    assert len(page.errors) >= 2
    browser.send(documents=WANTED, since="", until="", items="1")
    page = browser.send(**{**WHO, "representative": ""})
    assert page.errors == ["Name of its representative: Enter the name of the representative."]
    assert page.form().values["name"] == WHO["name"]
    assert browser.get("/en/request/documents/check").path == "/en/request/documents/who"


def test_from_the_request_to_the_reading_room(app: Flask, browser: Browser) -> None:
    page = ask(browser)
    number, code = receipt(page)
    assert "identity" not in page.text
    desk = Desk(app)
    page = desk.open("officer", number)
    assert "見本　代子" in page.text
    desk.of("officer").send("/identity/start")
    assert desk.state(number) is State.SEARCH
    desk.open("officer", number, "/records")
    desk.of("officer").send(title="改修契約書", file=scan())
    desk.open("officer", number, "/decision")
    assert "Disclosed because the public interest demands it" in desk.of("officer").send(kind="A", do="add").text
    desk.of("officer").send(button="Remove", do="remove-0", kind="A")
    desk.of("officer").send(kind="A", do="keep")
    desk.of("officer").send("/approval")
    desk.open("approver", number, "/letter")
    desk.of("approver").send("/approve")
    desk.open("approver", number, "/letter")
    page = desk.of("approver").send("/issue")
    assert desk.state(number) is State.NOTIFIED

    page = desk.open("reception", number, "/fees")
    desk.of("reception").get(page.links("/payment")[0])
    desk.of("reception").send(way="cash")
    desk.open("reception", number, "/fees/disclosure")
    assert "Looking at 30 sheets" in desk.of("reception").send(sheets_inspection="30", do="reckon").text
    page = desk.open("officer", number, "/release")
    assert not page.tree.xpath("//input[@name='compared']"), "it is nobody's own record"
    desk.of("officer").send("/release")
    assert desk.state(number) is State.IMPLEMENTED

    page = desk.open("officer", number)
    desk.of("officer").get(page.links("/publication")[0])
    assert desk.of("officer").send(title_en="").errors
    desk.of("officer").send(title_ja="中継サーバー改修契約書", title_en="Contract for the relay server")
    (place,) = desk.open("officer", number).links("/publications/")
    assert "somebody else" in desk.of("officer").get(place).text
    desk.of("approver").get(place)
    desk.of("approver").send("/publish")

    page = browser.get("/en/documents?q=relay")
    assert "Found: 1" in page.text
    (address,) = page.links("/en/documents/r")
    page = browser.get(address)
    assert number in page.text
    assert "見本市民" not in page.text
    (file,) = [link for link in page.links("/documents/") if link.endswith(".png")]
    assert browser.client.get(file).data.startswith(b"\x89PNG")

    browser.get("/en/request/status")
    page = browser.send(number=number, code=code)
    assert "A document was put into the public reading room" in page.text
    assert "Requests for documents" not in browser.get("/en/statistics/requests").text, "today is not over"
