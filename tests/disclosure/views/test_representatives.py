"""A parent asks for a child: from the first question to the letter, and to the notice that it no longer acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from disclosure.rules.states import State
from portal.core import clock
from portal.core.clock import day_in_japan
from tests.client import Browser
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.journey import ANSWERS, PERSON, fill_in, receipt
from tests.factories import disclosure as make

CHILD = {**PERSON, "name": "髙橋　花", "kana": "タカハシ　ハナ", "birth_date": "平成29年5月5日"}
PARENT = {
    "capacity": "parent", "agent_name": "髙橋　親", "agent_kana": "タカハシ　オヤ", "agent_postal_code": "100-0001",
    "agent_address": "東京都千代田区見本町二丁目4番5号", "agent_telephone": "03-0000-0001",
}  # fmt: skip
TICKS = dict.fromkeys(("name_agrees", "address_agrees", "genuine", "only_front"), "y")
LICENCE = {"document": "driving-licence", "expires_on": "2031-01-01"}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def day(days: int) -> str:
    return (day_in_japan(clock.now()) + timedelta(days=days)).isoformat()


def walk(browser: Browser, **changes: Any) -> None:
    """From the first question to the page of the parent."""
    fill_in(browser, prefix="/en", until="records")
    page = browser.send(whose="statutory", **{k: v for k, v in ANSWERS["records"].items() if k != "whose"})
    assert page.heading == "Whose records are they?"
    page = browser.send(**{**CHILD, **changes})
    assert page.path == "/en/request/agent", page.errors


def test_a_parent_asks_for_a_child_and_gives_notice_at_the_end(browser: Browser, desk: Desk) -> None:
    walk(browser)
    browser.send(**PARENT)
    page = browser.send(email="parent@kaiji.example", protected="y")
    assert page.path == "/en/request/delivery", page.errors
    browser.send(**ANSWERS["delivery"])
    browser.send("request/identity", document="driving-licence", file=(picture(), "免許証.png"))
    page = browser.send("identity/done")
    assert page.path == "/en/request/agency", page.errors
    page = browser.send("request/agency", document="family-register", made_on=day(-31), file=(picture(), "戸籍.png"))
    assert "more than 30 days ago" in page.errors[0]
    page = browser.send("request/agency", document="family-register", made_on=day(-2), file=(picture(), "戸籍.png"))
    assert not page.errors
    page = browser.send("agency/done")
    assert page.heading == "Check your answers"
    for said in ("髙橋　花", "髙橋　親", "Parent with parental authority", "Those of my child", "戸籍.png"):
        assert said in page.text
    page = browser.send(declared="y")
    number, code = receipt(page)

    reception = desk.of("reception")
    page = desk.open("reception", number)
    assert "髙橋　親" in page.text
    assert "見本町" not in page.text, "the address is protected"
    page = reception.get(desk.path(number, "?address=shown"))
    assert PARENT["agent_address"] in page.text
    desk.open("reception", number)
    page = reception.send("identity/start")
    assert "Could disclosure harm the person concerned?" in page.text
    seen = {**LICENCE, **TICKS, "proof": "family-register", "proof_issued_on": day(-40)}
    page = reception.send(**seen)
    links = page.links("defect=")
    assert len(links) == 1
    chosen = reception.get(links[0]).find("input[@type='checkbox'][@checked]")
    assert {box.get("value") for box in chosen} == {"agency-stale", "agency-differs"}
    desk.open("reception", number, "/identity")
    page = reception.send(**{**seen, "proof_issued_on": day(-2), "proof_agrees": "y", "name_agrees": None})
    assert page.links("defect=agent"), "the name of the representative is mended as theirs"
    page = reception.send(**{**seen, "proof_issued_on": day(-2), "proof_agrees": "y"})
    assert "The identity is confirmed." in page.text, page.errors
    assert "Family register extract" in page.text

    browser.get("/en/request/status")
    page = browser.send(number=number, code=code)
    assert "You act for 髙橋　花." in page.text
    assert "The protected address" in page.text, "the look at the address is told"
    browser.get(page.links("representation-ended")[0])
    page = browser.send(lost_on=day(-1), sure="y")
    assert "counts as withdrawn" in page.text
    assert desk.state(number) is State.WITHDRAWN


def test_the_letter_of_a_representative_goes_to_them(desk: Desk) -> None:
    number = desk.case(State.APPROVED, **make.FOR_A_CHILD)
    page = desk.open("approver", number, "/letter")
    assert "髙橋　親" in page.text
    assert "本人　髙橋　見本" in page.text
    desk.of("approver").send("/issue")
    assert desk.state(number) is State.NOTIFIED
    desk.open("reception", number, "/representation-ended")
    page = desk.of("reception").send(lost_on=day(0), sure="y")
    assert "The request counts as withdrawn." in page.text
    assert page.links("/letters/"), "the letter stays"


REFUSED: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("mine", {"birth_date": "平成29年5月5日"}, {}, "Whoever is under 15 cannot ask alone"),
    ("statutory", {"birth_date": "平成2年5月5日"}, PARENT, "of age"),
    ("statutory", {"birth_date": "平成29年5月5日"}, {**PARENT, "capacity": "mandate"}, "capacity"),
    ("mandated", {}, {**PARENT, "capacity": "mandate", "agent_address": ""}, "Enter your address."),
]


@pytest.mark.parametrize(("whose", "person", "agent", "said"), REFUSED)
def test_who_cannot_ask_is_told_on_the_page(
    browser: Browser, whose: str, person: dict[str, Any], agent: dict[str, Any], said: str
) -> None:
    fill_in(browser, prefix="/en", until="records")
    browser.send(**{**ANSWERS["records"], "whose": whose})
    page = browser.send(**{**PERSON, **person})
    if agent:
        page = browser.send(**agent)
    assert page.status == 422
    assert any(said in line for line in page.errors), page.errors


def test_proofs_can_come_by_post(browser: Browser) -> None:
    fill_in(browser, prefix="/en", until="records")
    browser.send(**{**ANSWERS["records"], "whose": "mandated"})
    browser.send(**PERSON)
    browser.send(**{**PARENT, "capacity": "mandate"})
    browser.send(email="")
    browser.send(**ANSWERS["delivery"])
    browser.send("request/identity", document="driving-licence", file=(picture(), "免許証.png"))
    page = browser.send("identity/done")
    assert "of these papers a copy does not count" in page.text
    page = browser.send(button="I send them by post")
    assert page.heading == "Check your answers"
    assert "I send them by post" in page.text
    assert "Papers that have to reach us themselves" in browser.send(declared="y").text
