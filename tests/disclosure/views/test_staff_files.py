"""Files at the desk: attached, shown as pictures, removed."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.operations.filing import Upload, seal_files
from disclosure.queries.keys import case_key
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import State
from portal.core.actor import SYSTEM
from portal.core.files import Slot, accept_file
from tests.disclosure.views.desk import Desk, count, looks, scan
from tests.factories.disclosure import NOON
from tests.refusals.files import pdf


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_a_record_is_not_attached_before_it_is_compared(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    desk.open("officer", number, "/records")
    before = count(desk, CaseFile)
    page = desk.of("officer").send(record="form", file=scan(), name_agrees="y")
    assert "another person" in page.errors[0]
    assert count(desk, CaseFile) == before


def test_a_record_is_removed_again(desk: Desk) -> None:
    number = desk.case(State.DRAFTING)
    desk.open("officer", number)
    page = desk.of("officer").send("/remove")
    assert "The record is removed." in page.text
    assert "No record is attached." in page.text


def test_pictures_are_shown_in_a_sandbox_and_each_look_is_recorded(desk: Desk) -> None:
    number = desk.case(State.IDENTITY_CHECK)
    page = desk.open("reception", number, "/identity")
    with desk.building.database.session(write=False) as session:
        file = session.scalars(select(CaseFile).where(CaseFile.kind == FileKind.IDENTITY)).one()
    before = looks(desk, number)
    answer = desk.of("reception").get(page.links("/files/")[0])
    assert answer.status == 200
    assert answer.headers["Content-Type"] == file.media_type
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert looks(desk, number) == [*before, "file"]


def test_the_pages_of_a_pdf_are_shown_as_pictures_one_at_a_time(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    desk.open("officer", number, "/records")
    ticks = {"name_agrees": "y", "birth_date_agrees": "y"}
    officer.send(record="form", file=(io.BytesIO(pdf(3)), "記録.pdf"), **ticks)
    before = looks(desk, number)
    (link,) = set(desk.open("officer", number).links("/pages/"))
    page = officer.get(link.replace("/pages/1", "/pages/2"))
    assert "Page 2 of 3" in page.text
    assert [a.get("rel") for a in page.tree.xpath("//nav[@aria-label='Pages of this file']//a")] == ["prev", "next"]
    (shown,) = page.tree.xpath("//main//img")
    assert shown.get("alt").startswith("Picture of page 2 of 3 of 01_")
    assert page.links("/files/")
    answer = officer.get(shown.get("src"))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert answer.data[:2] == b"\xff\xd8"
    assert looks(desk, number) == [*before, "case", "case", "file"]
    for beyond in ("/pages/0", "/pages/4", "/pages/0.jpg", "/pages/4.jpg"):
        assert officer.get(link.replace("/pages/1", beyond)).status == 404


def test_the_first_page_of_a_pdf_stands_beside_what_was_typed(desk: Desk) -> None:
    number = desk.case(State.IDENTITY_CHECK)
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case)).one()
        clean = accept_file(pdf(2), "paper.pdf", slot=Slot("tests"))
        key = case_key(desk.building.office, case)
        uploads = [Upload("paper.pdf", clean)]
        seal_files(session, case, key, uploads, FileKind.CORRECTION, by=SYSTEM, at=NOON)
    page = desk.open("reception", number, "/identity")
    sources = page.tree.xpath("//a[@class='document']/img/@src")
    assert [source.endswith("/pages/1.jpg") for source in sources] == [True, False]


def test_a_file_of_another_case_is_not_found(desk: Desk) -> None:
    one, other = desk.case(), desk.case()
    link = desk.open("officer", one).links("/files/")[0]
    file_id = link.rpartition("/")[2]
    assert desk.open("officer", other, f"/files/{file_id}").status == 404
