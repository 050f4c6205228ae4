"""From a question to its place in the record, and on: a search that is kept tells what is published later."""

from __future__ import annotations

import re
import urllib.request
from typing import Any
from urllib.parse import unquote

import feedparser

from portal.core import pdf
from tests.browser.conftest import PHONE, Open
from tests.browser.reader import Reader
from tests.browser.running import Site, wait_until
from tests.browser.staff import Colleague, Office
from tests.browser.test_publishing_journey import another_person_publishes_it
from tests.factories.smtp import subject, words

ADDRESS = "sample-searcher@kaiji.example"
SOUGHT, ONLY_IN_FILE = "リンドウ", "冷却水の圧力"
BODY = "つながりにくくなりました。リンドウ装置の電源が切れたためです。復旧を急いでいます。"
KEY = "sample-gentian-2026"

MIDDLE_OF = """words => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0 || !document.querySelector(":target").contains(node)) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getBoundingClientRect();
    return (box.top + box.bottom) / 2 / innerHeight;
  }
  return null;
}"""


def report() -> dict[str, Any]:
    """A PDF of two pages with a text layer, as a file to choose."""
    first, second = "<h1>経過の報告</h1><p>見本です。</p>", f"<p>{ONLY_IN_FILE}が下がった。</p>"
    html = f"<html lang=ja><body>{first}<h2 style='break-before: page'>原因</h2>{second}"
    return {"name": "経過.pdf", "mimeType": "application/pdf", "buffer": pdf.render(html, title="経過の報告")}


def finds_and_narrows(reader: Reader) -> None:
    """By words, then by kind and by system; each step says what was understood and how many there are."""
    reader.searches_on_the_home_page("中継サーバ 障害")
    everything = len(reader.hits)
    assert "中継サーバ" in "".join(reader.marked)
    reader.reads("検索した語", "種類")
    reader.follows("kind=incident")
    assert all("/incidents/" in hit for hit in reader.hits), reader.hits
    group = reader.main.locator("details.search-facet", has=reader.page.locator("a[href*='system=']")).first
    group.locator("summary").click()
    reader.clicks(group.locator("a[href*='system=']").first)
    assert 0 < len(reader.hits) <= everything
    reader.clicks(reader.main.locator(".search-facets a", has_text="すべて").first)


def opens_the_place(reader: Reader, words: str) -> None:
    """The link of the place goes to the sentence: it stands in the window's middle, in a part that is marked."""
    link = reader.main.locator(".search-result__place a", has_text="報").first
    assert words in unquote(str(link.get_attribute("href")).partition(":~:text=")[2])
    reader.clicks(link)
    assert re.search(r"/incidents/[^#]+#bulletin-\d+:~:text=", reader.page.url), reader.page.url
    wait_until(lambda: reader.page.locator(":target").count() == 1, "the part that is marked")
    wait_until(lambda: 0.2 < (reader.page.evaluate(MIDDLE_OF, words) or 0) < 0.8, "the sentence in the middle")


def keeps_the_search(reader: Reader, site: Site) -> str:
    """As a feed and by mail; returns the feed's address. The mail's link confirms."""
    reader.searches_on_the_home_page(SOUGHT)
    assert not reader.hits
    reader.reads("見つかりませんでした", "語を減らす")
    feed = reader.main.locator("a[href*='/search.atom']").first.get_attribute("href")
    reader.follows("/follow/mail?topic=search")
    assert reader.main.locator("[name=search]").input_value() == SOUGHT
    reader.fills_in(address=ADDRESS)
    reader.presses()
    assert not reader.errors, reader.errors
    (mail,) = site.mails_to(ADDRESS, count=1)
    found = re.search(r"/follow/mail/[\w-]+", words(mail))
    assert found
    reader.opens(found[0])
    reader.presses(value="confirm")
    return str(feed)


def publishes_what_matches(publisher: Colleague, second: Colleague) -> None:
    publisher.opens("/staff/publishing/new")
    publisher.fills_in(
        key=KEY, bulletin_title_ja="見本の装置の停止", bulletin_title_en="A sample device stopped", body_ja=BODY,
        body_en="It stopped.", title_ja="見本の装置の停止", title_en="A sample device stopped",
        occurred_on="2026-04-01",
    )  # fmt: skip
    publisher.chooses(severity="2", state="closed", systems="municipal-terminals", cause_status="presumed")
    publisher.main.locator("details.part", has=publisher.page.locator("input[name=file]")).locator("summary").click()
    publisher.attaches(report())
    publisher.fills_in(file_title_ja="経過の報告", file_title_en="Report")
    publisher.presses()
    assert not publisher.errors, publisher.errors
    another_person_publishes_it(publisher, second)


def titles(site: Site, feed: str) -> list[str]:
    with urllib.request.urlopen(f"{site.url}{feed}", timeout=20) as answer:
        read = feedparser.parse(answer.read())
    assert not read.bozo, read.bozo_exception
    return [entry.title for entry in read.entries]


def finds_the_page_of_a_file(reader: Reader) -> None:
    def found() -> bool:
        reader.opens(f"/search?q={ONLY_IN_FILE}")
        return bool(reader.hits)

    wait_until(found, "what the worker read in the file")
    reader.reads("添付ファイル", "経過の報告", "2ページ", "見本の装置の停止")
    place = reader.main.locator(".search-result__place a").first.get_attribute("href")
    assert str(place).endswith("#page=2"), place
    reader.clicks(reader.main.locator("a[href$='/bulletins/1']").first)
    reader.reads(BODY)


def test_a_reader_finds_narrows_opens_the_place_and_is_told_of_what_comes(site: Site, open_browser: Open) -> None:
    without = Reader(open_browser(scripts=False, viewport=PHONE).new_page())
    finds_and_narrows(without)

    reader = Reader(open_browser(viewport=PHONE, has_touch=True, is_mobile=True).new_page())
    feed = keeps_the_search(reader, site)
    assert titles(site, feed) == []

    office = Office(open_browser, scripts=False)
    publishes_what_matches(office.publisher, office.second_publisher)

    news = site.mails_to(ADDRESS, count=2)[1]
    assert "見本の装置の停止" in subject(news)
    assert f"検索：{SOUGHT}" in words(news)
    wait_until(lambda: titles(site, feed) == ["見本の装置の停止"], "the bulletin in the feed")

    for person in (without, reader):
        person.searches_on_the_home_page(SOUGHT)
        person.page.reload()  # a browser may keep the page for a minute otherwise
        opens_the_place(person, "リンドウ装置の電源が切れたためです。")
    finds_the_page_of_a_file(without)
