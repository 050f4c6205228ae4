"""A resident shows documents with their request."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from disclosure.models.file import CaseFile
from portal.services import Services
from portal.web.sessions import StoredFile
from tests.client import Browser
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.journey import add_document, file_request, fill_in


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.png"),
        (b"just text", "text.png"),
        (b"%PDF-1.7 broken", "broken.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.svg"),
        (b"GIF89a" + b"\0" * 100, "moving.gif"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 11_000_000, "large.png"),
    ],
)
def test_a_wrong_file_is_refused_in_words_and_not_kept(
    browser: Browser, building: Services, data: bytes, name: str
) -> None:
    fill_in(browser, until="identity")
    page = browser.send("request/identity", document="driving-licence", file=(io.BytesIO(data), name))
    assert page.status == 422
    assert page.errors
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_a_file_that_is_far_too_large_gets_a_clear_page(browser: Browser) -> None:
    fill_in(browser, until="identity")
    page = browser.send(
        "request/identity", document="driving-licence", file=(io.BytesIO(b"x" * 17_000_000), "huge.png")
    )
    assert page.status == 413


def test_a_personal_number_in_a_file_name_is_refused(browser: Browser) -> None:
    fill_in(browser, until="identity")
    page = browser.send("request/identity", document="driving-licence", file=(picture(), "123456789018.png"))
    assert page.status == 422
    assert "123456789018" not in page.data.decode()


def test_a_document_can_be_removed_and_replaced(browser: Browser, building: Services) -> None:
    fill_in(browser, until="identity")
    page = browser.send("request/identity", document="driving-licence", file=(picture(), "first.png"))
    assert "first.png" in page.text
    page = browser.send("/remove")
    assert "first.png" not in page.text
    assert browser.get("/request/check").path == "/request/identity"
    assert add_document(browser, name="second.jpg.png").path == "/request/check"
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_a_document_without_a_photo_needs_a_second_one(browser: Browser) -> None:
    fill_in(browser, until="identity")
    page = browser.send("request/identity", document="resident-record", file=(picture(), "one.png"))
    assert page.find(css="notice--info")
    assert browser.get("/request/check").path == "/request/identity"
    assert add_document(browser, "eligibility-certificate", "two.png").path == "/request/check"


def test_the_files_arrive_with_the_request(browser: Browser, building: Services) -> None:
    file_request(browser)
    with building.database.session(write=False) as session:
        assert session.scalars(select(CaseFile.media_type)).all() == ["image/png"]
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
