"""The sender of a letter asks back about an answer, or says that it does not answer: public at once that it was said.

What was said lies sealed until reception has read it for what must not be public.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.queries.question_letters.sender_room import OpenedLetter, items
from content.rules.question_letters import saying
from content.rules.question_letters.filing import letter_case
from content.rules.question_letters.states import READABLE, SenderWordKind, StepKind
from portal.core import audit, screening
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.sealed import open_text, seal_text
from portal.core.vault import CaseKey, OfficeVault

TABLE = SenderWord.__tablename__
STEPS = {SenderWordKind.ASK_BACK: StepKind.ASKED_BACK, SenderWordKind.NOT_ANSWERED: StepKind.NOT_ANSWERED}
# Graphemes and code points.
WORDS = (2_000, 6_000)


def say(
    session: Session, opened: OpenedLetter, code: str, kind: SenderWordKind, text: str, *, at: datetime
) -> SenderWord:
    """Say something of the last answer to the question ``code``.

    Asking back needs words; without any, there is nothing to read and nothing to wait for. NotFound for no such
    question; Conflict where it is too late or was said before; Invalid (``text``).
    """
    letter = session.get_one(Letter, opened.letter.key, with_for_update=True)
    policy.check_speak(opened.actor, letter)
    item = next((one for one in items(session, letter.key) if one.question.code == code), None)
    if item is None or letter.state not in READABLE:
        raise NotFound
    answered_on = item.reply.issued_on if item.reply else None
    said = [word.kind for word in item.words]
    why = saying.hindrance(kind, answered_on=answered_on, said=said, today=day_in_japan(at))
    if why is not None or item.answer is None:
        raise Conflict(why or saying.NO_ANSWER)
    screening.lines(text, field="text", limits=WORDS)
    text = text.strip()
    if kind is SenderWordKind.ASK_BACK and not text:
        raise Invalid(saying.NO_WORDS, field="text")
    word_id = new_id()
    word = SenderWord(
        id=word_id,
        question_id=item.question.id,
        answer_id=item.answer.id,
        kind=kind,
        sealed=seal_text(opened.key, TABLE, "sealed", word_id, text),
        text="",
        said_at=at,
        released_at=None if text else at,
    )
    session.add(word)
    session.flush()
    step(session, letter, STEPS[kind], at=at, note=code)
    letter_changed(session, letter, at=at)
    detail: dict[str, audit.Value] = {"question": item.question.id, "kind": str(kind)}
    audit.record(session, at=at, actor=opened.actor, action="content.word.say", subject=letter.key, detail=detail)
    return word


def said(session: Session, word: SenderWord, *, vault: OfficeVault) -> str:
    """What was said, for reception."""
    key = word.question_id.partition("/")[0]
    intake = session.get_one(Intake, key)
    return said_with(vault.open_case(letter_case(key), intake.office_wrap), word)


def said_with(key: CaseKey, word: SenderWord) -> str:
    """What was said, opened with the letter's key."""
    return open_text(key, TABLE, "sealed", word.id, word.sealed) if word.sealed else word.text
