"""The way of a sample person through the questions, used by many tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.client import Browser, Page
from tests.disclosure.views.conftest import picture

NAME, KANA = "髙橋　見本", "タカハシ　ミホン"
PERSON = {
    "name": NAME,
    "kana": KANA,
    "postal_code": "100-0000",
    "address": "東京都千代田区見本町一丁目2番3号",
    "birth_date": "昭和55年2月29日",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "procedure": {"record": "card-application"},
    "records": {"whose": "mine", "records": "both", "details": "平成28年1月に郵送で申請しました。"},
    "person": PERSON,
    "contact": {"telephone": "03-0000-0000", "email": "sample@kaiji.example", "language": "ja"},
    "delivery": {"delivery": "download", "format": "pdf"},
}


def fill_in(browser: Browser, *, prefix: str = "", until: str = "check", **changes: dict[str, Any]) -> Page:
    """From the first question to the page ``until``, which is then open."""
    page = browser.get(f"{prefix}/request/procedure")
    for name, answers in ANSWERS.items():
        if page.path.endswith(f"/{until}"):
            return page
        assert page.path == f"{prefix}/request/{name}", page.path
        page = browser.send(**{**answers, **changes.get(name, {})})
        assert page.status == 200, (name, page.errors)
    if until == "identity":
        return page
    return add_document(browser)


def add_document(browser: Browser, document: str = "driving-licence", name: str = "免許証.png") -> Page:
    """Add a file on the page of the identity document and go on."""
    page = browser.send("request/identity", document=document, file=(picture(), name))
    assert page.status == 200, page.errors
    return browser.send("identity/done")


def file_request(browser: Browser, *, prefix: str = "", **changes: dict[str, Any]) -> Page:
    """The whole way; the receipt is then open."""
    fill_in(browser, prefix=prefix, **changes)
    page = browser.send(declared="y")
    assert page.path == f"{prefix}/request/receipt", (page.path, page.errors)
    return page


def receipt(page: Page) -> tuple[str, str]:
    """Receipt number and access code of a receipt."""
    number = page.tree.get_element_by_id("receipt-number").text_content().strip()
    code = page.tree.get_element_by_id("access-code").text_content().strip()
    return number, code


def reader(another: Callable[[], Browser], number: str, code: str) -> Browser:
    """The requester's browser with the case open."""
    browser = another()
    browser.get("/en/request/status")
    assert browser.send(number=number, code=code).path.endswith("/request/case")
    return browser
