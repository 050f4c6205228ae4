"""Departments write the answers of a letter side by side; three people see it before it goes out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake
from content.models.letter_work import Assignment, LetterStep, QuestionLink
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import Reply
from content.operations.question_letters.assign_questions import TELL as TELL_DEPARTMENT
from content.operations.question_letters.assign_questions import (
    assign_questions,
    department_mail,
    take_back_questions,
)
from content.operations.question_letters.correct_reading import correct_reading
from content.operations.question_letters.file_letter import file_letter
from content.operations.question_letters.link_question import link_question, unlink_question
from content.operations.question_letters.look_at_letter import look_at_letter
from content.operations.question_letters.register_letter import reading, register_letter
from content.operations.question_letters.return_letter import return_letter
from content.operations.question_letters.review_reply import (
    approve_reply,
    clear_reply,
    discard_reply,
    send_reply,
    send_reply_back,
)
from content.operations.question_letters.write_answer import begin_answer, drop_answer, edit_answer
from content.operations.question_letters.write_reply import begin_reply, edit_reply
from content.queries.question_letters.reply_work import asked, draft_answers, hindrances
from content.rules.question_letters import editing
from content.rules.question_letters.answering import Link, LinkKind, WrittenAnswer
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.states import ReplyAction, ReplyKind
from portal.accounts.models import Department
from portal.core import audit
from portal.core.actor import PUBLIC, Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.content.operations.question_letters.test_file_letter import AT, CODE, RECEPTION, TITLE, filing, office

__all__ = ["office"]
TODAY = date(2026, 11, 4)


def staff(name: str, *roles: Role) -> Actor:
    return Actor(ActorKind.STAFF, name, frozenset(roles), name)


WRITER, OTHER = staff("w", Role.PUBLISHER), staff("w2", Role.PUBLISHER, Role.APPROVER)
CHECKER, APPROVER = staff("c", Role.OFFICER), staff("a", Role.APPROVER)


@pytest.fixture
def letter(session: Session, office: OfficeVault) -> Letter:
    """A letter that reception has opened."""
    made = file_letter(session, filing(), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    parts = reading(session.get_one(Intake, made.letter.key), office).blocks
    register_letter(
        session, made.letter, parts, [one.text for one in parts], title=TITLE, vault=office, by=RECEPTION, at=AT
    )
    return made.letter


@pytest.fixture
def departments(session: Session) -> list[str]:
    for key in ("it", "office"):
        session.add(Department(id=key, name_ja=f"見本{key}課", name_en=f"Sample {key}", created_at=AT))
    session.flush()
    return ["it", "office"]


def reply_to(session: Session, letter: Letter, kind: ReplyKind = ReplyKind.ANSWER) -> Reply:
    return begin_reply(session, letter, kind, by=WRITER, at=AT)


def answered(session: Session, letter: Letter) -> Reply:
    """An answer that covers every question: the first three together, the rest together."""
    reply = reply_to(session, letter)
    every = list(asked(session, letter.key))
    for questions in (every[:3], every[3:]):
        draft = begin_answer(session, reply, questions, by=WRITER, at=AT)
        text = WrittenAnswer(questions=tuple(questions), text="停止は午前9時に始まりました。", types=("A1",), done=True)
        edit_answer(session, reply, draft, text, version=draft.version, by=WRITER, at=AT)
    return reply


def test_questions_are_given_to_departments_and_change_hands(
    session: Session, letter: Letter, departments: list[str]
) -> None:
    first, second, *rest = asked(session, letter.key)
    until = TODAY + timedelta(days=10)
    assert assign_questions(session, letter, [first, second, *rest], "it", due_on=until, by=RECEPTION, at=AT) == 36
    assign_questions(session, letter, [second], "office", due_on=None, by=WRITER, at=AT)
    assert session.get_one(Assignment, first).department_id == "it"
    assert session.get_one(Assignment, second).department_id == "office"
    steps = session.scalars(select(LetterStep.kind).order_by(LetterStep.position)).all()
    assert steps == ["filed", "registered", "assigned"]
    draft = begin_answer(session, reply_to(session, letter), [second, first], by=WRITER, at=AT)
    assert (draft.questions, draft.department_id) == ([first, second], "it")
    assert take_back_questions(session, letter, [second], by=WRITER, at=AT) == 1
    assert session.get(Assignment, second) is None
    with pytest.raises(Invalid):
        take_back_questions(session, letter, [second], by=WRITER, at=AT)
    for questions, department, due in (
        ([], "it", None),
        (["x"], "it", None),
        ([first], "no", None),
        ([first], "it", TODAY - timedelta(1)),
    ):
        with pytest.raises(Invalid):
            assign_questions(session, letter, questions, department, due_on=due, by=WRITER, at=AT)
    with pytest.raises(Forbidden):
        assign_questions(session, letter, [first], "it", due_on=None, by=CHECKER, at=AT)


def test_a_department_is_told_how_much_was_given_to_it_and_nothing_else(
    session: Session, letter: Letter, departments: list[str], tmp_path: Path
) -> None:
    first, second, *_rest = asked(session, letter.key)
    session.get_one(Department, "office").email = "office@sample.example"
    for department in departments:
        assign_questions(session, letter, [first, second], department, due_on=None, by=WRITER, at=AT)
    (told,) = session.scalars(select(Job.payload).where(Job.kind == TELL_DEPARTMENT))
    settings = Settings.from_env({"KAIJI_HOME": str(tmp_path)})
    mail = department_mail(session, **told_as(told), job_id="j", settings=settings)
    assert mail is not None
    assert (mail.to, mail.subject) == ("office@sample.example", "新しい担当のお知らせ")
    assert f"質問書 {letter.key} の質問2件" in mail.body
    assert TITLE not in mail.body


def told_as(payload: dict[str, Any]) -> dict[str, Any]:
    return {"department_id": payload["department"], "letter_key": payload["letter"], "count": payload["count"]}


def test_three_people_write_check_and_approve(session: Session, letter: Letter) -> None:
    reply = answered(session, letter)
    assert hindrances(session, reply, today=TODAY) == ()
    send_reply(session, reply, by=WRITER, at=AT)
    with pytest.raises(Forbidden):
        clear_reply(session, reply, by=WRITER, at=AT)
    clear_reply(session, reply, by=CHECKER, at=AT)
    with pytest.raises(Forbidden):
        approve_reply(session, reply, by=staff("c", Role.APPROVER), at=AT)
    approve_reply(session, reply, by=APPROVER, at=AT)
    assert (reply.state, reply.checked_by, reply.approved_by) == ("approved", "c", "a")
    with pytest.raises(Invalid):
        send_reply_back(session, reply, reason=" ", by=APPROVER, at=AT)
    send_reply_back(session, reply, reason="問２の日付を確かめてください。", by=APPROVER, at=AT)
    assert (reply.state, reply.checked_by, reply.approved_by) == ("draft", None, None)
    with pytest.raises(Conflict):
        approve_reply(session, reply, by=APPROVER, at=AT)
    done = [entry.action for entry in audit.entries(session, subject=letter.key)][-4:]
    assert done == ["content.reply.send", "content.reply.clear", "content.reply.approve", "content.reply.send-back"]


def test_who_wrote_a_part_neither_checks_nor_approves(session: Session, letter: Letter) -> None:
    reply = answered(session, letter)
    draft = draft_answers(session, reply)[0]
    text = WrittenAnswer(questions=tuple(draft.questions), text="別の理由です。", types=("A1",), done=True)
    edit_answer(session, reply, draft, text, version=draft.version, by=OTHER, at=AT)
    assert reply.writers == ["w", "w2"]
    send_reply(session, reply, by=WRITER, at=AT)
    assert not policy.may_reply(OTHER, ReplyAction.CLEAR, reply)
    clear_reply(session, reply, by=CHECKER, at=AT)
    assert not policy.may_reply(OTHER, ReplyAction.APPROVE, reply)


def test_an_answer_is_never_written_over(session: Session, letter: Letter) -> None:
    reply = reply_to(session, letter)
    one, two = list(asked(session, letter.key))[:2]
    draft, beside = (begin_answer(session, reply, [key], by=WRITER, at=AT) for key in (one, two))
    seen = draft.version
    edit_answer(session, reply, draft, WrittenAnswer(questions=(one,), text="一"), version=seen, by=WRITER, at=AT)
    with pytest.raises(Conflict):
        edit_answer(session, reply, draft, WrittenAnswer(questions=(one,), text="二"), version=seen, by=OTHER, at=AT)
    edit_answer(session, reply, beside, WrittenAnswer(questions=(two,), text="二"), version=1, by=OTHER, at=AT)
    assert (draft.text, beside.text) == ("一", "二")
    drop_answer(session, reply, beside, by=WRITER, at=AT)
    assert [found.text for found in draft_answers(session, reply)] == ["一"]


def test_what_a_letter_lacks_keeps_it_and_a_reason_lets_a_question_stay_open(session: Session, letter: Letter) -> None:
    reply = reply_to(session, letter)
    one, *rest = asked(session, letter.key)
    draft = begin_answer(session, reply, [one], by=WRITER, at=AT)
    assert len([found for found in hindrances(session, reply, today=TODAY) if found.question]) == 35
    why = dict.fromkeys(rest, "資料が残っていないため")
    given = {"preface": "", "promised_on": None, "by": WRITER, "at": AT}
    edit_reply(session, reply, unanswered=why, version=reply.version, **given)
    formula = "関係法令に基づき適正に対応いたします。"
    put_off = WrittenAnswer(
        questions=(one,), text=formula, types=("A6",), ground="under-review", due=TODAY + timedelta(30), done=True,
        quoted={one: "はしょった問い", rest[0]: "無い"},
    )  # fmt: skip
    edit_answer(session, reply, draft, put_off, version=draft.version, by=WRITER, at=AT)
    assert list(draft.quoted) == [one]
    assert ["warning" in found.message for found in hindrances(session, reply, today=TODAY)] == [True]
    with pytest.raises(Invalid, match="warning"):
        send_reply(session, reply, by=WRITER, at=AT)
    draft.seen = ["formula", f"quoted-otherwise:{one}"]
    assert hindrances(session, reply, today=TODAY) == ()
    send_reply(session, reply, by=WRITER, at=AT)
    with pytest.raises(Conflict):
        edit_reply(session, reply, unanswered={}, version=reply.version, **given)


@pytest.mark.parametrize(
    ("link", "taken"),
    [
        (Link(LinkKind.URL, "https://example.jp/a"), True),
        (Link(LinkKind.URL, "http://example.jp/a"), False),
        (Link(LinkKind.URL, "javascript:alert(1)"), False),
        (Link(LinkKind.INCIDENT, "nothing-here"), False),
        (Link(LinkKind.LETTER, "q-2026-0001"), True),
    ],
)
def test_a_link_leads_to_what_is_there(session: Session, letter: Letter, link: Link, taken: bool) -> None:
    reply = reply_to(session, letter)
    one = next(iter(asked(session, letter.key)))
    draft = begin_answer(session, reply, [one], by=WRITER, at=AT)
    text = WrittenAnswer(questions=(one,), text="掲載のとおりです。", types=("A2",), links=(link,))
    if taken:
        edit_answer(session, reply, draft, text, version=1, by=WRITER, at=AT)
        assert draft.links == [{"kind": link.kind, "key": link.key}]
    else:
        with pytest.raises(Invalid):
            edit_answer(session, reply, draft, text, version=1, by=WRITER, at=AT)


def test_one_letter_of_a_kind_is_in_the_making(session: Session, letter: Letter) -> None:
    first = reply_to(session, letter)
    interim = reply_to(session, letter, ReplyKind.INTERIM)
    assert (first.number, interim.number) == (1, 2)
    with pytest.raises(Conflict):
        begin_answer(session, interim, [next(iter(asked(session, letter.key)))], by=WRITER, at=AT)
    with pytest.raises(Conflict):
        reply_to(session, letter)
    with pytest.raises(Conflict):
        reply_to(session, letter, ReplyKind.LATER)
    discard_reply(session, first, by=WRITER, at=AT)
    assert reply_to(session, letter).number == 3


def test_questions_refer_to_other_questions_of_the_record(session: Session, letter: Letter) -> None:
    one, two, *_rest = (session.get_one(Question, key) for key in asked(session, letter.key))
    link = link_question(session, two, earlier=one.id, by=WRITER, at=AT)
    assert link_question(session, two, earlier=one.id, by=WRITER, at=AT) is link
    for wrong in ({"earlier": two.id}, {"incident": "none"}, {"system": "none"}):
        with pytest.raises(Invalid):
            link_question(session, two, **wrong, by=WRITER, at=AT)
    unlink_question(session, two, link.id, by=WRITER, at=AT)
    assert not session.scalars(select(QuestionLink)).all()


def test_what_is_no_question_letter_goes_back_and_each_look_is_recorded(session: Session, office: OfficeVault) -> None:
    letter = file_letter(
        session, filing(), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT
    ).letter
    seen = look_at_letter(session, letter, vault=office, by=RECEPTION, at=AT)
    assert seen.contact["mail"] == "yomu@example.jp"
    with pytest.raises(Forbidden):
        look_at_letter(session, letter, vault=office, by=WRITER, at=AT)
    parts = seen.reading.blocks
    at = next(n for n, part in enumerate(parts) if part.kind is BlockKind.QUESTION)
    cut = editing.as_kind(parts, at, BlockKind.PASSAGE)
    correct_reading(session, letter, cut, vault=office, by=RECEPTION, at=AT)
    again = look_at_letter(session, letter, vault=office, by=RECEPTION, at=AT).reading
    assert (again.blocks, again.title, again.text) == (cut, seen.reading.title, seen.reading.text)
    with pytest.raises(Invalid):
        correct_reading(session, letter, parts[1:], vault=office, by=RECEPTION, at=AT)
    with pytest.raises(Invalid):
        return_letter(session, letter, reason="", by=RECEPTION, at=AT)
    return_letter(session, letter, reason="開示の請求として受け付けます。", by=RECEPTION, at=AT)
    assert letter.state == "returned"
    assert "content.letter.look" in [entry.action for entry in audit.entries(session, subject=letter.key)]
    with pytest.raises(Conflict):
        reply_to(session, letter)
