"""Many requests on paper from one table: a dry run that files nothing, then all or none."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.reception import ReceptionForm
from disclosure.forms.staff.reception_bulk import LIMITS, BulkForm, BulkSendForm, DryRun, Entered, check
from disclosure.models.case import Case
from disclosure.operations.reception import show_same
from disclosure.operations.reception_bulk import BulkRow, receive_all
from disclosure.operations.submit import make_many_secrets
from disclosure.policy import Right
from disclosure.queries.same_person import same_person
from disclosure.rules.reception import COLUMNS, MOST_ROWS
from disclosure.views.staff import reception_receipts as receipts
from disclosure.views.staff.held import for_action
from portal.core import clock, sheets
from portal.core.access_code import new_access_code
from portal.core.errors import N_, Invalid, NotFound
from portal.core.names import search_key
from portal.web import sessions
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _
from portal.web.prepared import prepared_by, result
from portal.web.uploads import accepts_uploads

TABLE = "disclosure.reception.table"
UPLOAD_BYTES = 4_000_000
SHOWN_FAULTS = 200
MEDIA = {"csv": "text/csv", "xlsx": sheets.XLSX}
GONE = N_("This table is not in this session any more. Nothing was filed. Send it again.")
CHANGED = N_("Row %(row)s cannot be filed any more: %(message)s Nothing was filed. Mend the table and send it again.")
ASKED_BEFORE = N_("Tick the box if these are other requests. Nothing was filed yet.")


@for_action(Right.FILE)
def reception_template(kind: str) -> Response:
    """The empty table."""
    if kind not in MEDIA:
        raise NotFound
    offers = {place: column.offers for place, column in enumerate(COLUMNS) if column.words and column.field != "shown"}
    data = sheets.template(kind, "請求", [column.heading for column in COLUMNS], offers, rows=MOST_ROWS)
    return download(data, name=f"紙の請求.{kind}", media_type=MEDIA[kind])


def _look_through(**_arguments: object) -> DryRun | Invalid | None:
    """Read the table and put its rows through the form, before the view's transaction begins."""
    chosen = request.files.get("sheet")
    if not chosen:
        return None
    g.session.close()
    try:
        data = chosen.stream.read(LIMITS.max_bytes + 1)
        return check(sheets.read(data, chosen.filename or "", limits=LIMITS))
    except Invalid as error:
        return error


@for_action(Right.FILE)
@prepared_by(_look_through)
@accepts_uploads(UPLOAD_BYTES)
def reception_bulk() -> Response | str:
    """Take a table; say per row and cell what is amiss, or go on to the page that files it."""
    form, found = BulkForm(), None
    if form.validate_on_submit():
        outcome: DryRun | Invalid | None = result()
        if isinstance(outcome, Invalid):
            form.refuse("sheet", outcome.message, **outcome.params)
        elif outcome is not None and outcome.faults:
            found = outcome
        elif outcome is not None:
            _keep(outcome.rows)
            return redirect(url_for("disclosure_staff.reception_table"), 303)
    faults = found.faults if found else ()
    return render_template(
        "disclosure/staff/reception_bulk.html",
        form=form,
        faults=faults[:SHOWN_FAULTS],
        more=max(0, len(faults) - SHOWN_FAULTS),
        bad_rows=len({fault.row for fault in faults}),
        good_rows=len(found.rows) if found else 0,
        columns=COLUMNS,
    )


@for_action(Right.FILE, look=True)
def reception_table() -> Response | str:
    """What the table would file, and which of its people have open requests. Nothing is filed yet."""
    kept = session.get(TABLE)
    rows = _rows()
    if not kept or rows is None:
        flash(_(GONE), "warning")
        return redirect(url_for("disclosure_staff.reception_bulk"), 303)
    return _table_page(BulkSendForm(data={"key": kept["key"]}), rows)


def _table_page(form: BulkSendForm, rows: Sequence[Entered]) -> str:
    forms = _forms(rows)
    if forms is None:
        raise Invalid(GONE)
    cases = _same(forms)
    every = {case.number: case for found in cases for case in found}
    show_same(g.session, every.values(), by=g.actor, at=clock.now())
    form.seen.data, form.go_on.data = ",".join(every), False
    twice = _twice(rows, forms)
    return render_template(
        "disclosure/staff/reception_table.html",
        form=form,
        rows=[
            (row, one, [case.number for case in found], again)
            for row, one, found, again in zip(rows, forms, cases, twice, strict=True)
        ],
        asked_before=bool(every) or any(twice),
    )


