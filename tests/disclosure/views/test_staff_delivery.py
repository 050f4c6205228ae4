"""Letters go out: the print queue, the ledger of each letter, and letters in the place of others."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.operations.issue import issue
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Delivery
from disclosure.rules.states import State
from portal.core import audit, clock
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.filed import decide
from tests.factories import disclosure as make

MY_NUMBERS = ("123456789018", "１２３４　５６７８　９０１８")


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def issued(desk: Desk, **more: object) -> tuple[str, str]:
    """Number of a case, and the id of the letter that was issued in it today."""
    values = {"decision": DecisionType.NOT_HELD, "reasons": [make.NOT_HELD], **more}
    number = desk.case(State.APPROVED, **values)
    building = desk.building
    with building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        letter = issue(
            session, case, settings=building.settings, vault=building.office, signer=None,
            by=desk.people["approver"], at=clock.now(),
        )  # fmt: skip
        return number, letter.id


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def run_of(page: Page) -> str:
    return page.path.rpartition("/")[2]


def test_letters_are_printed_posted_and_delivered(desk: Desk) -> None:
    first, letter = issued(desk, delivery=Delivery.POST)
    second, _ = issued(desk, delivery=Delivery.OFFICE, name="見本　花子", kana="ミホン　ハナコ")
    reception = desk.of("reception")
    page = reception.get("/en/staff/post")
    assert first in page.text
    assert "髙橋" not in page.text
    assert "花子" not in page.text
    page = reception.send("/post/runs")
    run = run_of(page)
    assert run.endswith("-1")
    assert "Nothing waits" in reception.get("/en/staff/post").text

    pdf = reception.get(f"/en/staff/post/runs/{run}/run.pdf")
    assert pdf.headers["Cache-Control"] == "no-store"
    pages = text_of(pdf.data)
    assert run in pages[0]
    assert "髙橋" not in pages[0], "the cover sheet names nobody"
    assert "差出票" in pages[1]
    assert "髙橋" in pages[1]
    assert "花子" in pages[1]
    assert "東京都千代田区見本町一丁目2番3号" in pages[2]
    assert "見情機第1号" in pages[3]
    with pikepdf.open(BytesIO(pdf.data)) as opened:
        assert "/AcroForm" not in opened.Root
        assert "/Names" not in opened.Root
    with desk.building.database.session(write=False) as session:
        for number in (first, second):
            looks = [row for row in audit.entries(session, subject=number) if row.detail.get("run") == run]
            assert len(looks) == 1, "each download is a look at every case in it"

    reception.get(f"/en/staff/post/runs/{run}")
    page = reception.send(f"/runs/{run}", number_1="123-45-67890-1", number_2="12345678901")
    assert page.status == 422
    assert sum("stands here twice" in error for error in page.errors) == 2
    page = reception.send(f"/runs/{run}", number_2="123")
    assert any("11 digits" in error for error in page.errors)
    assert page.form(f"/runs/{run}").values["number_1"] == "123-45-67890-1", "nothing typed is lost"
    for wrong in MY_NUMBERS:
        page = reception.send(f"/runs/{run}", number_2=wrong)
        assert page.status == 422
        assert any("personal number" in error for error in page.errors)
    page = reception.send(f"/runs/{run}", number_2="１２３４５６７８９０２")
    assert "Posted, letters: 2" in page.text
    assert "123-45-67890-2" in page.text

    page = reception.send("/outcomes", outcome_1="delivered", day_1="")
    assert page.status == 422
    today = clock.day_in_japan(clock.now()).isoformat()
    told = {"outcome_1": "delivered", "day_1": today, "outcome_2": "returned:unknown-address", "day_2": today}
    page = reception.send("/outcomes", **told)
    assert "Entered, letters: 2" in page.text
    text = desk.open("officer", first).text
    assert "by registered mail" in text
    assert "Appeal by, from the day of knowing" in text
    page = desk.open("officer", second)
    assert "The post brought it back" in page.text
    assert second in desk.of("officer").get("/en/staff?scope=open").text
    desk.open("officer", second)
    page = desk.of("officer").send("/post", "once more")
    assert "waits for the next print run" in page.text
    assert desk.open("officer", first, f"/letters/{letter}/way").status == 200


def test_a_letter_for_the_site_can_go_by_post_as_well(desk: Desk) -> None:
    number, letter = issued(desk)
    page = desk.open("reception", number)
    assert "Not opened yet." in page.text
    assert "The requester's periods have not begun." in page.text
    page = desk.of("reception").send("/post", "Also send by post")
    assert "The letter waits for the next print run." in page.text
    page = desk.of("reception").send("/post/drop")
    assert "no longer waits" in page.text
    assert "See to the letter" in desk.open("approver", number).text
    with pytest.raises(AssertionError):
        desk.open("approver", number).form("/post")
    assert desk.open("approver", number, f"/letters/{letter}/way").status == 403


def test_what_is_entered_about_a_letter_is_checked_and_can_be_put_right(desk: Desk) -> None:
    number, letter = issued(desk)
    reception, today = desk.of("reception"), clock.day_in_japan(clock.now())
    way = f"/letters/{letter}/way"
    desk.open("reception", number, way)
    page = reception.send("/handed", handed_on=today.isoformat())
    assert page.errors, "without the signed receipt nothing is entered"
    page = reception.send("/handed", handed_on=(today - timedelta(days=3)).isoformat(), signed="y")
    assert any("cannot have been on that day" in error for error in page.errors), page.errors
    for wrong in MY_NUMBERS:
        assert reception.send("/handed", handed_on=wrong, signed="y").errors
    page = reception.send("/handed", handed_on=today.isoformat(), signed="y")
    assert "handed over at our office" in page.text
    assert "見本 受子" in page.text
    page = reception.send("/take-back")
    assert "No longer counts" in page.text
    assert "Not opened yet." in page.text


def test_a_posting_is_corrected_on_the_page_of_the_letter(desk: Desk) -> None:
    number, letter = issued(desk, delivery=Delivery.POST)
    reception, today = desk.of("reception"), clock.day_in_japan(clock.now()).isoformat()
    reception.get("/en/staff/post")
    page = reception.send("/post/runs")
    reception.send(f"/runs/{run_of(page)}", number_1="123-45-67890-1")
    page = desk.open("reception", number, f"/letters/{letter}/way")
    assert "Posted on" in page.text
    page = reception.send("/way/posting", mail_number="123")
    assert any("11 digits" in error for error in page.errors)
    page = reception.send("/way/posting", mail_number="123-45-67890-5", posted_on=today)
    assert "The posting is corrected." in page.text
    page = reception.send("/way/outcome", outcome="returned", told_on=today)
    assert page.errors, "a return needs its reason"
    page = reception.send("/way/outcome", outcome="presumed")
    assert any("still be on its way" in error for error in page.errors)
    page = reception.send("/way/outcome", outcome="delivered", told_on=today)
    assert "Arrived on" in page.text


def test_a_mistake_is_corrected_by_a_new_letter_of_two_persons(desk: Desk) -> None:
    number, old = issued(desk)
    second = desk.of("second")
    page = desk.open("second", number, f"/letters/{old}/replacement")
    assert page.form("/replacement").values["name"] == "髙橋　見本"
    assert second.send("/replacement").errors, "a reason is needed"
    for field in ("reason", "name", "address", "postal_code", "rows-0-harm"):
        page = second.send("/replacement", **{"reason": "氏名の誤り", field: MY_NUMBERS[0]})
        assert any("personal number" in error for error in page.errors), field
        desk.open("second", number, f"/letters/{old}/replacement")
    page = second.send("/replacement", name="髙槗　見本", reason="氏名の文字に誤りがありました。")
    assert page.heading == "Draft of the new letter"
    assert "髙槗　見本" in page.text
    assert "氏名の文字に誤りがありました。" in page.text
    assert "somebody else with the role of approver must issue it" in page.text
    token = desk.open("second", number).form("/notes").values
    assert second.post(desk.path(number, f"/letters/{old}/replacement/issue"), token).status == 403

    page = desk.open("approver", number)
    desk.of("approver").get(page.links("/replacement/letter")[0])
    page = desk.of("approver").send("/replacement/issue")
    assert "takes the place of the old one" in page.text
    assert "Replaced by 見情機第2号." in page.text
    assert "髙槗　見本" in page.text, "the case has the right name too"
    with desk.building.database.session(write=False) as session:
        letters = session.scalars(select(Letter).order_by(Letter.issued_at)).all()
        assert [row.number for row in letters] == ["見情機第1号", "見情機第2号"]
        assert audit.verify(session).ok
    files = [link for link in page.links("/letters/") if link.count("/") == page.path.count("/") + 2]
    texts = [" ".join(text_of(desk.of("approver").get(link).data)) for link in files]
    assert "髙橋" in texts[0], "the old letter stays as it was"
    assert "髙槗" in texts[1]
    assert "見情機第1号" in texts[1]
    assert desk.open("officer", number, f"/letters/{old}/replacement").status == 200
    assert desk.of("officer").send("/replacement", reason="もう一度").errors


def test_a_draft_of_a_new_letter_can_be_dropped(desk: Desk) -> None:
    number, old = issued(desk)
    desk.open("officer", number, f"/letters/{old}/replacement")
    desk.of("officer").send("/replacement", reason="住所の誤り", address="東京都千代田区見本町九丁目9番9号")
    desk.open("approver", number, f"/letters/{old}/replacement/letter")
    page = desk.of("approver").send("/replacement/drop")
    assert "The draft is dropped." in page.text
    assert "東京都千代田区見本町九丁目9番9号" not in page.text
    assert desk.open("approver", number, f"/letters/{old}/replacement/letter").status == 409


def test_a_void_number_is_listed_with_its_reason(desk: Desk) -> None:
    administrator = desk.of("administrator")
    administrator.get("/en/staff/letter-numbers/void")
    assert administrator.send("/void", reason="").errors
    for wrong in MY_NUMBERS:
        assert administrator.send("/void", reason=f"番号 {wrong}").errors
    page = administrator.send("/void", reason="用紙に先に印刷されていたため")
    assert "見情機第1号" in page.text
    assert "用紙に先に印刷されていたため" in page.text
    issued(desk)
    text = desk.of("auditor").get("/en/staff/letter-numbers").text
    assert "見情機第2号" in text
    assert "In force" in text
    assert "No number was taken" in desk.of("auditor").get("/en/staff/letter-numbers?year=2020").text


def test_a_requester_sees_the_arrival_and_both_letters(desk: Desk) -> None:
    building = desk.building
    with building.database.session(write=True) as session:
        made = make.submitted(session, building.settings, building.office, at=clock.now())
    decide(building, building.office, DecisionType.NOT_HELD)
    mine = Browser(desk.app, address="198.51.100.77")
    mine.get("/en/request/status")
    page = mine.send("/request/status", number=made.case_number, code=made.access_code)
    assert "Not opened yet." in page.text
    assert "Appeal by" not in page.text
    mine.get(page.links("/letters/")[0])
    page = mine.get("/en/request/case")
    assert "by being opened on this site" in page.text
    assert "Appeal by, from the day of knowing" in page.text
    with building.database.session(write=False) as session:
        old = session.scalars(select(Letter.id)).one()
    desk.open("officer", made.case_number, f"/letters/{old}/replacement")
    desk.of("officer").send("/replacement", reason="誤記")
    desk.open("approver", made.case_number, f"/letters/{old}/replacement/letter")
    desk.of("approver").send("/replacement/issue")
    page = mine.get("/en/request/case")
    assert "has taken the place of this one" in page.text
    assert "This letter corrects the letter 見情機第1号" in page.text
    assert len(page.links("/letter.pdf")) == 2
    assert "Appeal by" not in page.text, "the periods run from the arrival of the letter in force"
