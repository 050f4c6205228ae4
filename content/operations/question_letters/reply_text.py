"""What a letter that answers says, gathered from the record, as the letter's own values."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.letters.reply_letter import Answered, Asked, Pointed, ReplyText
from content.models.answers import Answer
from content.models.letters import Letter, LetterBlock
from content.models.replies import DraftAnswer, Reply
from content.queries.question_letters.reply_work import TARGETS, draft_answers, written
from content.rules.question_letters.answering import Link, LinkKind
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.states import ReplyKind

PLACES = {
    LinkKind.INCIDENT: "incidents",
    LinkKind.SYSTEM: "systems",
    LinkKind.FIGURE: "figures",
    LinkKind.LETTER: "letters",
}


def reply_text(session: Session, reply: Reply, *, public_url: str) -> ReplyText:
    """A letter in the making as it stands. Questions are named by their codes here."""
    letter = session.get_one(Letter, reply.letter_key)
    drafts = draft_answers(session, reply)
    quoted = {code(question): text for draft in drafts for question, text in draft.quoted.items()}
    return ReplyText(
        kind=ReplyKind(reply.kind),
        key=letter.key,
        fiscal_year=letter.fiscal_year or 0,
        sequence=letter.sequence or 0,
        title=letter.title_ja,
        sent_on=letter.sent_on,
        sender_kind=SenderKind(letter.sender_kind),
        sender_name=letter.sender_name,
        language=letter.language,
        url=f"{public_url}/letters/{letter.key}",
        parts=_parts(session, letter.key),
        answers=tuple(_answered(session, draft, public_url) for draft in drafts),
        quoted=quoted,
        unanswered={code(question): why for question, why in reply.unanswered.items()},
        preface=reply.preface,
        promised_on=reply.promised_on,
    )


def code(question_id: str) -> str:
    """The code of a question in its letter: ``1-3-2``."""
    return question_id.rpartition("/")[2]


def _parts(session: Session, key: str) -> tuple[Asked, ...]:
    blocks = select(LetterBlock).where(LetterBlock.letter_key == key).order_by(LetterBlock.position)
    return tuple(Asked(one.kind, one.code, one.label, one.depth, one.text) for one in session.scalars(blocks))


def _answered(session: Session, draft: DraftAnswer, public_url: str) -> Answered:
    said = written(draft)
    return Answered(
        questions=tuple(code(question) for question in said.questions),
        text=said.text,
        types=said.types,
        ground=said.ground,
        due=said.due,
        links=tuple(_pointed(session, link, public_url) for link in said.links),
        follows=_follows(session, said.follows),
    )


def _pointed(session: Session, link: Link, public_url: str) -> Pointed:
    if link.kind is LinkKind.URL:
        return Pointed("", link.key)
    target = session.get_one(TARGETS[link.kind], link.key)
    name = getattr(target, "title_ja", None) or getattr(target, "name_ja", None) or link.key
    return Pointed(f"「{name}」", f"{public_url}/{PLACES[link.kind]}/{link.key}")


def _follows(session: Session, answer_id: str | None) -> tuple[str, date] | None:
    answer = session.get(Answer, answer_id) if answer_id else None
    reply = session.get(Reply, answer.reply_id) if answer and answer.reply_id else None
    if reply is None or reply.letter_number is None or reply.issued_on is None:
        return None
    return reply.letter_number, reply.issued_on
