"""The redaction desk without a script: boxes as numbers, the copy, and what approval and release make of them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.models.handout import Handout
from disclosure.models.redaction import RedactionBox
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk
from tests.factories.disclosure import submitted
from tests.portal.core.test_pdf_pictures import paper

BOX = {"left": "5", "top": "12.5", "width": "60", "height": "6", "ground": "N2"}
REASON = {
    "part": "受付担当者の氏名",
    "ground": "N2",
    "nature": "個人に関する情報",
    "harm": "特定の個人が識別されるおそれ",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def row(index: int, **changes: str) -> dict[str, str]:
    return {f"rows-{index}-{name}": value for name, value in {**BOX, **changes}.items()}


def with_record(desk: Desk, data: bytes = b"", **more: object) -> tuple[str, str]:
    """A case in search with a record of two pages; its number and the record's id."""
    number = desk.case(State.SEARCH, **more)
    desk.open("officer", number, "/records")
    file = (BytesIO(data or paper("SECRET WORD", "second page")), "見本.pdf")
    desk.of("officer").send(record="form", file=file, name_agrees="y", birth_date_agrees="y")
    return number, record_of(desk, number)


def record_of(desk: Desk, number: str) -> str:
    with desk.building.database.session(write=False) as session:
        wanted = select(CaseFile.id).join(Case, Case.id == CaseFile.case_id)
        found: str = session.scalars(wanted.where(Case.number == number, CaseFile.kind == FileKind.RECORD)).one()
        return found


def boxes(desk: Desk) -> list[RedactionBox]:
    with desk.building.database.session(write=False) as session:
        return list(session.scalars(select(RedactionBox).order_by(RedactionBox.added_at, RedactionBox.id)))


def covered(desk: Desk, number: str, file: str, login: str = "officer") -> Page:
    """Keep one box and make the copy."""
    desk.open(login, number, f"/records/{file}/redact")
    desk.of(login).send("/redact", do="add")
    desk.of(login).send("/redact", do="keep", **row(0))
    return desk.of(login).send("/make")


def decided(desk: Desk, number: str, kind: str) -> Page:
    """Draft the decision and send it for approval."""
    officer = desk.of("officer")
    desk.open("officer", number, "/decision")
    officer.send(kind=kind, do="show")
    reasons = {f"rows-0-{name}": text for name, text in REASON.items()} if kind == "B" else {}
    officer.send(kind=kind, do="keep", **reasons)
    return officer.send("/approval")


def test_a_box_is_added_shown_and_kept_without_a_script(desk: Desk) -> None:
    number, file = with_record(desk)
    page = desk.open("officer", number, f"/records/{file}/redact")
    assert "There is no box on this page." in page.text
    page = desk.of("officer").send("/redact", do="add")
    assert "Box 1" in page.text
    page = desk.of("officer").send("/redact", do="show", **row(0))
    picture = page.tree.xpath("//noscript//img/@src")[0]
    assert "b=500.1250.6000.600" in picture
    assert boxes(desk) == [], "showing keeps nothing"
    drawn, bare = desk.of("officer").get(picture), desk.of("officer").get(picture.partition("?")[0])
    assert drawn.headers["Content-Type"] == bare.headers["Content-Type"] == "image/jpeg"
    assert dark(drawn.data) > dark(bare.data) + 0.02
    desk.open("officer", number, f"/records/{file}/redact")
    desk.of("officer").send("/redact", do="add")
    page = desk.of("officer").send("/redact", do="keep", **row(0, width="６０％"))
    assert "The boxes of page 1 are kept." in page.text
    assert page.form("/redact").values["rows-0-top"] == "12.5"
    (kept,) = boxes(desk)
    assert (kept.page, kept.x, kept.y, kept.w, kept.h, kept.ground) == (1, 500, 1250, 6000, 600, "N2")
    assert kept.added_name == "見本 担男"


def dark(picture: bytes) -> float:
    with Image.open(BytesIO(picture)) as opened:
        grey = opened.convert("L").histogram()
        return sum(grey[:160]) / sum(grey)


WRONG = (
    ("left", "", "Give a number."),
    ("left", "abc", "Give a number between 0 and 100"),
    ("top", "-1", "Give a number between 0 and 100"),
    ("width", "1e9", "Give a number between 0 and 100"),
    ("height", "NaN", "Give a number between 0 and 100"),
    ("width", "0", "The box reaches beyond the page"),
    ("left", "90", "The box reaches beyond the page"),
    ("ground", "", "Please fill in this field."),
    ("ground", "N9", "Please choose from what is offered."),
)


