"""People whose whereabouts must not become known: where their address stands, and where it never does."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.letters.print_run import print_run
from disclosure.models.case import Case
from disclosure.operations.issue import issue
from disclosure.operations.print_run import make_run, print_pieces
from disclosure.queries.keys import case_key, letter_pdf
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Delivery
from disclosure.rules.states import State
from portal.core import clock
from tests.disclosure.views.desk import Desk
from tests.factories.disclosure import NOT_HELD, OFFICER, RECEPTION

ADDRESS, TELEPHONE = "見本県秘匿市見本町七丁目8番9号", "090-0000-7890"
SECRET: dict[str, Any] = {
    "address": ADDRESS, "telephone": TELEPHONE, "delivery": Delivery.POST, "protected": True,
    "decision": DecisionType.NOT_HELD, "reasons": (NOT_HELD,),
}  # fmt: skip


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def gives_away(text: str) -> bool:
    """Whether the address or the telephone number can be read in it."""
    bare = "".join(text.split())
    return "秘匿市" in bare or "七丁目8番" in bare or TELEPHONE in bare


def pages_of(data: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in document]


def seen_by(desk: Desk, login: str, number: str) -> int:
    """Every page of the case to which its pages lead, without opening the address on purpose; how many there are."""
    browser, todo, done = desk.of(login), [desk.path(number), "/en/staff"], set[str]()
    while todo:
        path = todo.pop()
        if path in done or "address=shown" in path:
            continue
        done.add(path)
        page = browser.get(path)
        if page.tree is None:
            continue
        assert not gives_away(page.data.decode()), path
        todo += [link for link in page.tree.xpath("//main//a/@href") if f"/cases/{number}" in unquote(link)]
    return len(done)


def test_a_protected_address_stands_on_no_page_list_letter_or_export_but_on_the_envelope(desk: Desk) -> None:
    number = desk.case(State.APPROVED, **SECRET)
    draft = desk.open("officer", number, "/letter/draft.pdf").data
    assert not any(gives_away(text) for text in pages_of(draft))
    assert "Protected address" in desk.of("officer").get("/en/staff").text
    building, now = desk.building, clock.now()
    with building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        letter = issue(
            session, case, settings=building.settings, vault=building.office, signer=None, by=OFFICER, at=now
        )
        pdf = letter_pdf(case_key(building.office, case), letter)
        run = make_run(session, by=RECEPTION, at=now)
        pieces = print_pieces(session, run, vault=building.office, by=RECEPTION)
        paper = print_run(run.label, run.day, run.made_name, pieces, building.settings)
    assert not any(gives_away(text) for text in pages_of(pdf))
    told = [number for number, text in enumerate(pages_of(paper)) if gives_away(text)]
    assert told == [2], "after cover and list only the page that shows through the window of the envelope"
    assert seen_by(desk, "officer", number) > 15

    officer = desk.of("officer")
    officer.get(desk.path(number, "/export"))
    page = officer.send("", purpose="appeal", with_notes="y")
    with zipfile.ZipFile(io.BytesIO(page.data)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".pdf"):
                assert not any(gives_away(text) for text in pages_of(data)), name
            else:
                assert not gives_away(data.decode(errors="replace")), name
            assert not name.startswith("files/identity"), name
        assert "住所の秘匿の対象です" in archive.read("index.html").decode()
        assert "（住所の秘匿により記載しない）" in archive.read("case.json").decode()
    assert ADDRESS in desk.open("officer", number, "?address=shown").data.decode()
