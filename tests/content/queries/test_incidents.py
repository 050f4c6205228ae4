"""Lists of incidents."""

import pytest
from sqlalchemy.orm import Session

from content.queries import incidents
from content.queries.incident_shelf import entries, shelf
from content.queries.incidents import Filters
from portal.core.db import Database
from tests.factories.content import a_fact, a_published, a_withdrawal, a_writing


@pytest.mark.usefixtures("archive")
def test_a_citys_number_is_not_shown_for_a_nationwide_incident(session: Session) -> None:
    page = incidents.list_incidents(session, Filters(), size=100)
    found = {line.incident.key: line for line in page.items}
    assert found["leap-day-certificates-2016-03-03"].effect is None
    effect = found["faulty-certificates-2016-01"].effect
    assert effect is not None
    assert (effect.number, effect.unit) == (26000, "cards")


@pytest.mark.usefixtures("archive")
def test_pages_hold_every_incident_once_and_a_page_too_far_is_the_last(session: Session) -> None:
    keys = [
        line.incident.key
        for number in (1, 2, 3, 4, 5)
        for line in incidents.list_incidents(session, Filters(), number=number, size=10).items
    ]
    assert len(keys) == len(set(keys)) == incidents.count(session)
    assert incidents.list_incidents(session, Filters(), number=99, size=10).number == 5


@pytest.mark.usefixtures("archive")
def test_what_was_said_last_comes_first(session: Session) -> None:
    a_published(session, a_writing(a_fact(), incident={"state": "open"}))
    assert incidents.latest(session, 1)[0].incident.key == "slow-2026"
    assert [line.incident.key for line in incidents.open_ones(session)] == ["slow-2026"]


@pytest.mark.usefixtures("archive")
def test_the_last_bulletin_of_a_line_is_one_that_is_shown(session: Session) -> None:
    a_published(session, a_writing(a_fact()))
    a_published(session, a_writing(a_fact(number=9.0)), new=False)
    a_withdrawal(session, "slow-2026", 2)
    line = incidents.named(session, ["slow-2026"])[0]
    assert line.latest.number == 1
    assert line.effect is not None
    assert line.effect.number == 1200


@pytest.mark.usefixtures("archive")
def test_the_shelf_follows_what_is_published(database: Database) -> None:
    with database.session(write=False) as session:
        before = incidents.count(session)
    with database.session(write=True) as session:
        a_published(session)
    with database.session(write=False) as session:
        assert incidents.count(session) == before + 1
        kept = shelf(session)
        assert set(kept.slots) == {entry.key for entry in entries(session)}
        assert shelf(session) is kept
    with database.session(write=True) as session:
        a_withdrawal(session, "slow-2026", 1)
    with database.session(write=False) as session:
        assert incidents.count(session) == before
