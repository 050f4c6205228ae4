"""The decision letter in other forms: large print, text for reading aloud, plain Japanese, English."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.letters import readings
from disclosure.letters.body import letter_body
from disclosure.letters.readings import Reading
from disclosure.letters.versions import LETTERS
from disclosure.models.letter import Letter
from disclosure.operations import look
from disclosure.operations.look import What
from disclosure.queries.keys import case_letter, letter_context
from disclosure.queries.opening import OpenedCase
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import NotFound
from portal.letters.engine import Context
from portal.web.downloads import download

PAGES = frozenset({Reading.EASY, Reading.ENGLISH})


@with_case
def reading(found: OpenedCase, letter_id: str, form: str) -> str:
    """An explanation or a translation as a page."""
    row, context, wanted = _opened(found, letter_id, form)
    if wanted not in PAGES:
        raise NotFound
    template, made = readings.set_as(wanted, LETTERS.named(row.template), context)
    body = letter_body(template, made)
    return render_template("disclosure/reading.html", letter=row, reading=wanted, body=body)


@with_case
def reading_pdf(found: OpenedCase, letter_id: str, form: str) -> Response:
    """Large print, explanation or translation as PDF."""
    row, context, wanted = _opened(found, letter_id, form)
    if wanted is Reading.TEXT:
        raise NotFound
    data = readings.pdf(wanted, LETTERS.named(row.template), context)
    return download(data, name=f"{row.number}-{wanted.value}.pdf", media_type="application/pdf")


@with_case
def reading_text(found: OpenedCase, letter_id: str) -> Response:
    """The letter as text for reading aloud, in UTF-8."""
    row, context, _wanted = _opened(found, letter_id, Reading.TEXT)
    said = readings.text(LETTERS.named(row.template), context)
    return download(said.encode("utf-8"), name=f"{row.number}.txt", media_type="text/plain")


def _opened(found: OpenedCase, letter_id: str, form: str) -> tuple[Letter, Context, Reading]:
    """The letter, what it was made from, and the form wanted; the look is recorded. NotFound."""
    row = case_letter(g.session, found.case, letter_id)
    context = letter_context(found.key, row)
    wanted = next((one for one in readings.available(context) if one.value == form), None)
    if wanted is None:
        raise NotFound
    look.look(g.session, found.case, What.LETTER, by=found.actor, at=clock.now(), letter=row.id, reading=wanted.value)
    return row, context, wanted
