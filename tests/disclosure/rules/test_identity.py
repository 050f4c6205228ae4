"""Which documents show who somebody is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.identity import Checked, accepted, problem

DAY = date(2026, 4, 1)
LICENCE = Checked("driving-licence", date(2027, 1, 1), name_agrees=True, address_agrees=True)
RECORD = Checked("resident-record", None, name_agrees=True, address_agrees=True)
INSURANCE = Checked("eligibility-certificate", date(2027, 1, 1), name_agrees=True, address_agrees=True)


@pytest.mark.parametrize("checked", [[LICENCE], [RECORD, INSURANCE], [LICENCE, RECORD]])
def test_one_document_with_a_photo_or_two_without_are_enough(checked):
    assert problem(checked, received_on=DAY, today=DAY) is None


@pytest.mark.parametrize(
    "checked",
    [
        [],
        [RECORD],
        [RECORD, RECORD],
        [replace(LICENCE, expires_on=None)],
        [replace(LICENCE, expires_on=date(2026, 3, 31))],
        [replace(LICENCE, name_agrees=False)],
        [replace(LICENCE, address_agrees=False)],
        [replace(LICENCE, document="notification-card")],
        [replace(LICENCE, document="library-card")],
    ],
)
def test_anything_less_is_not(checked):
    assert problem(checked, received_on=DAY, today=DAY)


def test_a_document_valid_when_the_request_arrived_is_enough():
    assert problem([replace(LICENCE, expires_on=DAY)], received_on=DAY, today=date(2026, 5, 1)) is None


def test_the_notification_card_is_not_offered():
    assert "notification-card" not in {row.code for row in accepted(DAY)}
