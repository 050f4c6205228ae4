"""An approved letter goes out: numbered, registered, public, and made again from what is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import content.letters.kept  # noqa: F401 - says which letters this room keeps
from content.models.answers import Answer, AnswerLink, AnswerQuestion, AnswerTypeOf
from content.models.intake import Intake
from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import Reply
from content.operations.question_letters.issue_reply import issue_reply, preview
from content.operations.question_letters.review_reply import approve_reply, clear_reply, send_reply
from content.operations.question_letters.tell_sender import TELL
from content.operations.question_letters.write_answer import begin_answer, edit_answer
from content.operations.question_letters.write_reply import begin_reply, edit_reply
from content.queries.question_letters.reply_work import asked
from content.rules.question_letters.answering import Link, LinkKind, WrittenAnswer
from content.rules.question_letters.states import ReplyKind
from portal.core.actor import SYSTEM
from portal.core.errors import Conflict, Forbidden
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from portal.letters.models.register import IssuedLetter
from portal.letters.operations.remade import remake_letter
from tests.content.operations.question_letters.test_answering import APPROVER, CHECKER, WRITER, letter
from tests.content.operations.question_letters.test_file_letter import AT, RECEPTION, office

__all__ = ["letter", "office"]
DUE = date(2027, 1, 29)
KEY = "q-2026-0001"


def approved(session: Session, letter: Letter, kind: ReplyKind, answers: list[WrittenAnswer], at: datetime) -> Reply:
    """A letter of a kind with these answers, as three people leave it."""
    reply = begin_reply(session, letter, kind, by=WRITER, at=at)
    for one in answers:
        draft = begin_answer(session, reply, list(one.questions), follows=one.follows, by=WRITER, at=at)
        edit_answer(session, reply, draft, one, version=draft.version, by=WRITER, at=at)
    if kind is ReplyKind.INTERIM:
        day = date(2026, 12, 18)
        values = {"preface": "各課で確認しています。", "promised_on": day, "unanswered": {}}
        edit_reply(session, reply, **values, version=reply.version, by=WRITER, at=at)
    if kind is ReplyKind.ANSWER:
        left = {f"{KEY}/4-7": "担当ごとの人数を記録していないため"}
        values = {"preface": "", "promised_on": None, "unanswered": left}
        edit_reply(session, reply, **values, version=reply.version, by=WRITER, at=at)
    send_reply(session, reply, by=WRITER, at=at)
    clear_reply(session, reply, by=CHECKER, at=at)
    approve_reply(session, reply, by=APPROVER, at=at)
    return reply


def whole(session: Session) -> list[WrittenAnswer]:
    """33 answers, of which one answers two questions and one puts off."""
    every = [question for question in asked(session, KEY) if not question.endswith("/4-7")]
    together = (f"{KEY}/3-1-1", f"{KEY}/3-1-2")
    second = f"{KEY}/1-1-2"
    said = [WrittenAnswer(questions=together, text="本人の請求に応じて対応します。", types=("A1",), done=True)]
    for question in every:
        if question in together:
            continue
        more: dict = {"text": f"{question.rpartition('/')[2]}については、午前9時に始まりました。", "types": ("A1",)}
        if question == second:
            more = {
                "text": "現在、総点検を行っているところです。",
                "types": ("A6",),
                "ground": "under-review",
                "due": DUE,
            }
        if question.endswith("/1-1-1"):
            link = Link(LinkKind.URL, "https://example.jp/kohyo")
            more = {"text": "公表資料のとおりです。", "types": ("A2",), "links": (link,)}
        if question.endswith("/1-3-1"):
            more |= {
                "quoted": {question: "2月10日の原因はなにか。"},
                "seen": frozenset([f"quoted-otherwise:{question}"]),
            }
        said.append(WrittenAnswer(questions=(question,), done=True, **more))
    return said


def issue(session: Session, reply: Reply, settings: Settings, at: datetime = AT) -> Reply:
    return issue_reply(session, reply, settings=settings, signer=None, by=APPROVER, at=at)


def pages(data: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(data))
    said = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return said


def test_a_letter_is_put_off_answered_and_answered_later_under_one_address(
    session: Session, settings: Settings, office: OfficeVault, letter: Letter
) -> None:
    interim = issue(session, approved(session, letter, ReplyKind.INTERIM, [], AT), settings)
    assert (letter.state, interim.letter_number, interim.number) == ("open", "見情機第1号", 1)
    assert told(session) == []
    session.get_one(Intake, letter.key).mail_confirmed_at = AT
    draft = approved(session, letter, ReplyKind.ANSWER, whole(session), AT)
    assert "【案】" in pages(preview(session, draft, settings=settings, at=AT))
    unsent = begin_reply(session, letter, ReplyKind.INTERIM, by=WRITER, at=AT)
    reply = issue(session, draft, settings)
    assert unsent.state == "discarded", "nobody needs to say any more when the answer comes"
    assert (reply.state, reply.letter_number, letter.state) == ("issued", "見情機第2号", "answered")
    assert letter.answered_on == reply.issued_on == date(2026, 11, 4)
    assert told(session) == [{"letter": KEY, "notice": "reply"}]
    answers = session.scalars(select(Answer).order_by(Answer.position)).all()
    assert [one.code for one in answers] == [f"A{n}" for n in range(1, 35)]
    put_off = next(one for one in answers if one.re_answer_due)
    assert (put_off.withheld_ground, put_off.re_answer_due, put_off.reply_id) == ("under-review", DUE, reply.id)
    assert session.scalars(select(AnswerTypeOf.type).where(AnswerTypeOf.answer_id == put_off.id)).all() == ["A6"]
    assert session.scalars(select(AnswerLink.url)).all() == ["https://example.jp/kohyo"]
    assert len(session.scalars(select(AnswerQuestion)).all()) == 35
    asked_once = session.get_one(Question, f"{KEY}/1-3-1")
    assert (asked_once.text_ja.count("すでに"), asked_once.quoted_ja) == (1, "2月10日の原因はなにか。")
    assert session.get_one(Question, f"{KEY}/4-7").unanswered
    said = pages(reply.pdf or b"")
    for words in (
        "カードの記録を読む会（見本）御中", "令和8年11月2日付けで", "下記のとおり回答", "【問合せ先】",
        "後日回答する事項",
        "[1](１)２）令和9年1月29日", "令和9年1月29日までに回答します", "（注1）", "回答していません。理由担当ごとの",
        "引用の異なる箇所（1か所）", "（[3](１)１）、[3](１)２）に対する回答）",
    ):  # fmt: skip
        assert words in said, words
    assert said.count("【回答】") == 34
    later_at = datetime(2027, 1, 29, 3, 0, tzinfo=AT.tzinfo)
    more = WrittenAnswer(
        questions=tuple(put_off_questions(session, put_off)), text="点検が終わりました。ほかにも説明しました。",
        types=("A1",), follows=put_off.id, done=True,
    )  # fmt: skip
    later = issue(session, approved(session, letter, ReplyKind.LATER, [more], later_at), settings, later_at)
    last = session.get_one(Answer, f"{KEY}/A35")
    assert (last.follows, last.reply_id, letter.answered_on) == (put_off.id, later.id, date(2026, 11, 4))
    assert "令和8年11月4日付け見情機第2号" in pages(later.pdf or b"")
    steps = session.execute(select(LetterStep.kind, LetterStep.reply_number, LetterStep.day).order_by(LetterStep.at))
    assert [tuple(row) for row in steps][2:] == [
        ("interim", 1, date(2026, 12, 18)),
        ("answered", 2, None),
        ("answered-later", 4, None),
    ]
    for one in (interim, reply, later):
        row = session.get_one(IssuedLetter, one.register_id)
        made = remake_letter(session, row, vault=office, by=SYSTEM, at=later_at)
        assert (made.same, made.kept_is_registered, row.kind) == (True, True, "reply")


def told(session: Session) -> list[dict]:
    """The mails to the sender that wait."""
    return list(session.scalars(select(Job.payload).where(Job.kind == TELL)))


def put_off_questions(session: Session, answer: Answer) -> list[str]:
    return list(session.scalars(select(AnswerQuestion.question_id).where(AnswerQuestion.answer_id == answer.id)))


def test_what_is_not_approved_or_lacks_something_does_not_go_out(
    session: Session, settings: Settings, letter: Letter
) -> None:
    reply = begin_reply(session, letter, ReplyKind.INTERIM, by=WRITER, at=AT)
    with pytest.raises(Conflict):
        issue(session, reply, settings)
    reply.state, reply.checked_by, reply.approved_by = "approved", "c", "a"
    session.flush()
    with pytest.raises(Forbidden):
        issue_reply(session, reply, settings=settings, signer=None, by=RECEPTION, at=AT)
    with pytest.raises(Exception, match="by which day"):
        issue(session, reply, settings)
    reply.promised_on = date(2026, 11, 20)
    session.flush()
    with pytest.raises(Exception, match="to come"):
        issue(session, reply, settings, AT + timedelta(days=30))
    assert session.scalars(select(IssuedLetter)).all() == []
