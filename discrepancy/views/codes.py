"""The tables of codes that the forms offer, for whoever keeps them."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from discrepancy.forms.cases import today
from discrepancy.forms.codes import CodeForm
from discrepancy.operations.keep_codes import keep_code
from discrepancy.queries import codes as queries
from discrepancy.rules.codes import FIXED, Code, CodeTable, find, offered
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_keepers
from portal.core import clock
from portal.core.errors import NotFound
from portal.web.language import _, _l, choose

Answer = str | Response
TABLES: dict[CodeTable, Any] = {
    CodeTable.AFFAIR: _l("Affairs and procedures"),
    CodeTable.INFORMATION: _l("Kinds of specific personal information"),
    CodeTable.CAUSER: _l("Who caused it"),
    CodeTable.SYSTEM_CAUSE: _l("Causes in a system"),
    CodeTable.HUMAN_CAUSE: _l("Causes in the handling"),
    CodeTable.LAYOUT_CAUSE: _l("Causes in a data layout"),
    CodeTable.OTHER_CAUSE: _l("Other causes"),
    CodeTable.EFFECT: _l("Effects on the affair"),
    CodeTable.COUNTERPART: _l("Whom one asked"),
    CodeTable.MINISTRY: _l("Ministries in charge"),
    CodeTable.URGENCY: _l("Degrees of urgency"),
    CodeTable.SITE_CATEGORY: _l("Categories of the information-sharing site"),
    CodeTable.ENQUIRY_KIND: _l("Kinds of enquiries"),
    CodeTable.WORK_KIND: _l("Kinds of work asked for"),
    CodeTable.OCCURRENCE_KIND: _l("Kinds of events"),
}


@for_keepers
def tables() -> str:
    """All tables, with how many codes each offers today."""
    rows, day = queries.codes(g.session), today()
    counts = {table: len(offered(rows, table, day)) for table in CodeTable}
    return render_template("discrepancy/code_tables.html", tables=TABLES, counts=counts, fixed=FIXED)


@for_keepers
def table(name: str) -> Answer:
    """One table with all its rows, past and coming ones too, and the form that adds or changes one (``?key=``)."""
    if name not in list(CodeTable):
        raise NotFound
    shown, rows = CodeTable(name), queries.codes(g.session)
    form = CodeForm(data=_typed(find(rows, shown, request.args.get("key", ""))))
    form.offer(shown, rows)

    def act() -> None:
        keep_code(g.session, form.row(shown), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, act):
        flash(_("The code is kept."), "success")
        return redirect(url_for("discrepancy_staff.code_table", name=name), 303)
    own = sorted((row for row in rows if row.table is shown), key=lambda row: (row.key, row.effective_from))
    names = {row.key: choose(row, "name") for row in rows if row.table is not shown}
    return render_template(
        "discrepancy/code_table.html",
        name=name,
        title=TABLES[shown],
        rows=own,
        names=names,
        form=form,
        fixed=shown in FIXED,
        today=today(),
    )


def _typed(row: Code | None) -> dict[str, Any]:
    """A row as the form has it; a change begins today."""
    if row is None:
        return {"effective_from": today().isoformat()}
    return {
        "key": row.key,
        "name_ja": row.name_ja,
        "name_en": row.name_en,
        "effective_from": max(today(), row.effective_from).isoformat(),
        "until": row.until.isoformat() if row.until else "",
        "within": list(row.within),
    }
