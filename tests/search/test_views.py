"""The page and the data behind it."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from xml.etree import ElementTree

import html5lib
import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient

from portal.core.db import Database
from portal.core.settings import Settings
from search import engines
from search.blueprint import public_blueprint
from search.cli import search_cli
from search.record import Body, Record
from tests.factories.web import toolkit_app
from tests.search.samples import RECORDS, a_record

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def app(settings: Settings, database: Database) -> Iterator[Flask]:
    app = toolkit_app(settings, database, public_blueprint, Blueprint("other", __name__))
    app.extensions["kaiji"] = SimpleNamespace(settings=settings, database=database)
    yield app
    engines._embedded.cache_clear()


@pytest.fixture
def client(app: Flask, settings: Settings) -> FlaskClient:
    engines.engine(settings).put(RECORDS)
    return app.test_client()


def page(client: FlaskClient, address: str, **query: str) -> str:
    answer = client.get(address, query_string=query)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    assert text.count("<h1") == 1
    assert "style=" not in text
    assert "<script>" not in text
    return text


def links(text: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'<h2 class="search-result__title"><a href="([^"]*)"', text)]


def test_a_citizen_finds_the_incident(client: FlaskClient) -> None:
    text = page(client, "/search", q="ｻｰﾊﾞｰ 交付")
    assert "/incident/relay-servers" in links(text)
    assert "<mark>サーバー</mark>" in text
    assert "<q>ｻｰﾊﾞｰ</q>" in text


def test_the_english_page_shows_english_titles_and_addresses(client: FlaskClient) -> None:
    text = page(client, "/en/search", q="中継サーバ")
    assert links(text) == ["/en/incident/relay-servers"]
    assert "Card management system halted" in text
    assert 'class="search-result__passage" lang="ja"' in text


def test_a_number_says_how_it_was_understood(client: FlaskClient) -> None:
    assert "（26000）" in page(client, "/search", q="2万6千")
    assert "（2016-01-18）" in page(client, "/search", q="平成28年1月18日")


def test_kinds_narrow_the_results(client: FlaskClient) -> None:
    text = page(client, "/search", q="カード")
    assert "kind=incident" in text
    narrowed = page(client, "/search", q="カード", kind="figure")
    assert links(narrowed) == ["/figure/returnss"]


def test_every_facet_narrows_and_can_be_left_again(client: FlaskClient) -> None:
    text = page(client, "/search", q="カード")
    assert "area=131229" in text
    narrowed = page(client, "/search", q="カード", area="131229", order="date")
    assert links(narrowed) == ["/incident/katsushikas"]
    assert "order=date" in narrowed
    assert page(client, "/search", q="カード", area="<b>", system='"').count("search-result__title") > 1


def test_the_page_says_what_narrows(client: FlaskClient) -> None:
    text = page(client, "/search", q="カード kind:figure 平成28年3月以降")
    assert links(text) == ["/figure/returnss"]
    assert "2016-03-01" in text


def test_a_known_name_is_recognised_and_can_be_narrowed_to(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import views
    from search.names import Name
    from search.sources import Sources

    sources = Sources()
    sources.register_names(lambda session: [Name("area", "131229", "葛飾区", "Katsushika", ("かつしかく",))])
    monkeypatch.setattr(views, "SOURCES", sources)
    text = page(client, "/search", q="葛飾区")
    assert "area=131229" in text
    assert links(page(client, "/search", q="area:かつしかく")) == ["/incident/katsushikas"]
    assert links(page(client, "/en/search", q="area:katsushika")) == ["/en/incident/katsushikas"]


def test_nothing_found_helps_on(client: FlaskClient) -> None:
    assert 'id="search-empty"' in page(client, "/search", q="火星")


def test_without_words_the_page_explains_itself(client: FlaskClient) -> None:
    assert 'id="search-help"' in page(client, "/search")
    assert 'id="search-help"' in page(client, "/search", q="！？")


def test_a_hit_in_a_workbook_says_on_which_sheet_and_leads_to_the_file(client: FlaskClient, settings: Settings) -> None:
    body, url = Body(), "/incidents/x/bulletins/1/files/1/a.xlsx"
    for kind, name, said in (
        ("file", "", "前書き"),
        ("sheet", "一覧 100%", "札幌市 | 12"),
        ("heading", "影響", "復旧"),
    ):
        body.begin(kind, name, url, "/incidents/x/bulletins/1")
        body.add(said)
    record = replace(a_record("incident/x#file-1-1", "市の一覧", body.text), kind="file", url=url, spots=body.spots)
    engines.engine(settings).put([record])
    for place, word, name in (("", "札幌市", "シート「一覧 100%」"), ("/en", "札幌市", "Sheet “一覧 100%”"),
                              ("", "前書き", "ファイルの本文"), ("", "復旧", "「影響」")):  # fmt: skip
        text = page(client, f"{place}/search", q=word)
        [found] = re.findall(r'<p class="search-result__place">(.*?)</p>', text)
        assert name in found
        assert f'href="{place}{url}"' in found
        assert f'href="{place}/incidents/x/bulletins/1"' in found


def test_text_of_readers_and_records_is_escaped(client: FlaskClient, settings: Settings) -> None:
    engines.engine(settings).put([a_record("page/x", "<b>題</b>", "障害 <img src=x onerror=alert(1)> です")])
    text = page(client, "/search", q='<script>alert(1)</script>" 障害 img')
    assert "<img" not in text
    assert "<script>alert" not in text
    assert "<b>題" not in page(client, "/search", q="題")


def test_a_personal_number_is_not_searched_for_and_not_shown(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "１２３４ ５６７８ ９０１８"})
    text = answer.get_data(as_text=True)
    assert "notice--warning" in text
    assert "５６７８" not in text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=²", "page=99999", "kind=../x", "q=%ff%fe", "q=%00", "q=" + "あ" * 5000],
)
def test_odd_addresses_are_no_errors(client: FlaskClient, query: str) -> None:
    assert client.get(f"/search?q=カード&{query}").status_code == 200
    assert client.get(f"/search?{query}&q=カード").status_code == 200
    assert client.get(f"/search.json?{query}").status_code == 200


def test_many_results_come_in_pages(client: FlaskClient, settings: Settings) -> None:
    engines.engine(settings).put([a_record(f"page/{n}", f"頁{n}", "同じ本文") for n in range(45)])
    first, last = page(client, "/search", q="同じ本文"), page(client, "/search", q="同じ本文", page="3")
    assert (len(links(first)), len(links(last))) == (20, 5)
    assert 'rel="next"' in first
    assert 'start="41"' in last
    assert "page=1" in page(client, "/search", q="同じ本文", page="9") or "/search?q=" in last


def test_before_the_first_build_the_page_says_so(app: Flask) -> None:
    text = page(app.test_client(), "/search", q="カード")
    assert "notice--warning" in text


def test_the_same_as_data(client: FlaskClient) -> None:
    data = client.get("/search.json", query_string={"q": "葛飾区"}).get_json()
    assert data["total"] == 1
    assert data["hits"][0]["key"] == "incident/katsushika"
    assert data["hits"][0]["marks"] == ["葛飾区", "葛飾区"]
    assert data["facets"]["kind"] == {"incident": 1}
    assert data["facets"]["area"] == {"131229": 1}
    assert data["understood"]["all_of"] == [["葛飾区"]]


def test_the_command_finds(client: FlaskClient, app: Flask) -> None:
    result = app.test_cli_runner().invoke(search_cli, ["find", "うるう日", "--limit", "1", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "total": 1,
        "hits": [
            {
                "key": "incident/leap-day",
                "kind": "incident",
                "title": "うるう日に生まれた人のカードの有効期限の誤り",
                "url": "/incident/leap-days",
                "day": "2016-02-29",
            }
        ],
    }


def test_the_commands_build_check_and_describe(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from search import cli
    from search.sources import Sources

    sources = Sources()
    records: list[Record] = list(RECORDS)
    sources.register("sample", lambda session, keys: [r for r in records if keys is None or r.key in keys])
    monkeypatch.setattr(cli, "SOURCES", sources)
    run = app.test_cli_runner()
    assert run.invoke(search_cli, ["find", "x"]).exit_code == 2
    assert json.loads(run.invoke(search_cli, ["rebuild", "--json"]).output) == {"records": len(RECORDS)}
    assert run.invoke(search_cli, ["check"]).exit_code == 0
    records.pop()
    result = run.invoke(search_cli, ["check", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["surplus"] == ["figure/returns@ja"]
    assert json.loads(run.invoke(search_cli, ["stats", "--json"]).output)["records"] == len(RECORDS)
    assert "葛飾区" in run.invoke(search_cli, ["find", "葛飾区"]).output


def test_a_search_is_marked_by_the_state_of_the_index(client: FlaskClient, settings: Settings) -> None:
    for address in ("/search?q=サーバ", "/en/search.json?q=サーバ", "/search"):
        first = client.get(address)
        assert first.headers["Cache-Control"].startswith("public")
        mark = first.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": f'"x", W/{mark}'})
        assert (again.status_code, again.data) == (304, b"")
        engines.engine(settings).put([a_record("page/new", title="サーバの新しい頁")])
        anew = client.get(address, headers={"If-None-Match": mark})
        assert (anew.status_code, anew.headers["ETag"] != mark) == (200, True)


def test_what_was_refused_or_cannot_be_found_yet_is_kept_nowhere(client: FlaskClient, settings: Settings) -> None:
    for address in ("/search?q=123456789018", "/search.json?q=123456789018"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers
    settings.index_folder.joinpath("CURRENT").unlink()
    assert client.get("/search?q=サーバ").headers["Cache-Control"] == "no-store"


def test_a_search_is_kept_as_an_address_and_as_a_feed(client: FlaskClient, settings: Settings) -> None:
    record = replace(
        a_record("incident/x", "葛飾区の<障害>\x0b", "カード", day=date(2015, 1, 1)),
        changed=datetime(2026, 2, 3, 1, 2, 3, tzinfo=UTC),
    )
    engines.engine(settings).put([record])
    text = page(client, "/search", q="葛飾区", kind="incident")
    assert "/search.atom?q=%E8%91%9B%E9%A3%BE%E5%8C%BA&amp;kind=incident" in text
    answer = client.get("/search.atom", query_string={"q": "葛飾区", "kind": "incident"})
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert feed.findtext(f"{ATOM}updated") == "2026-02-03T01:02:03+00:00"
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["葛飾区の<障害>", "葛飾区の通知カードの不達"]
    same = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/search.atom", query_string={"q": "葛飾区", "kind": "incident"}, headers=same).status_code == 304
    assert client.get("/search.atom").status_code == client.get("/search.atom?q=123456789018").status_code == 404
    assert len(ElementTree.fromstring(client.get("/search.atom?q=火星").data).findall(f"{ATOM}entry")) == 0


def test_a_feed_that_is_looked_at_rarely_misses_nothing(client: FlaskClient, settings: Settings) -> None:
    """What was said of an old incident stands before hundreds of younger ones, and earlier pages have the others."""
    young = [a_record(f"incident/young-{n}", f"回線の障害 {n}", "停止", day=date(2025, 1, 1)) for n in range(230)]
    old = a_record("incident/old", "回線の障害", "停止", day=date(2015, 1, 1))
    old = replace(old, changed=datetime(2026, 2, 3, tzinfo=UTC))
    engines.engine(settings).put([*young, old])
    seen: list[str] = []
    address: str | None = "/search.atom?q=回線の障害"
    while address:
        feed = ElementTree.fromstring(client.get(address).data)
        seen += [str(entry.findtext(f"{ATOM}id")) for entry in feed.iter(f"{ATOM}entry")]
        address = next((link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "next"), None)
    assert seen[0].endswith(old.url)
    assert len(seen) == len(set(seen)) == 231


def test_words_are_offered_while_one_types(client: FlaskClient) -> None:
    assert client.get("/search/suggest.json?q=通知").get_json()["suggestions"] == ["通知カード"]
    assert client.get("/search/suggest.json?q=123456789018").get_json() == {"query": "", "suggestions": []}
    assert "<mark>サーバー</mark>" in page(client, "/search", q="サーパー 交付")
