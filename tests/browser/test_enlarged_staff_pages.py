"""Pages of staff and of bodies with text at 200 %, on a desk's screen and on a telephone (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

import pytest

from tests.browser.bodies import Correspondent, open_the_register
from tests.browser.conftest import Open
from tests.browser.looking import WIDER
from tests.browser.running import Site
from tests.browser.staff import Colleague

BODY = "011029"
PLACES = {
    BODY: ("/bodies/cases", "/bodies/cases/new", "/bodies/reports", "/bodies/reports/files", "/bodies/own"),
    "officer": (
        "/staff",
        "/staff/post",
        "/staff/discrepancies",
        "/staff/discrepancies/trends",
        "/staff/bodies",
        "/staff/codes/system-cause",
    ),
    "publisher": ("/staff/publishing", "/staff/discrepancies/clusters"),
    "auditor": ("/staff/audit", "/staff/no-such-page"),
    "administrator": ("/staff/accounts", "/staff/law"),
}
WIDTHS = (320, 360, 993, 1100, 1280)


@pytest.fixture(scope="module")
def register(site: Site) -> None:
    open_the_register(site, BODY)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_leaves_the_window_when_text_is_twice_as_large(open_browser: Open, language: str) -> None:
    found, looked = [], 0
    for who, places in PLACES.items():
        person = Correspondent.of(who, open_browser) if who == BODY else Colleague(open_browser().new_page())
        if who != BODY:
            person.signs_in(who)
        page = person.page
        for place in places:
            answer = page.goto(place if language == "ja" else f"/{language}{place}")
            assert answer is not None
            assert answer.status in (200, 404), place
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{place} at {width}: {one}" for one in page.evaluate(WIDER)]
                looked += 1
            assert page.locator("header .brand").is_visible()
    assert found == []
    assert looked == len(WIDTHS) * sum(map(len, PLACES.values()))
