"""Words that lead to another track, and how a request for documents is worded."""

from __future__ import annotations

from datetime import date

import pytest

from content.rules.reading_room import next_key, stem
from disclosure.rules.documents import Track, describe, holdings, other_tracks
from disclosure.rules.fees import INSPECTED, copy_prices, reckon_disclosure, request_fee
from disclosure.rules.kinds import Channel
from disclosure.rules.regimes import regime

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "tracks"),
    [
        ("中継サーバーの改修に係る契約書", ()),
        ("令和7年度の代表者会議の議事録", ()),
        ("私の交付申請書", (Track.OWN,)),
        ("MY OWN application", (Track.OWN,)),
        ("なぜ止まったのですか", (Track.QUESTION,)),
        ("自分の顔写真を見せてもらえますか？", (Track.OWN, Track.QUESTION)),
    ],
)
def test_words_lead_to_the_right_track(text, tracks):
    assert other_tracks(text) == tracks


def test_a_request_is_worded_with_its_span_and_what_it_is_about():
    assert describe(" 契約書 ", since=None, until=None) == "契約書"
    said = describe("契約書", since=date(2025, 4, 1), until=date(2026, 3, 31), about=("中継サーバー",))
    assert said.splitlines()[1:] == ["（期間：令和7年4月1日から令和8年3月31日まで）", "（関係するもの：中継サーバー）"]
    assert describe("契約書", since=None, until=DAY).splitlines()[1] == "（期間：令和8年4月1日まで）"
    assert len(holdings(DAY)) >= 5


@pytest.mark.parametrize(
    ("code", "wanted", "credit", "yen"),
    [
        ("P6", {}, 300, 0),
        ("P6", {INSPECTED: 1}, 0, 100),
        ("P6", {INSPECTED: 100}, 0, 100),
        ("P6", {INSPECTED: 101}, 0, 200),
        ("P6", {"a4-mono": 29}, 300, 0),
        ("P6", {"a4-mono": 31, "cd-r": 1}, 300, 110),
        ("P6-own", {"a4-mono": 31, "cd-r": 1}, 300, 410),
        ("P6", {"a4-colour": 3, "a3-mono": 2}, 0, 80),
    ],
)
def test_what_a_disclosure_costs(code, wanted, credit, yen):
    row = request_fee(regime(code, DAY), Channel.WEB, DAY)
    assert reckon_disclosure(row, wanted, DAY, credit_yen=credit).yen == yen


def test_what_is_not_in_the_table_has_no_price():
    row = request_fee(regime("P6", DAY), Channel.WEB, DAY)
    for wanted in ({"papyrus": 1}, {"a4-mono": -1}):
        with pytest.raises(ValueError, match="No such way"):
            reckon_disclosure(row, wanted, DAY)
    assert {price.medium for price in copy_prices(DAY)} >= {"a4-mono", "cd-r"}


def test_a_document_is_named_by_the_request_and_no_place_is_used_twice():
    assert stem("開-R08-000123-Q") == "r08-000123"
    assert next_key("開-R08-000123-Q", ()) == "r08-000123-1"
    assert next_key("開-R08-000123-Q", ("r08-000123-1", "r08-000123-7", "r08-000124-9")) == "r08-000123-8"
    with pytest.raises(ValueError, match="No number"):
        stem("見本市民情報クラブ")
