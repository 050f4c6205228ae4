"""What waits at the desk and until when; reminders of it; words of senders that are read and released."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from content.letter_jobs import remind
from content.models.answers import Answer, AnswerQuestion
from content.models.intake import Intake
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.replies import Reply
from content.operations.question_letters.assign_questions import assign_questions
from content.operations.question_letters.file_letter import file_letter
from content.operations.question_letters.release_word import read_word, release_word
from content.operations.question_letters.remind_questions import Due, due_now
from content.operations.question_letters.say import TABLE
from content.queries.question_letters.desk import everything, waiting
from content.queries.question_letters.reply_work import asked, open_items
from content.rules.question_letters.filing import letter_case
from content.rules.question_letters.work import Stage
from portal.core import audit
from portal.core.actor import PUBLIC
from portal.core.db import Database
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.jobs import Context
from portal.core.mail import Mail
from portal.core.sealed import seal_text
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.content.operations.question_letters.test_answering import WRITER, departments, letter
from tests.content.operations.question_letters.test_file_letter import AT, CODE, RECEPTION, TITLE, filing, office

__all__ = ["departments", "letter", "office"]
TODAY = date(2026, 11, 4)
SAID = "見本 花子です。何時に直りましたか。"


def issued(session: Session, letter: Letter, questions: list[str], code: str, *, on: date, due: date | None) -> None:
    """An answer that went out, without its paper."""
    number = int(code[1:])
    reply = Reply(
        id=f"r{number}", letter_key=letter.key, number=number, kind="answer" if number == 1 else "later",
        state="issued", created_at=AT, changed_at=AT, issued_on=on, register_id=f"r{number}", context={}, pdf=b"-",
        checked_by="c", approved_by="a",
    )  # fmt: skip
    session.add(reply)
    session.flush()
    answer = Answer(
        id=f"{letter.key}/{code}", letter_key=letter.key, position=number, code=code, text_ja="点検中です。",
        text_en="", re_answer_due=due, reply_id=reply.id,
    )  # fmt: skip
    session.add(answer)
    session.flush()
    session.add_all(AnswerQuestion(answer_id=answer.id, question_id=one) for one in questions)
    letter.state, letter.answered_on = "answered", letter.answered_on or on
    session.flush()


def said(session: Session, letter: Letter, office: OfficeVault, question: str) -> SenderWord:
    key = office.open_case(letter_case(letter.key), session.get_one(Intake, letter.key).office_wrap)
    word = SenderWord(
        id="w1", question_id=question, answer_id=f"{letter.key}/A1", kind="ask-back", said_at=AT,
        sealed=seal_text(key, TABLE, "sealed", "w1", SAID),
    )  # fmt: skip
    session.add(word)
    session.flush()
    return word


def told(session: Session, today: date) -> list[tuple[str, date, int]]:
    return [(one.stage, one.due_on, one.overdue_days) for one in waiting(session, actor=RECEPTION, today=today)]


def test_letters_wait_by_their_days(
    session: Session, office: OfficeVault, letter: Letter, departments: list[str]
) -> None:
    file_letter(session, filing(), submission_key="n" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    answer = letter.answer_due_on
    assert told(session, TODAY) == [
        (Stage.ACKNOWLEDGE, date(2026, 11, 9), 0), (Stage.OPEN, date(2026, 11, 9), 0),
        (Stage.ASSIGN, answer, 0), (Stage.DRAFT, answer, 0),
    ]  # fmt: skip
    until = TODAY + timedelta(10)
    assign_questions(session, letter, asked(session, letter.key), "it", due_on=until, by=WRITER, at=AT)
    rows = everything(session, today=until + timedelta(1))
    draft = next(one for one in rows if one.stage is Stage.DRAFT)
    assert (draft.due_on, draft.overdue_days, draft.rule, draft.departments) == (until, 1, None, {"it"})
    with pytest.raises(Forbidden):
        waiting(session, actor=PUBLIC, today=TODAY)


def test_what_was_put_off_is_overdue_from_the_day_after_until_it_is_answered(session: Session, letter: Letter) -> None:
    one, two, *_rest = asked(session, letter.key)
    due = date(2027, 1, 29)
    issued(session, letter, [one, two], "A1", on=TODAY, due=due)
    assert told(session, due) == [(Stage.LATER, due, 0)]
    assert told(session, due + timedelta(1)) == [(Stage.LATER, due, 1)]
    assert [row.questions for row in everything(session, today=due)] == [("1-1-1", "1-1-2")]
    assert open_items(session, letter.key)[one] == f"{letter.key}/A1"
    issued(session, letter, [one], "A2", on=due, due=None)
    assert [row.questions for row in everything(session, today=due)] == [("1-1-2",)]
    assert one not in open_items(session, letter.key)


def test_the_desk_is_reminded_the_day_before_and_on_the_day(
    session: Session, letter: Letter, departments: list[str]
) -> None:
    one, two, *_rest = asked(session, letter.key)
    due = date(2027, 1, 29)
    issued(session, letter, [one, two], "A1", on=TODAY, due=due)
    assert due_now(session, today=due - timedelta(2)) == []
    assert due_now(session, today=due - timedelta(1)) == [Due(None, 1, 0, 0)]
    assign_questions(session, letter, [one], "it", due_on=None, by=WRITER, at=AT)
    assert due_now(session, today=due) == [Due("見本it課", 0, 1, 0)]
    assert due_now(session, today=due + timedelta(1)) == [Due("見本it課", 0, 0, 1)]


class Outbox:
    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


def test_the_reminder_names_numbers_and_departments_and_nothing_of_a_letter(
    database: Database, settings: Settings, office: OfficeVault
) -> None:
    with database.session(write=True) as session:
        file_letter(session, filing(), submission_key="n" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    box = Outbox()
    for day in (7, 8, 10):
        now = datetime(2026, 11, day, 0, 0, tzinfo=UTC)
        remind(Context(database, now, {"settings": settings, "mailer": box}), f"j{day}", {})
    assert [mail.subject for mail in box.mails] == ["期限のお知らせ"] * 2
    assert "担当課の定まらないもの：明日まで 2件" in box.mails[0].body
    assert "期限超過 2件" in box.mails[1].body
    assert not any(word in mail.body for mail in box.mails for word in (TITLE, "読む会", "q-2026"))


def test_words_of_a_sender_are_read_masked_and_released_and_then_wait_for_an_answer(
    session: Session, office: OfficeVault, letter: Letter
) -> None:
    one = next(iter(asked(session, letter.key)))
    issued(session, letter, [one], "A1", on=TODAY, due=None)
    word = said(session, letter, office, one)
    assert told(session, TODAY) == [(Stage.READ, date(2026, 11, 9), 0)]
    assert open_items(session, letter.key).get(one) is None
    assert read_word(session, word, vault=office, by=RECEPTION, at=AT) == SAID
    with pytest.raises(Forbidden):
        read_word(session, word, vault=office, by=WRITER, at=AT)
    with pytest.raises(Invalid):
        release_word(session, word, "何時に直りましたか。", vault=office, by=RECEPTION, at=AT)
    shown = SAID.replace("見本 花子", "■■")
    release_word(session, word, shown, vault=office, by=RECEPTION, at=AT)
    assert (word.text, word.released_at) == (shown, AT)
    assert told(session, TODAY) == [(Stage.LATER, date(2026, 12, 4), 0)]
    assert open_items(session, letter.key)[one] == f"{letter.key}/A1"
    with pytest.raises(Conflict):
        release_word(session, word, shown, vault=office, by=RECEPTION, at=AT)
    assert [entry.action for entry in audit.entries(session, subject=letter.key)][-2:] == [
        "content.word.look",
        "content.word.release",
    ]
    issued(session, letter, [one], "A2", on=TODAY, due=None)
    assert told(session, TODAY) == []
