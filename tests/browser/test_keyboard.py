"""Without a mouse: the order of Tab, a focus that can be seen, answers by arrow keys; and in forced colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Open
from tests.browser.resident import Resident

FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
  const label = one.closest(".choice")?.querySelector("label") ?? one, near = getComputedStyle(label);
  const lined = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const ring = style => lined(style) || style.boxShadow !== "none";
  return {
    name: one.getAttribute("name") ?? "", href: one.getAttribute("href") ?? "", tag: one.tagName, type: one.type ?? "",
    seen: ring(look) || ring(near),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    body: one === document.body,
  };
}"""
MOST_TABS = 80


def focus(page: Page) -> dict[str, object]:
    found: dict[str, object] = page.evaluate(FOCUS)
    return found


def tab_until(page: Page, **wanted: str) -> list[str]:
    """Press Tab until the wanted element has the focus; each one on the way must show it. Returns the names passed."""
    names: list[str] = []
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        now = focus(page)
        assert not now["body"], f"the focus is lost on {page.url}; passed {names}"
        assert now["seen"], f"no visible focus on {now} of {page.url}"
        assert now["inside"], f"the focus is outside of the window on {now} of {page.url}"
        names.append(str(now["name"]))
        if all(value in str(now[key]) for key, value in wanted.items()):
            return names
    raise AssertionError(f"{wanted} is not reached by Tab on {page.url}: {names}")


@pytest.mark.parametrize("viewport", [PHONE, None], ids=["phone", "desktop"])
def test_the_first_questions_are_answered_by_keyboard_alone(
    open_browser: Open, viewport: dict[str, int] | None
) -> None:
    page = (open_browser(viewport=viewport) if viewport else open_browser()).new_page()
    resident = Resident(page)
    resident.opens("/request")
    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#main", "the first Tab offers to skip to the main content"
    page.keyboard.press("Enter")
    tab_until(page, href="/request/procedure")
    page.keyboard.press("Enter")
    page.wait_for_url("**/request/procedure")

    tab_until(page, name="record")
    page.keyboard.press("Space")
    for _press in range(20):
        if resident.main.locator("[name=record][value=card-application]").is_checked():
            break
        page.keyboard.press("ArrowDown")
    tab_until(page, tag="BUTTON", type="submit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/request/records")

    tab_until(page, name="whose")
    page.keyboard.press("Space")
    tab_until(page, name="records")
    page.keyboard.press("Space")
    tab_until(page, name="details")
    page.keyboard.type("平成28年1月")
    tab_until(page, tag="BUTTON", type="submit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/request/person")

    order = tab_until(page, name="birth_date")
    asked = ["name", "kana", "postal_code", "address", "address_then", "birth_date"]
    assert [name for name in order if name][-6:] == asked
    page.keyboard.press("Enter")
    page.wait_for_selector(".error-summary")
    assert page.evaluate("document.activeElement.closest('.error-summary') !== null"), "errors come first"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focus(page)["name"] == "name", "an error leads to its field"


def test_forced_colours_keep_borders_and_focus(open_browser: Open) -> None:
    page = open_browser(forced_colors="active").new_page()
    resident = Resident(page)
    for path in ("/", "/request/procedure", "/figures/jlis-staff-2016", "/request/status"):
        resident.opens(path)
        for button in resident.main.locator(".button:visible, button:visible, .input:visible").all():
            width = button.evaluate("one => parseFloat(getComputedStyle(one).borderTopWidth)")
            assert width >= 1, f"a button without a border on {path}: {button.inner_text()}"
    tab_until(page, name="code")


def test_nothing_jumps_ahead_in_the_order_of_tab(page: Page) -> None:
    for path in ("/", "/incidents", "/request", "/request/procedure", "/request/status", "/staff/sign-in"):
        page.goto(path)
        assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0
