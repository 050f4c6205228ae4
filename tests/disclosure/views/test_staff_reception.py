"""Requests on paper at the desk: entered one by one on a page."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import func, select

from disclosure.models.case import Case
from disclosure.rules import arrival
from disclosure.rules.kinds import Channel, Delivery
from disclosure.rules.states import State
from portal.core import audit, clock
from portal.core.clock import day_in_japan
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk, scan
from tests.disclosure.views.journey import NAME, PERSON

PAGE = "/en/staff/reception"
PAPER: dict[str, Any] = {
    **PERSON, "channel": "window", "whose": "mine", "records": "both", "delivery": "post", "format": "paper",
    "telephone": "", "email": "", "language": "ja", "details": "平成28年1月に申請", "address_then": "大阪府見本市1-1",
    "shown": "passport",
}  # fmt: skip
MY_NUMBER = "1234-5678-9018"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def enter(browser: Browser, **changes: Any) -> Page:
    """Open the page, fill it in, send it."""
    browser.get(PAGE)
    return browser.send(button="File the request", **{**PAPER, **changes})


def receipt(page: Page) -> tuple[str, str]:
    assert "receipts/" in page.path, (page.path, page.errors)
    number = page.tree.get_element_by_id("receipt-number").text_content().strip()
    return number, page.tree.get_element_by_id("access-code").text_content().strip()


def cases(desk: Desk) -> list[Case]:
    with desk.building.database.session(write=False) as session:
        return list(session.scalars(select(Case).order_by(Case.number)))


def day(days: int) -> str:
    return (day_in_japan(clock.now()) + timedelta(days=days)).isoformat()


def test_a_request_at_the_window_becomes_a_case_and_a_slip(desk: Desk, browser: Browser) -> None:
    reception = desk.of("reception")
    assert PAGE in reception.get("/en/staff").links("/staff/reception")
    page = enter(
        reception, scan=scan("見本の請求書.png"), proxy_name="見本　代（長女）", proxy_reason="手が不自由なため"
    )
    number, code = receipt(page)
    slip = reception.get(page.links("slip.pdf")[0])
    text = "".join("".join(p.get_textpage().get_text_range().split()) for p in pypdfium2.PdfDocument(slip.data))
    assert number in text
    assert code in text
    assert NAME not in text

    reception.get(page.path)
    case = reception.send("handed-over")
    assert case.path == desk.path(number)
    for said in (
        NAME,
        "大阪府見本市1-1",
        "受付時に確認した書類：旅券",
        "代筆：見本　代（長女）",
        "請求書の写し – 見本の請求書.png",
    ):
        assert said in case.text
    assert reception.get(page.path).status == 404, "the code is shown until it is handed over"

    browser.get("/en/request/status")
    assert number in browser.send(number=number, code=code).text, "its owner opens the case"
    one = cases(desk)[0]
    assert (one.channel, one.delivery, one.state) == (Channel.WINDOW, Delivery.POST, State.RECEIVED)
    assert arrival.goes_by_post(one.channel, one.delivery)
    reception.get(desk.path(number))
    assert reception.send("identity/start").path == desk.path(number, "/identity")


def test_a_past_day_starts_the_clock_and_a_future_one_is_refused(desk: Desk) -> None:
    reception = desk.of("reception")
    for wrong, said in ((day(1), "cannot have arrived in the future"), (day(-400), "more than 60 days ago")):
        page = enter(reception, received_on=wrong)
        assert any(said in line for line in page.errors), page.errors
        assert page.form(button="File").values["received_on"] == wrong
    page = reception.send(button="File the request", received_on=day(-3), channel="post")
    receipt(page)
    assert [case.received_on.isoformat() for case in cases(desk)] == [day(-3)]


AMISS: list[tuple[dict[str, Any], str]] = [
    ({"channel": None}, "How it came: Say how the request came."),
    ({"whose": "company"}, "Nobody can ask for the records of the dead or of a company"),
    ({"whose": "statutory"}, "Enter the representative's name."),
    ({"whose": "mandated", "capacity": "parent"}, "Say in what capacity the representative acts."),
    ({"agent_name": "見本　親"}, "Say above that a representative asks, or leave this empty."),
    ({"birth_date": "平成30年1月1日"}, "Whoever is under 15 cannot ask alone"),
    ({"name": ""}, "Name: Enter your name."),
    ({"kana": "yamada"}, "Please write the reading in hiragana or katakana."),
    ({"birth_date": "昭和64年1月8日"}, "This day does not exist or cannot be read."),
    ({"delivery": "post", "format": "pdf"}, "By mail we send paper"),
    ({"address": MY_NUMBER}, "personal number"),
    ({"proxy_name": "見本　代"}, "Say why somebody wrote for the requester."),
    ({"proxy_reason": f"番号 {MY_NUMBER}"}, "personal number"),
    ({"scan": scan("個人番号カード裏面.png")}, "The back of a card shows the personal number"),
    ({"scan": (io.BytesIO(b"GIF89a"), "見本.png")}, "Scan of the paper"),
]


def test_what_is_amiss_is_said_at_its_field_and_nothing_is_lost(desk: Desk) -> None:
    for changes, said in AMISS:
        page = enter(desk.of("reception"), **changes)
        assert any(said in line for line in page.errors), (said, page.errors)
        kept = page.form(button="File").values
        for name in {"name", "kana", "birth_date", "address", "address_then", "shown", "records"} - set(changes):
            assert kept[name] == PAPER[name]
    assert cases(desk) == []
    page = enter(desk.of("reception"), channel=None, name="", records=None, proxy_reason="手が不自由なため")
    assert [line.partition(":")[0] for line in page.errors] == [
        "How it came", "Name", "Which records?", "Who wrote for the requester",
    ], "in the order of the page"  # fmt: skip


def test_a_scan_that_was_accepted_need_not_be_sent_again(desk: Desk) -> None:
    reception = desk.of("reception")
    page = enter(reception, name="", scan=scan("見本の請求書.png"))
    assert "見本の請求書.png" in page.text
    number, _code = receipt(reception.send(button="File the request", name=NAME))
    assert "見本の請求書.png" in desk.open("reception", number).text
    enter(reception, name="見本　花子", kana="", scan=scan("見本の請求書.png"))
    page = reception.send(button="File the request", drop_scan="y")
    assert "見本の請求書.png" not in page.text


def test_sending_twice_files_once(desk: Desk) -> None:
    reception = desk.of("reception")
    reception.get(PAGE)
    form = reception.page.form(button="File the request") if reception.page else None
    assert form is not None
    first = receipt(reception.post(PAGE, {**form.values, **PAPER}))
    assert receipt(reception.post(PAGE, {**form.values, **PAPER})) == first
    assert len(cases(desk)) == 1


def test_an_open_request_of_the_same_person_is_shown_before_filing(desk: Desk) -> None:
    known = desk.case(State.RECEIVED, name="高橋見本")
    reception = desk.of("reception")
    page = enter(reception)
    assert known in page.text
    assert len(cases(desk)) == 1
    with desk.building.database.session(write=False) as session:
        looks = [row for row in audit.entries(session, subject=known) if row.action == "disclosure.case.look"]
    assert looks[-1].detail["page"] == "reception", "what an officer learns of a case is in its history"
    page = reception.send(button="File the request")
    assert known in page.text, "pressing again is no answer"
    receipt(reception.send(button="File the request", go_on="y"))
    assert len(cases(desk)) == 2


def test_receipts_wait_for_being_handed_over(desk: Desk) -> None:
    reception = desk.of("reception")
    numbers = [receipt(enter(reception))[0], receipt(enter(reception, name="見本　花子", kana="ミホン　ハナコ"))[0]]
    page = reception.get(f"{PAGE}/receipts")
    assert all(number in page.text for number in numbers)
    reception.send("handed-over")
    assert "No receipt waits" in reception.get(f"{PAGE}/receipts").text
    assert desk.of("officer").get(f"{PAGE}/receipts/{numbers[0]}").status == 404, "another officer has no receipt"


def test_nothing_of_the_person_is_left_outside_the_case(desk: Desk) -> None:
    receipt(enter(desk.of("reception"), scan=scan("見本の請求書.png")))
    with desk.building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
        path = desk.building.settings.home / "kaiji.db"
    stored = b"".join(file.read_bytes() for file in path.parent.glob("kaiji.db*"))
    for said in ("見本町", "大阪府見本市", "見本の請求書"):
        assert said.encode() not in stored
