"""Letters that answer, in the making: their answers as the rules read them, and what hinders them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion
from content.models.figures import Figure
from content.models.incidents import Incident
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import DraftAnswer, Reply
from content.models.systems import System
from content.rules.question_letters.answering import Link, LinkKind, WrittenAnswer
from content.rules.question_letters.replies import PROBLEMS, cautions, problems
from content.rules.question_letters.states import ReplyKind
from portal.core.errors import N_, NotFound

TARGETS: dict[LinkKind, type[Incident | System | Figure | Letter]] = {
    LinkKind.INCIDENT: Incident,
    LinkKind.SYSTEM: System,
    LinkKind.FIGURE: Figure,
    LinkKind.LETTER: Letter,
}
UNDONE = N_("This answer is still being written.")
UNSEEN = N_("The writer has not looked at a warning of this answer.")


@dataclass(frozen=True)
class Hindrance:
    """What keeps a letter from going on; ``answer`` is the id of one in the making, ``question`` one's id, or None."""

    message: str
    answer: str | None = None
    question: str | None = None


def written(draft: DraftAnswer) -> WrittenAnswer:
    """An answer as the rules read it."""
    return WrittenAnswer(
        questions=tuple(draft.questions),
        text=draft.text,
        types=tuple(draft.types),
        ground=draft.withheld_ground,
        due=draft.re_answer_due,
        links=tuple(Link(LinkKind(link["kind"]), link["key"]) for link in draft.links),
        quoted=draft.quoted,
        follows=draft.follows,
        seen=frozenset(draft.seen),
        done=draft.done,
    )


def asked(session: Session, letter_key: str) -> dict[str, str]:
    """The questions of a letter in their order: their texts by id."""
    query = select(Question.id, Question.text_ja).where(Question.letter_key == letter_key).order_by(Question.position)
    return {row[0]: row[1] for row in session.execute(query)}


def draft_answers(session: Session, reply: Reply) -> Sequence[DraftAnswer]:
    """The answers of a letter in the making, in the order of the questions that they answer."""
    order = {key: place for place, key in enumerate(asked(session, reply.letter_key))}
    found = session.scalars(select(DraftAnswer).where(DraftAnswer.reply_id == reply.id)).all()
    last = len(order)
    return sorted(found, key=lambda one: (min((order.get(q, last) for q in one.questions), default=last), one.position))


def hindrances(session: Session, reply: Reply, *, today: date) -> tuple[Hindrance, ...]:
    """What a letter in the making still lacks."""
    drafts = draft_answers(session, reply)
    texts = asked(session, reply.letter_key)
    found = [
        Hindrance(PROBLEMS[one.kind], None if one.part is None else drafts[one.part].id, one.question)
        for one in problems(
            ReplyKind(reply.kind),
            [written(draft).part for draft in drafts],
            asked=texts,
            unanswered=reply.unanswered,
            promised_on=reply.promised_on,
            today=today,
            open_items=open_items(session, reply.letter_key),
        )
    ]
    for draft in drafts:
        if any(caution.name not in draft.seen for caution in cautions(written(draft).part, texts)):
            found.append(Hindrance(UNSEEN, draft.id))
        if not draft.done:
            found.append(Hindrance(UNDONE, draft.id))
    return tuple(found)


def open_items(session: Session, letter_key: str) -> dict[str, str | None]:
    """Questions that a later letter may answer, with the answer that it goes on with.

    Those whose last answer put them off, those that stayed without one, and those that the sender spoke of since.
    """
    query = select(AnswerQuestion.question_id, Answer).join(Answer, Answer.id == AnswerQuestion.answer_id)
    last: dict[str, Answer] = {}
    for question, answer in session.execute(query.where(Answer.letter_key == letter_key).order_by(Answer.position)):
        last[question] = answer
    found: dict[str, str | None] = {one: said.id for one, said in last.items() if said.re_answer_due is not None}
    words = select(SenderWord).join(Question, Question.id == SenderWord.question_id)
    for word in session.scalars(words.where(Question.letter_key == letter_key, SenderWord.released_at.is_not(None))):
        if word.question_id in last and last[word.question_id].id == word.answer_id:
            found[word.question_id] = word.answer_id
    return found | {one: None for one in asked(session, letter_key) if one not in last}


def find_reply(session: Session, letter_key: str, number: int) -> Reply:
    """A letter that answers; raises NotFound."""
    found = session.scalar(select(Reply).where(Reply.letter_key == letter_key, Reply.number == number))
    if found is None:
        raise NotFound
    return found


def find_draft_answer(session: Session, reply: Reply, answer_id: str) -> DraftAnswer:
    """One of its answers in the making; raises NotFound."""
    found = session.get(DraftAnswer, answer_id)
    if found is None or found.reply_id != reply.id:
        raise NotFound
    return found


def is_in_the_record(session: Session, link: Link) -> bool:
    """Whether what a link names is published here; an address only has to be one that leads out safely."""
    if link.kind is LinkKind.URL:
        host = link.key.removeprefix("https://").partition("/")[0]
        whole = link.key.isascii() and link.key.isprintable() and " " not in link.key
        return link.key.startswith("https://") and "." in host and whole
    found = session.get(TARGETS[link.kind], link.key)
    return found is not None and not (isinstance(found, Incident) and found.withdrawn)
