"""Transfers and third parties on the desk, from the first talk to what the requester reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser
from tests.disclosure.views.desk import AGO, Desk, scan
from tests.factories import claims as claiming
from tests.factories import disclosure as make

BODY = {
    "body": "見本市",
    "head": "見本市長　見本　次郎",
    "department": "市民課",
    "address": "見本県見本市見本町1番1号",
    "telephone": "00-0000-0000",
    "extent": "whole",
    "reason": "交付の記録は、見本市が作成し、保有しています。",
}
PARTY = {
    "name": "見本　三郎",
    "honorific": "様",
    "address": "東京都千代田区見本町二丁目3番4号",
    "content": "申請の受付を担当した従業員の氏名",
    "item": "none",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def a_case(desk: Desk, state: State = State.SEARCH) -> tuple[str, str]:
    """A case for one form, with the code of its requester."""
    with desk.building.database.session(write=True) as session:
        filed = make.submitted(
            session, desk.building.settings, desk.building.office, at=clock.now() - AGO, records=RecordKind.FORM
        )
        case, at = filed.case, clock.now() - AGO
        session.flush()
        make.start_identity_check(session, case, by=make.RECEPTION, at=at)
        make.confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=at)
        if state is State.DRAFTING:
            make.attach_record(session, case, make.an_upload(), vault=desk.building.office, by=make.OFFICER, at=at)
            full = make.DecisionType.FULL
            make.draft(session, case, full, vault=desk.building.office, by=make.OFFICER, at=at)
        return case.number, filed.access_code


def today_and(days: int) -> str:
    return (clock.day_in_japan(clock.now()) + timedelta(days=days)).isoformat()


def follow(another: Callable[[], Browser], number: str, code: str) -> tuple[Browser, str]:
    """The requester's own page."""
    reader = another()
    reader.get("/en/request/status")
    return reader, reader.send(number=number, code=code).text


