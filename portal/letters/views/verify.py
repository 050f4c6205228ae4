"""Checking a letter: by its file, or by the address in its QR code. No personal data is shown, no file is kept."""

from __future__ import annotations

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from portal.core import press
from portal.core.errors import TooMany
from portal.letters import kinds, verification
from portal.letters.forms import VerifyForm
from portal.letters.queries import register, tree
from portal.letters.verification import MOST_BYTES, Findings, Result
from portal.web import prepared
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

REST_OF_FORM = 100_000


def _examined() -> Findings | None:
    """What the uploaded file says of itself; worked out before the request's transaction begins."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    data = file.stream.read(MOST_BYTES + 1)
    g.session.close()
    try:
        return verification.examine(data, settings=settings())
    except press.PressFailed as busy:
        raise TooMany(busy.message, retry_after=60) from None


@public
@accepts_uploads(MOST_BYTES + REST_OF_FORM)
@prepared.prepared_by(_examined)
@throttled(Limit("letters.verify", count=60, seconds=600))
def verify() -> Response:
    """The form; after sending it, what the file is."""
    form = VerifyForm()
    found: Findings | None = prepared.result()
    result: Result | None = None
    if form.validate_on_submit() and found is not None:
        result = verification.judge(g.session, found)
    page = render_template(
        "letters/verify.html", form=form, result=result, signing=settings().signing.value, kind_name=_kind_name
    )
    return _unlisted(make_response(page, 422 if form.errors else 200))


@public
def letter(token: str) -> Response:
    """What the QR code leads to: number, day, kind, and whether the letter is in force."""
    found = register.by_token(g.session, token)
    page = render_template(
        "letters/letter.html",
        found=found,
        proof=tree.inclusion(g.session, found.letter.tree_index),
        kind_name=_kind_name,
    )
    return _unlisted(make_response(page))


def _kind_name(kind: str) -> str:
    return _(kinds.name(kind))


def _unlisted(response: Response) -> Response:
    """Out of search engines: these pages say something only to whoever holds the letter."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
