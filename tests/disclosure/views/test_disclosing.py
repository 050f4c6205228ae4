"""The disclosure as its people see it: a day at the office, a photo with two people, a leak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.slot import Slot
from disclosure.operations.issue import issue
from disclosure.operations.release import release
from disclosure.queries.keys import case_key
from disclosure.rules.kinds import Delivery, Format, RecordKind
from disclosure.rules.states import State
from portal.core import clock
from portal.core.calendar import add_business_days
from portal.core.code_lock import lock_with_code
from tests.client import Browser, Page
from tests.disclosure.views.desk import Desk

CODE = "0000-0000-0000-0000"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def the_case(session: Session, number: str) -> Case:
    return session.scalars(select(Case).where(Case.number == number)).one()


def decided(desk: Desk, **more: object) -> str:
    """A case whose letter is issued, which opens with ``CODE``."""
    number = desk.case(State.APPROVED, **more)
    with desk.building.database.session(write=True) as session:
        case = the_case(session, number)
        issue(
            session, case, settings=desk.building.settings, vault=desk.building.office, signer=None,
            by=desk.people["officer"], at=clock.now(),
        )  # fmt: skip
        lock = lock_with_code(case_key(desk.building.office, case), case.id, CODE)
        assert case.keys is not None
        case.keys.code_salt, case.keys.code_verifier, case.keys.code_wrap = lock.salt, lock.verifier, lock.wrap
    return number


def resident(desk: Desk, number: str) -> tuple[Browser, Page]:
    browser = Browser(desk.app, address="203.0.113.9")
    browser.get("/en/request/status")
    return browser, browser.send(number=number, code=CODE)


def test_somebody_takes_a_time_comes_and_gets_the_records(desk: Desk) -> None:
    number = decided(desk, records=RecordKind.FORM)
    day = add_business_days(clock.day_in_japan(clock.now()), 3)
    reception = desk.of("reception")
    reception.get("/en/staff/slots")
    page = reception.send(
        first_on=day.isoformat(), weeks="1", weekdays=[str(day.weekday())], times="10:00-10:30\n11:00 - 11:30",
        place="本部1階 開示室", capacity="1",
    )  # fmt: skip
    assert "Times that were opened: 2." in page.text, page.errors
    assert reception.send("/staff/slots", first_on=day.isoformat(), weeks="x", times="25:00-26:00").status == 422

    browser, page = resident(desk, number)
    browser.get("/en/request/case/method")
    page = browser.send(delivery="office", format="inspection")
    assert page.path == "/en/request/case/appointment", page.errors
    slots = [box.get("value") for box in page.tree.xpath("//input[@type='radio']")]
    page = browser.send("case/appointment", slot=slots[1])
    assert "11:00" in page.text
    assert page.path == "/en/request/case"
    file = browser.get("/en/request/case/appointment.ics")
    assert b"DTSTART" in file.data
    assert "髙橋".encode() not in file.data
    assert number in reception.get(f"/en/staff/slots?day={day.isoformat()}").text

    officer = desk.of("officer")
    desk.open("officer", number, "/release")
    assert "Check an identity document once more" in officer.send(compared="y").text
    page = officer.send(
        "/release", compared="y", document="driving-licence", expires_on="2031-01-01", same_person="y", signed="y"
    )
    assert "The records are disclosed." in page.text, page.errors
    assert "Came" in desk.open("officer", number, "/appointment").text
    assert "signed" in desk.open("reception", number, "/handover").text
    with desk.building.database.session(write=False) as session:
        assert sum(row.taken for row in session.scalars(select(Slot))) == 1


def test_two_people_look_at_a_photo_and_a_difference_stops_it(desk: Desk) -> None:
    number = decided(desk, records=RecordKind.PHOTO)
    officer = desk.of("officer")
    page = desk.open("officer", number, "/compare")
    assert len(page.tree.xpath("//main//img")) == 1
    assert page.tree.xpath("//main//img")[0].get("alt")
    assert "Say what differs" in officer.send(name="differ", birth_date="agree").text
    page = officer.send("/compare", name="differ", birth_date="agree", differs="姓が違います")
    assert "Nothing is handed out until it is clear" in page.text
    assert "姓が違います" in page.text
    page = desk.open("second", number, "/release")
    assert "records are not the requester" in page.text
    assert "records are not the requester" in desk.of("second").send(compared="y").text
    assert desk.state(number) is State.NOTIFIED


def test_the_wrong_record_was_handed_out(desk: Desk) -> None:
    number = decided(desk, delivery=Delivery.DOWNLOAD, format=Format.PDF, wants_mail=False)
    with desk.building.database.session(write=True) as session:
        release(session, the_case(session, number), compared=True, by=desk.people["officer"], at=clock.now())
    browser, page = resident(desk, number)
    links = page.links("/records/")
    officer, approver = desk.of("officer"), desk.of("approver")
    page = desk.open("officer", number)
    (link,) = page.links("/leak?how=")
    officer.get(link)
    page = officer.send("/leak", about="別人の申請書")
    assert "Downloads are stopped" in page.text, page.errors
    assert page.heading.startswith("Leak")
    assert "The download is stopped for the moment" in browser.get("/en/request/case").text
    assert not browser.get("/en/request/case").links("/records/")
    assert browser.get(links[0]).path == "/en/request/case"
    assert number in approver.get("/en/staff/leaks").text

    address = officer.get(desk.path(number)).links("/leaks/")[0]
    officer.get(address)
    page = officer.send(address.rpartition("/")[2], persons="1", triggers=["number-system"], item_summary="見本")
    assert "Still missing for the full report: 8" in page.text
    page = officer.send("/report", report="full", reported_on=clock.day_in_japan(clock.now()).isoformat())
    assert "items that nobody has written yet" in page.text
    officer.get(address)
    page = officer.send("/outcome", outcome="no-leak")
    assert "You proposed to close it" in page.text
    approver.get(address)
    assert "The leak is closed." in approver.send("/close").text
    assert "Legal hold" in desk.open("officer", number).text


def test_a_case_lapses_after_a_person_looked_for_a_good_reason(desk: Desk) -> None:
    number = decided(desk, delivery=Delivery.OFFICE, format=Format.PAPER, at=clock.now() - timedelta(days=60))
    page = desk.open("officer", number, "/lapse")
    assert "has not passed" in page.text
    desk.of("officer").send(sure="y")
    assert desk.state(number) is State.NOTIFIED
