"""Write an answer: a form that is kept from the first keystroke, with what its wording gives away beside it.

Where two people changed the same answer, the second one is asked which words to take.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from content import policy
from content.forms import typed
from content.forms.question_letters.answers import MOST_LINKS, AnswerForm, begins_with
from content.models.letters import Letter
from content.models.replies import DraftAnswer, Reply
from content.models.typings import Typing
from content.operations.question_letters.write_answer import drop_answer, edit_answer
from content.operations.question_letters.write_reply import CHANGED_MEANWHILE
from content.operations.typing import throw_away
from content.queries import desk_lists
from content.queries.question_letters import reply_work
from content.rules.question_letters import quoting, wording
from content.rules.question_letters.replies import WarningKind, cautions
from content.rules.question_letters.states import ReplyAction, ReplyState
from content.views.desk_typing import STILL_HERE, chosen, for_script, go_on, keep_sent, theirs
from content.views.question_letters import desk_around
from content.views.question_letters.desk_replies import find_reply, reply_url
from content.views.words import WORDS
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid, NotFound
from portal.web.access import requires
from portal.web.language import _

Answer = str | Response
# Where the form shows what an operation refuses.
FIELDS = {"quoted": "text", "links": "text", "follows": "text", "text": "text", "questions": "questions"}


@dataclass(frozen=True)
class Place:
    """An answer in the making, the letter that it is of, and the questions that were asked (texts by id)."""

    letter: Letter
    reply: Reply
    draft: DraftAnswer
    asked: dict[str, str]

    @property
    def path(self) -> str:
        """Under what the open form is kept."""
        return f"questions/{self.letter.key}/replies/{self.reply.number}/answers/{self.draft.id}"

    @property
    def url(self) -> str:
        return url_for(
            "content_staff.question_answer", key=self.letter.key, number=self.reply.number, answer_id=self.draft.id
        )

    @property
    def closed(self) -> bool:
        return self.reply.state != ReplyState.DRAFT


@requires(Role.PUBLISHER)
def write(key: str, number: int, answer_id: str) -> Answer:
    """Write an answer."""
    place = _place(key, number, answer_id)
    if request.method == "GET":
        policy.check_reply(g.actor, ReplyAction.EDIT, place.reply)
        return _show(place, _opened(place))
    sent = chosen(partial(_form, place))
    form = _form(place, sent)
    if place.closed or "keep" in request.form:
        _keep(place)
        said = _("This answer is no longer being written. What you wrote is kept under the open forms.")
        flash(said if place.closed else _("Kept as it is. You find it under the open forms."), "warning")
        return redirect(reply_url(place.reply))
    if "more" in request.form and len(form.links) < MOST_LINKS:
        form.links.append_entry()
    if "more" in request.form or "preview" in request.form:
        form.with_quotes(place.asked, place.draft.quoted)
        return _show(place, form)
    if form.validate() and _save(form, place):
        throw_away(g.session, form.typing.data or "", by=g.actor)
        flash(_("Saved."), "success")
        unseen = any(one.name not in place.draft.seen for one in _cautions(place))
        return redirect(place.url if unseen else reply_url(place.reply))
    differences = theirs(form, place.draft.version, partial(_form, place), sent)
    kept, _refused = _keep(place)
    go_on(form, kept)
    return _show(place, form, differences=differences)


@requires(Role.PUBLISHER)
def keep() -> dict[str, Any]:
    """Keep an open form as it is typed; for an answer the reply has what its wording gives away."""
    parts = request.form.get("place", "").split("/")
    if len(parts) == 5 and parts[3].isdigit() and parts[4] == desk_around.PAGE:
        return desk_around.keep(find_reply(parts[1], int(parts[3]))[1])
    if len(parts) != 6 or not parts[3].isdigit():
        raise NotFound
    place = _place(parts[1], int(parts[3]), parts[5])
    kept, refused = _keep(place)
    form = _form(place, MultiDict(kept.values))
    form.validate()
    form.with_quotes(place.asked, place.draft.quoted)
    told = render_template("content/question_letters/desk/told.html", **_told(place, form))
    return {**for_script(kept, refused, form), "preview": told}


@requires(Role.PUBLISHER)
def drop(key: str, number: int, answer_id: str) -> Response:
    """Drop an answer in the making."""
    place = _place(key, number, answer_id)
    drop_answer(g.session, place.reply, place.draft, by=g.actor, at=clock.now())
    flash(_("The answer is dropped."), "success")
    return redirect(reply_url(place.reply))


@requires(Role.PUBLISHER)
def forget(typing_id: str) -> Response:
    """Throw an open form away."""
    throw_away(g.session, typing_id, by=g.actor)
    flash(_("Thrown away."), "success")
    return redirect(url_for("content_staff.questions"))


def _place(key: str, number: int, answer_id: str) -> Place:
    letter, reply = find_reply(key, number)
    draft = reply_work.find_draft_answer(g.session, reply, answer_id)
    return Place(letter, reply, draft, reply_work.asked(g.session, key))


def _opened(place: Place) -> AnswerForm:
    """The form of a GET: one that was kept, or the answer as it stands."""
    asked_for = request.args.get("typing", "")
    if not asked_for:
        return _form(place, None)
    kept = desk_lists.find_form(g.session, asked_for, g.actor)
    if kept.place != place.path:
        raise NotFound
    form = _form(place, MultiDict(kept.values))
    go_on(form, kept)
    form.with_quotes(place.asked, place.draft.quoted)
    return form


def _form(place: Place, values: Any) -> AnswerForm:
    """The form from what was sent or kept, or (None) as the answer stands."""
    form = AnswerForm(formdata=values, data=begins_with(place.draft, place.asked) if values is None else {})
    form.offer(place.asked, WORDS)
    if values is None:
        form.version.data = str(place.draft.version)
    return form


def _show(place: Place, form: AnswerForm, *, differences: Any = ()) -> str:
    mine = desk_lists.open_forms(g.session, g.actor, below=place.path)
    return render_template(
        "content/question_letters/desk/answer.html",
        place=place,
        form=form,
        differences=differences,
        open_forms=[one for one in mine if one.id != form.typing.data],
        others=desk_lists.others_at_place(g.session, place.path, g.actor, clock.now() - STILL_HERE),
        **_told(place, form),
    )


def _told(place: Place, form: AnswerForm) -> dict[str, Any]:
    """What the wording gives away: proposed types, warnings, how each quotation departs."""
    text = form.written(follows=place.draft.follows)
    found = cautions(text.part, place.asked)
    departing = [one.question for one in found if one.question]
    return {
        "proposed": wording.proposed_types(text.text) if text.text else (),
        "formula": any(one.kind is WarningKind.FORMULA for one in found),
        "departing": [(key, quoting.rows(place.asked[key], text.quoted[key])) for key in departing],
    }


def _cautions(place: Place) -> Any:
    return cautions(reply_work.written(place.draft).part, place.asked)


def _keep(place: Place) -> tuple[Typing, list[str]]:
    questions = ", ".join(key.partition("/")[2] for key in place.draft.questions)
    return keep_sent(place.path, f"{place.letter.key} {questions}")


def _save(form: AnswerForm, place: Place) -> bool:
    try:
        with g.session.begin_nested():
            text = form.written(follows=place.draft.follows)
            version = typed.version(form.version.data or "")
            edit_answer(g.session, place.reply, place.draft, text, version=version, by=g.actor, at=clock.now())
    except (Conflict, Invalid, StaleDataError) as error:
        g.session.refresh(place.draft)
        message = CHANGED_MEANWHILE if isinstance(error, StaleDataError) else error.message
        params = {} if isinstance(error, StaleDataError) else dict(error.params)
        form.refuse(FIELDS.get(str(params.pop("field", "text")), "text"), message, **params)
        return False
    return True
