"""Every kind of page in both languages: no violation of WCAG 2.2 AA, narrow, enlarged, by keyboard, forced colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from tests.browser import cases, places
from tests.browser.conftest import Open
from tests.browser.looking import problems
from tests.browser.resident import Resident
from tests.browser.running import Site
from tests.browser.staff import Office
from tests.content.views.test_desk_import import a_file
from tests.factories.disclosure import REASON

LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


class Inspector:
    """Collects what is wrong with page after page, so that one run tells everything."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.found: list[str] = []
        self.pages = 0

    def look(self, page: Page) -> None:
        self.pages += 1
        self.found += problems(page, self.language)

    def visit(self, page: Page, path: str) -> None:
        answer = page.goto(path if self.language == "ja" else f"/{self.language}{path}")
        assert answer is not None
        assert answer.status < 500, path
        self.look(page)

    def done(self, at_least: int) -> None:
        assert not self.found, "\n".join(self.found)
        assert self.pages >= at_least


@LANGUAGES
def test_public_pages(page: Page, language: str) -> None:
    inspector = Inspector(language)
    for path in (*places.PUBLIC, places.MISSING):
        inspector.visit(page, path)
    inspector.done(len(places.PUBLIC) + 1)


@LANGUAGES
def test_pages_of_the_request(page: Page, language: str) -> None:
    inspector, resident = Inspector(language), Resident(page, language=language)
    resident.opens("/request/procedure")
    inspector.look(page)
    resident.presses()
    assert resident.errors
    inspector.look(page)
    resident.chooses(record="card-application")
    resident.presses()
    for answer in (
        resident.asks_for_the_photo_and_the_form,
        resident.says_who_they_are,
        resident.says_how_to_reach_them,
        resident.wants_a_download_as_pdf,
    ):
        inspector.look(page)
        if answer != resident.says_how_to_reach_them:  # there, nothing has to be filled in
            resident.presses()
            assert resident.errors
            inspector.look(page)
        answer()
    inspector.look(page)
    resident.shows_a_driving_licence()
    inspector.look(page)
    resident.sends_the_request()
    inspector.look(page)
    inspector.done(12)


@LANGUAGES
def test_pages_of_an_open_case(site: Site, page: Page, language: str) -> None:
    inspector, resident = Inspector(language), Resident(page, language=language)
    resident.number, resident.code = cases.waiting_for_a_correction(site)
    resident.opens_their_request()
    for path in ("/request/case", "/request/case/correction", "/request/case/withdraw", "/request/status"):
        inspector.visit(page, path)
    resident.opens("/request/case/withdraw")
    resident.presses(kind="danger")
    assert resident.errors
    inspector.look(page)
    inspector.visit(page, "/request/case/complaint")
    resident.number, resident.code = cases.decided_in_part(site, released=False)
    resident.opens_their_request()
    for path in ("/request/case/method", "/request/case/appointment", "/request/case/appeals"):
        inspector.visit(page, path)
    resident.number, resident.code = cases.decided_in_part(site, released=True)
    resident.opens_their_request()
    inspector.look(page)
    for path in ("/request/case/claims/correction", "/request/case/claims/suspension"):
        inspector.visit(page, path)
    page.go_back()
    resident.opens("/request/case")
    resident.reads_the_letter()
    inspector.look(page)
    resident.follows("/easy")
    inspector.look(page)
    page.go_back()
    resident.follows("/english")
    inspector.look(page)
    inspector.done(10)


@LANGUAGES
def test_pages_of_the_desk(site: Site, open_browser: Open, language: str) -> None:
    inspector, office = Inspector(language), Office(open_browser, language=language)
    received = cases.in_state(site, State.RECEIVED)
    checking = cases.in_state(site, State.IDENTITY_CHECK)
    corrected, _code = cases.waiting_for_a_correction(site)
    searching = cases.in_state(site, State.SEARCH)
    drafting = cases.in_state(site, State.DRAFTING, decision=DecisionType.PARTIAL, reasons=[REASON])
    waiting = cases.in_state(site, State.APPROVAL, decision=DecisionType.PARTIAL, reasons=[REASON])
    issued, _code = cases.decided_in_part(site, released=False)
    letter = cases.letter_of(site, issued)
    desk = {
        "reception": (
            "", "?scope=overdue", f"/cases/{received}", f"/cases/{checking}", f"/cases/{checking}/identity",
            f"/cases/{checking}/correction", f"/cases/{corrected}/correction/answer", f"/cases/{received}/withdrawal",
        ),
        "officer": (
            f"/cases/{searching}/records", f"/cases/{searching}/decision", f"/cases/{searching}/extension",
            f"/cases/{searching}/special-period", f"/cases/{drafting}/decision",
            f"/cases/{drafting}/letter", f"/cases/{issued}/release", f"/cases/{issued}/method", f"/cases/{issued}",
            f"/cases/{searching}/transfer", f"/cases/{searching}/third-parties", f"/cases/{searching}/fees",
            f"/cases/{issued}/compare", f"/cases/{issued}/leak", f"/cases/{issued}/appeals", f"/cases/{issued}/export",
            f"/cases/{issued}/protection", f"/cases/{issued}/suits", "/workload", "/absences", "/appeals", "/leaks",
            "/slots", "/complaints/new", "/reception/claims/correction", "/find",
            f"/cases/{issued}/letters/{letter}/way", f"/cases/{issued}/letters/{letter}/replacement", "/post",
            "/letter-numbers",
        ),
        "approver": (f"/cases/{waiting}", f"/cases/{waiting}/letter", f"/cases/{waiting}/send-back"),
    }  # fmt: skip
    for login, paths in desk.items():
        for path in paths:
            inspector.visit(office.of(login).page, f"/staff{path}")
    inspector.done(23)


@LANGUAGES
def test_pages_of_accounts_and_journal(open_browser: Open, language: str) -> None:
    inspector, office = Inspector(language), Office(open_browser, language=language)
    administrator = office.of("administrator")
    for path in ("/accounts", "/accounts/new", "/sessions", "/password", "/jobs", "/cases/nowhere"):
        inspector.visit(administrator.page, f"/staff{path}")
    administrator.opens("/staff/accounts")
    administrator.clicks(administrator.main.locator("table a").first)
    inspector.look(administrator.page)
    inspector.visit(office.of("auditor").page, "/staff/audit")
    inspector.done(8)


@LANGUAGES
def test_pages_of_publishing(open_browser: Open, language: str) -> None:
    inspector, publisher = Inspector(language), Office(open_browser, language=language).of("publisher")
    incident = "incidents/relay-servers-2016-01"
    further = (f"/{incident}/{page}" for page in ("bulletin", "correction", "withdrawal", "measures", "measures/1"))
    for path in ("", "/quick", "/new", "/import", *further):
        inspector.visit(publisher.page, f"/staff/publishing{path}")
    for change, said in (({"severity": "x"}, "severity"), ({}, "city-2014")):  # what is refused, what would change
        data, name, media_type = a_file(**change)
        publisher.opens("/staff/publishing/import")
        table = {"name": name, "mimeType": media_type, "buffer": data.read()}
        publisher.page.set_input_files("input[name='table']", table)  # type: ignore[arg-type]
        publisher.presses()
        publisher.reads(said)
        inspector.look(publisher.page)
    inspector.done(11)
