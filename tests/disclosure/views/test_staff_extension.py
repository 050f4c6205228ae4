"""More time for a decision on the desk: drafted by one person, issued by another, read by the requester."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.rules.states import State
from portal.core import clock
from tests.client import Browser
from tests.disclosure.views.desk import AGO, Desk
from tests.factories import disclosure as make

FACTS = "記録が3つのシステムに分かれています。"
TWENTY = {"days": "２０", "ground": "burden", "facts": FACTS}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def days(desk: Desk, number: str) -> int:
    """Days from receipt to the day that is due."""
    with desk.building.database.session(write=False) as session:
        row = session.scalars(select(Case).where(Case.number == number)).one()
        return (row.due_on - row.received_on).days


def test_an_extension_goes_from_the_officer_over_the_approver_to_the_requester(
    desk: Desk, another: Callable[[], Browser]
) -> None:
    with desk.building.database.session(write=True) as session:
        filed = make.submitted(session, desk.building.settings, desk.building.office, at=clock.now() - AGO)
        number, code = filed.case.number, filed.access_code
        make.start_identity_check(session, filed.case, by=make.RECEPTION, at=clock.now() - AGO)
    officer, approver = desk.of("officer"), desk.of("approver")
    page = desk.open("officer", number)
    assert page.links("/extension")
    desk.open("officer", number, "/extension")
    page = officer.send(**TWENTY)
    assert page.heading == "Draft of the notice"
    assert FACTS in page.text
    assert days(desk, number) == 30
    assert "Notice drafted" in approver.get("/en/staff").text

    page = desk.open("approver", number)
    assert "Read the notice and issue it" in page.text
    desk.open("approver", number, "/period-notice")
    page = approver.send("/period-notice/issue")
    assert "The notice is issued." in page.text
    assert days(desk, number) == 50
    assert "Notice that the period is extended" in page.text
    assert "Extended" in approver.get("/en/staff").text
    assert not desk.open("officer", number).links("/extension"), "a period is extended once"
    assert "allows it once" in desk.open("officer", number, "/extension").text
    assert "only the letter of a decision" in officer.get(page.links("/letters/")[0] + "/replacement").text.lower()

    reader = another()
    reader.get("/en/request/status")
    page = reader.send(number=number, code=code)
    assert "Our answer takes longer" in page.text
    assert FACTS in page.text
    assert "It is extended by 20 days." in page.text
    letter = next(link for link in page.links("/letter") if not link.endswith(".pdf"))
    page = reader.get(letter)
    assert "takes longer" in page.text
    assert "開示決定等の期限の延長について" in page.text
    assert "審査請求" not in page.text, "an extension is no disposition"
    for link in page.links(letter):
        assert reader.get(link).status == 200, link
    page = reader.get("/en/request/case")
    assert "Arrived on" in page.text


def test_what_was_typed_stays_with_the_message_next_to_its_field(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer = desk.of("officer")
    for wrong, said in (
        ({"days": "31"}, "Write a number of days from 1 to 30."),
        ({"days": "soon"}, "Write a number of days from 1 to 30."),
        ({"facts": ""}, "Give the reason."),
        ({"facts": "番号は 1234 5678 9018 です。"}, "number"),
    ):
        desk.open("officer", number, "/extension")
        page = officer.send(**{**TWENTY, **wrong})
        assert page.heading == "Extend the period"
        assert said in page.text
        assert {**TWENTY, **wrong}["days"] in page.data.decode()
    assert days(desk, number) == 30


def test_the_special_period_shows_two_days(desk: Desk) -> None:
    number = desk.case(State.DRAFTING)
    officer, approver = desk.of("officer"), desk.of("approver")
    desk.open("officer", number, "/special-period")
    rest = (clock.day_in_japan(clock.now()) + timedelta(days=150)).isoformat()
    page = officer.send(facts="記録が約4,200件あります。", rest_on=rest)
    assert "期限の特例規定の適用" in page.text
    desk.open("approver", number, "/period-notice")
    page = approver.send("/period-notice/issue")
    assert "Rest decided, under the special rule" in page.text
    assert "Substantial part decided" in page.text
    assert days(desk, number) == 60


@pytest.mark.parametrize(("ago", "said"), [(30, "The decision is due today"), (31, "it is too late")])
def test_on_the_day_and_after_it_the_page_says_why_not(desk: Desk, ago: int, said: str) -> None:
    number = desk.case(State.SEARCH, at=clock.now() - timedelta(days=ago))
    page = desk.open("officer", number, "/extension")
    assert said in page.text
    assert "Keep the draft" not in page.text
    assert not desk.open("officer", number).links("/extension")


def test_a_draft_that_became_too_late_can_only_be_dropped(desk: Desk) -> None:
    number = desk.case(State.SEARCH, at=clock.now() - timedelta(days=29))
    desk.open("officer", number, "/extension")
    desk.of("officer").send(**TWENTY)
    with desk.building.database.session(write=True) as session:
        row = session.scalars(select(Case).where(Case.number == number)).one()
        row.received_on, row.law_day = row.received_on - timedelta(days=2), row.law_day - timedelta(days=2)
    page = desk.open("approver", number, "/period-notice")
    assert "It can no longer be issued" in page.text
    page = desk.of("approver").send("/period-notice/drop")
    assert "The draft is dropped." in page.text


def test_of_two_officers_the_second_learns_of_the_first_and_keeps_what_was_typed(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    officer, second = desk.of("officer"), desk.of("second")
    desk.open("officer", number, "/extension")
    desk.open("second", number, "/extension")
    second.send(**{**TWENTY, "days": "10"})
    page = officer.send(**TWENTY)
    assert "Somebody else worked on this case" in page.text
    assert FACTS in page.text
    page = officer.send(**TWENTY)
    assert page.heading == "Draft of the notice"
    page = desk.open("second", number, "/period-notice")
    assert page.links("/extension")


def test_who_drafted_cannot_issue(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    desk.open("second", number, "/extension")
    page = desk.of("second").send(**TWENTY)
    assert "somebody else with the role of approver must issue it" in page.text


def test_under_the_law_of_businesses_the_page_says_that_there_is_none(desk: Desk) -> None:
    number = desk.case(State.SEARCH)
    with desk.building.database.session(write=True) as session:
        session.scalars(select(Case).where(Case.number == number)).one().regime = "P1"
    assert "knows no extension" in desk.open("officer", number, "/extension").text
    assert "knows no special period" in desk.open("officer", number, "/special-period").text
