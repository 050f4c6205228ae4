"""A register of question letters as bare rows, made the same each time: filed letters in every state, with questions
answered, declined, put off, answered later, left out or waiting.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion, AnswerTypeOf
from content.models.letter_work import Assignment, LetterStep, QuestionLink
from content.models.letters import Group, Letter, Section
from content.models.questions import Question
from content.models.replies import Reply
from content.rules.archive.kinds import WithheldGround
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.states import LetterState, StepKind
from portal.accounts.models import Department
from portal.core.db import Base

LAST = date(2026, 11, 15)
SPAN, LATELY = 5 * 365, 60
EACH = 46
TERM, LATER = 30, 60
TABLES: tuple[type[Base], ...] = (
    Department, Letter, Section, Group, Question, Reply, Answer, AnswerTypeOf, AnswerQuestion, Assignment,
    QuestionLink, LetterStep,
)  # fmt: skip
DEPARTMENTS = ("制度課（見本）", "システム課（見本）", "業務課（見本）", "総務課（見本）")
TEXT = "その障害について、発生した日時、影響を受けた件数、原因、及び再発防止の措置を、日ごとに示してください。"
ANSWER = "ご質問の件については、次のとおりです。発生した日時及び件数は公表資料のとおりです。"
NIGHT = time(3, tzinfo=UTC)
Row = tuple[type[Base], dict[str, Any]]


@dataclass(frozen=True)
class About:
    """What questions may refer to: keys that the record has."""

    incidents: Sequence[str] = ()
    systems: Sequence[str] = ()


def departments() -> Iterator[Row]:
    """Those whose work the questions are."""
    for number, name in enumerate(DEPARTMENTS, 1):
        english = f"Sample department {number}"
        row = {"id": f"department-{number}", "version": 1, "name_ja": name, "name_en": english}
        yield Department, {**row, "created_at": datetime(2020, 4, 1, tzinfo=UTC)}


def fill(session: Session, letters: int, about: About | None = None, *, first: int = 0, seed: int = 5) -> int:
    """Write letters ``first`` and on into the database; returns how many questions they have."""
    rows: dict[type[Base], list[dict[str, Any]]] = {}
    for model, row in (pair for n in range(first, first + letters) for pair in made(n, about or About(), seed)):
        rows.setdefault(model, []).append(row)
    if first == 0:
        rows[Department] = [row for _, row in departments()]
    for model in TABLES:
        if model in rows:
            session.execute(insert(model), rows[model])
    return len(rows.get(Question, ()))


def made(number: int, about: About, seed: int = 5) -> Iterator[Row]:
    """The rows of one letter."""
    chance = random.Random(seed * 1_000_003 + number)
    came = LAST - timedelta(days=chance.randrange(LATELY if chance.random() < 0.15 else SPAN))
    ended = chance.random()
    answered = came + timedelta(days=chance.randrange(8, 70))
    if ended < 0.03:
        state = chance.choice((LetterState.RETURNED, LetterState.WITHDRAWN))
    elif answered > LAST:
        state = LetterState.RECEIVED if (LAST - came).days < 3 else LetterState.OPEN
    else:
        state = LetterState.ANSWERED
    key = f"q-made-{number:04}"
    named = chance.random() < 0.5
    opened = state in (LetterState.OPEN, LetterState.ANSWERED)
    title = f"窓口の障害に関する質問書（見本{number}号）" if opened else ""
    day = answered if state == LetterState.ANSWERED else None
    yield Letter, {
        "key": key, "filed": True, "state": state, "title_ja": title,
        "title_en": "", "language": "ja", "sender_kind": chance.choice(list(SenderKind)),
        "sender_name": f"見本の会{number}" if named and opened else None, "sender_key": None, "addressee_key": None,
        "sent_on": came, "received_on": came, "acknowledged_on": came,
        "asked_due_on": came + timedelta(days=21) if chance.random() < 0.6 else None,
        "answer_due_on": came + timedelta(days=TERM), "answered_on": day,
        "channel": chance.choice(("online", "post", "fax")), "wishes": [], "original_sha256": "0" * 64,
        "fiscal_year": 1900, "sequence": number + 1, "version": 1, "note_ja": None, "note_en": None,
    }  # fmt: skip
    yield _step(key, 1, came, StepKind.FILED)
    if not opened:
        return
    yield _step(key, 2, came + timedelta(days=1), StepKind.REGISTERED)
    yield from _questions(key, came, day, about, chance)


def _step(key: str, position: int, day: date, kind: StepKind, reply: int | None = None) -> Row:
    row = {"id": f"{key}/s{position}", "letter_key": key, "position": position, "kind": kind, "reply_number": reply}
    return LetterStep, {**row, "at": datetime.combine(day, NIGHT), "day": None, "note": ""}


def _questions(key: str, came: date, answered: date | None, about: About, chance: random.Random) -> Iterator[Row]:
    count = max(4, round(chance.gauss(EACH, 8)))
    later: list[tuple[int, str]] = []
    section = f"{key}/1"
    yield Section, {"id": section, "letter_key": key, "number": 1, "label": "1", "title_ja": "障害", "title_en": ""}
    group = {"id": f"{section}/question/1", "letter_key": key, "section_id": section, "number": 1, "label": "(1)"}
    yield Group, {**group, "role": "question", "title_ja": "経過", "title_en": ""}
    if answered is not None:
        yield from _reply(key, 1, answered)
    department = f"department-{chance.randrange(len(DEPARTMENTS)) + 1}"
    for n in range(1, count + 1):
        left_out = answered is not None and chance.random() < 0.03
        yield Question, {
            "id": f"{key}/1-{n}", "letter_key": key, "section_id": section, "group_id": group["id"], "position": n,
            "code": f"1-{n}", "label": f"({n})", "text_ja": f"{n}　{TEXT}", "text_en": "", "quoted_ja": None,
            "quoted_en": None, "unanswered": left_out,
        }  # fmt: skip
        if chance.random() < 0.9:
            yield Assignment, {
                "question_id": f"{key}/1-{n}", "letter_key": key, "department_id": department, "due_on": None,
                "assigned_by": "made", "assigned_at": datetime.combine(came, NIGHT),
            }  # fmt: skip
        for column, known in (("incident_key", about.incidents), ("system_key", about.systems)):
            if known and chance.random() < 0.2:
                link = {"incident_key": None, "system_key": None, "earlier_id": None, column: chance.choice(known)}
                yield QuestionLink, {"id": f"{key}/1-{n}/{column[0]}", "question_id": f"{key}/1-{n}", **link}
        if answered is None or left_out:
            continue
        due = answered + timedelta(days=LATER) if chance.random() < 0.15 else None
        yield from _answer(key, n, f"1-{n}", 1, due, chance)
        if due is not None and chance.random() < 0.6:
            later.append((n, f"{key}/a1-{n}"))
    came_later = answered + timedelta(days=chance.choice((LATER - 5, LATER + 12))) if answered else LAST
    if later and came_later <= LAST:
        yield from _reply(key, 2, came_later)
        for n, earlier in later:
            yield from _answer(key, count + n, f"1-{n}", 2, None, chance, follows=earlier)


def _reply(key: str, number: int, day: date) -> Iterator[Row]:
    at = datetime.combine(day, NIGHT)
    yield Reply, {
        "id": f"{key}/r{number}", "letter_key": key, "number": number, "kind": "answer" if number == 1 else "later",
        "state": "issued", "preface": "", "promised_on": None, "writers": [], "created_at": at, "changed_at": at,
        "returned_because": "", "checked_by": "a", "checked_at": at, "approved_by": "b", "approved_at": at,
        "issued_on": day, "register_id": f"{key}/r{number}", "letter_number": f"見本{key}", "template": "made",
        "context": {}, "pdf": b"%PDF", "version": 1,
    }  # fmt: skip
    kind = StepKind.ANSWERED if number == 1 else StepKind.ANSWERED_LATER
    yield _step(key, 2 + number, day, kind, number)


def _answer(
    key: str, position: int, code: str, reply: int, due: date | None, chance: random.Random,
    *, follows: str | None = None,
) -> Iterator[Row]:  # fmt: skip
    declined = due is None and follows is None and chance.random() < 0.2
    kind = "A6" if due else chance.choice(("A5", "A7")) if declined else chance.choice(("A1", "A1", "A1", "A2", "A3"))
    ground = WithheldGround.UNDER_REVIEW if due else chance.choice(list(WithheldGround)) if declined else None
    name = f"{key}/a{reply}-{position}" if reply > 1 else f"{key}/a{code}"
    yield Answer, {
        "id": name, "letter_key": key, "position": position, "code": f"a{reply}-{position}", "text_ja": ANSWER,
        "text_en": "", "withheld_ground": ground, "re_answer_due": due, "reply_id": f"{key}/r{reply}",
        "follows": follows,
    }  # fmt: skip
    yield AnswerTypeOf, {"answer_id": name, "type": kind, "position": 1}
    yield AnswerQuestion, {"answer_id": name, "question_id": f"{key}/{code}"}
