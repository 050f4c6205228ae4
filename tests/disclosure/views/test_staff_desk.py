"""The desk of a deputy, filters that are kept, the workload of all."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.queries.names import birth_index
from disclosure.rules.states import State
from portal.accounts.models import StaffAccount
from portal.accounts.operations.departments import create_department
from portal.accounts.operations.set_department import set_department
from portal.core import clock
from portal.core.actor import SYSTEM
from tests.disclosure.views.desk import Desk


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def assigned(desk: Desk, number: str, login: str) -> None:
    person = desk.people[login]
    with desk.building.database.session(write=True) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        case.assignee_id, case.assignee_name = person.id, person.name


def test_a_deputys_desk_shows_the_cases_of_who_is_away_until_they_are_back(desk: Desk) -> None:
    number, deputy = desk.case(State.SEARCH), desk.of("second")
    assigned(desk, number, "officer")
    assert number not in deputy.get("/en/staff?scope=mine").text
    officer = desk.of("officer")
    page = officer.get("/en/staff/absences")
    page = officer.send(until_on="2999-01-01", deputy=desk.people["second"].id)
    assert any("At most a year can be entered." in error for error in page.errors)
    day = page.tree.get_element_by_id("from_on").get("value")
    page = officer.send(until_on=day)
    assert "Away now" in page.text

    page = deputy.get("/en/staff?scope=mine")
    assert "You stand in for: 見本 担男." in page.text
    assert number in page.text
    assert "Away; you stand in" in page.text
    page = deputy.get("/en/staff/workload")
    assert "見本 次郎 stands in" in page.text
    deputy.get("/en/staff/absences")
    page = deputy.send("/end")
    assert "Nobody is away." in page.text
    assert number not in deputy.get("/en/staff?scope=mine").text


def test_a_filter_is_kept_under_a_name_with_its_count_and_dropped_again(desk: Desk) -> None:
    found, other = desk.case(State.SEARCH), desk.case(State.RECEIVED)
    officer = desk.of("officer")
    page = officer.get("/en/staff?duty=search")
    assert found in page.text
    assert other not in page.text
    page = officer.send("/staff/filters", filter_name="")
    assert page.errors
    page = officer.send("/staff/filters", filter_name="探す分")
    assert "The filter is saved." in page.text
    assert "探す分 1" in page.text
    assert "探す分" not in desk.of("second").get("/en/staff").text
    page = officer.send("/drop")
    assert "探す分" not in page.text
    person = desk.people["officer"].id
    assigned(desk, other, "officer")
    assert other in officer.get(f"/en/staff?person={person}").text
    for odd in ("duty=nonsense", "person=nobody", "page=-1", "page=%00", "scope=x&state=x"):
        assert officer.get(f"/en/staff?{odd}").status == 200


def test_the_queue_the_workload_and_a_kept_filter_know_departments(desk: Desk) -> None:
    here, elsewhere, free = (desk.case(State.SEARCH) for _ in range(3))
    assigned(desk, here, "officer")
    assigned(desk, elsewhere, "second")
    with desk.building.database.session(write=True) as session:
        row = create_department(session, name_ja="見本開示課", name_en="Sample Division", by=SYSTEM, at=clock.now())
        account = session.get_one(StaffAccount, desk.people["officer"].id)
        set_department(session, account, row, by=SYSTEM, at=clock.now())
        key = row.id
    officer = desk.of("officer")
    page = officer.get(f"/en/staff?department={key}")
    assert here in page.text
    assert elsewhere not in page.text
    assert free not in page.text
    assert "課の分 1" in officer.send("/staff/filters", filter_name="課の分").text
    page = officer.get("/en/staff/workload")
    [table] = [one for one in page.find("table") if "Open cases by department" in one.text_content()]
    lines = [[cell.text_content().strip() for cell in row.xpath("./*")][:3] for row in table.xpath(".//tbody/tr")]
    assert lines == [["Sample Division", "1", "1"], ["No department", "3", "2"]]
    assert officer.get("/en/staff?department=nonsense").status == 200


def test_a_case_is_found_by_name_and_date_of_birth_without_opening_any(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)
    officer = desk.of("officer")
    for born, seen in (("1980-02-29", True), ("昭和55年2月29日", True), ("1980-03-01", False), ("", True)):
        officer.get("/en/staff/find")
        page = officer.send(name="高橋見本", birth=born)
        assert (number in page.text) is seen, born
    with desk.building.database.session(write=False) as session:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert case.birth_index == birth_index(desk.building.office, date(1980, 2, 29))
