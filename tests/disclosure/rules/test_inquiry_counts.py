"""How many inquiries came: nothing unless the organisation decides so, and no small number, written or computed."""

from __future__ import annotations

import pytest

from disclosure.rules.inquiry_counts import COUNTS, InquiryCount, ShownCount, check, shown
from portal.core.law_tables import TableError


def test_nothing_is_published_as_shipped():
    assert COUNTS == ()


@pytest.mark.parametrize(
    ("received", "answered", "seen"),
    [
        (120, 110, (120, 110)),
        (0, 0, (0, 0)),
        (120, 120, (120, 120)),
        (120, 0, (120, 0)),
        (4, 4, (None, None)),
        (4, 0, (None, None)),
        (120, 3, (120, None)),
        (120, 118, (120, None)),
        (5, 5, (5, 5)),
        (9, 5, (9, None)),
    ],
)
def test_a_small_number_is_hidden_with_what_it_could_be_computed_from(received, answered, seen):
    assert shown([InquiryCount(2024, received, answered)], before=2026, least=5) == (ShownCount(2024, *seen),)


def test_only_years_that_have_ended_are_shown_the_newest_first():
    rows = [InquiryCount(year, 120, 110) for year in (2024, 2026, 2025)]
    assert [row.fiscal_year for row in shown(rows, before=2026, least=5)] == [2025, 2024]


@pytest.mark.parametrize("rows", [[(2024, 5, 6)], [(2024, 9, -1)], [(2024, 9, 9), (2024, 8, 8)]])
def test_numbers_that_cannot_be_stop_the_start(rows):
    with pytest.raises(TableError, match="2024"):
        check([InquiryCount(*row) for row in rows])
