"""Many answers at once: begun from one text, finished where nothing is missing."""

from __future__ import annotations

from flask import flash, g, redirect, render_template
from werkzeug.wrappers import Response

from content import policy
from content.forms.question_letters.answers import PasteAnswersForm
from content.operations.question_letters.finish_answers import finish_answers
from content.operations.question_letters.paste_answers import paste_answers
from content.rules.question_letters.states import ReplyAction
from content.views.question_letters.desk_replies import find_reply, reply_url
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Invalid
from portal.web.access import requires
from portal.web.language import _


@requires(Role.PUBLISHER)
def paste(key: str, number: int) -> str | Response:
    """Take a whole text of answers apart."""
    letter, reply = find_reply(key, number)
    policy.check_reply(g.actor, ReplyAction.EDIT, reply)
    form = PasteAnswersForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                made = paste_answers(g.session, reply, form.text.data or "", by=g.actor, at=clock.now())
        except Invalid as error:
            form.refuse("text", error.message, **{k: v for k, v in error.params.items() if k != "field"})
        else:
            flash(_("Begun: %(n)s answers.", n=len(made)), "success")
            return redirect(reply_url(reply))
    return render_template("content/question_letters/desk/paste.html", letter=letter, reply=reply, form=form)


@requires(Role.PUBLISHER)
def finish(key: str, number: int) -> Response:
    """Finish what lacks nothing."""
    _letter, reply = find_reply(key, number)
    done = finish_answers(g.session, reply, by=g.actor, at=clock.now())
    flash(_("Finished: %(n)s answers.", n=done), "success" if done else "warning")
    return redirect(reply_url(reply))
