"""Feeds are read by parsers that we did not write, keep their ids, and let a reader get everything."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import jsonschema
import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import func, select

from content.models.bulletins import Bulletin
from content.operations.publish import approve_afterwards
from content.queries import feeds as queries
from portal.core.db import Database
from tests.factories import content as make

ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "next_url": ADDRESS,
        "language": {"enum": ["ja", "en"]},
        "authors": {"type": "array", "items": {"type": "object", "minProperties": 1}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": TEXT,
                    "url": ADDRESS,
                    "title": TEXT,
                    "content_html": TEXT,
                    "summary": TEXT,
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "language": {"enum": ["ja", "en"]},
                    "tags": {"type": "array", "items": TEXT},
                },
                "additionalProperties": False,
            },
        },
    },
    "patternProperties": {"^_": {"type": "object"}},
    "additionalProperties": False,
}


@pytest.fixture
def two(store: Database) -> None:
    """An incident with two bulletins, the first of them withdrawn."""
    with store.session(write=True) as session:
        make.a_published(session)
        make.a_published(session, make.a_writing(title_ja="復旧しました\x0b", body_ja="<b>復旧</b> & 終了"), new=False)
        make.a_withdrawal(session, "slow-2026", 1)


def tree(app: Flask, path: str) -> etree._Element:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data)


def link(feed: etree._Element, rel: str) -> str | None:
    found = feed.findall(f"{ATOM}link[@rel='{rel}']")
    return str(found[0].get("href")).partition("127.0.0.1:8000")[2] if found else None


PATHS = ("incidents", "systems/jpki", "causes/unknown", "places/JP", "places/13", "incidents/slow-2026")


def test_feeds_are_read_by_feedparser_and_name_themselves(app: Flask, two: None) -> None:
    for prefix in ("", "/en"):
        for path in PATHS:
            look_at(app, prefix, path)


def look_at(app: Flask, prefix: str, path: str) -> None:
    answer = app.test_client().get(f"{prefix}/feeds/{path}.atom")
    read = feedparser.parse(answer.data)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.id.startswith("tag:127.0.0.1,2026:feeds/")
    assert read.feed.id.endswith(prefix.strip("/") or "ja")
    assert read.feed.updated_parsed
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    for entry in read.entries:
        assert entry.title
        assert entry.updated_parsed
        assert entry.content[0].type == "text/html"
        assert f"8000{prefix}/incidents/" in entry.link
    head = app.test_client().get(f"{prefix}/feeds/{path}.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert head.status_code == 304
    since = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert app.test_client().get(f"{prefix}/feeds/{path}.atom", headers=since).status_code == 304


def test_a_withdrawn_bulletin_leaves_a_tombstone_under_its_id(app: Flask, two: None) -> None:
    feed = tree(app, "/feeds/incidents/slow-2026.atom")
    (entry,), (gone,) = feed.findall(f"{ATOM}entry"), feed.findall(f"{AT}deleted-entry")
    assert entry.findtext(f"{ATOM}id") == "tag:127.0.0.1,2026:incidents/slow-2026/2/ja"
    assert "\x0b" not in (entry.findtext(f"{ATOM}title") or "")
    assert "&lt;b&gt;復旧&lt;/b&gt; &amp; 終了" in (entry.findtext(f"{ATOM}content") or "")
    assert gone.get("ref") == "tag:127.0.0.1,2026:incidents/slow-2026/1/ja"
    assert gone.findtext(f"{AT}comment") == "別の障害の文だった"
    assert feed.findtext(f"{ATOM}updated") == gone.get("when")


def test_an_entry_keeps_its_id_and_its_updated(app: Flask, store: Database) -> None:
    with store.session(write=True) as session:
        make.a_published_at_once(session)
    before = tree(app, "/feeds/incidents/down-2026.atom")
    with store.session(write=True) as session:
        bulletin = session.get_one(Bulletin, "down-2026/1")
        approve_afterwards(session, bulletin, by=make.APPROVER, at=make.NOW + timedelta(hours=1))
    after = tree(app, "/feeds/incidents/down-2026.atom")
    for name in ("id", "updated", "published"):
        assert before.findtext(f"{ATOM}entry/{ATOM}{name}") == after.findtext(f"{ATOM}entry/{ATOM}{name}")


def test_a_reader_gets_everything_by_the_archive(
    app: Flask, store: Database, two: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 20)
    monkeypatch.setattr(queries, "LEAST", 5)
    with store.session(write=False) as session:
        total = session.scalar(select(func.count()).select_from(Bulletin))
    seen: list[str] = []
    path: str | None = "/feeds/incidents.atom"
    pages = 0
    while path:
        feed = tree(app, path)
        assert link(feed, "self") == path
        found = [one.findtext(f"{ATOM}id") or "" for one in feed.findall(f"{ATOM}entry")]
        seen += found + [str(one.get("ref")) for one in feed.findall(f"{AT}deleted-entry")]
        archived = feed.find("{http://purl.org/syndication/history/1.0}archive") is not None
        assert archived == (pages > 0)
        path, pages = link(feed, "prev-archive"), pages + 1
    assert pages > 2
    assert len(seen) == len(set(seen)) == total
    client = app.test_client()
    assert client.get(f"/feeds/archive/{pages}/incidents.atom").status_code == 404
    json_path, ids = "/feeds/incidents.json", 0
    while json_path:
        page = client.get(json_path).json or {}
        ids += len(page["items"]) + len(page["_withdrawn"]["items"])
        json_path = page.get("next_url", "").partition("127.0.0.1:8000")[2]
    assert ids == total


def test_a_json_feed_fits_its_schema(app: Flask, two: None) -> None:
    for path in ("/feeds/incidents.json", "/en/feeds/places/JP.json", "/feeds/incidents/slow-2026.json"):
        answer = app.test_client().get(path)
        assert answer.mimetype == "application/feed+json"
        jsonschema.validate(answer.json, JSON_FEED)
        assert answer.json is not None
        assert answer.json["items"]


def test_there_is_no_feed_of_what_is_not_there(app: Flask) -> None:
    nothing = ("systems/none", "causes/none", "places/99", "incidents/none", "others/x", "archive/1/systems/none")
    for path in (*(f"{one}.atom" for one in nothing), "incidents.rss", "incidents.atom/x"):
        assert app.test_client().get(f"/feeds/{path}").status_code == 404, path
