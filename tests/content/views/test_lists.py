"""The list with its filters, pages of places and causes, and figures that anybody can count again."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from flask import Flask

from portal.core.db import Database
from tests.client import Browser
from tests.factories.content import a_published, a_withdrawal, a_writing


def rows(browser: Browser, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.client.get(path).data.decode("utf-8-sig"))))


def test_filters_say_how_many_they_leave_and_leave_so_many(browser: Browser) -> None:
    page = browser.get("/en/incidents?from=2016-01&to=平成28年3月")
    for select in page.find("select"):
        for option in select.iter("option"):
            if select.get("name") == "sort" or not option.get("value"):
                continue
            count = option.text.rpartition("(")[2].rstrip(")")
            name = select.get("name")
            left = browser.get(f"/en/incidents?from=2016-01&to=2016-03&{name}={option.get('value')}")
            said = next(one for one in left.find("p") if one.get("role") == "status")
            assert said.text_content() == f"Incidents found: {count}", (name, option.get("value"))


def test_an_address_has_no_empty_parts_and_each_choice_can_be_taken_away(browser: Browser) -> None:
    page = browser.get("/en/incidents?system=&from=&to=2016&area=13&wide=yes&sort=")
    assert page.path.endswith("/en/incidents?to=2016&area=13&wide=yes")
    assert [link.get("href") for link in page.find("a", inside="chosen")] == [
        "/en/incidents?area=13&wide=yes", "/en/incidents?to=2016", "/en/incidents",
    ]  # fmt: skip


def test_a_period_that_is_none_is_said_beside_it_and_kept_as_typed(browser: Browser) -> None:
    page = browser.get("/en/incidents?from=soon&system=jpki")
    field = next(one for one in page.find("input") if one.get("name") == "from")
    assert field.get("value") == "soon"
    assert field.get("aria-invalid") == "true"
    assert "Write a year" in page.text


def test_the_timeline_leads_to_each_month(browser: Browser) -> None:
    page = browser.get("/en/incidents")
    months = [link for link in page.find("a", inside="chart__grid-table") if "from=2016-01" in link.get("href")]
    assert f"Incidents found: {months[0].text}" in browser.get(months[0].get("href")).text


def test_a_place_shows_its_own_its_prefectures_and_leads_to_nationwide_ones(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        for key, area in (("city-2026", "131016"), ("prefecture-2026", "13"), ("other-2026", "271004")):
            a_published(session, a_writing(incident={"areas": (area,)}), key=key)
        a_published(session, a_writing(incident={"areas": ("131016",)}), key="gone-2026")
        a_withdrawal(session, "gone-2026", 1)
    city = browser.get("/en/places/131016")
    assert {link.rpartition("/")[2] for link in city.links("/incidents/")} == {"city-2026", "prefecture-2026"}
    assert any(link.endswith("/places/JP") for link in city.links("/places/"))
    prefecture = browser.get("/en/places/13")
    assert {"/en/incidents/city-2026", "/en/incidents/prefecture-2026"} <= set(prefecture.links("/incidents/"))
    assert "/en/places/131016" in prefecture.links("/places/13")
    assert browser.get("/en/places?q=千代田").links("/places/131016")
    assert browser.get("/places/999999").status == 404
    assert browser.get("/places/131017").status == 404


def test_a_cause_has_a_page(browser: Browser) -> None:
    page = browser.get("/en/causes/capacity")
    assert page.links("/incidents/")
    assert browser.get("/causes/none").status == 404


@pytest.mark.parametrize("by", ["year", "month", "cause", "severity"])
def test_a_figure_can_be_counted_again_from_its_download(browser: Browser, by: str) -> None:
    assert "How incidents are counted" in browser.get(f"/en/figures/incidents-by-{by}").text
    length = 7 if by == "month" else 4
    counted = Counter(
        (one["day"][:length], one[by] if by in ("cause", "severity") else "", one["counting_rule"])
        for one in rows(browser, "/figures/incidents-counted.csv")
    )
    found = {
        (one["period"], one["class"], one["counting_rule"]): int(one["incidents"])
        for one in rows(browser, f"/figures/incidents-by-{by}.csv")
    }
    assert found == counted
    assert sum(found.values()) > 20


def test_a_change_of_the_rule_stands_in_the_picture_and_in_the_file(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published(session)
    page = browser.get("/en/figures/incidents-by-year")
    assert "※2" in "".join(text.text or "" for text in page.find("text"))
    assert "※2" in "".join(text.text or "" for text in browser.get("/en/figures/incidents-by-cause").find("text"))
    changed = [one for one in rows(browser, "/figures/incidents-by-year.csv") if one["rule_changes"]]
    assert [one["period"] for one in changed] == ["2026"]


def test_what_was_withdrawn_is_in_no_list_and_no_count(app: Flask, browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published(session)
    assert browser.get("/en/incidents?from=2026").links("/incidents/slow-2026")
    with store.session(write=True) as session:
        a_withdrawal(session, "slow-2026", 1)
    page = browser.get("/en/incidents?from=2026")
    assert not page.links("/incidents/slow-2026")
    assert "Incidents found: 0" in page.text
    assert not browser.get("/").links("/incidents/slow-2026")
