"""What an incident's page tells of the cases that it closed."""

from __future__ import annotations

from flask import render_template
from lxml import html

from content.queries.incident_counts import Counted
from discrepancy.queries.public_counts import ABOUT, CLOSED
from tests.discrepancy.views.conftest import Room


def test_a_small_number_is_not_told(room: Room) -> None:
    with room.app.test_request_context("/en/"):
        made = render_template(
            "content/incident/counts.html", counts=[Counted(CLOSED, ABOUT, number, 5) for number in (1234, 5, 4)]
        )
    told = [part.text_content() for part in html.fromstring(f"<div>{made}</div>").xpath("//dd/span[1]")]
    assert told[:2] == ["1234", "5"]
    assert "5" in told[2]
    assert "4" not in told[2]
