"""What a sender said of an answer is read for what must not be public, and released."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.register_letter import MASKS_ONLY
from content.operations.question_letters.say import WORDS, said
from content.rules.question_letters.masking import masks_only
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import OfficeVault


def read_word(session: Session, word: SenderWord, *, vault: OfficeVault, by: Actor, at: datetime) -> str:
    """What was said, for reception; each look is recorded."""
    policy.check_receive(by)
    _book(session, word, "look", by=by, at=at)
    return said(session, word, vault=vault)


def release_word(session: Session, word: SenderWord, text: str, *, vault: OfficeVault, by: Actor, at: datetime) -> None:
    """Publish what the sender said: the same words, or parts of them masked. Invalid (``text``), Conflict."""
    policy.check_receive(by)
    session.refresh(word, with_for_update=True)
    if word.released_at is not None:
        raise Conflict(N_("These words are public already."))
    screening.lines(text, field="text", limits=WORDS)
    if not masks_only(said(session, word, vault=vault), text):
        raise Invalid(MASKS_ONLY, field="text")
    word.text, word.released_at = text, at
    letter_changed(session, session.get_one(Letter, session.get_one(Question, word.question_id).letter_key), at=at)
    _book(session, word, "release", by=by, at=at)


def _book(session: Session, word: SenderWord, what: str, *, by: Actor, at: datetime) -> None:
    detail: dict[str, audit.Value] = {"question": word.question_id, "kind": word.kind}
    key = word.question_id.partition("/")[0]
    audit.record(session, at=at, actor=by, action=f"content.word.{what}", subject=key, detail=detail)