def _make_ready(**_arguments: object) -> list[BulkRow] | None:
    """The requests of the kept table with their keys and codes, each slow to make, before the transaction begins."""
    rows = _rows()
    g.session.close()
    if rows is None:
        return None
    forms = _forms(rows)
    if forms is None:
        return None
    made = make_many_secrets(office(), [new_access_code() for _row in rows])
    return [BulkRow(row.number, form.paper(), secret) for row, form, secret in zip(rows, forms, made, strict=True)]


@for_action(Right.FILE)
@prepared_by(_make_ready)
def reception_file_table() -> Response | str:
    """File every row, or none."""
    form, kept = BulkSendForm(), session.get(TABLE)
    if receipts.number_of(f"{form.key.data}"):
        return redirect(url_for("disclosure_staff.reception_receipts"), 303)
    ready: list[BulkRow] | None = result()
    if not form.validate_on_submit() or not kept or kept["key"] != form.key.data or ready is None:
        flash(_(GONE), "warning")
        return redirect(url_for("disclosure_staff.reception_bulk"), 303)
    rows = _rows() or []
    forms = _forms(rows) or []
    same = {case.number for found in _same(forms) for case in found}
    if (same or any(_twice(rows, forms))) and not (form.go_on.data and same <= set((form.seen.data or "").split(","))):
        form.refuse("go_on", ASKED_BEFORE)
        return _table_page(form, rows)
    try:
        with g.session.begin_nested():
            filed = receive_all(
                g.session,
                ready,
                batch_key=kept["key"],
                vault=office(),
                organisation=settings().organisation,
                by=g.actor,
                at=clock.now(),
            )
    except Invalid as error:
        params = {name: value for name, value in error.params.items() if name not in ("field", "row")}
        message = _(error.message, **params)
        flash(_(CHANGED, row=error.params.get("row", ""), message=message), "danger")
        return redirect(url_for("disclosure_staff.reception_bulk"), 303)
    new = [
        (kept["key"], one, row.request.application.name, row.number)
        for one, row in zip(filed, ready, strict=True)
        if one.access_code
    ]
    receipts.keep_all(new)
    _forget()
    flash(_("Requests filed: %(n)s", n=len(filed)), "success")
    return redirect(url_for("disclosure_staff.reception_receipts"), 303)


@for_action(Right.FILE)
def reception_drop_table() -> Response:
    """Forget the table without filing anything."""
    _forget()
    return redirect(url_for("disclosure_staff.reception_bulk"), 303)


def _forms(rows: Sequence[Entered]) -> list[ReceptionForm] | None:
    """The form of every row; None when one of them is not right any more, as when its day has become too old."""
    forms = [row.form() for row in rows]
    valid = [form.validate() for form in forms]
    return forms if all(valid) else None


def _same(forms: Sequence[ReceptionForm]) -> list[tuple[Case, ...]]:
    return same_person(g.session, [form.person() for form in forms], vault=office(), actor=g.actor)


def _twice(rows: Sequence[Entered], forms: Sequence[ReceptionForm]) -> list[int]:
    """For each row the number of an earlier one of the same person, or 0."""
    first: dict[tuple[str, Any], int] = {}
    found = []
    for row, form in zip(rows, forms, strict=True):
        name, birth = form.person()
        known = first.setdefault((search_key(name).replace(" ", ""), birth), row.number)
        found.append(0 if known == row.number else known)
    return found


def _keep(rows: Sequence[Entered]) -> None:
    """Keep a table that can be filed, sealed in the officer's session, in the place of an earlier one."""
    _forget()
    data = json.dumps([[row.number, row.values] for row in rows], ensure_ascii=False).encode()
    session[TABLE] = {"key": secrets.token_urlsafe(24), "file": sessions.current().keep_file(data)}


def _rows() -> list[Entered] | None:
    kept = session.get(TABLE)
    data = sessions.current().kept_file(kept["file"]) if kept else None
    return [Entered(number, values) for number, values in json.loads(data)] if data else None


def _forget() -> None:
    if kept := session.pop(TABLE, None):
        sessions.current().drop_file(kept["file"])
