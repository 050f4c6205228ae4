"""The public pages, in both languages, with every page looked at."""

import csv
import io
import json
import re

import pytest

from portal.core.db import Database
from tests.client import Browser
from tests.factories.content import a_correction, a_draft, a_published, a_writing, the_archive

INCIDENT = "/incidents/relay-servers-2016-01"
LETTER = "/letters/question-letter-2016-05-25"
STANDING = ("/", "/incidents", "/systems", "/letters", "/figures", "/procedure", "/about", "/accessibility", "/privacy")


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", [*STANDING, INCIDENT, f"{INCIDENT}/bulletins/6", LETTER, "/systems/jpki"])
def test_a_page_opens_without_cookie_and_may_be_cached(browser: Browser, language: str, path: str) -> None:
    page = browser.get(language + path)
    assert page.status == 200
    assert page.tree.get("lang") == ("en" if language else "ja")
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"].startswith("public")
    assert page.headers["ETag"]


def test_every_thing_in_the_record_has_a_page_that_passes_inspection(browser: Browser) -> None:
    found: set[str] = set()
    for start in ("/incidents?page=1", "/incidents?page=2", "/systems", "/letters", "/figures"):
        browser.get(start)
        assert browser.page
        kind = start.partition("?")[0] + "/"
        found |= {link for link in browser.page.links(kind) if "?" not in link and "#" not in link}
    assert len(found) > 75
    for path in sorted(found):
        assert browser.get(path).status == 200
        assert browser.get(f"/en{path}").status == 200


def test_home_says_how_the_systems_are_and_leads_on(browser: Browser, store: Database) -> None:
    page = browser.get("/en/")
    assert "Operating normally" in page.text
    assert "As stated by bulletins" in page.text
    assert page.links("/en/incidents/")
    with store.session(write=True) as session:
        a_published(session)
    page = browser.get("/en/")
    assert "Systems that do not operate normally: 1" in page.text
    assert "/en/incidents/slow-2026" in page.links("slow-2026")


def test_an_exercise_does_not_count_as_an_outage(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published(session, a_writing(incident={"exercise": True}))
    assert "Operating normally" in browser.get("/en/").text
    assert "This was an exercise" in browser.get("/en/incidents/slow-2026").text


def test_incidents_are_filtered_by_system_year_and_cause(browser: Browser) -> None:
    everything = _count(browser.get("/en/incidents").text)
    assert everything == len(the_archive().incidents)
    relay = _count(browser.get("/en/incidents?system=juki-relay-servers").text)
    assert 0 < relay < everything
    both = _count(browser.get("/en/incidents?system=juki-relay-servers&year=2016&cause=unknown").text)
    assert 0 < both <= relay
    assert _count(browser.get("/en/incidents?year=1999").text) == 0
    assert _count(browser.get("/en/incidents?system=nonsense").text) == 0


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "page=-1", "page=999999999999", "page=x", "system=%00", "cause=<b>"]
)
def test_odd_filters_break_nothing(browser: Browser, query: str) -> None:
    assert browser.get(f"/incidents?{query}").status == 200


def _count(text: str) -> int:
    found = re.search(r"Incidents found: (\d+)", text)
    assert found
    return int(found.group(1))


def test_an_incident_shows_facts_bulletins_statements_measures_relations_and_sources(browser: Browser) -> None:
    page = browser.get(f"/en{INCIDENT}")
    assert "about 100 municipalities" in page.text
    assert "Put together from the sources" in page.text
    assert "What others said" in page.text
    assert "What was done and promised" in page.text
    assert "Is said to be unrelated to" in page.text
    assert "Questions asked about it" in page.text
    assert f"/en{LETTER}#q-1-2-1" in page.links(LETTER)
    shown = [link for link in page.links("/bulletins/") if link.rpartition("/")[2].isdigit()]
    assert shown == [f"/en{INCIDENT}/bulletins/{n}" for n in range(6, 0, -1)]
    ids = {element.get("id") for element in page.tree.iter() if element.get("id")}
    assert {f"bulletin-{n}" for n in range(1, 7)} <= ids


