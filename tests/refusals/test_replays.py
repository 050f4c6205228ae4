"""Forms that are sent again after they have done their work."""

from __future__ import annotations

from tests.disclosure.views.journey import fill_in
from tests.refusals.world import World


def test_a_press_after_the_receipt_files_nothing_more(world: World) -> None:
    browser = world.browser()
    form = fill_in(browser, prefix="/en").form()
    values = {**form.values, "declared": "y"}
    first = browser.post(form.action, values)
    before = world.rows()
    for _press in range(3):
        again = browser.post(form.action, values)
        assert again.path == "/en/request/receipt"
        assert again.tree.get_element_by_id("receipt-number").text_content() in first.text
    browser.send("noted")
    assert browser.post(form.action, values).path == "/en/request/receipt"
    assert world.rows() == before


def test_a_press_after_the_draft_was_deleted_files_nothing(world: World) -> None:
    browser = world.browser()
    form = fill_in(browser, prefix="/en").form()
    browser.send("stop")
    before = world.rows()
    page = browser.post(form.action, {**form.values, "declared": "y"})
    assert page.path == "/en/request/procedure"
    assert "There is no request in progress in this browser." in page.text
    assert world.rows() == before
