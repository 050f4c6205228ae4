"""The page of a letter that was answered: question by question, with what was put off, and when that is overdue."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask

from content.models.letters import Letter
from content.operations.question_letters.note_overdue import note_overdue
from content.queries.question_letters.exchange import exchange
from content.queries.question_letters.reply_work import asked
from content.queries.written_things import addresses
from content.rules.question_letters.answering import WrittenAnswer
from content.rules.question_letters.promises import PromiseState
from content.rules.question_letters.states import ReplyKind
from portal.core.db import Database
from portal.letters.engine import Context, Templates
from portal.web.reader import Reader
from tests.client import Browser
from tests.content.views.test_filed_letters import letter, opened
from tests.factories.letters_answered import AT, a_small_answer, an_issued_reply

__all__ = ["letter"]
DUE = date(2027, 1, 29)
LATER = datetime(2027, 2, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def answered(app: Flask, store: Database, letter: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An interim letter, then an answer that puts one question off and leaves the last one out; not laid out."""
    monkeypatch.setattr(Templates, "render", _file)
    opened(app, store, letter)
    settings = app.extensions["kaiji"].settings
    with store.session(write=True) as session:
        row = session.get_one(Letter, letter)
        an_issued_reply(
            session, settings, row, ReplyKind.INTERIM, [], promised_on=date(2026, 12, 18), preface="確認しています。"
        )
        every = list(asked(session, letter))
        answers, left = a_small_answer(every[:-1], DUE), {every[-1]: "人数を記録していないため"}
        an_issued_reply(session, settings, row, ReplyKind.ANSWER, answers, unanswered=left)
    return letter


def _file(_templates: Templates, _template: object, context: Context, **_more: object) -> bytes:
    return f"%PDF-1.7 {context['number']}".encode()


def answer_later(app: Flask, store: Database, key: str) -> None:
    with store.session(write=True) as session:
        row, question = session.get_one(Letter, key), list(asked(session, key))[1]
        later = WrittenAnswer(
            questions=(question,), text="点検が終わりました。", types=("A1",), follows=f"{key}/A2", done=True
        )
        an_issued_reply(session, app.extensions["kaiji"].settings, row, ReplyKind.LATER, [later], at=LATER)


def in_the_register(browser: Browser, letter: str) -> tuple[str, int]:
    """Where the question that was put off stands, and for how many days it is overdue, for programs."""
    told = browser.client.get(f"/api/v1/questions?letter={letter}&limit=100").json["items"]
    (one,) = (one for one in told if one["promised_on"])
    return one["standing"], one["overdue_days"]


def test_what_was_put_off_is_overdue_from_the_day_after_and_answered_under_the_same_address(
    app: Flask, store: Database, browser: Browser, answered: str
) -> None:
    states = []
    for today in (DUE, date(2027, 1, 30)):
        with store.session(write=False) as session:
            states += [one.state for one in exchange(session, answered, today=today).promised]
    assert states == [PromiseState.OPEN, PromiseState.OVERDUE]
    with time_machine.travel(datetime(2027, 1, 29, 3, 0, tzinfo=UTC), tick=False):
        assert in_the_register(browser, answered) == ("deferred", 0)
    passed = datetime(2027, 1, 30, 3, 0, tzinfo=UTC)
    with time_machine.travel(passed, tick=False), store.session(write=True) as session:
        noted = [note_overdue(session, today=date(2027, 1, day), at=passed) for day in (29, 30, 30)]
        assert noted == [0, 1, 0], "told on its day, and once"
    with time_machine.travel(passed, tick=False):
        page = browser.get(f"/en/letters/{answered}")
        assert "Promised answers are overdue" in page.text
        assert "1 day after the day promised" in page.text
        assert "A day has passed without an answer, due by: " in page.text
        assert in_the_register(browser, answered) == ("deferred", 1)
        assert "Questions found: 1" in browser.get(f"/en/letters/items?letter={answered}&overdue=yes").text
        feed = browser.client.get(f"/en/feeds/letters/{answered}.json").json["items"][0]
        assert (feed["tags"], "Was due by: 2027-01-29" in feed["content_html"]) == (["overdue"], True)
    answer_later(app, store, answered)
    with time_machine.travel(LATER, tick=False):
        page = browser.get(f"/en/letters/{answered}")
        assert "Promised answers are overdue" not in page.text
        assert "Answered late" in page.text
        assert page.text.index("現在、総点検を") < page.text.index("点検が終わりました。")
        assert in_the_register(browser, answered) == ("kept", 0)
        with store.session(write=True) as session:
            assert note_overdue(session, today=date(2027, 2, 2), at=LATER) == 0


def test_the_page_says_what_was_left_out_answered_together_and_quoted_otherwise(
    browser: Browser, answered: str
) -> None:
    with time_machine.travel(AT, tick=False):
        page = browser.get(f"/en/letters/{answered}")
    for words in (
        "Left without an answer", "人数を記録していないため", "It answers together:", "Quoted otherwise in the answer:",
        "Declines: under review", "確認しています。", "見情機第1号", "Interim letter",
    ):  # fmt: skip
        assert words in page.text, words
    assert len(page.find(css="question")) == 36
    assert page.find("del")
    assert page.find("ins")
    assert page.text.count("別に公表したとおりです。") == 1


def test_it_is_there_as_data_as_text_and_as_the_file_that_went_out(
    app: Flask, store: Database, browser: Browser, answered: str
) -> None:
    with time_machine.travel(AT, tick=False):
        told = json.loads(browser.get(f"/letters/{answered}.json").text)
        text = browser.get(f"/letters/{answered}.txt").text
        file = browser.get(f"/letters/{answered}/replies/2.pdf")
        assert browser.get(f"/letters/{answered}/replies/3.pdf").status == 404
    assert [one["kind"] for one in told["replies"]] == ["interim", "answer"]
    assert (len(told["questions"]), told["questions"][1]["promised"][0]["due_on"]) == (36, "2027-01-29")
    assert told["questions"][4]["quoted"] == "なぜか。"
    assert told["questions"][-1]["left"][0]["why"] == "人数を記録していないため"
    assert text.index("その区には、いつ") < text.index("5月にも説明した。") < text.index("ほかの区や市町村")
    assert file.data.startswith(b"%PDF-")
    with store.session(write=False) as session:
        files = [one for one in addresses(session, f"letter/{answered}") if one.endswith(".pdf")]
    assert files == [f"/letters/{answered}/replies/{number}.pdf" for number in (1, 2)]
    written = Reader(app.wsgi_app, app.extensions["kaiji"].settings).ask(files[1])
    assert (written.status, written.body) == (200, file.data)


def test_a_letter_of_the_archive_is_there_as_data_and_text_too(browser: Browser) -> None:
    key = "question-letter-2016-05-25"
    assert len(json.loads(browser.get(f"/letters/{key}.json").text)["question_list"]) == 36
    text = browser.get(f"/letters/{key}.txt").text
    assert len(re.findall(r"\n回答 \d", text)) == 33
