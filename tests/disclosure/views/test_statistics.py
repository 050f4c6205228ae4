"""The pages of figures, and the same in CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from disclosure.cli import disclosure_cli
from disclosure.queries.statistics_wording import LINE_NAMES
from disclosure.rules.inquiry_counts import InquiryCount
from disclosure.views.public import statistics
from portal.core import clock
from tests.client import Browser
from tests.disclosure.queries.test_statistics import TODAY, fill

PAGE = "/en/statistics/requests"


@pytest.fixture
def filled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Forty requests of fiscal year 2024, on the first day on which its table is public."""
    monkeypatch.setattr(clock, "day_in_japan", lambda _at: TODAY)
    with app.extensions["kaiji"].database.session(write=True) as session:
        fill(session)
    return app


def table_of(page: Any) -> dict[str, str]:
    """The numbers of the year's page by the words beside them."""
    rows = page.tree.xpath("//table[contains(@class, 'table')]//tr[th[@scope='row'] and count(td)=1]")
    return {" ".join(row.find("th").text_content().split()): row.find("td").text_content().strip() for row in rows}


def test_the_page_shows_this_year_and_the_years_before_it(filled: Flask, browser: Browser) -> None:
    page = browser.get(PAGE)
    assert page.heading == "Requests in numbers"
    assert "fewer than 5" in page.text
    assert "Fiscal year 2024" in page.text
    assert "hidden" in page.text
    assert page.tree.xpath("//svg[@role='img']")
    assert not page.tree.xpath("//main//script")


def test_inquiries_by_investigators_are_shown_only_where_the_organisation_wrote_them_down(
    filled: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Inquiries by investigators" not in browser.get(PAGE).text
    assert "inquiries_by_investigators" not in json.loads(browser.get(f"{PAGE}.json").data)
    monkeypatch.setattr(statistics, "COUNTS", (InquiryCount(2024, 1120, 1118), InquiryCount(2999, 77, 77)))
    page = browser.get(PAGE)
    assert "1,120" in page.text
    assert "1,118" not in page.text
    assert "2999" not in page.text
    said = json.loads(browser.get(f"{PAGE}.json").data)["inquiries_by_investigators"]
    assert said == [{"fiscal_year": 2024, "received": 1120, "answered": None}]


def test_the_table_the_csv_the_json_and_the_command_agree(filled: Flask, browser: Browser) -> None:
    year = browser.get(f"{PAGE}/2024")
    shown = table_of(year)
    whole = json.loads(browser.get(f"{PAGE}.json").data)
    published = next(one for one in whole["years"] if one["fiscal_year"] == 2024)
    data = browser.get(f"{PAGE}.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = [row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))) if row["fiscal_year"] == "2024"]
    said: Result = filled.test_cli_runner().invoke(disclosure_cli, ["statistics", "--json", "--year", "2024"])
    assert json.loads(said.output)["years"] == [published]

    requests = {row["line"]: row for row in rows if row["unit"] == "requests"}
    assert set(requests) == set(published["requests"])
    for line, number in published["requests"].items():
        assert requests[line]["value"] == ("" if number is None else str(number))
        assert requests[line]["suppressed"] == ("yes" if number is None else "no")
        # "By post" and others are words of two tables; the later of them is the one that was read.
        if list(LINE_NAMES.values()).count(LINE_NAMES[line]) == 1:
            assert shown[LINE_NAMES[line]] == ("hidden" if number is None else str(number)), line
    days = {(row["line"], row["unit"]): float(row["value"]) for row in rows if row["part"] == "days"}
    assert days["decided", "days_median"] == published["days"]["decided"]["median"] == 28
    assert days["decided", "days_slowest"] == published["days"]["decided"]["slowest"] == 61


def test_the_fields_keep_their_names(filled: Flask, browser: Browser) -> None:
    whole = json.loads(browser.get(f"{PAGE}.json").data)
    assert set(whole) == {"until", "fiscal_year", "live", "smallest_shown", "years", "claims", "licence"}
    assert whole["live"] == {"received": None, "overdue": None}
    assert set(whole["years"][0]) == {"fiscal_year", "as_of", "final", "requests", "days"}
    head = browser.get(f"{PAGE}.csv").data.decode("utf-8-sig").splitlines()[0]
    assert head == "fiscal_year,as_of,final,part,line,label,unit,value,suppressed"


def test_nothing_published_is_said_plainly_and_an_unknown_year_is_not_found(filled: Flask, browser: Browser) -> None:
    assert "Nothing of this year is published yet" in browser.get(f"{PAGE}/2025").text
    assert browser.get(f"{PAGE}/1999").status == 404


def test_an_empty_site_has_its_page_too(app: Flask, browser: Browser) -> None:
    page = browser.get("/statistics/requests")
    assert page.status == 200
    assert json.loads(browser.get("/statistics/requests.json").data)["live"] == {"received": 0, "overdue": 0}


def test_the_answers_may_be_kept_for_a_short_time(filled: Flask, browser: Browser) -> None:
    for path in (PAGE, f"{PAGE}/2024", f"{PAGE}.csv", f"{PAGE}.json"):
        answer = browser.get(path)
        assert answer.headers["Cache-Control"].startswith("public, max-age=30")
        assert "Set-Cookie" not in answer.headers


def test_the_figures_of_a_day_are_counted_once(
    filled: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = browser.get(f"{PAGE}.json").data
    monkeypatch.setattr("disclosure.queries.statistics._tallies", lambda _session: 1 / 0)
    assert browser.get(f"{PAGE}.json").data == first
    monkeypatch.setattr(clock, "day_in_japan", lambda _at: date(2025, 7, 2))
    monkeypatch.setattr("disclosure.queries.statistics._tallies", lambda _session: [])
    assert json.loads(browser.get(f"{PAGE}.json").data)["until"] == "2025-07-01"


def test_the_command_prints_what_is_hidden_only_when_asked(filled: Flask) -> None:
    runner = filled.test_cli_runner()
    assert "hidden" in runner.invoke(disclosure_cli, ["statistics", "--year", "2024"]).output
    unhidden = runner.invoke(disclosure_cli, ["statistics", "--year", "2024", "--unhidden"]).output
    assert "not to be published" in unhidden
    whole = json.loads(runner.invoke(disclosure_cli, ["statistics", "--year", "2024", "--unhidden", "--json"]).output)
    assert whole["requests"]["refused-form"] == 1
