"""Appeals and complaints through the browser: from filing to the ruling and what follows; who may do what."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.legal_hold import LegalHold
from disclosure.operations.issue import issue
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.journey import reader
from tests.factories import disclosure as make

AGO = timedelta(days=20)
WHY = "担当者の氏名は、名札で公にされているものです。"
STATEMENT = {"purport": "不開示とした部分を開示することを求めます。", "reason": WHY, "instructed": "yes"}
RULING = {
    "result": "partly",
    "order": "本件決定のうち、申請書の受付担当者の氏名を不開示とした部分を取り消す。",
    "outline": "審査請求人は、交付申請書の開示を求め、処分庁は、その一部を不開示としました。",
    "positions": "審査請求人は、氏名は公にされていると主張し、処分庁は、そうではないと主張します。",
    "why": "答申のとおり、氏名は慣行として公にされています。",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def decided(desk: Desk) -> tuple[str, str]:
    """A case with a partial disclosure that was issued, and its access code."""
    building = desk.building
    with building.database.session(write=True) as session:
        at, day, settings, office = clock.now() - AGO, timedelta(days=1), building.settings, building.office
        filed = make.submitted(session, settings, office, at=at)
        case = filed.case
        session.flush()
        session.refresh(case)
        make.start_identity_check(session, case, by=make.RECEPTION, at=at + day)
        make.confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=at + 2 * day)
        make.attach_record(session, case, make.an_upload("申請書.png"), vault=office, by=make.OFFICER, at=at + 3 * day)
        make.draft(
            session, case, DecisionType.PARTIAL, (make.REASON,), vault=office, by=make.OFFICER, at=at + 4 * day
        )  # fmt: skip
        make.covered(session, case, office, at=at + 4 * day)
        make.send_for_approval(session, case, vault=office, by=make.OFFICER, at=at + 5 * day)
        make.approve(session, case, by=make.APPROVER, at=at + 6 * day)
        issue(session, case, settings=settings, vault=office, signer=None, by=make.OFFICER, at=at + 7 * day)
        return case.number, filed.access_code


def standing(desk: Desk) -> Appeal:
    with desk.building.database.session(write=False) as session:
        row = session.scalars(select(Appeal)).one()
        session.expunge(row)
        return row


def issued(desk: Desk, page: Page) -> Page:
    """An approver issues the draft that an officer has just kept."""
    approver = desk.of("approver")
    page = approver.get(page.path)
    return approver.send("/issue")


def test_an_appeal_goes_from_the_form_over_the_board_to_the_ruling_and_the_new_decision(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    number, code = decided(desk)
    own = reader(another, number, code)
    own.get(own.page.links("/letters/")[0] if own.page else "")
    page = own.get("/en/request/case/appeals")
    assert page.heading == "Appeal"
    page = own.send(**STATEMENT)
    assert page.heading.startswith("Appeal (request for review) of"), page.errors
    assert "So it came in time." in page.text
    assert WHY in page.text
    address = page.path
    row = standing(desk)
    assert row.in_time
    with desk.building.database.session(write=False) as session:
        assert session.scalars(select(LegalHold)).one().id == row.hold_id

    officer = desk.of("officer")
    page = officer.get("/en/staff/appeals")
    assert number in page.text
    assert "0 days of 90" in page.text
    below = f"/appeals/{row.id}"
    desk.open("officer", number, below)
    page = officer.send("/steps", step="ask-correction", note="印影が不鮮明です。")
    assert "Something needs to be mended" in page.text, page.errors
    page = own.get(address)
    assert "印影が不鮮明です。" in page.text
    page = own.send(note="署名をし直しました。")
    assert "Your answer has arrived." in page.text

    desk.open("officer", number, below)
    page = officer.send("/steps", step="accept")
    assert "Being examined" in page.text
    desk.open("officer", number, f"{below}/people")
    page = officer.send("/people", part="third-party", name="見本　三郎", address="東京都千代田区見本町二丁目1番")
    assert "見本 三郎" in page.text.replace("　", " ")
    desk.open("officer", number, f"{below}/ruling")
    page = officer.send(**{**RULING, "result": "rejected"})
    assert "審査会に諮問していません" in page.text, page.errors
    officer.send("/drop")

    desk.open("officer", number, f"{below}/consultation")
    page = officer.send(view="氏名は、法第78条第1項第2号に当たります。")
    assert "諮問します" in page.text, page.errors
    assert officer.get(desk.path(number)).links("/notices/")
    page = issued(desk, page)
    assert "The letter is issued." in page.text
    row = standing(desk)
    assert (row.state, row.consulted_on) == ("consulted", clock.day_in_japan(clock.now()))
    page = own.get(address)
    assert "We asked the review board" in page.text
    assert "Somebody else was told" not in page.text
    page = own.get("/en/request/case")
    letters = [link for link in page.links("/letters/") if link.endswith("/easy") or "/letters/" in link]
    assert letters
    assert "諮問書" not in page.text, "the letter to the board is not the appellant's"

    for kind in ("withheld.csv", "withheld.pdf"):
        assert officer.get(desk.path(number, f"/{kind}")).status == 200
    desk.open("officer", number, below)
    page = officer.send("/steps", step="index-sent", day=clock.day_in_japan(clock.now()).isoformat())
    assert "The list of what is withheld was sent" in page.text
    desk.open("officer", number, below)
    page = officer.send(
        "/steps", step="report", day=clock.day_in_japan(clock.now()).isoformat(), number="令和8年度（独情）答申第1号",
        note="氏名は開示すべきです。",
    )  # fmt: skip
    assert "The board has reported" in page.text, page.errors

    desk.open("officer", number, f"{below}/ruling")
    page = officer.send(**{**RULING, "why": ""})
    assert page.errors
    assert RULING["order"] in page.data.decode()
    page = officer.send(**RULING)
    assert "主文" in page.text, page.errors
    page = issued(desk, page)
    assert "The letter is issued." in page.text, page.errors
    row = standing(desk)
    assert (row.state, row.result) == ("ruled", "partly")
    page = own.get(address)
    assert "Granted in part" in page.text
    assert "Suit possible until" in page.text
    assert "A ruling asks for a new decision" in closing(desk, number)

    desk.open("officer", number, f"{below}/decision")
    page = officer.send(records="y")
    assert "Decide anew in this case." in page.text, page.errors
    assert "After a ruling" in page.text
    assert page.links(number[1:])
    page = desk.open("officer", number, below)
    assert page.links(new := other(desk, number)[1:]), "the appeal leads to the new case"
    page = own.get("/en/request/case")
    for link in page.links("/letters/"):
        assert own.get(link).status == 200, link
    own.get("/en/request/case")
    page = own.send("/request/status")
    assert new in page.text
    assert "Here we decide anew, as the ruling says." in page.text
    export(desk, number)


def other(desk: Desk, number: str) -> str:
    """The number of the case that decides anew."""
    with desk.building.database.session(write=False) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        return session.scalars(select(Case.number).where(Case.anew_of_id == case.id)).one()


def closing(desk: Desk, number: str) -> str:
    """What hinders closing the case."""
    from disclosure.queries.appeals import hinders_closing

    with desk.building.database.session(write=False) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        found = hinders_closing(session, case, clock.day_in_japan(clock.now()))
        return found.message if found else ""


def export(desk: Desk, number: str) -> None:
    """Every hash of the ZIP is right, and its index names every file."""
    officer = desk.of("officer")
    officer.get(desk.path(number, "/export"))
    page = officer.send("", purpose="court")
    assert page.status == 200
    with zipfile.ZipFile(io.BytesIO(page.data)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        index = archive.read("index.html").decode()
        names = set(archive.namelist()) - {"manifest.json"}
        assert {row["path"] for row in manifest["files"]} == names
        for row in manifest["files"]:
            assert sha256(archive.read(row["path"])).hexdigest() == row["sha256"], row["path"]
            assert row["path"] in index or row["path"] == "index.html"
        lines = "".join(f"{row['sha256']}  {row['path']}\n" for row in manifest["files"])
        assert sha256(lines.encode()).hexdigest() == manifest["digest"]["value"]
        assert manifest["letters_tree"]["size"] >= 5
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        appeal = json.loads(archive.read("appeals.json"))[0]
        assert appeal["said"]["reason"] == WHY
        assert [name for name in names if name.endswith("-redacted.png")]
        assert "notes.json" not in names
    assert "Export" in desk.open("officer", number).text


def test_an_appeal_on_paper_that_came_too_late_needs_a_just_reason(desk: Desk) -> None:
    number, _code = decided(desk)
    today = clock.day_in_japan(clock.now())
    officer = desk.of("officer")
    desk.open("officer", number, "/appeals")
    page = officer.send(
        **STATEMENT, channel="post", filed_on=today.isoformat(), posted_on=today.isoformat(),
        known_on=(today - timedelta(days=2)).isoformat(),
    )  # fmt: skip
    assert page.heading.startswith("Appeal (request for review) of"), page.errors
    with desk.building.database.session(write=True) as session:
        session.scalars(select(Appeal)).one().in_time = False
    page = officer.get(page.path)
    page = officer.send("/steps", step="accept")
    assert "It came too late." in page.text
    page = officer.send("/steps", step="accept", note="入院していたため。")
    assert "Accepted for a just reason" in page.text
    page = officer.send("/steps", step="withdraw")
    assert standing(desk).state == "withdrawn"
    desk.open("officer", number, "/suits")
    page = officer.send(filed_on=today.isoformat(), court="見本地方裁判所")
    assert "The suit is entered." in page.text, page.errors
    page = officer.get(desk.path(number, "/suits"))
    officer.get(page.links("/end")[0])
    page = officer.send(result="dismissed", ended_on=today.isoformat())
    assert "Dismissed" in page.text


def test_nobody_can_appeal_in_a_state_without_a_decision(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    page = desk.open("officer", number, "/appeals")
    assert "No decision was issued yet" in page.text


def test_the_figures_are_a_page_a_table_and_data(another: Callable[[], Browser]) -> None:
    reader = another()
    assert "No year is published yet." in reader.get("/en/statistics/appeals").text
    assert reader.get("/en/statistics/appeals.csv").data.startswith(b"\xef\xbb\xbffiscal_year,line,label")
    assert json.loads(reader.get("/en/statistics/appeals.json").data)["years"] == []
