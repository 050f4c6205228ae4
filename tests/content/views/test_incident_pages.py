"""An incident's page and what hangs on it: versions, comparison, citation, paper, clock."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from content.letters.versions import LETTERS
from content.rules.writing import Writing, WrittenStatus
from portal.core.db import Database
from portal.letters.engine import Context, Template
from tests.client import Browser, Page
from tests.factories.content import (
    NOW,
    a_correction,
    a_fact,
    a_published,
    a_published_at_once,
    a_withdrawal,
    a_writing,
)

PAGE = "/en/incidents/slow-2026"


def told(page: Page, id_: str) -> str:
    """The text of the section that has this heading."""
    found = page.tree.xpath(f"//section[@aria-labelledby='{id_}']")
    return " ".join(found[0].text_content().split())


def words(field: str, text: str, **more: Any) -> Any:
    return a_fact(field=field, number=None, unit=None, text_ja=text, text_en=text, **more)


@pytest.fixture
def store(store: Database) -> Database:
    """An outage in four bulletins: announced, a cause presumed, a number corrected, one that was withdrawn."""
    presumed = {"cause_key": "capacity", "cause_status": "presumed", "areas": ("JP", "13")}
    times = [
        a_fact(field=field, number=None, unit=None, day=date(2026, 4, 1), at=NOW - timedelta(minutes=minutes))
        for field, minutes in (("occurred", 50), ("detected", 40))
    ]
    status = WrittenStatus(system="jpki", status="outage", area="13")
    second = a_writing(
        a_fact(number=1500.0), words("cause", "Too little memory"), incident=presumed, statuses=(status,),
        body_en="Issuing at counters has stopped in Tokyo.",
        what_changed_ja="原因", what_changed_en="A cause is presumed.",
    )  # fmt: skip
    third = a_correction("slow-2026/2/1", number=1100.0)
    whole = replace(third.incident, **{**presumed, "cause_status": "established"})
    with store.session(write=True) as session:
        a_published(session, a_writing(a_fact(), *times))
        a_published(session, second, new=False)
        a_published(session, Writing(incident=whole, bulletin=third.bulletin), new=False)
        a_published(session, a_writing(words("event", "Secret"), incident=presumed, title_en="Secret"), new=False)
        a_withdrawal(session, "slow-2026", 4)
    return store


def test_the_page_tells_everything_about_the_incident(browser: Browser, store: Database) -> None:
    page = browser.get(PAGE)
    assert "1,100 cards" in told(page, "facts")
    assert "Was wrong, corrected" in told(page, "facts")
    assert "Tokyo" in told(page, "affected")
    assert "Out of service" in told(page, "affected")
    history = told(page, "cause")
    assert history.index("Under investigation") < history.index("Presumed") < history.index("Too little memory")
    bulletins = told(page, "timeline")
    assert bulletins.index("Bulletin 4") < bulletins.index("Counted wrongly") < bulletins.index("A cause is presumed.")
    assert "It was about another fault" in bulletins
    assert "Secret" not in page.text
    clock = told(page, "clock")
    assert "10 minutes" in clock
    assert "Longer than it" in clock  # noticed 40 minutes before it was said


def test_a_withdrawn_bulletin_leaves_place_reason_and_day_at_every_address(browser: Browser, store: Database) -> None:
    for path in ("/bulletins/4", "/versions/4", "/versions/4.pdf", "/bulletins/4/cite", "/diff?from=1&to=4"):
        page = browser.get(PAGE + path)
        assert page.status == 410, path
        assert "It was about another fault" in page.text
        assert "Secret" not in page.text


def test_a_version_is_the_incident_as_it_stood_then(browser: Browser, store: Database) -> None:
    first, second = browser.get(f"{PAGE}/versions/1"), browser.get(f"{PAGE}/versions/2")
    assert "1,200 cards" in told(first, "facts")
    assert "1,500 cards" in told(second, "facts")
    assert "Presumed" not in told(first, "cause")
    assert "Tokyo" not in first.text
    assert "There are later bulletins." in second.text
    for path in ("/versions/0", "/versions/5", "/versions/5.pdf", "/bulletins/5/cite", "/bulletins/1/cite.doc"):
        assert browser.get(PAGE + path).status == 404


def test_a_comparison_shows_the_correction_in_words_and_facts(browser: Browser, store: Database) -> None:
    page = browser.get(f"{PAGE}/diff?from=3&to=2")
    facts = told(page, "facts")
    assert "Corrected" in facts
    assert "Counted wrongly" in facts
    deleted, inserted = ({one.text_content().strip() for one in page.find(tag)} for tag in ("del", "ins"))
    assert "1,500 cards" in deleted
    assert "1,100 cards" in inserted
    assert {"Presumed", "Established"} <= deleted | inserted
    assert any("stopped in Tokyo" in text for text in deleted)
    for query in ("from=1&to=1", "from=0&to=1", "from=x", "to=99999999"):
        assert browser.get(f"{PAGE}/diff?{query}").status == 404
    assert "Bulletin 2 and Bulletin 3 compared" in browser.get(f"{PAGE}/diff").text


def test_a_citation_has_an_address_a_fingerprint_and_files(browser: Browser, store: Database) -> None:
    page = browser.get(f"{PAGE}/bulletins/2/cite")
    shown = page.tree.xpath("//code/text()")
    assert [len(one) for one in shown] == [64, 64]
    assert shown[0] in browser.get(f"{PAGE}/bulletins/2").text
    files = {ending: browser.get(f"{PAGE}/bulletins/2/cite.{ending}").data for ending in ("bib", "ris", "json")}
    (item,) = json.loads(files["json"])
    assert item["URL"].endswith("/en/incidents/slow-2026/bulletins/2")
    assert item["version"] == "2"
    assert b"TY  - ELEC" in files["ris"]
    assert b"@misc{slow-2026-2" in files["bib"]


def test_an_exercise_is_marked_everywhere(browser: Browser, store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.session(write=True) as session:
        a_published(session, a_writing(incident={"exercise": True}), key="drill-2026")
    for path in ("", "/bulletins/1", "/versions/1", "/bulletins/1/cite"):
        page = browser.get(f"/incidents/drill-2026{path}")
        assert "【訓練】" in page.title, path
        assert page.find("section", "exercise"), path
    made: list[str] = []

    def render(template: Template, context: Context) -> bytes:
        made.append(LETTERS.html(template, context))
        return b"%PDF-1.7"

    monkeypatch.setattr(LETTERS, "render", render)
    assert browser.get("/incidents/drill-2026/versions/1.pdf").headers["Content-Type"] == "application/pdf"
    assert made[0].count("【訓練】") >= 3


def test_what_one_person_published_says_who_agreed_afterwards(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published_at_once(session)
        a_published_at_once(session, key="down-2027", approved=True)
    assert "Not yet approved by a second person." in browser.get("/en/incidents/down-2026").text
    page = browser.get("/en/incidents/down-2027")
    assert "Published at once by one person, because: 夜間のため" in page.text
    assert "Approved afterwards by 見本 一郎" in page.text


def test_the_clocks_of_all_incidents_can_be_counted_from_the_file(browser: Browser, store: Database) -> None:
    page = browser.get("/en/figures/disclosure-clock")
    section = told(page, "first-notice")
    rows = list(csv.DictReader(io.StringIO(browser.get("/figures/disclosure-clock.csv").data.decode("utf-8-sig"))))
    known = [row for row in rows if row["first-notice_minutes"] or row["first-notice_days"]]
    assert re.search(rf"Stated\s*{len(known)}\s*Not told\s*{len(rows) - len(known)}\b", section)
    (mine,) = [row for row in rows if row["incident"] == "slow-2026"]
    assert (mine["first-notice_minutes"], mine["detected_known"]) == ("40", "minute")
    assert re.search(r"known to the minute\s*40 minutes", section)