def test_a_bulletin_keeps_its_address_and_says_what_changed(browser: Browser) -> None:
    page = browser.get(f"/en{INCIDENT}/bulletins/2")
    assert "There is a later bulletin" in page.text
    assert "What changed since before" in page.text
    assert re.search(r"\b[0-9a-f]{64}\b", page.text)
    for number in ("0", "7", "99999999999999999999"):
        assert browser.get(f"{INCIDENT}/bulletins/{number}").status == 404


def test_a_correction_is_shown_with_old_and_new_value(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published(session)
        a_published(session, a_correction("slow-2026/1/1", number=1100.0), new=False)
    page = browser.get("/en/incidents/slow-2026/bulletins/2")
    assert "1,200 cards" in page.find("del")[0].text_content()
    assert "1,100 cards" in page.find("ins")[0].text_content()
    assert "Counted wrongly" in page.text
    whole = browser.get("/en/incidents/slow-2026")
    assert "Earlier statements: 1" in whole.text


def test_the_letter_shows_36_questions_33_answers_and_141_days(browser: Browser) -> None:
    page = browser.get(f"/en{LETTER}")
    assert len(page.find("div", "question")) == 36
    assert len(page.find("div", "answer")) == 33
    assert "141days" in page.text.replace(" ", "")
    assert "120 days beyond the day asked for" in page.text
    assert len(page.find("div", "exchange")) == 33
    assert "Declines: under review" in page.text
    assert "No day was given for the rest." in page.text


def test_two_questions_with_one_answer_stand_together(browser: Browser) -> None:
    question = ".//*[contains(concat(' ', @class, ' '), ' question ')]"
    sizes = [len(block.xpath(question)) for block in browser.get(LETTER).find("div", "exchange")]
    assert sorted(sizes)[-2:] == [2, 3]


def test_a_figure_is_a_picture_a_table_and_a_file(browser: Browser) -> None:
    page = browser.get("/figures/card-applications-2016")
    assert page.tree.xpath("//main//*[local-name()='svg'][@role='img']")
    assert page.find("table")
    answer = browser.get("/figures/card-applications-2016.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert "value" in rows[0]
    assert [row[rows[0].index("value")] for row in rows[1:]] == ["7300000"]


def test_json_says_the_same_and_names_its_licence(browser: Browser) -> None:
    found = json.loads(browser.get("/incidents.json").data)
    assert found["total"] == len(found["incidents"]) == len(the_archive().incidents)
    assert found["licence"] == "CC-BY-4.0"
    one = json.loads(browser.get(f"{INCIDENT}.json").data)
    assert [bulletin["number"] for bulletin in one["bulletins"]] == [1, 2, 3, 4, 5, 6]
    six = [fact for bulletin in one["bulletins"] for fact in bulletin["facts"] if fact["field"] == "occurrences"]
    assert six[0]["value"] == 6
    assert six[0]["sources"]


@pytest.mark.parametrize("kind", ["incidents", "systems", "letters", "figures"])
@pytest.mark.parametrize("end", ["", ".csv", ".json"])
def test_what_is_not_there_is_not_found(browser: Browser, kind: str, end: str) -> None:
    assert browser.get(f"/{kind}/none{end}").status == 404


def test_a_draft_is_seen_nowhere(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_draft(session, a_writing(title_en="Secret so far", body_en="Secret so far"))
    for path in ("/en/", "/en/incidents", "/en/systems/jpki", "/incidents.json"):
        assert "Secret so far" not in browser.get(path).text
    assert browser.get("/incidents/slow-2026").status == 404


def test_the_procedure_page_leads_to_who_holds_each_record(browser: Browser) -> None:
    page = browser.get("/en/procedure")
    assert page.links("/en/request/where")
    assert "Start a request" in page.text
