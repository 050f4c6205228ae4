"""A question letter: its page, the same as data and as plain text, and the letters that answered it."""

from __future__ import annotations

from flask import Response, g, jsonify, make_response, render_template

from content.queries import open_things
from content.queries.letters import LetterPage, letter_page
from content.queries.question_letters import exchange as exchanges
from content.queries.question_letters.exchange_shape import exchange_shape
from content.rules.question_letters import clock as clock_of_letters
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.states import WAITING
from content.rules.reuse import COMPATIBLE_ID, LICENCE_URL
from content.views.kept import present_mark
from content.views.question_letters import letter_text
from content.views.question_letters.exchange_words import EXCHANGE
from portal.core import clock
from portal.web import freshness
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download

REPLY_FILE = "/letters/<key>/replies/<int:number>.pdf"


@public
def show(key: str) -> str:
    """One letter with everything that followed."""
    today = clock.day_in_japan(clock.now())
    page = letter_page(g.session, key, today=today)
    letter = page.line.letter
    if not letter.filed:
        return render_template("content/letter.html", page=page)
    found = exchanges.exchange(g.session, key, today=today)
    rule = clock_of_letters.period(Duty.ANSWER, letter.received_on or letter.sent_on)
    late = found.overdue if letter.state in WAITING else 0
    return render_template("content/question_letters/letter.html", found=found, rule=rule, late=late, told=EXCHANGE)


@public
def show_json(key: str) -> Response:
    """One letter for programs."""
    today = clock.day_in_japan(clock.now())
    page = letter_page(g.session, key, today=today)
    origin = settings().public_url
    if page.line.letter.filed:
        told = exchange_shape(exchanges.exchange(g.session, key, today=today), origin)
    else:
        told = open_things.whole_letter(page, origin)
    return jsonify(**told, licence=COMPATIBLE_ID, terms=LICENCE_URL)


@public
def show_text(key: str) -> Response:
    """One letter with its answers as plain text in UTF-8."""
    today = clock.day_in_japan(clock.now())
    page = letter_page(g.session, key, today=today)
    response = make_response(_told(page, key))
    response.mimetype = "text/plain"
    return response


def _told(page: LetterPage, key: str) -> str:
    if not page.line.letter.filed:
        return letter_text.archived(page)
    return letter_text.filed(exchanges.exchange(g.session, key, today=clock.day_in_japan(clock.now())))


@public
def reply(key: str, number: int) -> Response:
    """The file of a letter that answered, as it was issued."""
    mark = present_mark(REPLY_FILE, {"key": key, "number": number})
    if (same := freshness.unchanged(mark)) is not None:
        return same
    data = exchanges.reply_file(g.session, key, number)
    response = download(data, name=f"{key}-{number}.pdf", media_type="application/pdf", inline=True)
    freshness.marked(response, mark)
    return response
