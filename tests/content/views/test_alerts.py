"""Bulletins as alerts fit the schema of CAP 1.2 as OASIS published it, and their chain only grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import select

from content.models.bulletins import Bulletin
from content.rules import cap
from content.rules.archive.kinds import IncidentState
from portal.core.db import Database
from tests.factories import content as make

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "schemas" / "CAP-v1.2.xsd"))
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


def message(app: Flask, path: str) -> etree._Element:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    assert answer.mimetype == "application/cap+xml"
    found = etree.fromstring(answer.data)
    SCHEMA.assertValid(found)
    return found


def test_a_chain_of_bulletins_is_a_chain_of_messages(app: Flask, store: Database) -> None:
    with store.session(write=True) as session:
        make.a_published(session, make.a_writing(incident={"areas": ("JP", "13", "131016"), "exercise": True}))
        make.a_published(session, new=False)
    first = message(app, "/incidents/slow-2026/bulletins/1.cap.xml")
    assert first.findtext(f"{CAP}msgType") == "Alert"
    assert first.findtext(f"{CAP}status") == "Exercise"
    assert first.find(f"{CAP}references") is None
    assert [one.text for one in first.findall(f"{CAP}info/{CAP}language")] == ["ja-JP", "en"]
    codes = [one.findtext(f"{CAP}value") for one in first.findall(f"{CAP}info[1]/{CAP}area/{CAP}geocode")]
    assert codes == ["JP", "13", "131016"]
    second = message(app, "/incidents/slow-2026/bulletins/2.cap.xml")
    name = first.findtext(f"{CAP}identifier")
    assert second.findtext(f"{CAP}msgType") == "Update"
    assert second.findtext(f"{CAP}status") == "Actual"
    assert second.findtext(f"{CAP}references") == f"127.0.0.1,{name},{first.findtext(f'{CAP}sent')}"
    with store.session(write=True) as session:
        make.a_withdrawal(session, "slow-2026", 1)
    assert app.test_client().get("/incidents/slow-2026/bulletins/1.cap.xml").status_code == 410
    cancel = message(app, "/incidents/slow-2026/bulletins/1/withdrawal.cap.xml")
    assert cancel.findtext(f"{CAP}msgType") == "Cancel"
    assert cancel.findtext(f"{CAP}references") == second.findtext(f"{CAP}references")
    again = message(app, "/incidents/slow-2026/bulletins/2.cap.xml")
    assert etree.tostring(again) == etree.tostring(second)
    assert app.test_client().get("/incidents/slow-2026/bulletins/2/withdrawal.cap.xml").status_code == 404


def test_the_feed_of_alerts_leads_to_messages_and_to_cancellations(app: Flask, store: Database) -> None:
    with store.session(write=True) as session:
        make.a_published(session)
        make.a_published(session, new=False)
        make.a_withdrawal(session, "slow-2026", 2)
    feed = etree.fromstring(app.test_client().get("/feeds/alerts.atom").data)
    atom = "{http://www.w3.org/2005/Atom}"
    paths = [str(one.get("href")) for one in feed.findall(f"{atom}entry/{atom}link[@rel='alternate']")]
    assert [path.rpartition("/incidents/")[2] for path in paths] == [
        "slow-2026/bulletins/2/withdrawal.cap.xml",
        "slow-2026/bulletins/1.cap.xml",
    ]
    for path in paths:
        message(app, path.partition("127.0.0.1:8000")[2])
    english = etree.fromstring(app.test_client().get("/en/feeds/alerts.atom").data)
    pages = [str(one.get("href")) for one in english.findall(f"{atom}entry/{atom}link[@rel='related']")]
    assert pages[0].endswith("/en/incidents/slow-2026/bulletins/2"), "a reader of English is led to English pages"


def test_every_bulletin_of_the_archive_is_a_valid_message(app: Flask, store: Database) -> None:
    with store.session(write=False) as session:
        bulletins = [(one.incident_key, one.number) for one in session.scalars(select(Bulletin).order_by(Bulletin.id))]
    for key, number in bulletins[::6]:
        message(app, f"/incidents/{key}/bulletins/{number}.cap.xml")


@pytest.mark.parametrize("state", list(IncidentState))
def test_every_state_has_its_words(state: IncidentState) -> None:
    words = cap.words(make.NOW.date())
    assert all(state in table for table in (words.urgency, words.certainty, words.response))
    assert set(words.severity) == {"1", "2", "3", "4"}
