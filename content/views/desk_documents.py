"""The reading room at the desk: what it shows, and taking a document back at once."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from content.forms.reading_room import WithdrawForm
from content.operations.reading_room import withdraw_document
from content.queries import reading_room
from content.queries.reading_room import Filters
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Gone, Invalid
from portal.web.access import requires
from portal.web.language import _


@requires(Role.PUBLISHER, Role.APPROVER)
def documents() -> str:
    """Every document that is shown."""
    return render_template("content/staff/documents.html", rows=list(reading_room.every(g.session, Filters())))


@requires(Role.PUBLISHER, Role.APPROVER)
def withdraw(key: str) -> Response | tuple[str, int] | str:
    """Say why, and take it back at once."""
    found = reading_room.document(g.session, key)
    if found.withdrawal is not None:
        raise Gone
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                said = (form.reason_ja.data or "", form.reason_en.data or "")
                withdraw_document(g.session, key, *said, by=g.actor, at=clock.now())
        except Invalid as error:
            form.tell(error, otherwise="reason_ja")
        else:
            flash(_("The document is no longer shown, and its file is destroyed."), "success")
            return redirect(url_for("content_staff.documents"), 303)
    page = render_template("content/staff/document_withdrawal.html", form=form, found=found)
    return (page, 422) if form.errors else page
