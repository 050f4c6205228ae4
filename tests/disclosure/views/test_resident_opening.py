"""A resident opens their case with number and code, and it closes again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.client import Browser
from tests.disclosure.views.filed import Filed, open_case
from tests.disclosure.views.journey import file_request, fill_in, receipt


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_number_and_code_open_the_case(browser: Browser, filed: Filed, prefix: str) -> None:
    page = open_case(browser, filed, prefix)
    assert page.path == f"{prefix}/request/case"
    assert filed[0] in page.heading
    assert "2026-05-01" in page.text, "the clock's last day"
    assert page.headers["Cache-Control"] == "no-store"
    assert filed[1] not in page.data.decode()


def test_a_case_filed_here_opens_with_what_the_receipt_says(browser: Browser) -> None:
    number, code = receipt(file_request(browser))
    page = open_case(browser, (number, code))
    assert page.path == "/request/case"
    assert "免許証.png" in page.text


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", "")])
def test_the_code_is_read_however_it_is_typed(browser: Browser, filed: Filed, typed: Callable[[str], str]) -> None:
    number = filed[0].translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert open_case(browser, (number, typed(filed[1]))).path == "/request/case"


def test_an_unknown_number_and_a_wrong_code_get_the_same_answer(browser: Browser, filed: Filed) -> None:
    def told(number: str, code: str) -> str:
        page = open_case(browser, (number, code))
        assert page.status == 422
        hidden = re.sub(r'value="[^"]*"', "", page.data.decode())
        return re.sub(r"[0-9A-F]{8}", "", hidden)

    other = "開-R08-000999-" + next(c for c in "ABCDEFGHJKMNPQRSTUVWXYZ" if _is_number(f"開-R08-000999-{c}"))
    wrong = told(filed[0], "0000-0000-0000-0000")
    assert wrong == told(other, "0000-0000-0000-0000")
    assert wrong == told("nonsense", filed[1])


def _is_number(text: str) -> bool:
    from disclosure.rules.numbering import read_receipt_number

    return read_receipt_number(text, mark="開") is not None


def test_trying_codes_is_slowed_down(browser: Browser, filed: Filed) -> None:
    for _ in range(5):
        assert open_case(browser, (filed[0], "0000-0000-0000-0000")).status == 422
    refused = open_case(browser, filed)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_a_page_of_a_case_asks_for_number_and_code_first(browser: Browser, filed: Filed) -> None:
    for path in ("case", "case/correction", "case/withdraw", "case/method", "case/letters/x", "case/files/x"):
        assert browser.get(f"/request/{path}").path == "/request/status"


def test_an_opened_case_closes_after_a_quarter_of_an_hour(browser: Browser, filed: Filed, time: Any) -> None:
    open_case(browser, filed)
    time(timedelta(minutes=14))
    assert browser.get("/request/case").path == "/request/case"
    time(timedelta(minutes=16))
    page = browser.get("/request/case")
    assert page.path == "/request/status"
    assert page.find(css="notice--info", inside="messages")


def test_an_opened_case_closes_after_an_hour_at_most(browser: Browser, filed: Filed, time: Any) -> None:
    open_case(browser, filed)
    for _ in range(5):
        time(timedelta(minutes=11))
        assert browser.get("/request/case").path == "/request/case"
    time(timedelta(minutes=6))
    assert browser.get("/request/case").path == "/request/status"


def test_leaving_ends_the_session(browser: Browser, filed: Filed) -> None:
    open_case(browser, filed)
    assert browser.send("leave").path == "/request/status"
    assert browser.get("/request/case").path == "/request/status"


def test_a_draft_survives_the_opening_of_a_case(browser: Browser, filed: Filed) -> None:
    fill_in(browser)
    open_case(browser, filed)
    page = browser.get("/request/check")
    assert page.path == "/request/check"
    assert browser.send(declared="y").path == "/request/receipt"


def test_another_browser_sees_nothing(browser: Browser, another: Callable[[], Browser], filed: Filed) -> None:
    open_case(browser, filed)
    assert another().get("/request/case").path == "/request/status"
