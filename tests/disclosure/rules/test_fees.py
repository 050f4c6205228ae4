"""What a request, copies and the post cost, as the table has it, and that each amount explains itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.fees import FeeKind, chargeable, copy_prices, reckon_postage, reckon_request, request_fee
from disclosure.rules.kinds import Channel
from disclosure.rules.regimes import regime

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("code", "holder", "channel", "known", "yen"),
    [
        ("P2", "administrative", Channel.WINDOW, True, 300),
        ("P2", "administrative", Channel.POST, True, 300),
        ("P2", "administrative", Channel.WEB, True, 200),
        ("P2", "incorporated", Channel.WEB, True, 0),
        ("P2", "incorporated", Channel.FAX, True, 0),
        ("P1", "business", Channel.WEB, False, 0),
        ("P3", "business", Channel.WINDOW, False, 0),
        ("P4", "business", Channel.WINDOW, False, 0),
        ("P5", "incorporated", Channel.POST, False, 0),
        ("P6", "incorporated", Channel.WINDOW, True, 300),
        ("P6-own", "business", Channel.WEB, True, 300),
    ],
)
def test_each_regime_body_and_channel_has_its_fee(code, holder, channel, known, yen):
    row = request_fee(replace(regime(code, DAY), holder=holder), channel, DAY)
    assert row is not None
    assert (row.known, row.fee_yen) == (known, yen)
    amount = reckon_request(row)
    assert amount.yen == yen
    assert amount.steps[0].article == row.citation_ja
    assert row.source == "law" or "fee_yen" in row.unconfirmed


def test_no_fee_is_named_before_the_law_was_there():
    assert request_fee(regime("P2", DAY), Channel.WEB, date(2022, 3, 31)) is None


@pytest.mark.parametrize(("items", "yen"), [(1, 300), (2, 600), (7, 2100)])
def test_each_item_costs_the_fee_once_and_the_step_says_what_an_item_is(items, yen):
    row = request_fee(replace(regime("P2", DAY), holder="administrative"), Channel.WINDOW, DAY)
    amount = reckon_request(row, items)
    assert amount.yen == yen
    assert [step.params for step in amount.steps] == [{"yen": 300}, {"items": items}, {"yen": yen}]
    assert amount.steps[1].article.endswith("第27条第2項")
    with pytest.raises(ValueError, match="one item"):
        reckon_request(row, 0)


@pytest.mark.parametrize(
    ("sheets", "day", "registered", "yen"),
    [
        (1, date(2026, 4, 1), False, 140),
        (7, date(2026, 4, 1), False, 140),  # 48 g
        (8, date(2026, 4, 1), False, 180),  # 52 g
        (20, date(2026, 4, 1), False, 180),  # 100 g
        (21, date(2026, 4, 1), True, 750),  # 104 g: 270 + 480
        (245, date(2026, 4, 1), True, 1230),  # 1,000 g: 750 + 480
        (7, date(2024, 9, 30), False, 120),
        (7, date(2024, 10, 1), False, 140),
    ],
)
def test_postage_goes_by_weight_and_by_the_day(sheets, day, registered, yen):
    amount = reckon_postage(sheets, day, registered=registered)
    assert amount.yen == yen
    assert amount.steps[0].params["grams"] == 20 + 4 * sheets


@pytest.mark.parametrize("sheets", [0, -1, 246, 5001])
def test_what_is_no_letter_has_no_postage(sheets):
    with pytest.raises(ValueError, match="letter"):
        reckon_postage(sheets, DAY)


def test_copies_of_ones_own_information_are_free_but_for_the_postage():
    own = request_fee(regime("P2", DAY), Channel.WEB, DAY)
    documents = request_fee(regime("P6", DAY), Channel.WINDOW, DAY)
    assert chargeable(own) == (FeeKind.POSTAGE,)
    assert chargeable(documents) == (FeeKind.REQUEST, FeeKind.POSTAGE, FeeKind.COPIES)
    assert {row.medium: row.copy_yen for row in copy_prices(DAY)} == {
        "a4-mono": 10, "a3-mono": 10, "a4-colour": 20, "a3-colour": 20, "cd-r": 100,
    }  # fmt: skip
