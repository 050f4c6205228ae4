"""The room of a letter's sender: opened by number and code, to see it again, confirm an address, withdraw, speak."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from content.models.intake import Intake
from content.models.letter_drafts import MailCode
from content.models.letter_work import LetterStep, SenderWord
from content.models.letters import Letter
from content.operations.question_letters.confirm_mail import code_mail
from content.operations.question_letters.say import said
from content.queries.question_letters.sender_room import read_number
from content.rules.question_letters.saying import until
from portal.core.db import Database
from tests.client import Browser, Page
from tests.content.operations.question_letters.test_file_letter import CODE, TITLE
from tests.content.views.test_answered_letters import answered
from tests.content.views.test_filed_letters import letter, opened

__all__ = ["answered", "letter"]
DAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def enter(browser: Browser, number: str, code: str = CODE) -> Page:
    browser.get("/en/letters/mine")
    return browser.send(button="Open my letter", number=number, code=code)


@pytest.mark.parametrize("typed", ["q-2026-0001", "Ｑ－２０２６－０００１", "q 2026 1", "2026-1", " Q2026-0001 "])
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    assert read_number(typed) == "q-2026-0001"


def test_number_and_code_open_the_room_and_nothing_else_does(
    app: Flask, store: Database, browser: Browser, letter: str
) -> None:
    with time_machine.travel(DAY, tick=False):
        assert browser.get("/en/letters/mine/letter").heading == "Open your letter"
        for number, code in ((letter, "0000-0000-0000-0000"), ("q-2026-0999", CODE)):
            page = enter(browser, number, code)
            assert (page.status, "do not belong together" in page.text) == (422, True)
        enter(browser, letter)
        room = browser.get("/en/letters/mine/letter")
        for words in ("見本 花子", "yomu@example.jp", "Not confirmed", "Acknowledgement"):
            assert words in room.text, words
        assert "窓口の画面" in browser.get("/en/letters/mine/letter.txt").text
        browser.get("/en/letters/mine/withdraw")
        browser.send(button="Withdraw", sure="y")
        public = browser.get(f"/en/letters/{letter}")
    assert "Withdrawn by its sender" in public.text
    assert TITLE not in public.text
    with store.session(write=False) as session:
        assert session.get_one(Letter, letter).state == "withdrawn"


def test_the_sender_speaks_once_of_an_answer_and_the_fact_is_public_at_once(
    app: Flask, store: Database, browser: Browser, answered: str
) -> None:
    vault = app.extensions["kaiji"].vault
    path = "/en/letters/mine/questions/1-1-1"
    with time_machine.travel(DAY, tick=False):
        enter(browser, answered)
        browser.get(path)
        page = browser.send(button="Say it", kind="ask-back", text="")
        assert (page.status, "Write what you ask." in page.text) == (422, True)
        words = "いつの説明ですか。連絡先は見本町1-2-3です。"
        browser.send(button="Say it", kind="ask-back", text=words)
        assert [one.get("value") for one in browser.get(path).find("input") if one.get("name") == "kind"] == [
            "not-answered"
        ]
        public = browser.get(f"/en/letters/{answered}").text
    assert "The sender asks back" in public
    assert "見本町" not in public
    assert "The sender asked back ([1](１)１）)" in public
    with store.session(write=True) as session:
        word = session.scalars(select(SenderWord)).one()
        assert (word.text, word.answer_id, word.released_at) == ("", f"{answered}/A1", None)
        assert said(session, word, vault=vault) == words
        assert "見本町".encode() not in word.sealed
        last = session.scalars(select(LetterStep).order_by(LetterStep.position.desc())).first()
        assert last is not None
        assert (last.kind, last.note) == ("asked-back", "1-1-1")
    late = datetime(2026, 12, 4, 15, 30, tzinfo=UTC)
    assert until(date(2026, 11, 4)) == date(2026, 12, 4)
    with time_machine.travel(late, tick=False):
        enter(browser, answered)
        assert "Say something of this answer" not in browser.get("/en/letters/mine/letter").text


def test_an_address_is_confirmed_by_the_code_that_went_there(
    app: Flask, store: Database, browser: Browser, letter: str
) -> None:
    opened(app, store, letter)
    path = "/en/letters/mine/address"
    with time_machine.travel(DAY, tick=False):
        enter(browser, letter)
        browser.get(path)
        browser.send(button="Send the code", send="1")
        wrong = browser.send(code="000000")
        assert "This is not the code" in wrong.text
        browser.send(code=_code(app, store))
        assert "Not confirmed" not in browser.get("/en/letters/mine/letter").text
    with store.session(write=False) as session:
        assert session.get_one(Intake, letter).mail_confirmed_at == DAY
    with time_machine.travel(DAY + timedelta(minutes=16), tick=False):
        assert browser.get("/en/letters/mine/letter").heading == "Open your letter"


def _code(app: Flask, store: Database) -> str:
    """The code as the mail says it."""
    building = app.extensions["kaiji"]
    with store.session(write=False) as session:
        row = session.scalars(select(MailCode)).one()
        mail = code_mail(session, row.id, settings=building.settings, vault=building.vault, now=DAY)
    assert mail is not None
    return re.findall(r"(?<!\d)\d{6}(?!\d)", mail.body)[0]
