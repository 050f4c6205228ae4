"""Reception corrects what a letter was read as: its parts beside the letter as it came, before it is opened."""

from __future__ import annotations

import hashlib

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.question_letters import parts as forms
from content.forms.question_letters.parts import Changed
from content.operations.question_letters.correct_reading import correct_reading
from content.operations.question_letters.look_at_letter import look_at_letter
from content.rules.question_letters.parsing import parse
from content.rules.question_letters.states import LETTERS, LetterAction, LetterState
from content.rules.question_letters.structure import as_json, structure
from content.views.question_letters.desk import find
from content.views.question_letters.parts import WORDS
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict
from portal.web.access import requires
from portal.web.building import office
from portal.web.forms import Form
from portal.web.language import _

Answer = str | Response


@requires(Role.RECEPTION, records_look=True)
def correct(key: str) -> Answer:
    """The parts of a letter, to join, cut and name them otherwise."""
    one = find(key)
    if LetterAction.REGISTER not in LETTERS[LetterState(one.state)]:
        return redirect(url_for("content_staff.question_letter", key=key))
    sealed = look_at_letter(g.session, one, vault=office(), by=g.actor, at=clock.now())
    read, form = sealed.reading, Form()
    changed = Changed(read.blocks)
    mark = hashlib.sha256(repr(as_json(read.blocks)).encode("utf-8")).hexdigest()[:16]
    if request.method == "POST" and form.validate():
        if request.form.get("mark") != mark:
            flash(_("Somebody else changed the parts meanwhile. Look at them as they stand now."), "warning")
            return redirect(url_for("content_staff.question_parts", key=key))
        changed = forms.taken(read.blocks, request.form, written=False)
        try:
            if (action := request.form.get("do", "")) and not changed.errors:
                changed = forms.acted(changed, action, request.form, text=read.text, written=False)
        except Conflict as error:
            flash(_(error.message), "warning")
        if not changed.errors:
            if changed.blocks != read.blocks:
                correct_reading(g.session, one, changed.blocks, vault=office(), by=g.actor, at=clock.now())
            if "go" in request.form:
                return redirect(url_for("content_staff.question_open", key=key))
            anchor = None if changed.at is None else f"part-{changed.at + 1}"
            return redirect(url_for("content_staff.question_parts", key=key, _anchor=anchor))
    parsed = parse(read.text)
    return render_template(
        "content/question_letters/desk/parts_page.html",
        letter=one,
        form=form,
        mark=mark,
        rows=forms.rows(read.blocks, text=read.text, lines=parsed.lines, doubts=parsed.doubts, errors=changed.errors),
        whole=[doubt for doubt in parsed.doubts if doubt.line == 0],
        questions=len(structure(read.blocks).questions),
        **WORDS,
    )
