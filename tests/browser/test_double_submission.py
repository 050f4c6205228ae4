"""Whatever the browser does, one request is filed: double click, reload, the back button, two windows."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Open
from tests.browser.resident import Resident
from tests.browser.running import Site
from tests.chaos.browser import Browser
from tests.chaos.residents import Person
from tests.chaos.residents import Resident as Answering


@pytest.fixture
def context(open_browser: Open, scripts: bool) -> BrowserContext:
    return open_browser(scripts=scripts)


@pytest.fixture
def resident(site: Site, context: BrowserContext) -> Resident:
    """Someone with all answers given, over plain connections, and the last button in front of them in the browser."""
    answers = Browser(urlsplit(site.url).port or 80, "10.99.0.10")
    Answering(answers, Person("K-0001", "髙橋　見本", wants_mail=True), seed=1).fill_in()
    context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in answers.cookies.items()])
    resident = Resident(context.new_page())
    resident.opens("/request/check")
    resident.ticks("declared")
    return resident


def test_a_double_click_reload_and_the_back_button_file_one_request(site: Site, resident: Resident) -> None:
    before, page = site.requests(), resident.page
    resident.main.locator("button.button--primary").last.dblclick()
    page.wait_for_url("**/request/receipt")
    resident.notes_number_and_code()
    number = resident.number
    page.reload()
    page.reload()
    page.go_back()
    resident.opens("/request/receipt")
    resident.notes_number_and_code()
    assert resident.number == number
    assert site.requests() == before + 1


def test_two_windows_file_one_request(site: Site, context: BrowserContext, resident: Resident) -> None:
    before, second = site.requests(), Resident(context.new_page())
    second.opens("/request/check")
    second.ticks("declared")
    resident.presses()
    assert resident.path == "/request/receipt"
    resident.notes_number_and_code()
    second.presses()
    assert second.path == "/request/receipt"
    second.notes_number_and_code()
    assert second.number == resident.number
    assert site.requests() == before + 1


def test_going_back_and_sending_again_leads_to_the_same_receipt(site: Site, resident: Resident) -> None:
    before, page = site.requests(), resident.page
    resident.presses()
    page.wait_for_url("**/request/receipt")
    resident.notes_number_and_code()
    page.go_back()
    if resident.path == "/request/check":  # shown again from the browser's own memory
        if not resident.main.locator("[name=declared]").is_checked():
            resident.ticks("declared")
        resident.presses()
    page.wait_for_url("**/request/receipt")
    assert resident.main.locator("#receipt-number").inner_text().strip() == resident.number
    assert site.requests() == before + 1
