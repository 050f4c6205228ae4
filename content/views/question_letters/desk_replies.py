"""A letter that answers, as a whole: begun, read, sent on by one person to the next, issued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from content import policy
from content.forms.question_letters.answers import BeginForm, ReplyForm
from content.forms.steps import ReasonForm
from content.models.letters import Letter
from content.models.replies import DraftAnswer, Reply
from content.operations.question_letters import review_reply
from content.operations.question_letters.issue_reply import issue_reply, preview
from content.operations.question_letters.write_answer import begin_answer
from content.operations.question_letters.write_reply import CHANGED_MEANWHILE, begin_reply, edit_reply
from content.operations.typing import throw_away
from content.queries.question_letters import reply_work
from content.queries.question_letters.letter_work import letter_work
from content.queries.question_letters.reply_work import Hindrance
from content.rules.question_letters.replies import cautions
from content.rules.question_letters.states import ReplyAction, ReplyKind, ReplyState
from content.views.question_letters import desk_around
from content.views.question_letters.desk import DESK, find
from portal.accounts.queries import names
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid, NotFound
from portal.web.access import requires
from portal.web.building import settings, signer
from portal.web.downloads import download
from portal.web.language import _

Answer = str | Response
Step = Callable[[Reply], str]


def find_reply(key: str, number: int) -> tuple[Letter, Reply]:
    """A letter and one that answers it; a discarded one is not found."""
    one = find(key)
    reply = reply_work.find_reply(g.session, key, number)
    if reply.state == ReplyState.DISCARDED:
        raise NotFound
    return one, reply


def reply_url(reply: Reply) -> str:
    """The page of a letter that answers."""
    return url_for("content_staff.question_reply", key=reply.letter_key, number=reply.number)


@requires(Role.PUBLISHER)
def begin(key: str) -> Response:
    """Begin a letter of a kind."""
    one, kind = find(key), request.form.get("kind", "")
    if kind not in list(ReplyKind):
        raise NotFound
    return redirect(reply_url(begin_reply(g.session, one, ReplyKind(kind), by=g.actor, at=clock.now())))


@requires(*DESK)
def show(key: str, number: int) -> Answer:
    """The letter with its answers, what it lacks, and the next steps."""
    one, reply = find_reply(key, number)
    return _show(one, reply, desk_around.form_of(reply))


@requires(Role.PUBLISHER)
def edit(key: str, number: int) -> Answer:
    """Change what stands around the answers. What cannot be saved is kept under the open forms."""
    one, reply = find_reply(key, number)
    form = desk_around.form_of(reply)
    if form.is_submitted() and reply.state != ReplyState.DRAFT:
        desk_around.keep_sent(reply)
        flash(_("This letter is no longer being written. What you wrote is kept under the open forms."), "warning")
        return redirect(reply_url(reply))
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                edit_reply(
                    g.session,
                    reply,
                    preface=(form.preface.data or "").replace("\r\n", "\n").strip(),
                    promised_on=form.promised_on.day,
                    unanswered=form.whys(),
                    version=int(form.version.data or 0),
                    by=g.actor,
                    at=clock.now(),
                )
        except (Invalid, StaleDataError, Conflict) as error:
            g.session.refresh(reply)
            message = CHANGED_MEANWHILE if isinstance(error, StaleDataError) else error.message
            field = str(error.params.get("field", "preface")) if isinstance(error, Invalid) else "preface"
            form.refuse("preface" if field == "unanswered" else field, message)
            theirs = (reply.preface, reply.promised_on, dict(reply.unanswered))
            form.version.data = str(reply.version)
            _kept(reply, form)
            return _show(one, reply, form, theirs=theirs if not isinstance(error, Invalid) else None)
        throw_away(g.session, form.typing.data or "", by=g.actor)
        flash(_("Saved."), "success")
        return redirect(reply_url(reply))
    if form.is_submitted():
        _kept(reply, form)
    return _show(one, reply, form)


def _kept(reply: Reply, form: ReplyForm) -> None:
    kept, _refused = desk_around.keep_sent(reply)
    form.typing.data, form.typing_version.data = kept.id, str(kept.version)


@requires(Role.PUBLISHER)
def answer_more(key: str, number: int) -> Answer:
    """Begin an answer to chosen questions."""
    _one, reply = find_reply(key, number)
    form = BeginForm(prefix="begin")
    form.offer(reply_work.asked(g.session, key).items())
    if not form.validate_on_submit():
        flash(" ".join(form.questions.errors) or _("Choose at least one question."), "danger")
        return redirect(reply_url(reply))
    chosen = list(form.questions.data or ())
    open_ones = reply_work.open_items(g.session, key) if reply.kind == ReplyKind.LATER else {}
    drafts = []
    for questions in [[one] for one in chosen] if "each" in request.form else [chosen]:
        follows = next((open_ones[one] for one in questions if open_ones.get(one)), None)
        drafts.append(begin_answer(g.session, reply, questions, follows=follows, by=g.actor, at=clock.now()))
    if len(drafts) > 1:
        flash(_("Begun: %(n)s answers.", n=len(drafts)), "success")
        return redirect(reply_url(reply))
    return redirect(url_for("content_staff.question_answer", key=key, number=number, answer_id=drafts[0].id))


def _send(reply: Reply) -> str:
    review_reply.send_reply(g.session, reply, by=g.actor, at=clock.now())
    return _("Sent to the legal check.")


def _clear(reply: Reply) -> str:
    review_reply.clear_reply(g.session, reply, by=g.actor, at=clock.now())
    return _("The check found nothing. A third person approves it now.")


def _approve(reply: Reply) -> str:
    review_reply.approve_reply(g.session, reply, by=g.actor, at=clock.now())
    return _("Approved. The letter can be issued.")


def _back(reply: Reply) -> str:
    form = ReasonForm()
    if not form.validate_on_submit():
        raise Invalid(" ".join(form.reason.errors) or _("Say why it goes back."))
    review_reply.send_reply_back(g.session, reply, reason=form.reason.data or "", by=g.actor, at=clock.now())
    return _("Sent back to its writers.")


def _discard(reply: Reply) -> str:
    review_reply.discard_reply(g.session, reply, by=g.actor, at=clock.now())
    return _("The letter in the making is discarded.")


def _issue(reply: Reply) -> str:
    made = issue_reply(g.session, reply, settings=settings(), signer=signer(), by=g.actor, at=clock.now())
    return _("Issued as %(number)s. Its answers are public.", number=made.letter_number)


STEPS: dict[ReplyAction, Step] = {
    ReplyAction.SEND: _send,
    ReplyAction.CLEAR: _clear,
    ReplyAction.APPROVE: _approve,
    ReplyAction.SEND_BACK: _back,
    ReplyAction.DISCARD: _discard,
    ReplyAction.ISSUE: _issue,
}


@requires(Role.PUBLISHER, Role.OFFICER, Role.APPROVER)
def step(key: str, number: int, action: str) -> Response:
    """Take one of the steps; what hinders it is said on the letter's page."""
    _one, reply = find_reply(key, number)
    taken = STEPS.get(ReplyAction(action)) if action in list(ReplyAction) else None
    if taken is None:
        raise NotFound
    try:
        with g.session.begin_nested():
            said = taken(reply)
    except Invalid as error:
        flash(_(error.message, **error.params), "danger")
        return redirect(reply_url(reply))
    flash(said, "success")
    gone = reply.state == ReplyState.DISCARDED
    return redirect(url_for("content_staff.question_letter", key=key) if gone else reply_url(reply))


