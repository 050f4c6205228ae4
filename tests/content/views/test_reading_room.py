"""The reading room's pages and files, and taking a document back."""

from __future__ import annotations

import pytest
from flask import Flask

from content.operations.reading_room import withdraw_document
from portal.core.actor import Actor, ActorKind, Role
from portal.core.db import Database
from portal.core.errors import Forbidden
from tests.client import Browser
from tests.factories.content import NOW, a_document

PUBLISHER = Actor(ActorKind.STAFF, "p", frozenset({Role.PUBLISHER}), "見本")
OFFICER = Actor(ActorKind.STAFF, "o", frozenset({Role.OFFICER}), "見本")


@pytest.fixture
def shown(app: Flask) -> Database:
    database: Database = app.extensions["kaiji"].database
    with database.session(write=True) as session:
        for one in (*a_document(), *a_document("r08-000002-1", withheld=[], title_ja="議事録", title_en="Minutes")):
            session.add(one)
            session.flush()
    return database


def test_documents_are_found_by_words_grounds_and_what_is_shown(browser: Browser, shown: Database) -> None:
    assert "Found: 2" in browser.get("/en/documents").text
    for query, found in (
        ("q=仕様書", 2), ("q=議事録", 1), ("q=議事録+契約書", 1), ("shown=partly", 1), ("shown=whole", 1),
        ("article=第5条第1号", 1), ("year=2026", 2), ("year=2025", 0), ("q=%25", 0), ("q=1234-5678-9018", 2),
    ):  # fmt: skip
        assert f"Found: {found}" in browser.get(f"/en/documents?{query}").text, query


def test_a_document_has_a_page_a_file_and_data(browser: Browser, shown: Database) -> None:
    page = browser.get("/en/documents/r08-000001-1")
    assert "第5条第1号" in page.text
    assert browser.client.get("/documents/r08-000001-1/r08-000001-1.txt").data == b"text"
    assert browser.client.get("/documents/r08-000001-1/other.txt").status_code == 404
    assert browser.client.get("/documents/r08-000001-1.json").get_json()["complete"] is False
    assert browser.client.get("/documents.json?shown=whole").get_json()["total"] == 1
    assert b"r08-000002-1" in browser.client.get("/documents.csv").data
    assert browser.client.get("/documents.atom").data.count(b"<entry>") == 2
    assert browser.client.get("/documents/r08-000009-1").status_code == 404


def test_a_document_that_was_taken_back_leaves_its_place_and_its_reason(browser: Browser, shown: Database) -> None:
    with shown.session(write=True) as session, pytest.raises(Forbidden):
        withdraw_document(session, "r08-000001-1", "誤り", "A mistake", by=OFFICER, at=NOW)
    with shown.session(write=True) as session:
        withdraw_document(session, "r08-000001-1", "誤り", "A mistake", by=PUBLISHER, at=NOW)
    page = browser.get("/en/documents/r08-000001-1")
    assert page.status == 410
    assert "A mistake" in page.text
    assert browser.client.get("/documents/r08-000001-1/r08-000001-1.txt").status_code == 410
    assert "Found: 1" in browser.get("/en/documents").text
