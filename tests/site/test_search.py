"""What people would type finds the right page of the real archive first, in whatever spelling."""

from __future__ import annotations

import pytest

from search.engines import engine
from search.names import at_hand
from search.queries import find
from search.sources import SOURCES
from search.synonyms import shipped
from search.text import folded
from search.vocabulary import Vocabulary
from tests.client import Browser
from tests.factories.accounts import sign_in
from tests.search.judged import Judged, judged, measured
from tests.site.conftest import Site

RELAY = {"/systems/juki-relay-servers", "/incidents/relay-servers-2016-01"}
CERTIFICATES = {"/incidents/faulty-certificates-2016-01"}
DECLINED = {f"/letters/question-letter-2016-05-25#q-{code}" for code in ("1-5-2", "1-5-4", "1-6-2")}


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


def test_what_was_judged_right_comes_first_and_every_word_is_found(site: Site) -> None:
    """Of the first five hits nine tenths are of use; of single words nothing is missed that a scan finds."""
    building = site.app.extensions["kaiji"]
    index = engine(building.settings)
    with building.database.session(write=False) as session:
        records = list(SOURCES.records(session))
    names, same = at_hand(building.database, SOURCES, index.state()), shipped()
    known = Vocabulary(index.words(), names, (word for group in same.values() for word in group))
    queries = list(judged(records))

    def ask(one: Judged) -> list[str]:
        language = "en" if one.kind == "english" else "ja"
        wishes = {"language": language, "limit": 300}
        return [
            hit.key
            for hit in find(index, one.query, names=names, synonyms=same, words=lambda: known, **wishes).found.hits
        ]

    quality = measured(queries, ask)
    assert quality.queries >= 150
    assert (quality.precision >= 0.9, quality.reciprocal_rank >= 0.95, quality.ndcg >= 0.85) == (True,) * 3, quality
    texts = [(record.key, _bare(f"{record.title}\n{record.body}")) for record in records]
    for word in {word for one in queries if one.kind == "word" for word in one.query.split() if word.isalpha()}:
        wanted = {key for key, text in texts if _bare(word) in text}
        assert wanted <= {hit.key for hit in find(index, word, limit=300).found.hits}, word


def test_who_publishes_sees_what_words_would_change_and_keeps_them(site: Site) -> None:
    browser = Browser(site.app)
    sign_in(browser.client, "publisher")
    address = "/staff/search/synonyms"
    assert "個人番号カード" in browser.get(f"{address}?group=number-card").text
    typed = {"key": "own", "words": "関所\n中継サーバ"}
    assert "関所" in browser.send(address, step="preview", **typed).text
    ask = site.app.test_client().get
    assert ask("/search.json?q=関所").json["total"] == 0
    browser.send(address, step="keep", **typed)
    assert ask("/search.json?q=関所").json["hits"][0]["url"] in RELAY


def _bare(text: str) -> str:
    return folded(text).replace("ー", "")
