"""A request decided in two parts, from the notice of the special period to both decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.issue import issue
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser
from tests.disclosure.views.desk import AGO, Desk
from tests.factories import disclosure as make

PART, REST = "平成28年の申請の記録", "平成29年以降の申請の記録"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def decide(desk: Desk, number: str) -> None:
    """Draft, approve and issue that nothing is held."""
    at, building = clock.now(), desk.building
    with building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        draft(session, case, DecisionType.NOT_HELD, [make.NOT_HELD], vault=building.office, by=make.OFFICER, at=at)
        send_for_approval(session, case, vault=building.office, by=make.OFFICER, at=at)
        approve(session, case, by=make.APPROVER, at=at)
        settings, vault = building.settings, building.office
        issue(session, case, settings=settings, vault=vault, signer=None, by=make.APPROVER, at=at)


def test_both_parts_are_decided_and_read_with_one_code(desk: Desk, another: Callable[[], Browser]) -> None:
    with desk.building.database.session(write=True) as session:
        filed = make.submitted(session, desk.building.settings, desk.building.office, at=clock.now() - AGO)
        case, number, code = filed.case, filed.case.number, filed.access_code
        make.start_identity_check(session, case, by=make.RECEPTION, at=clock.now() - AGO)
        make.confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=clock.now() - AGO)
    officer, approver = desk.of("officer"), desk.of("approver")
    assert not desk.open("officer", number).links("/split")
    assert "must first be told" in desk.open("officer", number, "/split").text
    desk.open("officer", number, "/special-period")
    rest_on = (clock.day_in_japan(clock.now()) + timedelta(days=150)).isoformat()
    officer.send(facts="記録が約4,200件あります。", rest_on=rest_on)
    desk.open("approver", number, "/period-notice")
    approver.send("/period-notice/issue")

    assert desk.open("officer", number).links("/split")
    desk.open("officer", number, "/split")
    page = officer.send(part=PART, rest="")
    assert "Say which part it is." in page.text
    assert PART in page.text
    page = officer.send(part=PART, rest=REST)
    with desk.building.database.session(write=False) as session:
        rest = session.scalars(select(Case.number).where(Case.part_of_id.is_not(None))).one()
    assert f"The rest is the case {rest} now." in page.text
    assert page.links(rest[1:])
    page = desk.open("officer", rest)
    assert page.links(number[1:])
    assert "This case decides the rest" in page.text
    assert not page.links("/extension")
    assert desk.state(rest) is State.SEARCH

    decide(desk, number)
    reader = another()
    reader.get("/en/request/status")
    page = reader.send(number=number, code=code)
    assert "We decide your request in two parts" in page.text
    assert REST in page.text
    letter = [link for link in page.links("/letters/") if not link.endswith(".pdf")][-1]
    page = reader.get(letter)
    assert f"残りの部分（{REST}）" in page.text
    for link in page.links(letter):
        assert reader.get(link).status == 200, link

    decide(desk, rest)
    reader.get("/en/request/case")
    page = reader.send("/request/status")
    assert rest in page.text
    assert "This is the rest of your request" in page.text
    letter = [link for link in page.links("/letters/") if not link.endswith(".pdf")][-1]
    page = reader.get(letter)
    assert f"残りの部分（{REST}）についてのものです" in page.text
    assert f"付けで決定し、通知しました（受付番号　{number}）" in page.text
    for link in page.links(letter):
        assert reader.get(link).status == 200, link
