"""The register of question letters: lists with filters that leave what they say, and files of the same choice."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

import feedparser
import pytest
import time_machine
from flask import Flask

from content.operations.public_change import public_changed
from content.rules.question_letters.standing import Standing
from portal.core.db import Database
from tests.client import Browser
from tests.factories.content import NOW
from tests.factories.letter_register import About, fill

ABOUT = About(incidents=("relay-servers-2016-01-25",), systems=("jpki",))


@pytest.fixture(autouse=True)
def register(app: Flask, store: Database) -> Iterator[None]:
    """Twenty letters, some weeks after the last of them."""
    with store.session(write=True) as session:
        fill(session, 20, ABOUT)
        public_changed(session, [], at=NOW)
    with time_machine.travel("2027-01-20T12:00:00+09:00", tick=False):
        yield


def rows(browser: Browser, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.client.get(path).data.decode("utf-8-sig"))))


@pytest.mark.parametrize(("path", "found"), [("/letters", "Letters found"), ("/letters/items", "Questions found")])
def test_each_choice_leaves_as_many_as_it_says_in_list_table_and_data(browser: Browser, path: str, found: str) -> None:
    choices = 0
    for select in browser.get(f"/en{path}").find("select"):
        options = [one for one in select.iter("option") if one.get("value") and select.get("name") != "sort"]
        for option in options[:3]:
            choices += 1
            count = int(option.text.rpartition("(")[2].rstrip(")"))
            asked = f"?{select.get('name')}={option.get('value')}"
            left = browser.get(f"/en{path}{asked}")
            said = next(one for one in left.find("p") if one.get("role") == "status")
            assert said.text_content() == f"{found}: {count}", asked
            assert len(rows(browser, f"{path}.csv{asked}")) == count
            assert browser.client.get(f"{path}.json{asked}").json["total"] == count
    assert choices > 15


def test_the_table_of_questions_tells_what_the_table_of_letters_counts(browser: Browser) -> None:
    items = rows(browser, "/letters/items.csv")
    for letter in rows(browser, "/letters.csv"):
        own = [one for one in items if one["letter"] == letter["key"]]
        assert int(letter["questions"]) == len(own)
        for standing in Standing:
            assert int(letter[standing]) == sum(one["standing"] == standing for one in own)
    assert {one["licence"][:8] for one in items} == {"https://"}


def test_a_letter_that_waits_too_long_says_so_and_a_choice_that_is_none_is_said(browser: Browser) -> None:
    page = browser.get("/en/letters?overdue=yes")
    assert "Overdue by" in page.text
    page = browser.get("/en/letters/items?standing=nonsense&ground=")
    assert page.path == "/en/letters/items?standing=nonsense"
    assert "There is no such choice." in page.text


def test_the_api_gives_the_same_part_by_part(browser: Browser) -> None:
    wanted = [one["id"] for one in rows(browser, "/letters/items.csv?standing=declined&sort=due")]
    found: list[str] = []
    address = "/api/v1/questions?standing=declined&sort=due&limit=20"
    while address:
        part = browser.client.get(address).json
        found += [one["id"] for one in part["items"]]
        address = (part["next"] or "").removeprefix("http://127.0.0.1:8000")
    assert found == wanted
    assert len(found) == part["total"] > 20
    letters = browser.client.get("/api/v1/letters?q=見本1号&limit=1").json
    assert letters["total"] == 1
    (letter,) = letters["items"]
    assert browser.client.get(f"/api/v1/letters/{letter['key']}").json["item"]["standings"] == letter["standings"]


def test_the_front_page_counts_what_is_open(browser: Browser) -> None:
    open_ones = [one for one in rows(browser, "/letters/items.csv") if one["standing"] in ("waiting", "deferred")]
    late = [one for one in open_ones if one["due_on"] < "2027-01-20"]
    assert f"Open questions: {len(open_ones)}, overdue: {len(late)}" in browser.get("/en/").text
    assert len(rows(browser, "/letters/items.csv?overdue=yes")) == len(late) > 0


def test_every_figure_can_be_counted_again_from_the_tables(browser: Browser) -> None:
    items, today = rows(browser, "/letters/items.csv"), "2027-01-20"
    late = [one["standing"] in ("waiting", "deferred") and one["due_on"] < today for one in items]
    stand = ["overdue" if over else one["standing"] for one, over in zip(items, late, strict=True)]
    coarse = {"kept": "answered", "deferred": "open", "waiting": "open", "overdue": "open"}
    declined = [one for one in items if one["standing"] == "declined"]
    quarters = [f"{one['asked_on'][:4]}-Q{(int(one['asked_on'][5:7]) + 2) // 3}" for one in items]
    ends = (7, 14, 30, 45, 60, 90, 180, 9999)
    days = [next(n for n in ends if int(one["days"]) <= n) for one in rows(browser, "/letters.csv") if one["days"]]
    work = [(one["department_ja"] or "none", coarse.get(name, name)) for one, name in zip(items, stand, strict=True)]
    wanted = {
        "outcome": Counter(("", name) for name in stand),
        "ground": Counter(("", one["withheld_ground"] or "none") for one in declined),
        "promises": Counter(("", promise(one, today)) for one in items if one["promised_on"]),
        "days": Counter(("", "longer" if n == 9999 else str(n)) for n in days),
        "department": Counter(work),
        "year": Counter((one["asked_on"][:4], name) for one, name in zip(items, stand, strict=True)),
        "quarter": Counter(zip(quarters, stand, strict=True)),
    }
    for figure, counted in wanted.items():
        told = {(r["group"], r["class"]): int(r["count"]) for r in rows(browser, f"/figures/letters-{figure}.csv")}
        assert told == dict(counted), figure
    page = browser.get("/figures/letters")
    assert len(page.find("svg")) >= 2 * len(wanted)
    assert browser.get("/figures/letters-nothing.csv").status == 404


def promise(one: dict[str, str], today: str) -> str:
    match one["standing"]:
        case "kept":
            return "late" if int(one["late_days"]) else "in-time"
        case "deferred":
            return "overdue" if one["due_on"] < today else "open"
        case _:
            return "declined"


def test_the_feed_tells_each_public_step_once_and_what_is_overdue(browser: Browser) -> None:
    found, address = list[str](), "/feeds/letters.atom"
    while address:
        feed = feedparser.parse(browser.client.get(address).data)
        assert not feed.bozo
        found += [entry.id for entry in feed.entries]
        older = [link.href for link in feed.feed.links if link.rel == "prev-archive"]
        address = older[0].removeprefix("http://127.0.0.1:8000") if older else ""
    assert len(found) == len(set(found)) > 50
    waiting = rows(browser, "/letters.csv?overdue=yes")[0]["key"]
    own = browser.client.get(f"/en/feeds/letters/{waiting}.json").json
    assert [item["tags"] for item in own["items"]] == [["registered"], ["filed"]]
    assert all("Overdue by days:" in item["content_html"] for item in own["items"])
    assert {item["id"] for item in browser.client.get(f"/feeds/letters/{waiting}.json").json["items"]} <= set(found)
    assert browser.get("/feeds/letters/question-letter-2016-05-25.atom").status == 404
