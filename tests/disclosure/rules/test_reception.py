"""Requests on paper: days of arrival, words for the back of a card, the table's columns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disclosure.rules import reception
from disclosure.rules.agents import CAPACITIES, PROOFS
from disclosure.rules.identity import DOCUMENTS
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind

TODAY = date(2026, 4, 1)
BACK = reception.TERMS[0].longest_back_days


@pytest.mark.parametrize(
    ("received_on", "message"),
    [
        (TODAY, None),
        (TODAY - timedelta(days=1), None),
        (TODAY - timedelta(days=BACK), None),
        (TODAY - timedelta(days=BACK + 1), reception.TOO_LONG_AGO),
        (TODAY + timedelta(days=1), reception.FUTURE),
        (date(1990, 4, 1), reception.TOO_LONG_AGO),
    ],
)
def test_a_paper_arrived_today_or_some_time_ago(received_on: date, message: str | None) -> None:
    problem = reception.day_problem(received_on, today=TODAY)
    assert (problem and problem[0]) == message


@pytest.mark.parametrize(
    "text",
    ["マイナンバーカードの裏面", "個人番号カード（裏）", "カード裏", "card_back.jpg", "うら面", "裏.png", "IMG_裏.jpg"],
)
def test_words_for_the_back_of_a_card(text: str) -> None:
    assert reception.names_a_back(text)


@pytest.mark.parametrize("text", ["表面.png", "裏辻　見本.png", "feedback.pdf", "運転免許証", ""])
def test_other_words_are_not_the_back_of_a_card(text: str) -> None:
    assert not reception.names_a_back(text)


def test_every_closed_column_has_a_word_for_each_value() -> None:
    values = {
        "channel": set(reception.ON_PAPER),
        "language": {"ja", "en"},
        "whose": {"mine", "statutory", "mandated"},
        "protected": {"y", ""},
        "capacity": set(CAPACITIES),
        "proofs_shown": set(PROOFS),
        "records": {kind for kind in RecordKind if kind.personal},
        "delivery": set(Delivery),
        "format": set(Format),
        "shown": {row.code for row in DOCUMENTS.values() if row.accepted},
    }
    for column in reception.COLUMNS:
        if column.words is None:
            continue
        assert set(column.words) == values.pop(column.field)
        for value, words in column.words.items():
            assert {column.value(word) for word in (*words, str(value))} == {str(value)}
    assert values == {}


@pytest.mark.parametrize(
    ("field", "word", "value"),
    [
        ("channel", "ＦＡＸ", Channel.FAX),
        ("format", "ｐｄｆ", Format.PDF),
        ("records", "両　方", "both"),
        ("format", "石", None),
    ],
)
def test_words_are_read_in_any_width(field: str, word: str, value: str | None) -> None:
    column = next(column for column in reception.COLUMNS if column.field == field)
    assert column.value(word) == value


def test_headings_are_read_in_any_width_and_several_words_apart() -> None:
    assert reception.column_of(" 氏　名 ") is reception.column_of("氏名")
    assert reception.column_of("性別") is None
    assert reception.listed("旅券、 在留カード,住民票") == ["旅券", "在留カード", "住民票"]