@requires(*DESK)
def pdf(key: str, number: int) -> Response:
    """The letter as PDF: as it was issued, or marked as a draft."""
    _one, reply = find_reply(key, number)
    made = reply.pdf or preview(g.session, reply, settings=settings(), at=clock.now())
    name = f"{key}-{number}.pdf" if reply.pdf else f"draft-{key}-{number}.pdf"
    return download(made, name=name, media_type="application/pdf", inline=True)


def _show(letter: Letter, reply: Reply, form: ReplyForm, *, theirs: object = None) -> str:
    today = clock.day_in_japan(clock.now())
    texts = reply_work.asked(g.session, letter.key)
    drafts = reply_work.draft_answers(g.session, reply)
    begin_form = BeginForm(prefix="begin")
    covered = {key for draft in drafts for key in draft.questions}
    later = reply_work.open_items(g.session, letter.key) if reply.kind == ReplyKind.LATER else texts
    begin_form.offer((key, text) for key, text in texts.items() if key not in covered and key in later)
    in_the_making = reply.state != ReplyState.ISSUED
    hindrances = reply_work.hindrances(g.session, reply, today=today) if in_the_making else ()
    people = {reply.checked_by, reply.approved_by, *reply.writers} - {None}
    return render_template(
        "content/question_letters/desk/reply.html",
        letter=letter,
        reply=reply,
        work=letter_work(g.session, letter),
        drafts=[(draft, reply_work.written(draft)) for draft in drafts],
        cautions={draft.id: cautions(reply_work.written(draft).part, texts) for draft in drafts},
        asked=texts,
        hindrances=hindrances,
        missing=_grouped(hindrances, drafts),
        may={action.name: policy.may_reply(g.actor, action, reply) for action in ReplyAction},
        form=form,
        around=desk_around,
        open_forms=desk_around.kept_forms(reply, form),
        begin=begin_form,
        reason=ReasonForm(),
        theirs=theirs,
        people=names(g.session, [one for one in people if one]),
    )


@dataclass(frozen=True)
class Missing:
    """Where something is missing: the answer in the making (its id) and the questions (codes) that it is about."""

    answer: str | None
    question: str


def _grouped(hindrances: Sequence[Hindrance], drafts: Sequence[DraftAnswer]) -> list[tuple[str, list[Missing]]]:
    """What is missing, each message once, with the places that lack it."""
    codes = {draft.id: ", ".join(one.partition("/")[2] for one in draft.questions) for draft in drafts}
    found: dict[str, list[Missing]] = {}
    for one in hindrances:
        places = found.setdefault(one.message, [])
        if one.answer or one.question:
            code = (one.question or "").partition("/")[2]
            places.append(Missing(one.answer, code or codes.get(one.answer or "", "")))
    return list(found.items())