def test_a_box_that_cannot_be_is_refused_next_to_its_field(desk: Desk) -> None:
    number, file = with_record(desk)
    desk.open("officer", number, f"/records/{file}/redact")
    desk.of("officer").send("/redact", do="add")
    for field, typed, said in WRONG:
        page = desk.of("officer").send("/redact", do="keep", **row(0, **{field: typed}))
        assert any(line.startswith("Box 1 – ") and said in line for line in page.errors), (field, typed)
        assert field == "ground" or page.form("/redact").values[f"rows-0-{field}"] == typed
    assert boxes(desk) == []


def test_a_removed_box_stays_in_the_history(desk: Desk) -> None:
    number, file = with_record(desk)
    covered(desk, number, file)
    desk.open("officer", number, f"/records/{file}/redact")
    page = desk.of("officer").send("/redact", do="remove-0")
    assert "Box 1" not in page.text.partition("Boxes on this page")[2].partition("The redacted copy")[0]
    desk.of("officer").send("/redact", do="keep", **dict.fromkeys(row(0)))
    (gone,) = boxes(desk)
    assert gone.removed_name == "見本 担男"
    page = desk.open("officer", number, f"/records/{file}/redacted")
    assert "Boxes that were removed" in page.text
    assert "This record has no boxes" in page.text
    assert desk.open("officer", number, f"/records/{file}/redacted/file").status == 404


def test_two_officers_on_one_page_lose_nothing(desk: Desk) -> None:
    number, file = with_record(desk)
    for login in ("officer", "second"):
        desk.open(login, number, f"/records/{file}/redact")
        desk.of(login).send("/redact", do="add")
    desk.of("officer").send("/redact", do="keep", **row(0))
    page = desk.of("second").send("/redact", do="keep", **row(0, top="80", ground="N1"))
    assert "Somebody else worked on this case" in page.text
    assert "Boxes that a colleague drew meanwhile now stand at the end: 1." in page.text
    values = page.form("/redact").values
    assert (values["rows-0-top"], values["rows-1-top"]) == ("80", "12.5")
    desk.of("second").send("/redact", do="keep")
    assert sorted(box.y for box in boxes(desk) if box.removed_at is None) == [1250, 8000]


def test_numbers_in_the_text_of_a_pdf_are_proposed_and_nothing_is_kept_of_itself(desk: Desk) -> None:
    number, file = with_record(desk, paper("no number", "12 3456 789018"))
    desk.open("officer", number, f"/records/{file}/redact?page=2")
    page = desk.of("officer").send("/redact", do="propose")
    assert "Boxes proposed on this page: 1." in page.text
    assert 10 < float(page.form("/redact").values["rows-0-top"]) < 18
    assert boxes(desk) == []
    desk.open("officer", number, f"/records/{file}/redact?page=1")
    assert "Boxes proposed on this page: 0." in desk.of("officer").send("/redact", do="propose").text


def test_a_known_form_proposes_the_place_of_the_number_which_is_covered_in_a_full_disclosure_too(desk: Desk) -> None:
    number, file = with_record(desk)
    desk.open("officer", number, f"/records/{file}/redact")
    page = desk.of("officer").send("/redact", do="layout-form-2016")
    form = page.form("/redact").values
    assert (form["rows-0-left"], form["rows-0-top"], form["rows-0-ground"]) == ("8", "10", "MASK")
    assert boxes(desk) == []
    desk.of("officer").send("/redact", do="keep")
    assert len(boxes(desk)) == 1


def test_a_page_or_a_record_that_is_not_there_is_not_found(desk: Desk) -> None:
    number, file = with_record(desk)
    other, _file = with_record(desk)
    for rest in (f"/records/{file}/redact?page=3", "/records/nothing/redact", f"/records/{file}/redact?page=x"):
        assert desk.open("officer", number, rest).status == 404
    assert desk.open("officer", other, f"/records/{file}/redact").status == 404
    for rest in ("1.jpg?b=1.2.3", "1.jpg?b=0.0.10001.5", "1.jpg?b=a.b.c.d", "9.jpg"):
        assert desk.open("officer", number, f"/records/{file}/redact/pages/{rest}").status == 404
    assert desk.open("approver", number, f"/records/{file}/redact").status == 403


