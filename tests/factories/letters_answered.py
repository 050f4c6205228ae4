"""A question letter that was filed, opened and answered by several letters, as its page shows it. No real sender."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from content.models.letters import Letter
from content.models.replies import Reply
from content.operations.question_letters.issue_reply import issue_reply
from content.operations.question_letters.review_reply import approve_reply, clear_reply, send_reply
from content.operations.question_letters.write_answer import begin_answer, edit_answer
from content.operations.question_letters.write_reply import begin_reply, edit_reply
from content.rules.question_letters.answering import WrittenAnswer
from content.rules.question_letters.states import ReplyKind
from portal.core.actor import Actor, ActorKind, Role
from portal.core.settings import Settings

AT = datetime(2026, 11, 4, 3, 0, tzinfo=UTC)


def staff(name: str, *roles: Role) -> Actor:
    return Actor(ActorKind.STAFF, name, frozenset(roles), name)


WRITER, CHECKER, APPROVER = staff("w", Role.PUBLISHER), staff("c", Role.OFFICER), staff("a", Role.APPROVER)


def an_approved_reply(
    session: Session,
    letter: Letter,
    kind: ReplyKind,
    answers: list[WrittenAnswer],
    *,
    at: datetime = AT,
    promised_on: date | None = None,
    preface: str = "",
    unanswered: dict[str, str] | None = None,
) -> Reply:
    """A letter of a kind with these answers, as three people leave it."""
    reply = begin_reply(session, letter, kind, by=WRITER, at=at)
    for one in answers:
        draft = begin_answer(session, reply, list(one.questions), follows=one.follows, by=WRITER, at=at)
        edit_answer(session, reply, draft, one, version=draft.version, by=WRITER, at=at)
    edit_reply(
        session,
        reply,
        preface=preface,
        promised_on=promised_on,
        unanswered=unanswered or {},
        version=reply.version,
        by=WRITER,
        at=at,
    )
    send_reply(session, reply, by=WRITER, at=at)
    clear_reply(session, reply, by=CHECKER, at=at)
    approve_reply(session, reply, by=APPROVER, at=at)
    return reply


def an_issued_reply(
    session: Session,
    settings: Settings,
    letter: Letter,
    kind: ReplyKind,
    answers: list[WrittenAnswer],
    *,
    at: datetime = AT,
    **more: Any,
) -> Reply:
    """The same, as it went out."""
    reply = an_approved_reply(session, letter, kind, answers, at=at, **more)
    return issue_reply(session, reply, settings=settings, signer=None, by=APPROVER, at=at)


def a_small_answer(questions: list[str], due: date) -> list[WrittenAnswer]:
    """Answers to all ``questions``, of which the second is put off until ``due``, the third and fourth are answered
    together, and the fifth is quoted otherwise; the rest have one answer."""
    put_off = WrittenAnswer(
        questions=(questions[1],), text="現在、総点検を行っているところです。", types=("A6",), ground="under-review",
        due=due, done=True,
    )  # fmt: skip
    quoted = WrittenAnswer(
        questions=(questions[4],), text="ご理解のとおりです。", types=("A3",), done=True,
        quoted={questions[4]: "なぜか。"}, seen=frozenset([f"quoted-otherwise:{questions[4]}"]),
    )  # fmt: skip
    return [
        WrittenAnswer(questions=(questions[0],), text="説明した。\n5月にも説明した。", types=("A1",), done=True),
        put_off,
        WrittenAnswer(questions=(questions[2], questions[3]), text="午前9時に始まりました。", types=("A1",), done=True),
        quoted,
        WrittenAnswer(questions=tuple(questions[5:]), text="別に公表したとおりです。", types=("A1",), done=True),
    ]
