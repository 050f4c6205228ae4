"""A connection that breaks, or a server that dies, while somebody writes a letter: nothing that was typed is lost."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PATIENCE, PHONE, Open
from tests.browser.letters import Asker
from tests.browser.running import wait_until

LOCAL = "Object.keys(localStorage).filter(name => name.startsWith('kaiji.letter.')).length"
KEEP = "**/letters/write/keep"
BEFORE, BROKEN, LATER = "第一の質問です。", "接続が切れてからの質問です。", "さらに書き足した質問です。"
LETTER = "見本の質問書\n１　開示の窓口について\n（１）受付は何時からですか。\n"


def is_kept(page: Page, state: str = "kept") -> None:
    """The page says what became of what was typed."""
    expect(page.locator(f"[data-autosave-state][data-state='{state}']")).to_be_visible(timeout=PATIENCE)


def keeps_nothing(page: Page) -> None:
    """The browser forgets what the server has."""
    wait_until(lambda: page.evaluate(LOCAL) == 0, "an empty store of the browser")


def test_what_is_typed_while_the_connection_is_cut_survives_the_end_of_the_browser(open_browser: Open) -> None:
    context = open_browser(viewport=PHONE)
    asker = Asker(context.new_page())
    asker.opens("/letters/write")
    asker.presses(value="written")
    asker.opens("/letters/write/later")
    code = asker.main.locator("#go-on-code").inner_text()
    asker.opens("/letters/write/parts")
    area = asker.main.locator("textarea").nth(1)
    name = str(area.get_attribute("name"))
    area.press_sequentially(BEFORE)
    is_kept(asker.page)
    context.set_offline(True)
    area.press_sequentially(BROKEN)
    is_kept(asker.page, "failed")
    area.press_sequentially(LATER)
    asker.page.close(run_before_unload=False)
    context.clear_cookies()  # as a browser that was closed
    context.set_offline(False)

    again = Asker(context.new_page())
    again.opens("/letters/write")
    again.fills_in(go__on__code=code)
    again.presses(kind="secondary")
    expect(again.main.locator(f"[name='{name}']")).to_have_value(BEFORE + BROKEN + LATER)
    is_kept(again.page)
    keeps_nothing(again.page)


def test_a_letter_that_is_pasted_while_the_server_is_dead_is_there_when_it_lives_again(open_browser: Open) -> None:
    context = open_browser(viewport=PHONE)
    asker = Asker(context.new_page())
    asker.opens("/letters/write")
    asker.presses(value="pasted")

    def dead(route: Route) -> None:
        route.abort("connectionrefused")

    context.route("**/letters/write/**", dead)
    asker.fills_in(text=LETTER)
    is_kept(asker.page, "failed")
    asker.main.locator("[name=text]").press_sequentially("（２）土曜日は開いていますか。")
    written = asker.main.locator("[name=text]").input_value()
    asker.page.close(run_before_unload=False)
    context.unroute("**/letters/write/**", dead)

    again = Asker(context.new_page())
    again.opens("/letters/write/text")
    expect(again.main.locator("[name=text]")).to_have_value(written)
    keeps_nothing(again.page)
    again.presses()
    again.reads("土曜日は開いていますか。")
