"""An approved letter goes out: numbered, laid out, signed and registered; its answers become public, for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.letters import reply_letter
from content.letters.versions import LETTERS
from content.models.answers import Answer, AnswerLink, AnswerQuestion, AnswerTypeOf
from content.models.letters import Letter
from content.models.questions import Question
from content.models.replies import DraftAnswer, Reply
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.reply_text import reply_text
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.operations.question_letters.write_reply import book, discard_all, hold
from content.queries.question_letters.reply_work import draft_answers, hindrances
from content.rules.question_letters import quoting
from content.rules.question_letters.answering import LinkKind
from content.rules.question_letters.states import (
    LetterAction,
    LetterState,
    ReplyAction,
    ReplyKind,
    ReplyState,
    StepKind,
    letter_after,
    reply_after,
)
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.letters.draft import Draft, unissued
from portal.letters.engine import Context
from portal.letters.make import plain
from portal.letters.operations.issue import issue_letter

STEPS = {
    ReplyKind.INTERIM: StepKind.INTERIM,
    ReplyKind.ANSWER: StepKind.ANSWERED,
    ReplyKind.LATER: StepKind.ANSWERED_LATER,
}
COLUMNS = {
    LinkKind.INCIDENT: "incident_key",
    LinkKind.SYSTEM: "system_key",
    LinkKind.FIGURE: "figure_key",
    LinkKind.LETTER: "letter_key",
    LinkKind.URL: "url",
}


def issue_reply(
    session: Session, reply: Reply, *, settings: Settings, signer: Signer | None, by: Actor, at: datetime
) -> Reply:
    """Issue an approved letter.

    Invalid names what it still lacks, or a character that no font has; Conflict, Forbidden. After these, and after
    CannotSign, BadSignature, PressFailed and BadLetter, the transaction is rolled back and no number is taken.
    """
    hold(session, reply)
    policy.check_reply(by, ReplyAction.ISSUE, reply)
    state, kind = reply_after(ReplyState(reply.state), ReplyAction.ISSUE), ReplyKind(reply.kind)
    letter = session.get_one(Letter, reply.letter_key, with_for_update=True)
    after = letter_after(LetterState(letter.state), LetterAction.ANSWER)
    if kind is ReplyKind.INTERIM:
        after = LetterState.OPEN
        if letter.state != after:
            raise Conflict(N_("The letter is no longer in a state in which this can be done."))
    found = hindrances(session, reply, today=day_in_japan(at))
    if found:
        raise Invalid(found[0].message)
    text = reply_text(session, reply, public_url=settings.public_url)

    def make(numbered: Draft) -> Context:
        return reply_letter.context(text, numbered=numbered, organisation=settings.organisation, sample=settings.sample)

    issued = issue_letter(
        session,
        templates=LETTERS,
        kind=reply_letter.KIND,
        make=make,
        settings=settings,
        signer=signer,
        at=at,
    )
    reply.state, reply.changed_at, reply.issued_on = state, at, issued.issued_on
    reply.register_id, reply.letter_number, reply.template = issued.id, issued.number, issued.template
    reply.context, reply.pdf = issued.context, issued.pdf
    session.flush()
    _publish(session, reply)
    letter.state = after
    if kind is ReplyKind.ANSWER:
        letter.answered_on = issued.issued_on
        discard_all(session, letter, at=at)  # an interim letter in the making has nothing to say any more
    step(session, letter, STEPS[kind], at=at, reply_number=reply.number, day=reply.promised_on)
    letter_changed(session, letter, at=at)
    tell_sender(session, letter, Notice.REPLY, at=at)
    book(session, reply, "issue", by=by, at=at)
    return reply


def preview(session: Session, reply: Reply, *, settings: Settings, at: datetime) -> bytes:
    """A letter in the making as PDF, marked as a draft. Invalid for a character that no font has; PressFailed."""
    day, organisation = day_in_japan(at), settings.organisation
    text = reply_text(session, reply, public_url=settings.public_url)
    numbered = unissued(organisation.letter_mark, day)
    values = reply_letter.context(
        text, numbered=numbered, organisation=organisation, sample=settings.sample, draft=True
    )
    return LETTERS.render(LETTERS.current(reply_letter.KIND, day), plain(values))


def _publish(session: Session, reply: Reply) -> None:
    """What the letter says becomes rows of the record; ``A1`` and so on counts through all letters to one sender."""
    last = select(func.max(Answer.position)).where(Answer.letter_key == reply.letter_key)
    before = session.scalar(last) or 0
    for position, draft in enumerate(draft_answers(session, reply), before + 1):
        _publish_answer(session, reply, draft, position)
        for question_id, quoted in draft.quoted.items():
            question = session.get_one(Question, question_id)
            if question.quoted_ja is None and quoting.departs(question.text_ja, quoted):
                question.quoted_ja = quoted
        for question_id in draft.questions:
            session.get_one(Question, question_id).unanswered = False
    for question_id in reply.unanswered:
        session.get_one(Question, question_id).unanswered = True
    session.flush()


def _publish_answer(session: Session, reply: Reply, draft: DraftAnswer, position: int) -> None:
    code = f"A{position}"
    answer = Answer(
        id=f"{reply.letter_key}/{code}",
        letter_key=reply.letter_key,
        position=position,
        code=code,
        text_ja=draft.text,
        text_en="",
        withheld_ground=draft.withheld_ground,
        re_answer_due=draft.re_answer_due,
        reply_id=reply.id,
        follows=draft.follows,
    )
    session.add(answer)
    session.flush()
    for place, kind in enumerate(draft.types, 1):
        session.add(AnswerTypeOf(answer_id=answer.id, type=kind, position=place))
    for question_id in draft.questions:
        session.add(AnswerQuestion(answer_id=answer.id, question_id=question_id))
    for place, link in enumerate(draft.links, 1):
        where = {COLUMNS[LinkKind(link["kind"])]: link["key"]}
        session.add(AnswerLink(id=f"{answer.id}/link/{place}", answer_id=answer.id, position=place, **where))
