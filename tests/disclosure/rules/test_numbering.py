"""Receipt and letter numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.rules.numbering import (
    CHECK_LETTERS,
    read_receipt_number,
    receipt_number,
    year_label,
)
from portal.letters.numbering import fiscal_year, letter_number

NUMBER = receipt_number("開", 2026, 123)
SEQUENCES = st.integers(1, 999_999)


def test_numbers_look_like_this():
    assert NUMBER == "開-R08-000123-Q"
    assert letter_number("見情機", 11) == "見情機第11号"


@pytest.mark.parametrize(
    ("day", "year", "label"),
    [
        (date(2026, 3, 31), 2025, "R07"),
        (date(2026, 4, 1), 2026, "R08"),
        (date(2019, 5, 1), 2019, "H31"),
        (date(2020, 4, 1), 2020, "R02"),
    ],
)
def test_the_fiscal_year_starts_in_april_and_keeps_its_label(day, year, label):
    assert (fiscal_year(day), year_label(fiscal_year(day))) == (year, label)


@pytest.mark.parametrize(
    "typed",
    [NUMBER, "R08-000123-Q", "r08000123q", "開ーＲ０８ー０００１２３ーｑ", " R08 000123 Q ", "開-R08−000123‐Q"],
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert read_receipt_number(typed, mark="開") == NUMBER


@pytest.mark.parametrize("typed", ["", "R08-000123-A", "情-R08-000123-Q", "R08-00123-Q", "x" * 500, "R08-000123-Q-Q"])
def test_what_is_no_number_is_not_read(typed):
    assert read_receipt_number(typed, mark="開") is None


@given(sequence=SEQUENCES, place=st.integers(0, 5), digit=st.integers(0, 9))
def test_one_wrong_digit_is_noticed(sequence, place, digit):
    number = receipt_number("開", 2026, sequence)
    at = 6 + place
    wrong = number[:at] + str(digit) + number[at + 1 :]
    assert (read_receipt_number(wrong, mark="開") is None) == (wrong != number)


@given(sequence=SEQUENCES, place=st.integers(0, 4))
def test_two_swapped_digits_are_noticed(sequence, place):
    number = receipt_number("開", 2026, sequence)
    at = 6 + place
    wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert (read_receipt_number(wrong, mark="開") is None) == (wrong != number)


def test_a_year_ends_at_a_million():
    with pytest.raises(ValueError, match="999,999"):
        receipt_number("開", 2026, 1_000_000)


def test_the_check_letters_are_a_prime_number_without_lookalikes():
    assert len(set(CHECK_LETTERS)) == 23
    assert not set("ILO") & set(CHECK_LETTERS)
