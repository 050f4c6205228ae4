"""Begin many answers from one text: whoever wrote them elsewhere need not cut them up by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content.models.replies import DraftAnswer, Reply
from content.operations.question_letters.file_letter import LETTER
from content.operations.question_letters.write_answer import begin_answer, edit_answer
from content.queries.question_letters.reply_work import asked, draft_answers
from content.rules.question_letters import wording
from content.rules.question_letters.answering import WrittenAnswer
from content.rules.question_letters.pasted import pasted_answers
from portal.core import screening
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid

NOTHING = N_("No answer was found. Each question must stand above its answer, and the answer begin with 【回答】.")
UNKNOWN = N_("The letter does not ask %(codes)s. Check the numbers of the quoted questions.")
TWICE = N_("There are answers already to %(codes)s. Drop them first, or leave them out of the text.")


def paste_answers(session: Session, reply: Reply, text: str, *, by: Actor, at: datetime) -> list[DraftAnswer]:
    """Begin an answer for each that the text holds, quoted as it quotes, with the types that its wording suggests.

    Types, grounds and days are for a person to look at: none of the answers is finished. Invalid with ``field``:
    nothing is kept then.
    """
    screening.lines(text, field="text", limits=LETTER)
    texts = {key.partition("/")[2]: words for key, words in asked(session, reply.letter_key).items()}
    found = pasted_answers(text, texts)
    covered = {key.partition("/")[2] for draft in draft_answers(session, reply) for key in draft.questions}
    twice = [code for answer in found.answers for code in answer.codes if code in covered]
    if not found.answers:
        raise Invalid(NOTHING, field="text")
    if found.unknown:
        raise Invalid(UNKNOWN, field="text", codes=", ".join(found.unknown))
    if twice:
        raise Invalid(TWICE, field="text", codes=", ".join(twice))
    made = []
    for answer in found.answers:
        ids = {code: f"{reply.letter_key}/{code}" for code in answer.codes}
        draft = begin_answer(session, reply, list(ids.values()), by=by, at=at)
        written = WrittenAnswer(
            questions=tuple(ids.values()),
            text=answer.text,
            types=tuple(str(kind) for kind in wording.proposed_types(answer.text)),
            quoted={ids[code]: words for code, words in answer.quoted.items()},
        )
        edit_answer(session, reply, draft, written, version=draft.version, by=by, at=at)
        made.append(draft)
    return made
