"""Following every link of the public site: pages are whole, headers are there, nothing is written by reading."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import text

from portal.tables import METADATA
from tests.site.conftest import Site

POLICY = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")


@dataclass(frozen=True)
class Page:
    """What an address answered."""

    status_code: int
    headers: Mapping[str, str]
    mimetype: str
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


def fetch(client: FlaskClient, path: str, method: str = "GET", **more: Any) -> Page:
    """One answer, read to its end."""
    with client.open(path, method=method, **more) as answer:
        return Page(answer.status_code, answer.headers, answer.mimetype, answer.data)


# Of pages that are the same but for their list only some are followed: of places one prefecture and its cities,
# of incidents the versions, comparisons and citations of one, and one paper; the uptime of one system.
ALIKE = re.compile(
    r"/places/(?!JP|31(20|\b))\w|/incidents\?(?=.*(from|to|area)=).*(area|cause|system)=(?!JP|31(20|\b))"
    r"|/incidents/(?!relay-servers-2016-01/)[^/]+/(versions/|diff|bulletins/\d+/cite)|/versions/(?!2\.)\d+\.pdf"
    r"|/systems/(?!jpki/)[^/]+/uptime"
    r"|/letters/items(\.\w+)?\?.*(incident|system)=(?!jpki\b|relay-servers-2016-01\b)"
)


def crawl(site: Site, start: str) -> dict[str, Page]:
    """Every page that can be reached from ``start`` without sending a form."""
    client, waiting = site.app.test_client(use_cookies=False), deque([start])
    seen: dict[str, Page] = {}
    while waiting:
        path = waiting.popleft()
        if path in seen:
            continue
        answer = fetch(client, path)
        seen[path] = answer
        if answer.mimetype != "text/html":
            continue
        for element in html.fromstring(answer.data).xpath("//a[@href] | //link[@href] | //script[@src] | //img[@src]"):
            target = element.get("href") or element.get("src")
            parts = urlsplit(target)
            if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
                query = f"?{parts.query}" if parts.query else ""
                if parts.path.count("/en") < 2 and not ALIKE.search(f"{parts.path}{query}"):
                    waiting.append(parts.path + query)
    return seen


def tables(site: Site) -> str:
    """Everything that the database holds, but for counters of attempts and browsers' sessions."""
    with site.app.extensions["kaiji"].database.session(write=False) as session:
        found = {
            table.name: [list(map(str, row)) for row in session.execute(table.select())]
            for table in METADATA.sorted_tables
            if table.name not in ("throttle_window", "web_session", "web_session_file")
        }
    return json.dumps(found, sort_keys=True)


@dataclass(frozen=True)
class Crawled:
    """Every page, and what the database held before and after they were read."""

    pages: dict[str, Page]
    before: str
    after: str


@pytest.fixture(scope="module")
def crawled(site: Site) -> Crawled:
    before = tables(site)
    return Crawled(crawl(site, "/"), before, tables(site))


@pytest.fixture(scope="module")
def pages(crawled: Crawled) -> dict[str, Page]:
    return crawled.pages


def test_no_link_is_dead_and_both_languages_are_whole(site: Site, pages: dict[str, Page]) -> None:
    dead = {path: page.status_code for path, page in pages.items() if page.status_code >= 400}
    assert dead == {}
    assert len([path for path in pages if path.startswith("/incidents/")]) > 60
    japanese = {path for path, page in pages.items() if page.mimetype == "text/html" and not path.startswith("/en/")}
    missing = {path for path in japanese if "?" not in path and f"/en{path}" not in pages}
    assert missing == set()


def test_every_answer_carries_the_policy(site: Site, pages: dict[str, Page]) -> None:
    client = site.app.test_client()
    extra = {
        "404": fetch(client, "/nowhere"),
        "405": fetch(client, "/", "PUT"),
        "400": fetch(client, "/request/status", "POST"),
        "413": fetch(client, "/request/status", "POST", data={"x": "a" * 2_000_000}),
    }
    for path, page in {**pages, **extra}.items():
        policy = page.headers["Content-Security-Policy"]
        for part in POLICY:
            assert part in policy, path
        assert "unsafe" not in policy, path
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    for status, page in extra.items():
        assert page.status_code == int(status)
        assert "<h1" in page.text


def test_public_pages_set_no_cookie_and_may_be_cached(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        plain = path.removeprefix("/en")
        forms = ("/request", "/complaints", "/staff", "/livez", "/readyz", "/forms/", "/follow/")
        forms += ("/letters/write", "/letters/mine")
        if plain.startswith(forms) or plain == "/verify":
            continue
        assert "Set-Cookie" not in page.headers, path
        assert "Cookie" not in page.headers.get("Vary", ""), path
        assert page.headers["Cache-Control"].startswith("public"), path
        assert page.headers["ETag"].startswith('"'), path
        assert page.headers.get("Vary", "") == "", path


def test_nothing_is_inline(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if page.mimetype == "text/html":
            tree = html.fromstring(page.data)
            data = "@type='application/ld+json'"
            inline = f"//style | //script[not(@src or {data})] | //*[@style] | //*[@*[starts-with(name(), 'on')]]"
            assert not tree.xpath(inline), path


def test_reading_writes_nothing(crawled: Crawled) -> None:
    assert crawled.after == crawled.before


def test_no_personal_data_is_in_the_index_or_on_a_public_page(site: Site, pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if page.mimetype in ("text/html", "application/json", "text/csv"):
            for secret in (site.name, site.case_number, "見本町一丁目2番3号", "タカハシ"):
                assert secret not in page.text, path
    client = site.app.test_client()
    for secret in (site.name, "タカハシ　ミホン", "見本町一丁目2番3号", site.case_number):
        assert client.get("/search.json", query_string={"q": f'"{secret}"'}).json["total"] == 0


def test_the_database_file_holds_no_personal_data_in_the_clear(site: Site) -> None:
    building = site.app.extensions["kaiji"]
    with building.database.session(write=True) as session:
        session.execute(text("SELECT 1"))
    for path in building.settings.home.glob("kaiji.db*"):
        data = path.read_bytes()
        for secret in (site.name, "タカハシ", "見本町一丁目2番3号", "sample@kaiji.example", "090-0000-0000"):
            for coding in ("utf-8", "utf-16-le"):
                assert secret.encode(coding) not in data, secret
