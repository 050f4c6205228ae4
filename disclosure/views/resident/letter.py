"""The decision letter as a page that any reader can read, and as the PDF that was issued."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.letters import readings
from disclosure.letters.body import letter_body
from disclosure.letters.versions import LETTERS
from disclosure.operations import look
from disclosure.operations.look import What
from disclosure.queries.keys import case_letter, letter_context
from disclosure.queries.opening import OpenedCase
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.letters import kinds
from portal.web.downloads import download


@with_case
def letter(found: OpenedCase, letter_id: str) -> str:
    """The letter's own text, set as HTML."""
    row = case_letter(g.session, found.case, letter_id)
    look.look(g.session, found.case, What.LETTER, by=found.actor, at=clock.now(), letter=row.id)
    context = letter_context(found.key, row)
    body = letter_body(LETTERS.named(row.template), context)
    forms = readings.available(context)
    return render_template(
        "disclosure/letter.html", letter=row, text=context, body=body, forms=forms, title=kinds.name(row.kind)
    )


@with_case
def letter_pdf(found: OpenedCase, letter_id: str) -> Response:
    """The PDF as it was issued."""
    row, data = look.read_letter(g.session, found.case, letter_id, key=found.key, by=found.actor, at=clock.now())
    return download(data, name=f"{row.number}.pdf", media_type="application/pdf")
