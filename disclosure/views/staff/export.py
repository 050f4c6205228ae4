"""The whole case as a ZIP file. It is sent from a file without a name; nothing of it stays here."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.staff.export import ExportForm
from disclosure.operations.export import Purpose
from disclosure.operations.export import export as make
from disclosure.policy import Right
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, found, fresh
from portal.core import clock
from portal.web.building import office, settings
from portal.web.downloads import download_file


@for_action(Right.EXPORT, look=True)
def export(number: str) -> Response | str:
    """Ask what it is for, then send it."""
    one = found(number)
    form = fresh(ExportForm(), one)
    if form.validate_on_submit():
        purpose = Purpose(form.purpose.data or "", bool(form.with_notes.data))
        data = make(
            g.session, one, purpose, vault=office(), organisation=settings().organisation, say=wording.words,
            by=g.actor, at=clock.now(),
        )  # fmt: skip
        return download_file(data, name=f"{one.number}.zip", media_type="application/zip")
    return render_template("disclosure/staff/export.html", form=form, case=one)
