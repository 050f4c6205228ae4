"""Words of senders: read by reception for what must not be public, and released."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.question_letters.desk import WordForm
from content.models.answers import Answer as GivenAnswer
from content.models.questions import Question
from content.operations.question_letters.release_word import read_word, release_word
from content.queries.question_letters.letter_work import find_word
from content.views.question_letters.desk import DESK, find
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.access import requires
from portal.web.building import office
from portal.web.language import _

Answer = str | Response


@requires(*DESK, records_look=True)
def word(key: str, word_id: str) -> Answer:
    """What a sender said of an answer; reception releases it."""
    one = find(key)
    found = find_word(g.session, one, word_id)
    form, said = WordForm(), None
    if found.released_at is None and policy.may_receive(g.actor):
        said = read_word(g.session, found, vault=office(), by=g.actor, at=clock.now())
    if request.method == "POST" and form.validate():
        text = (form.text.data or "").replace("\r\n", "\n")
        try:
            release_word(g.session, found, text, vault=office(), by=g.actor, at=clock.now())
        except Invalid as error:
            form.tell(error, otherwise="text")
        else:
            flash(_("Released: the public reads it now."), "success")
            return redirect(url_for("content_staff.question_letter", key=key))
    if request.method == "GET":
        form.text.data = said
    return render_template(
        "content/question_letters/desk/word.html",
        letter=one,
        word=found,
        said=said,
        form=form,
        question=g.session.get_one(Question, found.question_id),
        answer=g.session.get_one(GivenAnswer, found.answer_id),
    )
