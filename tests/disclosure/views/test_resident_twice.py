"""The same request sent many times at once is filed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from disclosure.models.case import Case
from portal.services import Services
from portal.web.sessions import StoredFile
from tests.client import Browser
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.journey import fill_in


def test_eight_clicks_at_once_file_one_request(app: Flask, browser: Browser, building: Services) -> None:
    page = fill_in(browser)
    form = page.form()
    values = {**form.values, "declared": "y"}
    cookie = browser.client.get_cookie("kaiji")
    assert cookie is not None

    def click(_number: int) -> str:
        client = app.test_client()
        client.set_cookie("kaiji", cookie.value)
        answer = client.post(form.action, data=values)
        return f"{answer.status_code} {answer.headers.get('Location')}"

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(click, range(8)))
    assert answers == {"303 /request/receipt"}
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1


def test_the_key_on_the_check_page_becomes_the_cases_own(browser: Browser, building: Services) -> None:
    page = fill_in(browser)
    key = page.form().values["key"]
    first = browser.send(declared="y")
    number = first.tree.get_element_by_id("receipt-number").text_content().strip()
    with building.database.session(write=False) as session:
        case = session.scalars(select(Case)).one()
    assert case.submission_key == key
    assert case.number == number


def test_a_file_that_is_sent_twice_is_kept_once(browser: Browser, building: Services) -> None:
    form = fill_in(browser, until="identity").form("identity")
    for _click in range(2):
        browser.post(form.action, {**form.values, "document": "driving-licence", "file": (picture(), "免許証.png")})
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 1
    browser.post(form.action, {**form.values, "document": "driving-licence", "file": (picture(text="2"), "免許証.png")})
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 2
