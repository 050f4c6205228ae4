"""The page of a question letter from the day it arrives."""

from __future__ import annotations

import pytest
from flask import Flask

from content.models.intake import Intake
from content.models.letters import Letter
from content.operations.question_letters.file_letter import file_letter
from content.operations.question_letters.register_letter import reading, register_letter
from content.records import records
from portal.core.actor import PUBLIC
from portal.core.db import Database
from tests.client import Browser
from tests.content.operations.question_letters.test_file_letter import AT, CODE, RECEPTION, TITLE, filing


@pytest.fixture
def letter(app: Flask, store: Database) -> str:
    """The key of a letter that has just arrived."""
    vault = app.extensions["kaiji"].vault
    with store.session(write=True) as session:
        made = file_letter(session, filing(), submission_key="k" * 32, access_code=CODE, vault=vault, by=PUBLIC, at=AT)
        return made.letter.key


def opened(app: Flask, store: Database, key: str) -> None:
    vault = app.extensions["kaiji"].vault
    with store.session(write=True) as session:
        intake = session.get_one(Intake, key)
        parts = reading(intake, vault).blocks
        shown = [part.text.replace("3,000世帯", "■世帯") for part in parts]
        register_letter(
            session, session.get_one(Letter, key), parts, shown, title=TITLE, vault=vault, by=RECEPTION, at=AT
        )


def test_a_letter_has_a_page_from_the_day_it_arrives_and_its_text_when_it_was_opened(
    app: Flask, store: Database, browser: Browser, letter: str
) -> None:
    page = browser.get(f"/en/letters/{letter}")
    assert page.heading == f"Question letter {letter}"
    assert "A group (name not published)" in page.text
    for word in (TITLE, "窓口の画面", "見本 花子", "読む会"):
        assert word not in page.text
    opened(app, store, letter)
    page = browser.get(f"/letters/{letter}")
    assert page.heading == TITLE
    assert len(page.find(css="question")) == 36
    assert page.text.index("これらについて、次のことを教えてください。") < page.text.index("その区には、いつ")
    assert "約■世帯" in page.text
    assert "見本 花子" not in page.text
    assert "カードの記録を読む会（見本）" in page.text
    assert [one.get("lang") for one in browser.get(f"/en/letters/{letter}").find("h1")] == ["ja"]


def test_an_opened_letter_is_in_the_list_and_the_data(
    app: Flask, store: Database, browser: Browser, letter: str
) -> None:
    assert f"質問書 {letter}" in browser.get("/letters").text
    opened(app, store, letter)
    assert TITLE in browser.get("/letters").text
    told = browser.get(f"/api/v1/letters/{letter}").text
    assert "1-5-4" in told
    assert "見本 花子" not in told


def test_the_search_finds_it_when_it_was_opened(app: Flask, store: Database, letter: str) -> None:
    with store.session(write=False) as session:
        assert not list(records(session, [f"letter/{letter}"]))
    opened(app, store, letter)
    with store.session(write=False) as session:
        found, *questions = records(session, [f"letter/{letter}"])
    assert (found.title, found.language) == (TITLE, "ja")
    assert {question.within for question in questions} == {TITLE}
    assert any("■世帯" in one.body for one in (found, *questions))
