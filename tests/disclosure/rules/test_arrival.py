"""How letters go, and which day counts as their arrival."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import arrival
from disclosure.rules.kinds import Channel, Delivery
from portal.core.errors import Invalid


@pytest.mark.parametrize("typed", ["123-45-67890-1", "12345678901", "１２３－４５－６７８９０－１", " 123 45 67890 1 "])
def test_a_registered_mail_number_is_read_in_any_spelling(typed: str) -> None:
    assert arrival.mail_number(typed) == "123-45-67890-1"


@pytest.mark.parametrize("typed", ["", "123-45-67890", "123-45-67890-12", "A23-45-67890-1", "1" * 100, "123456789018"])
def test_what_is_no_registered_mail_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="11 digits"):
        arrival.mail_number(typed)


@pytest.mark.parametrize(
    ("channel", "delivery", "posts"),
    [
        (Channel.WEB, Delivery.DOWNLOAD, False),
        (Channel.WEB, Delivery.POST, True),
        (Channel.WEB, Delivery.OFFICE, True),
        (Channel.WINDOW, Delivery.DOWNLOAD, True),
        (Channel.FAX, Delivery.POST, True),
    ],
)
def test_only_who_agreed_to_it_gets_a_letter_on_the_site(channel: Channel, delivery: Delivery, posts: bool) -> None:
    assert arrival.goes_by_post(channel, delivery) is posts


def test_days_come_from_the_table() -> None:
    assert arrival.presumed_on(date(2026, 4, 8)) == date(2026, 4, 13)
    assert arrival.open_by(date(2026, 4, 8)) == date(2026, 4, 22)
    assert arrival.post_by(date(2026, 4, 3)) == date(2026, 4, 6), "a Friday's letter is posted on Monday"
