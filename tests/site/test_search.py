"""What people would type finds the right page of the real archive first, in whatever spelling."""

from __future__ import annotations

import pytest

from tests.site.conftest import Site

RELAY = {"/systems/juki-relay-servers", "/incidents/relay-servers-2016-01"}
CERTIFICATES = {"/incidents/faulty-certificates-2016-01"}
DECLINED = {"/letters/question-letter-2016-05-25"}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("中継サーバ", RELAY),
        ("中継サーバー", RELAY),
        ("中継ｻｰﾊﾞｰ", RELAY),
        ("ｻｰﾊﾞｰ", RELAY),
        ("サーバ", RELAY),
        ("葛飾区", {"/incidents/katsushika-notification-cards-2015"}),
        ("うるう日", {"/incidents/leap-day-certificates-2016-03-03"}),
        ("2万6千", CERTIFICATES),
        ("２万６千", CERTIFICATES),
        ("26,000", CERTIFICATES),
        ("26000", CERTIFICATES),
        ("差し控え", DECLINED),
    ],
)
def test_japanese_finds_the_right_page_first(site: Site, query: str, first: set[str]) -> None:
    hits = site.app.test_client().get("/search.json", query_string={"q": query}).json["hits"]
    assert hits[0]["url"] in first, [hit["url"] for hit in hits[:3]]


@pytest.mark.parametrize(
    ("query", "first"),
    [("relay server", RELAY), ("Relay Servers", RELAY), ("leap day", {"/incidents/leap-day-certificates-2016-03-03"})],
)
def test_english_finds_the_right_page_first(site: Site, query: str, first: set[str]) -> None:
    hits = site.app.test_client().get("/en/search.json", query_string={"q": query}).json["hits"]
    assert hits[0]["url"].removeprefix("/en") in first, [hit["url"] for hit in hits[:3]]
