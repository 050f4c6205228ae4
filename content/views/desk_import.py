"""Another archive at the desk: looked through, shown with what would change, taken in when another person agrees."""

from __future__ import annotations

import secrets
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.importing import ImportForm, ImportSendForm
from content.forms.steps import ReasonForm
from content.operations.ask_import import CHANGED_SINCE, ask_import, asked_file, mark, publish_import
from content.operations.import_archive import LIMITS, Plan, plan, table_of
from content.queries import drafts
from content.rules.import_columns import COLUMNS, Column
from content.rules.importing import Fault
from content.rules.states import Step
from portal.core import audit, clock, sheets
from portal.core.actor import Role
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.sheets import Table
from portal.web import sessions
from portal.web.access import requires
from portal.web.downloads import download
from portal.web.language import _
from portal.web.prepared import prepared_by, result
from portal.web.uploads import accepts_uploads

FILE = "content.import.file"
SHOWN = 200
MEDIA = {"csv": "text/csv", "xlsx": sheets.XLSX}
GONE = N_("This file is not in this session any more. Nothing was taken in. Send it again.")


@requires(Role.PUBLISHER)
def template(kind: str) -> Response:
    """The empty table."""
    if kind not in MEDIA:
        raise NotFound
    offers = {place: column.words for place, column in enumerate(COLUMNS.values()) if column.words}
    data = sheets.template(kind, "archive", list(COLUMNS), offers, rows=200)
    return download(data, name=f"archive.{kind}", media_type=MEDIA[kind])


def _look_through(**_arguments: object) -> tuple[str, bytes, Table] | Invalid | None:
    """Read the file before the view's transaction begins."""
    chosen = request.files.get("table")
    if not chosen or not chosen.filename:
        return None
    g.session.close()
    data = chosen.stream.read(LIMITS.max_bytes + 1)
    try:
        return chosen.filename, data, table_of(data, chosen.filename)
    except Invalid as error:
        return error


@requires(Role.PUBLISHER)
@prepared_by(_look_through)
@accepts_uploads(LIMITS.max_bytes + 1_000_000)
def take() -> Response | str:
    """Take a file; show what it would change, and what is refused. Nothing is taken in yet."""
    form = ImportForm()
    if form.validate_on_submit():
        outcome: tuple[str, bytes, Table] | Invalid | None = result()
        try:
            if isinstance(outcome, Invalid):
                raise outcome
            if outcome is not None:
                name, data, table = outcome
                found = plan(g.session, table, at=clock.now())
                return _preview(found, _keep(name, data) if found.anything and not found.faults else "", name)
        except Invalid as error:
            form.refuse("table", error.message, **error.params)
    return render_template("content/staff/import.html", form=form, columns=COLUMNS.values(), form_of=_form_of)


def _preview(found: Plan, key: str, name: str) -> str:
    form = ImportSendForm(data={"key": key})
    return render_template("content/staff/import_preview.html", form=form, name=name, ready=bool(key), **_told(found))


def _told(found: Plan) -> dict[str, Any]:
    """What the file would change, as both people see it."""
    return {
        "plan": found,
        "faults": [(fault, _said(fault)) for fault in found.faults[:SHOWN]],
        "more": max(0, len(found.faults) - SHOWN),
    }


def _said(fault: Fault) -> str:
    return _(fault.message, **dict(fault.params)) if fault.params else _(fault.message)


def _form_of(column: Column) -> str:
    return ", ".join(column.words)


def _again(**_arguments: object) -> tuple[str, str, bytes, Table] | None:
    """The kept file, read again before the view's transaction begins."""
    kept = session.get(FILE)
    data = sessions.current().kept_file(kept["file"]) if kept else None
    g.session.close()
    if not kept or data is None:
        return None
    return kept["key"], kept["name"], data, table_of(data, kept["name"])


@requires(Role.PUBLISHER)
@prepared_by(_again)
def ask_to_take_in() -> Response:
    """Ask another person to agree that the file that was shown is taken in."""
    form = ImportSendForm()
    kept: tuple[str, str, bytes, Table] | None = result()
    if not form.validate_on_submit() or kept is None or kept[0] != form.key.data:
        flash(_(GONE), "warning")
        return redirect(url_for("content_staff.take_archive"), 303)
    _forget()
    try:
        with g.session.begin_nested():
            draft = ask_import(g.session, kept[1], kept[2], kept[3], by=g.actor, at=clock.now())
    except Invalid:
        flash(_(CHANGED_SINCE), "danger")
        return redirect(url_for("content_staff.take_archive"), 303)
    flash(_("Asked. Another person sees the same and has to agree; until then nothing is taken in."), "success")
    return redirect(url_for("content_staff.asked_archive", draft_id=draft.id), 303)


@requires(Role.PUBLISHER, Role.APPROVER)
def asked(draft_id: str) -> str:
    """What a file would change today, for whoever is asked to agree."""
    draft = drafts.find_draft(g.session, draft_id, actor=g.actor)
    name, data = asked_file(g.session, draft)
    found = plan(g.session, table_of(data, name), at=clock.now())
    return render_template(
        "content/staff/import_draft.html",
        draft=draft,
        name=name,
        may={step.name: policy.may(g.actor, step, draft) for step in Step},
        form=ReasonForm(),
        agree=ImportSendForm(data={"key": mark(found)}, prefix="agree"),
        same=draft.payload["mark"] == mark(found),
        history=audit.entries(g.session, subject=draft.id),
        **_told(found),
    )


def _asked_table(draft_id: str) -> Table:
    """The file of a draft, read before the view's transaction begins."""
    name, data = asked_file(g.session, drafts.find_draft(g.session, draft_id, actor=g.actor))
    g.session.close()
    return table_of(data, name)


@requires(Role.PUBLISHER, Role.APPROVER)
@prepared_by(_asked_table)
def agree_to_take_in(draft_id: str) -> Response:
    """Agree: take in all of the file, or nothing where it would no longer be what was shown."""
    draft = drafts.find_draft(g.session, draft_id, actor=g.actor)
    seen = ImportSendForm(prefix="agree").key.data or ""
    try:
        with g.session.begin_nested():
            found = publish_import(g.session, draft, result(), seen=seen, by=g.actor, at=clock.now())
    except (Invalid, Conflict) as error:
        flash(_(error.message, **error.params), "danger")
        return redirect(url_for("content_staff.asked_archive", draft_id=draft_id), 303)
    flash(_("Taken in. Bulletins: %(n)s, facts: %(facts)s.", n=len(found.bulletins), facts=found.facts), "success")
    return redirect(url_for("content_staff.publishing"), 303)


def _keep(name: str, data: bytes) -> str:
    """Keep a file that can be taken in, sealed in the publisher's session, in the place of an earlier one."""
    _forget()
    key = secrets.token_urlsafe(24)
    session[FILE] = {"key": key, "name": name, "file": sessions.current().keep_file(data)}
    return key


def _forget() -> None:
    if kept := session.pop(FILE, None):
        sessions.current().drop_file(kept["file"])
