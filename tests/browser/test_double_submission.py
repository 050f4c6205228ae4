"""Whatever the browser does, one request is filed: double click, reload, the back button, two windows."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Open
from tests.browser.resident import Resident
from tests.browser.running import Site


@pytest.fixture
def context(open_browser: Open, scripts: bool) -> BrowserContext:
    return open_browser(scripts=scripts)


@pytest.fixture
def resident(context: BrowserContext) -> Resident:
    """Someone with all answers given and the last button in front of them."""
    resident = Resident(context.new_page())
    resident.fills_in_everything()
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
