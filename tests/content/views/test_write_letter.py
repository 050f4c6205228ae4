"""A letter is written on the web: nothing typed is lost, its parts are corrected, and it is sent once."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from content.models.intake import Intake, IntakeFile
from content.models.letter_drafts import LetterDraft, MailCode
from content.models.letters import Letter
from content.operations.question_letters.confirm_mail import code_mail
from content.operations.question_letters.register_letter import reading
from content.rules.question_letters.parsing import parse
from portal.core import clock
from portal.core.access_code import normalise
from portal.core.actor import Role
from portal.core.db import Database
from portal.core.files import CleanFile
from portal.web import uploads
from tests.client import Browser, Page
from tests.content.conftest import Staff
from tests.content.operations.question_letters.test_file_letter import TEXT, TITLE
from tests.factories.accounts import an_account

WRITE = "/en/letters/write"
SENDER = {
    "title": TITLE, "sent_on": "2026-11-02", "kind": "group", "name": "カードの記録を読む会（見本）", "publish": "yes",
    "wishes": "mail", "mail": "yomu@example.jp", "language": "ja",
}  # fmt: skip


def begin(browser: Browser, how: str = "pasted") -> Page:
    form = browser.get(WRITE).form(button="Paste")
    return browser.post(WRITE, {**form.values, "begin": how})


def press(browser: Browser, page: Page, button: str = "Continue", **values: Any) -> Page:
    form = page.form(button=button)
    return browser.post(form.action, {**form.values, **values})


def mailed_code(app: Flask, store: Database) -> str:
    """What stands in the mail with the code."""
    services = app.extensions["kaiji"]
    with store.session(write=False) as session:
        row = session.scalars(select(MailCode.id)).one()
        mail = code_mail(session, row, settings=services.settings, vault=services.office, now=clock.now())
        assert mail is not None
        return next(line for line in re.findall(r"[0-9]+", mail.body) if len(line) == 6)


def test_a_letter_is_pasted_corrected_confirmed_and_sent_once(app: Flask, store: Database, browser: Browser) -> None:
    page = begin(browser)
    assert page.heading == "Text of the letter"
    page = press(browser, page, text=TEXT, go="1")
    assert page.heading == "The parts of the letter"
    assert "Questions found: 36" in page.text
    assert len(page.find(css="letter-part--question")) == 36
    wrong = next(at for at, block in enumerate(parse(TEXT).blocks) if block.code == "1-8")
    page = press(browser, page, do=f"join:{wrong}")
    assert "Questions found: 35" in page.text
    [cut] = [select.get("name") for select in page.tree.xpath("//select") if select.get("name") == f"cut-{wrong - 1}"]
    last = page.tree.xpath(f"//select[@name='{cut}']/option/@value")
    values = next(value for value in last if "(８）" in page.tree.xpath(f"//option[@value='{value}']/text()")[0])
    page = press(browser, page, do=f"split:{wrong - 1}", **{cut: values})
    assert "Questions found: 36" in page.text
    page = press(browser, page, go="1")
    assert page.heading == "The sender"
    assert page.form(button="Continue").values["title"] == TITLE
    page = press(browser, page, go="1", **{**SENDER, "name": "見本 123456789018"})
    assert any("personal number" in line for line in page.errors)
    page = press(browser, page, go="1", **SENDER)
    assert page.heading == "Confirm the address"
    page = press(browser, page, button="Send the code", send="1")
    assert "not the code" in " ".join(press(browser, page, button="Confirm", code="1").errors)
    page = press(browser, page, button="Confirm", code=mailed_code(app, store))
    assert page.heading == "Look at it and send it"
    assert "36" in page.text
    form = page.form(button="Send the letter")
    values = {**form.values, "agreed": "y"}
    receipt = browser.post(form.action, values)
    assert receipt.heading == "Your letter has arrived"
    again = browser.post(form.action, values)
    assert again.path == receipt.path
    code = next(found for found in re.findall(r"[0-9A-Z-]{19}", receipt.text) if normalise(found))
    assert TEXT.split("\n")[20].strip()[:10] in receipt.text
    with store.session(write=False) as session:
        letter = session.scalars(select(Letter).where(Letter.filed)).one()
        intake = session.get_one(Intake, letter.key)
        assert intake.mail_confirmed_at is not None
        read = reading(intake, app.extensions["kaiji"].office)
        assert (read.title, read.text, len(read.blocks)) == (TITLE, TEXT, len(parse(TEXT).blocks))
        assert not session.scalars(select(LetterDraft)).all()
    gone = press(browser, receipt, button="I have noted the code")
    assert code not in gone.text


def autosave(browser: Browser, page: Page, **values: str) -> dict[str, Any]:
    form = page.form(button="Continue")
    found: dict[str, Any] = json.loads(browser.post(f"{WRITE}/keep", {**form.values, **values}).data)
    return found


def test_what_is_typed_is_there_again_elsewhere_by_the_code(app: Flask, store: Database, browser: Browser) -> None:
    page = begin(browser)
    told = autosave(browser, page, text="一時間かけて")
    assert (told["typing_version"], told["apart"], told["refused"]) == (1, False, [])
    assert autosave(browser, page, text="別の窓で")["apart"] is True
    refused = autosave(browser, page, text="123456789018", typing_version="1")
    assert refused["refused"] == ["Text of the letter"]
    later = browser.get(f"{WRITE}/later").text
    code = next(found for found in re.findall(r"[0-9A-Z-]{19}", later) if normalise(found))
    other = Browser(app)
    form = other.get(WRITE).form(button="Go on")
    assert "No letter is kept" in other.post(WRITE, {**form.values, "go-on-code": "0000-0000-0000-0000"}).text
    page = other.post(WRITE, {**form.values, "go-on-code": code.lower()})
    assert page.form(button="Continue").values["text"] == "一時間かけて"
    asked = press(browser, browser.get(f"{WRITE}/text"), text="古い", typing_version="1", go="1")
    assert "Changed in another window" in asked.text
    page = press(other, page, button="Keep it", text="途中まで", keep="1")
    assert page.heading == "Go on later"
    assert press(other, page, button="Throw the letter away").heading == "Send a question letter"
    with store.session(write=False) as session:
        assert not session.scalars(select(LetterDraft)).all()


def test_a_letter_is_written_question_by_question(store: Database, browser: Browser) -> None:
    page = begin(browser, "written")
    assert page.heading == "The parts of the letter"
    page = press(browser, page, do="add:1:section", **{"text-1": "なぜ遅れたのですか。"})
    page = press(browser, page, do="add:2:question", **{"text-2": "発行について"})
    page = press(browser, page, do="", **{"text-3": "原因は何ですか。"})
    values = page.form(button="Continue").values
    assert [values[f"text-{at}"] for at in range(1, 4)] == ["なぜ遅れたのですか。", "発行について", "原因は何ですか。"]
    assert [label.text for label in page.find(css="letter-part__label")] == ["[1]", "[2]", "(1)"]
    kept = autosave(browser, page, **{"text-3": "原因は何でしたか。"})
    assert kept["typing_version"] == int(values["typing_version"]) + 1
    page = press(browser, browser.get(f"{WRITE}/parts"), go="1")
    told = {name: text for name, text in SENDER.items() if name not in ("mail", "wishes")}
    page = press(browser, page, go="1", **told)
    assert "Give at least one way" in " ".join(page.errors)
    page = press(browser, page, go="1", **told, telephone="000-0000-0000")
    assert page.heading == "Look at it and send it"
    form = page.form(button="Send the letter")
    browser.post(form.action, {**form.values, "agreed": "y"})
    with store.session(write=False) as session:
        assert session.scalars(select(Letter.sender_kind).where(Letter.filed)).one() == "group"


def test_reception_enters_a_letter_beside_its_file(
    app: Flask, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = "/en/staff/questions/enter"
    paper = CleanFile("application/pdf", b"%PDF-", 2, "c" * 64)
    monkeypatch.setattr(uploads, "take_in", lambda _file, _slot: paper)
    monkeypatch.setattr("portal.core.press.run", lambda *_arguments, **_named: TEXT)
    with store.session(write=True) as session:
        an_account(session, Role.RECEPTION, login="sample-reception")
    desk = Staff(app, address="192.0.2.27").sign_in("sample-reception")
    form = desk.get(enter).form(button="Paste")
    page = desk.post(enter, {**form.values, "begin": "pasted"})
    values = {**page.form(button="Continue").values, "channel": "fax", "received_on": "2026-11-04"}
    page = desk.post(page.path, {**values, "paper": (BytesIO(b"%PDF-"), "fax.pdf"), "attach": "1"})
    assert page.form(button="Continue").values["text"].replace("\r\n", "\n").strip() == TEXT.strip()
    assert len(page.find("img", css="paper")) == 2
    values = page.form(button="Continue").values
    page = desk.post(page.path, {**values, "channel": "fax", "go": "1"})
    assert "Questions found: 36" in page.text
    page = desk.post(page.path, {**page.form(button="Continue").values, "go": "1"})
    page = desk.post(page.path, {**page.form(button="Continue").values, **SENDER, "go": "1"})
    assert page.heading == "Look at it and file it"
    form = page.form(button="File the letter")
    receipt = desk.post(form.action, {**form.values, "agreed": "y"})
    assert receipt.heading == "The letter is filed"
    form = receipt.form(button="handed over")
    desk.post(form.action, form.values)
    with store.session(write=False) as session:
        letter = session.scalars(select(Letter).where(Letter.filed)).one()
        assert (letter.channel, str(letter.received_on)) == ("fax", "2026-11-04")
        assert letter.acknowledged_on is not None
        assert session.scalars(select(IntakeFile.role)).all() == ["letter"]
