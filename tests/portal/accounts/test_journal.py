"""The journal's pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from portal.accounts.models import StaffAccount
from portal.core import audit, clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from tests.factories.accounts import sign_in


@pytest.fixture
def reader(app: Flask, auditor: StaffAccount) -> FlaskClient:
    client = app.test_client()
    sign_in(client, login="sample-auditor")
    return client


def rows(page: str) -> int:
    return len(re.findall(r"<tr><th scope=\"row\">", page))


def test_the_newest_entry_is_first_and_names_the_person(reader: FlaskClient, auditor: StaffAccount) -> None:
    page = reader.get("/staff/audit").text
    assert page.index("accounts.session.begin") < page.index("accounts.account.create")
    assert auditor.name in page


def test_long_journals_have_pages(reader: FlaskClient, database: Database) -> None:
    with database.session(write=True) as session:
        for number in range(120):
            audit.record(session, at=clock.now(), actor=SYSTEM, action="sample.thing.do", subject=f"S-{number}")
    assert rows(reader.get("/staff/audit").text) == 50
    assert rows(reader.get("/staff/audit?page=3").text) == 22
    assert rows(reader.get("/staff/audit?page=99").text) == 22
    assert rows(reader.get("/staff/audit?page=-1").text) == 50
    assert rows(reader.get("/staff/audit?page=x").text) == 50


def test_one_subject_is_found_exactly(reader: FlaskClient, database: Database) -> None:
    with database.session(write=True) as session:
        audit.record(
            session, at=clock.now(), actor=SYSTEM, action="sample.thing.do", subject="S-1", detail={"state": "new"}
        )
        audit.record(session, at=clock.now(), actor=SYSTEM, action="sample.thing.do", subject="S-10")
    page = reader.get("/staff/audit?subject=S-1").text
    assert rows(page) == 1
    assert "state: new" in page
    assert rows(reader.get("/staff/audit?subject=nothing").text) == 0
    assert rows(reader.get("/staff/audit?subject=123456789018").text) > 1  # refused with words, nothing looked up


def test_a_whole_journal_is_said_to_be_whole(reader: FlaskClient) -> None:
    page = reader.get("/en/staff/audit/check").text
    assert "The journal is whole" in page


def test_a_changed_entry_is_found(reader: FlaskClient, database: Database) -> None:
    with database.session(write=True) as session:
        session.execute(text("DROP TRIGGER audit_entry_no_update"))
        session.execute(text("UPDATE audit_entry SET subject = 'other' WHERE seq = 1"))
    page = reader.get("/en/staff/audit/check").text
    assert "The journal is broken" in page
    assert "Entry 1 does not fit" in page
