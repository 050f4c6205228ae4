"""Files with something in them that nobody sees: taken in, and what was hidden is gone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.queries.keys import case_files, case_key, file_data
from disclosure.rules.kinds import FileKind
from tests.disclosure.views.journey import fill_in
from tests.refusals import files as make
from tests.refusals.world import World

BAD = (b"<script", b"alert", b"JavaScript", b"OpenAction", b"<html", b"%PDF-1.7\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page-behind.jpg", lambda: make.picture("JPEG") + make.HTML),
        ("page-behind.png", lambda: make.picture() + make.HTML),
        ("comment.png", make.picture_with_text),
        ("comment.jpg", lambda: make.picture("JPEG", comment=make.SCRIPT)),
        ("archive-behind.jpg", lambda: make.picture("JPEG") + make.zipped(**{"alert.js": make.SCRIPT})),
        ("paper-behind.jpg", lambda: make.picture("JPEG") + make.pdf_with_script()),
        ("script.pdf", make.pdf_with_script),
    ],
)
def test_what_hides_in_a_file_stays_behind(world: World, name: str, data: Callable[[], bytes]) -> None:
    browser = world.browser()
    fill_in(browser, prefix="/en", until="identity")
    browser.send("identity", document="driving-licence", file=(io.BytesIO(data()), name))
    assert browser.page is not None
    assert not browser.page.errors
    assert browser.send("identity/done").path == "/en/request/check"
    page = browser.send(declared="y")
    number = page.tree.get_element_by_id("receipt-number").text_content().strip()
    with world.building.database.session(write=False) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        (file,) = case_files(session, case, FileKind.IDENTITY)
        kept = file_data(case_key(world.building.office, case), file)
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(kept)) as document:
            assert document.Root.keys() == {"/Type", "/Pages"}
            kept = b"".join(str(item).encode() for item in document.objects)
    assert not [bad for bad in BAD if bad in kept]
