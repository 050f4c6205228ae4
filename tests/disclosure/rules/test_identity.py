"""Which documents show who somebody is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.identity import Checked, accepted, problems, refused

DAY = date(2026, 4, 1)
MADE = date(2026, 3, 10)
LICENCE = Checked("driving-licence", date(2027, 1, 1), name_agrees=True, address_agrees=True)
RECORD = Checked("resident-record", None, name_agrees=True, address_agrees=True, issued_on=MADE)
INSURANCE = Checked("eligibility-certificate", date(2027, 1, 1), name_agrees=True, address_agrees=True)


@pytest.mark.parametrize("checked", [[LICENCE], [RECORD, INSURANCE], [LICENCE, RECORD]])
def test_one_document_with_a_photo_or_two_without_are_enough(checked):
    assert problems(checked, received_on=DAY) == ()


@pytest.mark.parametrize(
    ("checked", "defects"),
    [
        ([], ["identity-missing"]),
        ([RECORD], ["identity-second"]),
        ([RECORD, RECORD], ["identity-second"]),
        ([replace(LICENCE, expires_on=None)], ["identity-expired"]),
        ([replace(LICENCE, expires_on=date(2026, 3, 31))], ["identity-expired"]),
        ([replace(LICENCE, name_agrees=False)], ["name-differs"]),
        ([replace(LICENCE, address_agrees=False)], ["address"]),
        ([replace(LICENCE, name_agrees=False, address_agrees=False)], ["name-differs", "address"]),
        ([replace(LICENCE, document="notification-card")], ["identity-not-accepted"]),
        ([replace(LICENCE, document="library-card")], ["identity-not-accepted"]),
        ([INSURANCE, replace(RECORD, issued_on=None)], ["resident-record"]),
        ([INSURANCE, replace(RECORD, issued_on=date(2026, 3, 1))], ["resident-record"]),
        ([INSURANCE, replace(RECORD, issued_on=date(2026, 4, 2))], ["resident-record"]),
    ],
)
def test_anything_less_is_not_and_says_what_mends_it(checked, defects):
    assert [row.defect for row in problems(checked, received_on=DAY)] == defects


def test_by_mail_a_certificate_of_residence_is_needed_too():
    assert [row.defect for row in problems([LICENCE], received_on=DAY, by_mail=True)] == ["resident-record"]
    assert problems([LICENCE, RECORD], received_on=DAY, by_mail=True) == ()


def test_a_paper_that_came_with_a_correction_is_fresh_for_the_day_of_the_correction():
    later = replace(RECORD, issued_on=date(2026, 4, 9))
    assert problems([LICENCE, later], received_on=DAY)
    assert problems([LICENCE, later], received_on=DAY, days_asked=[date(2026, 4, 10)]) == ()


def test_a_document_valid_when_the_request_arrived_is_enough():
    assert problems([replace(LICENCE, expires_on=DAY)], received_on=DAY) == ()


def test_the_notification_card_is_not_offered():
    assert "notification-card" not in {row.code for row in accepted(DAY)}
    assert [row.code for row in refused()] == ["notification-card"]