def test_a_request_is_handed_over_from_the_first_talk_to_what_the_requester_reads(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    number, code = a_case(desk)
    officer, approver = desk.of("officer"), desk.of("approver")
    assert desk.open("officer", number).links("/transfer")
    desk.open("officer", number, "/transfer")
    page = officer.send(**{**BODY, "consulted_on": today_and(1)})
    assert "cannot have been on this day" in page.text
    assert BODY["reason"] in page.data.decode(), "what was typed stays"
    page = officer.send(**{**BODY, "extent": "part", "consulted_on": today_and(0)})
    assert "Say which part is transferred." in page.text
    page = officer.send(**{**BODY, "consulted_on": today_and(0)})
    assert "The other body was consulted" in page.text
    page = officer.send("/transfer/answer", agreed="agreed", answered_on=today_and(0))
    assert "Both letters" in page.text
    page = officer.send("/transfer/letters", enclosed="開示請求書の写し")
    assert "somebody else with the role of approver" in page.text.lower()

    page = desk.open("approver", number)
    draft = page.links("/notices/")[0]
    assert "移送" in approver.get(draft).text
    page = approver.send("/issue")
    assert "The letter is issued." in page.text
    assert desk.state(number) is State.TRANSFERRED
    assert "Letter that hands the request over" in page.text
    assert "Notice of the transfer" in page.text

    reader, text = follow(another, number, code)
    assert BODY["address"] in text
    assert "need not ask again" in text
    assert "Letter that hands the request over" not in text
    letter = next(link for link in reader.get("/en/request/case").links("/letter") if not link.endswith(".pdf"))
    page = reader.get(letter)
    assert "市民課" in page.text
    for link in page.links(letter):
        assert reader.get(link).status == 200, link


def test_a_third_party_objects_is_told_and_the_records_wait(desk: Desk, another: Callable[[], Browser]) -> None:
    number, code = a_case(desk, State.DRAFTING)
    officer, approver, second = desk.of("officer"), desk.of("approver"), desk.of("second")
    assert desk.open("officer", number).links("/third-parties")
    desk.open("officer", number, "/third-parties")
    page = officer.send("/third-parties", **{**PARTY, "item": "2", "why": ""})
    assert "Please fill in this field." in page.text
    page = officer.send("/third-parties", **PARTY)
    party = page.path
    page = officer.send("/inquiry", due_on=today_and(0))
    assert "Choose a day after today." in page.text
    page = officer.send("/inquiry", due_on=today_and(14))
    assert "開示決定等に関する意見書" in page.text
    assert "髙橋" not in page.text, "the requester is not named"
    approver.get(page.path)
    assert "The letter is issued." in approver.send("/issue").text

    desk.open("officer", number, "/letter")
    assert "can still answer" in officer.send("/approval").text
    _reader, text = follow(another, number, code)
    assert "third part" not in text.lower()
    assert "objected" not in text

    officer.get(party)
    page = officer.send(
        "/answer", answer="opposed", answered_on=today_and(0), parts="氏名", reasons="不利益です。", file=scan()
    )
    assert "Against the objection" in page.text
    page = officer.send("/objection", grounds="氏名のみを開示します。")
    draft = page.path
    assert "It goes out at once when the decision is issued" in approver.get(draft).text
    desk.open("officer", number, "/letter")
    officer.send("/approval")
    desk.open("second", number, "/letter")
    second.send("/approve")
    desk.open("second", number, "/letter")
    assert "The letter is issued." in second.send("/issue").text
    approver.get(draft)
    assert "The letter is issued." in approver.send("/issue").text

    page = desk.open("officer", number)
    assert "The records wait" in page.text
    assert "After an objection, no release before the end of" in page.text
    with desk.building.database.session(write=False) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert case.release_from is not None
        assert (case.release_from - clock.day_in_japan(clock.now())).days > 14
    _reader, text = follow(another, number, code)
    assert "The records must wait" in text
    assert "見本　三郎" not in text
    assert desk.open("auditor", number).status == 403


@pytest.mark.parametrize(("regime", "records"), [("P1", "form"), ("P2", "inquiry")])
def test_where_neither_exists_the_pages_say_why(desk: Desk, regime: str, records: str) -> None:
    number, _code = a_case(desk)
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.regime, case.records = regime, RecordKind(records)
    page = desk.open("officer", number)
    assert not page.links("/transfer")
    assert not page.links("/third-parties")
    said = "knows no" if regime == "P1" else "one answer in one way"
    assert said in desk.open("officer", number, "/transfer").text
    assert said in desk.open("officer", number, "/third-parties").text


def test_a_claim_is_handed_over_read_by_its_requester_and_carried_out_here(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    settings, office, at = desk.building.settings, desk.building.office, clock.now() - AGO
    with desk.building.database.session(write=True) as session:
        origin = claiming.an_origin(session, settings, office, at=at).case
        filed = claiming.a_claim(session, settings, office, origin, claiming.wanted(), at=at)
        number, code = filed.case_number, filed.access_code
        make.start_identity_check(session, filed.case, by=make.RECEPTION, at=at)
        make.confirm_identity(session, filed.case, [make.LICENCE], by=make.RECEPTION, at=at)
    officer, approver = desk.of("officer"), desk.of("approver")
    desk.open("officer", number, "/transfer")
    officer.send(**{**BODY, "consulted_on": today_and(0)})
    officer.send("/transfer/answer", agreed="agreed", answered_on=today_and(0))
    page = officer.send("/transfer/letters", enclosed="訂正請求書の写し")
    assert "somebody else with the role of approver" in page.text.lower(), page.errors
    draft = desk.open("approver", number).links("/notices/")[0]
    assert "訂正" in approver.get(draft).text
    assert "The letter is issued." in approver.send("/issue").text
    assert desk.state(number) is State.TRANSFERRED

    reader, text = follow(another, number, code)
    assert BODY["address"] in text
    letter = next(link for link in reader.get("/en/request/case").links("/letter") if not link.endswith(".pdf"))
    page = reader.get(letter)
    assert "移送" in page.text
    assert "訂正" in page.text
    for link in page.links(letter):
        assert reader.get(link).status == 200, link

    assert desk.open("officer", number).links("/carry-out"), "the receiver decides, the sender carries it out"
    desk.open("officer", number, "/carry-out")
    page = officer.send(text="フリガナを直しました。", done_on=today_and(0))
    assert "It is entered that this was carried out." in page.text, page.errors
    assert desk.state(number) is State.TRANSFERRED
    assert "フリガナを直しました。" in follow(another, number, code)[1]
