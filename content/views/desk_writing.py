"""Write at the desk: a form that is kept from the first keystroke, with a preview beside it.

Where two people changed the same draft, the second one is asked which words to take.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.wrappers import Response

from content.forms import typed
from content.forms.bulletins import FILE, MOST_ROWS, REPEATED, BulletinForm
from content.operations.typing import throw_away
from content.operations.write_bulletin import CHANGED_MEANWHILE, KEY_MESSAGE, edit_draft, write_bulletin
from content.queries import desk_lists, drafts
from content.queries.chosen_area import chosen_area
from content.rules import checks, numbering
from content.rules.writing import Writing
from content.views.desk_files import files, take_file
from content.views.desk_place import Place, place_of
from content.views.desk_preview import preview
from content.views.desk_typing import STILL_HERE, chosen, for_script, go_on, keep_sent, theirs
from content.views.words import WORDS, amount, bulletin_name
from portal.core import clock
from portal.core.actor import Role
from portal.core.db import new_id
from portal.core.errors import Conflict, Invalid
from portal.web.access import requires
from portal.web.language import _, choose
from portal.web.uploads import accepts_uploads

Answer = str | Response
UPLOAD_BYTES = 26_000_000


@requires(Role.PUBLISHER)
@accepts_uploads(UPLOAD_BYTES, file=FILE)
def new_incident() -> Answer:
    """A first bulletin of a new incident."""
    return _write(place_of("new"))


@requires(Role.PUBLISHER)
@accepts_uploads(UPLOAD_BYTES, file=FILE)
def new_bulletin(key: str) -> Answer:
    """A further bulletin."""
    return _write(place_of(f"incidents/{key}/bulletin"))


@requires(Role.PUBLISHER)
@accepts_uploads(UPLOAD_BYTES, file=FILE)
def correct(key: str) -> Answer:
    """A correction: a further bulletin that names what was wrong."""
    return _write(place_of(f"incidents/{key}/correction"))


@requires(Role.PUBLISHER)
@accepts_uploads(UPLOAD_BYTES, file=FILE)
def edit(draft_id: str) -> Answer:
    """Change a draft."""
    return _write(place_of(f"drafts/{draft_id}/edit"))


@requires(Role.PUBLISHER)
def keep() -> dict[str, Any]:
    """Keep an open form as it is typed; the answer has the preview."""
    place = place_of(request.form.get("place", ""))
    typing, refused = _keep(place)
    form = _form(place, MultiDict(typing.values))
    form.validate()
    shown = preview(
        form.written(correction=place.correction, files=files(form)), key=place.key, first=place.number == 1
    )
    told = render_template("content/staff/preview.html", shown=shown)
    return {**for_script(typing, refused, form), "preview": told}


@requires(Role.PUBLISHER)
def forget(typing_id: str) -> Response:
    """Throw an open form away."""
    throw_away(g.session, typing_id, by=g.actor)
    flash(_("Thrown away."), "success")
    return redirect(url_for("content_staff.publishing"))


def _write(place: Place) -> Answer:
    if request.method == "GET":
        return _show(place, _opened(place))
    sent = chosen(partial(_form, place))
    form = _form(place, CombinedMultiDict((request.files, sent)))
    take_file(form)
    if place.closed:
        _keep(place)
        flash(_("This draft is no longer being written. What you wrote is kept under the open forms."), "warning")
        return redirect(url_for("content_staff.publishing"))
    if "keep" in request.form:
        _keep(place)
        flash(_("Kept as it is. You find it under the open forms."), "success")
        return redirect(url_for("content_staff.publishing"))
    if "preview" in request.form:
        return _show(place, form, shown=_quiet(place, sent))
    if "more" in request.form or "attach" in request.form:
        return _show(place, form)
    writing = _sent(form, place)
    answer = _save(form, place, writing) if writing else None
    if answer is not None:
        throw_away(g.session, form.typing.data or "", by=g.actor)
        return answer
    draft = place.draft
    differences = theirs(form, draft.version, partial(_form, place), sent) if draft is not None else []
    typing, _refused = _keep(place)
    go_on(form, typing)
    return _show(place, form, differences=differences)


def _opened(place: Place) -> BulletinForm:
    """The form of a GET: one that was kept, or as the place begins."""
    asked = request.args.get("typing", "")
    if not asked:
        return _form(place, None)
    typing = desk_lists.find_form(g.session, asked, g.actor)
    form = _form(place, MultiDict(typing.values))
    go_on(form, typing)
    return form


def _show(place: Place, form: BulletinForm, *, shown: Any = None, differences: Any = ()) -> str:
    open_forms = [one for one in desk_lists.open_forms(g.session, g.actor) if one.place == place.path]
    draft, since = place.draft, clock.now() - STILL_HERE
    return render_template(
        "content/staff/write.html",
        form=form,
        place=place,
        shown=shown,
        differences=differences,
        open_forms=[one for one in open_forms if one.id != form.typing.data],
        others=desk_lists.others_at(g.session, draft.id, g.actor, since) if draft else (),
    )


def _form(place: Place, values: Any) -> BulletinForm:
    """The form from what was sent or kept, or (None) as the place begins."""
    data = place.begins_with() if values is None else {}
    form = BulletinForm(formdata=values, data=data)
    form.typing.data = form.typing.data or new_id()
    if values is None:
        form.version.data = str(place.draft.version if place.draft else 0)
        if len(form.facts) < MOST_ROWS and len(form.facts) <= len(data.get("facts", ())):
            form.facts.append_entry()
        if place.draft is None and (area := place.usual_area(data)):
            for row in (*form.facts, *form.statuses):
                row.form.area.data = area
    if request.method == "POST" and "more" in request.form:
        asked = request.form["more"]
        rows = getattr(form, asked if asked in REPEATED else REPEATED[0])
        if len(rows) < MOST_ROWS:
            rows.append_entry()
    today = drafts.facts_today(g.session, place.incident.key) if place.incident and place.correction else []
    told = [(fact, str(WORDS["fields"][fact.field]) + _(": ") + _short(fact)) for fact in today]
    form.offer(drafts.options(g.session), WORDS, choose, told, lambda text: chosen_area(g.session, text))
    return form


def _short(fact: Any) -> str:
    if fact.number is not None:
        return f"{amount(fact.number, fact.unit)} ({bulletin_name(numbering.number_of(fact.id))})"
    return f"{fact.day or choose(fact, 'text')} ({bulletin_name(numbering.number_of(fact.id))})"


def _keep(place: Place) -> Any:
    return keep_sent(place.path, choose(_Titles(request.form), "title"))


class _Titles:
    """What an open form is called in the list, in either language."""

    def __init__(self, sent: Any) -> None:
        ja, en = sent.get("bulletin_title_ja", ""), sent.get("bulletin_title_en", "")
        self.title_ja, self.title_en = ja or en, en or ja


def _quiet(place: Place, sent: Any) -> dict[str, Any]:
    """The preview of a form that may be half done."""
    form = _form(place, MultiDict(typed.sent(sent)))
    form.validate()
    return preview(form.written(correction=place.correction, files=files(form)), key=place.key, first=place.number == 1)


def _sent(form: BulletinForm, place: Place) -> Writing | None:
    """The text when everything holds; problems stand beside the fields otherwise."""
    if not form.validate() or form.file.errors:
        return None
    key = place.key or (form.key.data or "").strip()
    if not key and form.systems.data:
        day = form.occurred_on.day or clock.day_in_japan(clock.now())
        key = form.key.data = drafts.free_key(g.session, form.systems.data[0], day)
    if place.new and not numbering.is_key(key):
        form.refuse("key", KEY_MESSAGE)
        return None
    writing = form.written(correction=place.correction, files=files(form))
    found = checks.problems(writing, drafts.known(g.session, key))
    for problem in found:
        _refuse(form, problem)
    return None if found else writing


def _refuse(form: BulletinForm, problem: checks.Problem) -> None:
    rows, _dash, number = (f"facts-{problem.fact}" if problem.fact else problem.about).partition("-")
    if number:
        field = next(iter(form.used(rows)[int(number) - 1]))
        field.errors = [*field.errors, _(problem.message)]
    else:
        form.refuse(rows or "bulletin_title_ja", problem.message)


def _save(form: BulletinForm, place: Place, writing: Writing) -> Response | None:
    """Save the draft; None where that cannot be, and the form says why."""
    try:
        with g.session.begin_nested():
            if place.draft is not None:
                version = typed.version(form.version.data or "")
                edit_draft(g.session, place.draft, writing, by=g.actor, at=clock.now(), version=version)
                draft, said = place.draft, _("Saved.")
            else:
                key = place.key or (form.key.data or "").strip()
                draft = write_bulletin(g.session, writing, incident_key=key, new=place.new, by=g.actor, at=clock.now())
                said = _("Saved as a draft. Look at it, then send it to another person.")
    except (Conflict, Invalid, StaleDataError) as error:
        if place.draft is not None:
            g.session.refresh(place.draft)
        message = CHANGED_MEANWHILE if isinstance(error, StaleDataError) else error.message
        form.refuse("key" if place.new else "bulletin_title_ja", message)
        return None
    flash(said, "success")
    return redirect(url_for("content_staff.draft", draft_id=draft.id))
