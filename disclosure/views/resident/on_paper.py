"""Asking on paper after all: the form, filled in from the answers, to print, sign and hand in. Nothing is filed."""

from __future__ import annotations

from flask import flash, redirect
from werkzeug.wrappers import Response

from disclosure.forms.resident.prefilled import request_sheet, written
from disclosure.forms.resident.questions import today
from disclosure.views.public.forms import printed
from disclosure.views.resident import guide
from portal.core.errors import Invalid, NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _


@public
def on_paper() -> Response:
    """The filled-in form of the request that is being written."""
    found = guide.arrive("check")
    if isinstance(found, Response):
        return found
    day = today()
    sheet = request_sheet(found.answer("records")["records"], settings().organisation.profile, day)
    if sheet is None:
        raise NotFound
    documents = [file.document for file in found.files]
    try:
        return printed(sheet, written(found.answers, found.requester, documents, day=day))
    except Invalid as error:
        flash(_(error.message, **error.params), "danger")
        return redirect(guide.address("check"), 303)
