"""A citizen finds what happened in 2016 by searching, and reads on to the sources; with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Open
from tests.browser.reader import Reader

WIDTHS = pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
# The relay servers as a system and their faults as an incident answer equally well.
RELAY = ("/systems/juki-relay-servers", "/incidents/relay-servers-2016-01")
FIRST_HITS = {
    "中継サーバ": RELAY,
    "ｻｰﾊﾞｰ": RELAY,
    "葛飾区": ("/incidents/katsushika-notification-cards-2015",),
    "うるう日": ("/incidents/leap-day-certificates-2016-03-03",),
    "2万6千": ("/incidents/faulty-certificates-2016-01",),
    "差し控え": ("/letters/question-letter-2016-05-25",),
    "relay server": RELAY,
}


@pytest.fixture
def reader(open_browser: Open, scripts: bool) -> Reader:
    return Reader(open_browser(scripts=scripts).new_page())


def test_the_right_page_is_found_first(reader: Reader) -> None:
    for words, right in FIRST_HITS.items():
        reader.searches_on_the_home_page(words)
        page, _mark, _place = reader.hits[0].partition("#")
        assert page in right, (words, reader.hits[:3])
        assert reader.marked, f"{words}: nothing is marked"


def test_from_the_home_page_to_the_incident_its_bulletin_and_its_source(reader: Reader) -> None:
    reader.searches_on_the_home_page("うるう日")
    reader.opens_the_first_hit()
    reader.reads("2016")
    assert reader.path == "/incidents/leap-day-certificates-2016-03-03"
    reader.opens_the_first_bulletin()
    assert reader.path.endswith("/bulletins/1")
    assert reader.looks_up_the_first_source()


def test_each_answer_stands_under_its_question(reader: Reader) -> None:
    reader.comes_to_the_site()
    reader.follows("/letters")
    reader.follows("/letters/question-letter-2016-05-25")
    reader.reads("141")
    assert reader.main.locator(".question").count() == 36
    assert reader.main.locator(".answer[id]").count() == 33
    for exchange in reader.main.locator(".exchange").all():
        order = exchange.locator("> *").evaluate_all("parts => parts.map(part => part.className)")
        assert order[0] == "question", order
        assert order[-1].startswith("answer"), order


def test_a_figure_is_a_picture_with_its_table_and_file(reader: Reader) -> None:
    reader.opens("/figures")
    reader.follows("/figures/jlis-staff-2016")
    picture = reader.main.locator("figure.chart svg[role=img]:visible")
    expect(picture).to_have_count(1)
    assert reader.main.locator("figure.chart table tbody tr").count() == 7
    table = reader.downloads(".csv").read_text("utf-8-sig")
    assert table.startswith("figure,series_ja")


@WIDTHS
def test_changing_the_language_keeps_the_page(open_browser: Open, scripts: bool, viewport: dict[str, int]) -> None:
    reader = Reader(open_browser(scripts=scripts, viewport=viewport).new_page())
    for path in ("/incidents/relay-servers-2016-01", "/letters/question-letter-2016-05-25", "/search?q=server"):
        reader.opens(path)
        here, heading = reader.path, reader.heading
        reader.changes_the_language()
        assert reader.path == here
        assert reader.page.locator("html").get_attribute("lang") == "en"
        reader.changes_the_language()
        assert (reader.path, reader.heading) == (here, heading)
    assert "q=server" in reader.page.url, "the words of the search stay"


def test_a_page_that_is_not_there_leads_on(reader: Reader) -> None:
    answer = reader.page.goto("/incidents/nowhere")
    assert answer is not None
    assert answer.status == 404
    assert reader.main.locator("a[href='/']").count() or reader.page.locator("header a[href='/']").count()