def test_a_partial_disclosure_goes_its_whole_way_and_only_the_copy_leaves(desk: Desk) -> None:
    with desk.building.database.session(write=True) as session:
        at = clock.now() - timedelta(days=9)
        filed = submitted(session, desk.building.settings, desk.building.office, at=at)
        number, code = filed.case_number, filed.access_code
    reception = desk.of("reception")
    desk.open("reception", number)
    reception.send("/identity/start")
    agrees = {"name_agrees": "y", "address_agrees": "y", "birth_date_agrees": "y", "genuine": "y", "only_front": "y"}
    reception.send(document="driving-licence", expires_on="2031-01-01", **agrees)
    desk.open("officer", number, "/records")
    file_sent = (BytesIO(paper("SECRET WORD", "second page")), "見本.pdf")
    desk.of("officer").send(record="form", file=file_sent, name_agrees="y", birth_date_agrees="y")
    file = record_of(desk, number)

    page = decided(desk, number, "B")
    assert "nothing is covered on any record" in page.text
    assert desk.state(number) is State.DRAFTING
    page = covered(desk, number, file)
    assert page.heading == "Boxes and redacted copy"
    assert "第78条第1項第2号" in page.text
    desk.open("officer", number, "/letter")
    assert "sent for approval" in desk.of("officer").send("/approval").text

    refused = desk.open("officer", number, f"/records/{file}/redact")
    assert refused.status == 409, "boxes stand still while the decision is being approved"
    page = desk.open("approver", number, f"/records/{file}/redacted")
    pictures = [image.get("src") for image in page.tree.xpath("//main//img")]
    assert [desk.of("approver").get(src).status for src in pictures] == [200, 200]
    copy = desk.of("approver").get(page.links("/redacted/file")[0]).data
    nothing_left(copy)

    desk.open("approver", number, "/letter")
    page = desk.of("approver").send("/approve")
    assert "The decision is approved." in page.text, page.errors
    desk.open("approver", number, "/letter")
    assert "The letter is issued." in desk.of("approver").send("/issue").text
    desk.open("approver", number, "/compare")
    desk.of("approver").send(name="agree", birth_date="agree")
    desk.open("officer", number, "/release")
    assert "The records are disclosed." in desk.of("officer").send(compared="y").text

    resident = Browser(desk.app, address="203.0.113.9")
    resident.get("/en/request/status")
    page = resident.send(number=number, code=code)
    assert resident.get(f"/en/request/case/files/{file}").status == 404, "the original leaves by no way"
    with desk.building.database.session(write=True) as session:
        session.scalars(select(Handout)).one().confirms = False
    page = resident.get("/en/request/case")
    shown = [link for link in page.links("/request/case/records/") if link.endswith("/pdf")]
    assert resident.get(shown[0]).data == copy


def nothing_left(copy: bytes) -> None:
    with pikepdf.open(BytesIO(copy)) as document:
        assert len(document.pages) == 2
        streams = b"".join(item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream))
    assert b"SECRET" not in streams + copy


def test_a_full_disclosure_with_boxes_is_refused(desk: Desk) -> None:
    number, file = with_record(desk)
    covered(desk, number, file)
    page = decided(desk, number, "A")
    assert "This is a full disclosure, but a record has boxes." in page.text
    assert desk.state(number) is State.DRAFTING


def test_boxes_changed_after_the_copy_need_a_new_one(desk: Desk) -> None:
    number, file = with_record(desk)
    covered(desk, number, file)
    desk.open("officer", number, f"/records/{file}/redact")
    desk.of("officer").send("/redact", do="keep", **row(0, top="20"))
    page = decided(desk, number, "B")
    assert "there is no redacted copy of exactly these" in page.text
    desk.open("officer", number, f"/records/{file}/redacted")
    desk.of("officer").send("/make")
    desk.open("officer", number, "/letter")
    assert "sent for approval" in desk.of("officer").send("/approval").text


def test_a_box_on_a_ground_without_a_reason_is_refused(desk: Desk) -> None:
    number, file = with_record(desk)
    desk.open("officer", number, f"/records/{file}/redact")
    desk.of("officer").send("/redact", do="add")
    desk.of("officer").send("/redact", do="keep", **row(0, ground="N1"))
    desk.of("officer").send("/make")
    assert "for which the decision gives no reason" in decided(desk, number, "B").text


def test_a_record_that_is_taken_away_takes_its_boxes_along(desk: Desk) -> None:
    number, file = with_record(desk)
    covered(desk, number, file)
    desk.open("officer", number)
    assert "The record is removed." in desk.of("officer").send(f"/{file}/remove").text
    assert boxes(desk) == []
