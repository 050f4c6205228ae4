"""Letters of the register and their questions as plain values, for programs and for rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion, AnswerTypeOf
from content.models.questions import Question
from content.queries.open_shapes import Shape, both, day
from content.queries.question_letters.lists import ItemLine, LetterLine
from content.rules.dictionary import ANSWER, LETTER, QUESTION, tables
from content.rules.question_letters.register import LetterEntry
from content.rules.question_letters.standing import Standing

Row = list[object]


def days_of(entry: LetterEntry, *, today: date) -> Shape:
    """How long a letter took or waits, and where its questions stand; the same for every list and page of it."""
    return {
        "days": entry.took,
        "waiting_days": entry.waited(today),
        "over_due_days": entry.over(entry.due, today),
        "over_asked_days": entry.over(entry.wished, today),
        "standings": {str(one): entry.count(one) for one in Standing},
        "overdue_questions": entry.overdue_items(today),
    }


def question(line: ItemLine, origin: str, *, today: date) -> Shape:
    """A question of the register."""
    one, entry = line.question, line.entry
    return {
        "id": one.id,
        "url": f"{origin}/letters/{one.letter_key}#q-{one.code}",
        "letter": one.letter_key,
        "code": one.code,
        "label": one.label,
        "text": both(one, "text"),
        "asked_on": day(entry.asked),
        "standing": entry.stands.standing,
        "due_on": day(entry.stands.due),
        "overdue_days": entry.stands.overdue(today),
        "promised_on": day(entry.stands.promised),
        "answered_on": day(entry.stands.answered),
        "types": list(entry.stands.types),
        "withheld_ground": entry.stands.ground,
        "department": both(line.department, "name") if line.department else None,
        "systems": list(entry.systems),
        "incidents": list(entry.incidents),
    }


def letter_row(line: LetterLine) -> Row:
    """A letter as a row of the dictionary's table; nothing in it depends on the day."""
    one, entry = line.letter, line.entry
    over = (one.answered_on - one.asked_due_on).days if one.answered_on and one.asked_due_on else None
    values = {
        "key": one.key,
        "filed": int(one.filed),
        "title_ja": one.title_ja,
        "title_en": one.title_en,
        "language": one.language,
        "sender": one.sender_key,
        "sender_kind": one.sender_kind,
        "sender_name": one.sender_name,
        "addressee": one.addressee_key,
        "state": one.state,
        "channel": one.channel,
        "sent_on": day(one.sent_on),
        "came_on": day(entry.came),
        "asked_due_on": day(one.asked_due_on),
        "answer_due_on": day(one.answer_due_on),
        "answered_on": day(one.answered_on),
        "days": entry.took,
        "over_asked_days": None if over is None else max(0, over),
        "questions": line.questions,
        "answers": line.answers,
        **{str(standing): entry.count(standing) for standing in Standing},
    }
    return [values[name] for name in tables()[LETTER].names]


def question_row(line: ItemLine) -> Row:
    """A question as a row of the dictionary's table; nothing in it depends on the day."""
    one, entry, stands = line.question, line.entry, line.entry.stands
    values = {
        "id": one.id,
        "letter": one.letter_key,
        "code": one.code,
        "label": one.label,
        "text_ja": one.text_ja,
        "text_en": one.text_en,
        "asked_on": day(entry.asked),
        "standing": str(stands.standing),
        "due_on": day(stands.due),
        "promised_on": day(stands.promised),
        "answered_on": day(stands.answered),
        "late_days": stands.late,
        "types": " ".join(stands.types),
        "withheld_ground": stands.ground,
        "department_ja": line.department.name_ja if line.department else None,
        "department_en": line.department.name_en if line.department else None,
        "systems": " ".join(entry.systems),
        "incidents": " ".join(entry.incidents),
    }
    return [values[name] for name in tables()[QUESTION].names]


def answer_rows(session: Session, letters: Sequence[str]) -> Iterator[Row]:
    """All answers of these letters as rows of the dictionary's table."""
    types: dict[str, list[str]] = {}
    query = select(AnswerTypeOf.answer_id, AnswerTypeOf.type).join(Answer, Answer.id == AnswerTypeOf.answer_id)
    for answer, kind in session.execute(query.where(Answer.letter_key.in_(letters)).order_by(AnswerTypeOf.position)):
        types.setdefault(answer, []).append(kind)
    asked: dict[str, list[str]] = {}
    pairs = select(AnswerQuestion.answer_id, Question.id).join(Question, Question.id == AnswerQuestion.question_id)
    for answer, asked_id in session.execute(pairs.where(Question.letter_key.in_(letters)).order_by(Question.position)):
        asked.setdefault(answer, []).append(asked_id)
    found = select(Answer).where(Answer.letter_key.in_(letters)).order_by(Answer.letter_key, Answer.position)
    for one in session.scalars(found):
        values = {
            "id": one.id,
            "letter": one.letter_key,
            "code": one.code,
            "questions": " ".join(asked.get(one.id, ())),
            "text_ja": one.text_ja,
            "text_en": one.text_en,
            "types": " ".join(types.get(one.id, ())),
            "withheld_ground": one.withheld_ground,
            "re_answer_due": day(one.re_answer_due),
            "follows": one.follows,
        }
        yield [values[name] for name in tables()[ANSWER].names]
