"""An issued letter in the other forms that its requester can have, for printing or sending."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from disclosure.operations.read_reading import read_reading
from disclosure.policy import Right
from disclosure.queries.keys import case_key
from disclosure.views.staff.held import for_action, found
from portal.core import clock
from portal.web.building import office
from portal.web.downloads import download


@for_action(Right.READ, look=True)
def reading(number: str, letter_id: str, form: str) -> Response:
    """Large print, explanation or translation as PDF; text for reading aloud."""
    one = found(number)
    key = case_key(office(), one)
    opened = read_reading(g.session, one, letter_id, form, key=key, by=g.actor, at=clock.now())
    name, media_type, data = opened.file
    return download(data, name=name, media_type=media_type)
