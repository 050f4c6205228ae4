"""The decision letter in other forms: large print, text for reading aloud, plain Japanese, English."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.letters import readings
from disclosure.letters.body import letter_body
from disclosure.letters.readings import Reading
from disclosure.operations.read_reading import OpenedLetter, read_reading
from disclosure.queries.opening import OpenedCase
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import NotFound
from portal.web.downloads import download

PAGES = frozenset({Reading.EASY.value, Reading.ENGLISH.value})
FILES = PAGES | {Reading.LARGE.value}


@with_case
def reading(found: OpenedCase, letter_id: str, form: str) -> str:
    """An explanation or a translation as a page."""
    one = _opened(found, letter_id, form, PAGES)
    template, made = readings.set_as(one.wanted, one.template, one.context)
    body = letter_body(template, made)
    return render_template("disclosure/reading.html", letter=one.letter, reading=one.wanted, body=body)


@with_case
def reading_pdf(found: OpenedCase, letter_id: str, form: str) -> Response:
    """Large print, explanation or translation as PDF."""
    return _file(_opened(found, letter_id, form, FILES))


@with_case
def reading_text(found: OpenedCase, letter_id: str) -> Response:
    """The letter as text for reading aloud, in UTF-8."""
    return _file(_opened(found, letter_id, Reading.TEXT.value, frozenset({Reading.TEXT.value})))


def _opened(found: OpenedCase, letter_id: str, form: str, forms: frozenset[str]) -> OpenedLetter:
    if form not in forms:
        raise NotFound
    return read_reading(g.session, found.case, letter_id, form, key=found.key, by=found.actor, at=clock.now())


def _file(one: OpenedLetter) -> Response:
    name, media_type, data = one.file
    return download(data, name=name, media_type=media_type)
