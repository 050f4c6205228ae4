"""Records whose time is over: chosen from a list, confirmed, destroyed, certified; and held by a click."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.operations.withdraw import withdraw
from disclosure.queries.opening import resident
from portal.core import clock
from tests.disclosure.views.desk import Desk

LIST = "/en/staff/retention?of=identity-copy"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


@pytest.fixture
def number(desk: Desk) -> str:
    """A case that ended so long ago that the copies of its identity documents need not be kept."""
    found = desk.case(at=clock.now() - timedelta(days=500))
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == found)).one()
        withdraw(session, case, by=resident(case), at=clock.now() - timedelta(days=480))
    return found


def test_chosen_records_are_destroyed_after_a_second_look(desk: Desk, number: str) -> None:
    browser = desk.of("administrator")
    page = browser.get("/en/staff/retention")
    assert "Everything here must still be kept." in page.text, "the case file is kept longer"
    page = browser.get(LIST)
    assert number in page.text
    assert browser.send("/retention", "Look once more").errors, "nothing was chosen"
    page = browser.send("/retention", "Look once more", cases=number)
    assert page.heading == "Destroy records"
    page = browser.send("/retention", "Destroy for good")
    assert page.status == 422
    assert any("Tick the box when you have looked at the list." in error for error in page.errors)
    page = browser.send("/retention", "Destroy for good", sure="y")
    assert "Destroyed, cases: 1." in page.text
    assert page.heading == "Certificates of destruction"
    page = browser.get(page.links("/retention/certificates/")[0])
    assert number in page.text
    assert number not in browser.get(LIST).text
    assert "identity documents were destroyed" in desk.open("officer", number).text


def test_a_held_case_cannot_be_chosen(desk: Desk, number: str) -> None:
    page = desk.open("officer", number, "/holds")
    officer = desk.of("officer")
    assert officer.send("/holds", "Hold the case").errors == ["Why it must be kept: Please choose one."]
    page = officer.send("/holds", "Hold the case", ground="suit", note="見本の訴え")
    assert "Nothing of it will be destroyed." in page.text
    page = desk.of("administrator").get(LIST)
    assert "Held" in page.text
    assert not page.find("input", 'type="checkbox"')
    assert number in page.text
    token = page.tree.xpath("//input[@name='csrf_token']")[0].get("value")
    forged = {"csrf_token": token, "step": "do", "cases": number, "sure": "y"}
    assert desk.of("administrator").post(LIST, forged).status == 422
    desk.open("officer", number, "/holds")
    assert "The hold is lifted." in officer.send("/lift", "Lift the hold").text
