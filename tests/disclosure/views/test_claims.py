"""Something in the record is wrong, or it should not be used: from the requester's page to what was changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.rules.claims import alleged, claim_law
from disclosure.rules.kinds import CaseKind, Requester
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser, Page
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.desk import AGO, Desk, scan
from tests.disclosure.views.journey import receipt
from tests.disclosure.views.test_staff_journey import AGREES, LICENCE
from tests.factories import claims as claiming

Another = Callable[[], Browser]
CLAIM = "申請書の氏名のフリガナを「タカバシ」に、番地を「3番2号」に訂正してください。"
WHY = "旅券の写しのとおりです。"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def origin(desk: Desk) -> tuple[str, str]:
    """Number and code of a request whose records were handed out."""
    with desk.building.database.session(write=True) as session:
        filed = claiming.an_origin(session, desk.building.settings, desk.building.office, at=clock.now() - AGO)
        return filed.case_number, filed.access_code


def follow(browser: Browser, number: str, code: str, prefix: str = "/en") -> Page:
    browser.get(f"{prefix}/request/status")
    return browser.send(number=number, code=code)


def row(desk: Desk, number: str) -> Case:
    with desk.building.database.session(write=False) as session:
        return session.scalars(select(Case).where(Case.number == number)).one()


def confirm(desk: Desk, number: str) -> None:
    reception = desk.of("reception")
    desk.open("reception", number)
    reception.send("/identity/start")
    assert "The identity is confirmed." in reception.send(**LICENCE, **AGREES).text


def decide(desk: Desk, number: str, kind: str, *rows: tuple[str, str, str, str]) -> Page:
    """Draft, approve and issue; the page after it."""
    officer, approver = desk.of("officer"), desk.of("approver")
    desk.open("officer", number, "/decision")
    officer.send(kind=kind, do="show")
    for _more in rows[1:]:
        officer.send(kind=kind, do="add")
    names = ("part", "ground", "nature", "harm")
    typed = {f"rows-{n}-{name}": text for n, one in enumerate(rows) for name, text in zip(names, one, strict=True)}
    page = officer.send(do="keep", kind=kind, **typed)
    assert page.heading == "Draft of the letter", page.errors
    assert "is sent for approval" in officer.send("/approval").text
    desk.open("approver", number, "/letter")
    approver.send("/approve")
    desk.open("approver", number, "/letter")
    page = approver.send("/issue")
    assert "The letter is issued." in page.text
    return page


def test_a_correction_is_claimed_extended_granted_in_part_carried_out_and_told_to_a_recipient(
    desk: Desk, another: Another
) -> None:
    number, code = origin(desk)
    requester = another()
    page = follow(requester, number, code)
    assert page.links("/claims/correction"), "it was disclosed, so it can be claimed"
    assert page.links("/claims/suspension")
    page = requester.get("/en/request/case/claims/correction")
    assert page.heading == "Something in the record is wrong"
    page = requester.send(claim=CLAIM, reason="", declared="y")
    assert page.status == 422
    assert CLAIM in page.data.decode(), "what was typed is still there"
    assert {"Give the reason.", "Add an identity document."} <= {text.split(": ")[-1] for text in page.errors}
    page = requester.send(
        claim=CLAIM, reason=WHY, declared="y", document="driving-licence", file=(picture(), "免許証.png"),
        evidence=scan("旅券.png"),
    )  # fmt: skip
    assert page.path == "/en/request/receipt", page.errors
    claim, own_code = receipt(page)
    assert claim != number
    assert row(desk, claim).kind is CaseKind.CORRECTION
    requester.get("/en/request/case")
    assert claim in requester.get("/en/request/case").text

    confirm(desk, claim)
    page = desk.open("officer", claim)
    assert CLAIM in page.text
    assert "旅券.png" in page.text
    assert not page.links("/records")
    page = desk.open("officer", claim, "/claim/record")
    assert number in page.text
    desk.open("officer", claim, "/extension")
    officer, approver = desk.of("officer"), desk.of("approver")
    officer.send(days="30", ground="burden", facts="元の申請書を取り寄せます。")
    desk.open("approver", claim, "/period-notice")
    approver.send("/period-notice/issue")
    assert (row(desk, claim).due_on - row(desk, claim).received_on).days == 60
    page = decide(
        desk, claim, "B",
        ("フリガナ", "K1", "「タカバシ」に訂正します。", "旅券で確かめました。"),
        ("番地", "K2", "申請書の画像を確かめました。", "申請時の内容と一致しています。"),
    )  # fmt: skip
    assert "Granted in part" in page.text
    assert desk.state(claim) is State.NOTIFIED

    page = desk.open("officer", claim)
    assert page.links("/carry-out")
    desk.open("officer", claim, "/carry-out")
    assert officer.send(text="", done_on="2000-01-01").errors
    page = officer.send(
        text="フリガナを「タカバシ」に直しました。", done_on=clock.day_in_japan(clock.now()).isoformat()
    )
    assert "It is entered that this was carried out." in page.text
    assert desk.state(claim) is State.IMPLEMENTED
    page = desk.open("officer", claim, "/recipients")
    assert "タカバシ" in page.data.decode(), "the letter begins with what was changed"
    page = officer.send(name="見本県", address="見本県見本市1番", given="令和8年2月に提供", changed="フリガナ")
    notice = page.path
    assert "提供した保有個人情報の訂正について" in page.text
    approver.get(notice)
    assert "The letter is issued." in approver.send(f"{notice.rpartition('/')[2]}/issue").text

    reader = another()
    page = follow(reader, claim, own_code)
    assert "フリガナを「タカバシ」に直しました。" in page.text
    assert "Granted in part" in page.text
    assert not page.links("/claims/"), "a claim is no disclosure"
    with desk.building.database.session(write=False) as session:
        kinds = {letter.kind: letter.to_requester for letter in session.scalars(select(Letter))}
    assert kinds == {"f19": True, "f17": True, "f22": False}
    assert "見本県" not in page.text, "who was told is not on the requester's page"
    for link in {link for link in page.links("/request/case/letters/") if not link.endswith(".pdf")}:
        assert reader.get(link).status == 200
        assert reader.get(f"{link}/easy").status == 200
        assert reader.get(f"{link}/english").status == 200


def test_a_suspension_is_refused_with_its_reason_and_remedies(desk: Desk, another: Another) -> None:
    number, code = origin(desk)
    requester = another()
    follow(requester, number, code, "")
    page = requester.get("/request/case/claims/suspension")
    answers = {
        "claim": "顔写真を使わないでください。", "reason": "広報に使われています。", "grounds": ["S4"], "declared": "y",
        "document": "driving-licence", "file": (picture(), "免許証.png"),
    }  # fmt: skip
    page = requester.send(**{**answers, "measure": "stop-providing"})
    assert page.status == 422, "giving to others is not what this ground is about"
    page = requester.send(**{**answers, "measure": "stop-use", "file": (picture(), "免許証.png")})
    assert page.path == "/request/receipt", page.errors
    claim, own_code = receipt(page)
    confirm(desk, claim)
    decide(desk, claim, "C", ("顔写真", "S8", "利用の記録を確かめました。", "目的外の利用はありません。"))
    page = desk.open("officer", claim)
    assert not page.links("/carry-out")
    assert desk.open("officer", claim, "/carry-out").status == 409
    assert desk.open("officer", claim, "/recipients").status == 409
    reader = another()
    page = follow(reader, claim, own_code)
    letter = next(link for link in page.links("/letters/") if not link.endswith(".pdf"))
    page = reader.get(letter)
    assert "利用停止をしないことと決定" in page.text
    assert "審査請求" in page.text


def test_a_claim_on_paper_is_entered_with_the_request_that_it_is_about(desk: Desk) -> None:
    number, _code = origin(desk)
    reception = desk.of("reception")
    page = reception.get("/en/staff/reception/claims/correction")
    typed = {
        "channel": "post", "name": "髙橋　見本", "kana": "タカハシ　ミホン", "birth_date": "1980-02-29",
        "address": "東京都千代田区見本町一丁目2番3号", "records": "both", "claim": CLAIM, "reason": WHY,
    }  # fmt: skip
    page = reception.send(**typed, origin="開-R08-999999-A")
    assert any("There is no case with this number." in text for text in page.errors)
    page = reception.send(**typed, origin=number)
    assert "/reception/receipts/" in page.path, page.errors
    claim = page.tree.get_element_by_id("receipt-number").text_content().strip()
    assert row(desk, claim).origin_id == row(desk, number).id
    assert claim in desk.open("officer", number).text
    reception.get("/en/staff/reception/claims/suspension")
    page = reception.send(**typed, grounds=["S2"], measure="erase", disclosed="令和8年4月1日付けの通知")
    assert "/reception/receipts/" in page.path, page.errors


def test_a_claim_on_paper_offers_what_the_law_of_the_record_knows_and_takes_a_representative(desk: Desk) -> None:
    number, _code = origin(desk)
    with desk.building.database.session(write=True) as session:
        session.scalars(select(Case).where(Case.number == number)).one().regime = "P1"
    reception = desk.of("reception")
    page = reception.get("/en/staff/reception/claims/suspension")
    day = clock.day_in_japan(clock.now())

    def offered(page: Page) -> list[str]:
        return [str(box.get("value")) for box in page.tree.xpath("//input[@name='grounds']")]

    def known(regime: str) -> list[str]:
        return [ground.code for ground in alleged(claim_law(CaseKind.SUSPENSION, regime, day), day)]

    assert (offered(page), known("P2") != known("P1")) == (known("P2"), True)
    typed = {
        "channel": "window", "name": "髙橋　見本", "kana": "タカハシ　ミホン", "birth_date": "2015-05-05",
        "address": "東京都千代田区見本町一丁目2番3号", "records": "both", "claim": CLAIM, "reason": WHY,
    }  # fmt: skip
    page = reception.send(**typed, origin=number, show="y")
    assert (offered(page), page.errors) == (known("P1"), [])
    assert CLAIM in page.data.decode(), "what was typed stays"
    more = {"grounds": known("P1")[-1:], "measure": "erase", "whose": "statutory", "capacity": "parent"}
    page = reception.send(**typed, **more, origin="", disclosed="令和8年4月1日付けの通知")
    assert any("representative" in text.lower() for text in page.errors), page.errors
    agent = {
        "agent_name": "髙橋　親",
        "agent_kana": "タカハシ　オヤ",
        "agent_address": "東京都千代田区見本町二丁目4番5号",
    }
    page = reception.send(**typed, **{**more, "grounds": ["S2"]}, **agent, disclosed="令和8年4月1日付けの通知")
    assert "/reception/receipts/" in page.path, page.errors
    claim = page.tree.get_element_by_id("receipt-number").text_content().strip()
    assert row(desk, claim).requester is Requester.STATUTORY
