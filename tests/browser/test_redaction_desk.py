"""Covering a part of a record: drawn with the mouse, moved and removed by keys, kept, and seen beside the original."""

from __future__ import annotations

from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.redaction import RedactionBox
from disclosure.operations.records import attach_record
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import State
from portal.core import clock
from tests.browser import cases, looking
from tests.browser.papers import drawing
from tests.browser.running import Site
from tests.browser.staff import Colleague, Office
from tests.factories import disclosure as make


def with_record(site: Site) -> tuple[str, str]:
    """A case in search with a drawn record; number of the case and id of the record."""
    number = cases.in_state(site, State.SEARCH)
    with site.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        upload = make.an_upload("申請書.png", drawing("RECORD"))
        row = attach_record(session, case, upload, vault=site.building.office, by=make.OFFICER, at=clock.now())
        assert row.kind is FileKind.RECORD
        return number, row.id


def numbers(officer: Colleague, name: str) -> list[float]:
    return [float(field.input_value()) for field in officer.main.locator(f"[data-rows] input[name$='-{name}']").all()]


def test_boxes_are_drawn_moved_sized_and_removed(site: Site, office: Office) -> None:
    number, record = with_record(site)
    officer = office.officer
    officer.opens_the_case(number, f"/records/{record}/redact")
    page, stage = officer.page, officer.main.locator("[data-stage]")
    stage.locator("img").first.evaluate("image => image.decode()")
    area = stage.bounding_box()
    assert area
    across, down = area["width"] / 100, area["height"] / 100
    page.mouse.move(area["x"] + 10 * across, area["y"] + 20 * down)
    page.mouse.down()
    page.mouse.move(area["x"] + 50 * across, area["y"] + 30 * down, steps=4)
    page.mouse.up()
    (box,) = officer.main.locator(".stage__box").all()
    left, top, width = (numbers(officer, name)[0] for name in ("left", "top", "width"))
    assert abs(left - 10) < 1
    assert abs(top - 20) < 1
    assert abs(width - 40) < 1

    assert box.evaluate("box => box === document.activeElement"), "a new box has the focus"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    assert numbers(officer, "left") == [round(left + 0.5, 2)]
    assert numbers(officer, "top") == [round(top + 0.5, 2)]
    assert numbers(officer, "width") == [round(width - 0.5, 2)]
    assert box.get_attribute("aria-label") == "枠1、不開示事由なし、1ページ"
    page.keyboard.press("Enter")
    page.locator(":focus").select_option("N2")
    assert "第78条第1項第2号" in (box.get_attribute("aria-label") or "")

    officer.main.locator("button[value=add]").click()
    assert officer.main.locator(".stage__box").count() == 2
    page.keyboard.press("Delete")
    assert officer.main.locator(".stage__box").count() == 1
    assert not looking.problems(page, "ja")
    officer.clicks(officer.main.locator("button[value=keep]:visible").last)
    assert not officer.errors
    assert officer.main.locator(".stage__box").count() == 1
    with site.building.database.session(write=False) as session:
        kept = session.scalars(select(RedactionBox).where(RedactionBox.file_id == record)).one()
        assert (kept.ground, kept.page) == ("N2", 1)
        assert kept.x == round((left + 0.5) * 100)
    officer.clicks(officer.main.locator("form[action$='/make'] button"))
    assert officer.path.endswith("/redacted")
    for image in officer.main.locator("img").all():
        image.evaluate("image => image.decode()")
    assert not looking.problems(page, "ja")
