"""Lists of incidents."""

from sqlalchemy.orm import Session

from content.queries import incidents
from content.queries.incidents import Filters
from tests.factories.content import a_fact, a_published, a_writing, load


def test_a_citys_number_is_not_shown_for_a_nationwide_incident(session: Session) -> None:
    load(session)
    page = incidents.list_incidents(session, Filters(), size=100)
    found = {line.incident.key: line for line in page.items}
    assert found["leap-day-certificates-2016-03-03"].effect is None
    effect = found["faulty-certificates-2016-01"].effect
    assert effect is not None
    assert (effect.number, effect.unit) == (26000, "cards")


def test_pages_hold_every_incident_once_and_a_page_too_far_is_the_last(session: Session) -> None:
    load(session)
    keys = [
        line.incident.key
        for number in (1, 2, 3, 4)
        for line in incidents.list_incidents(session, Filters(), number=number, size=10).items
    ]
    assert len(keys) == len(set(keys)) == incidents.count(session)
    assert incidents.list_incidents(session, Filters(), number=99, size=10).number == 4


def test_the_counts_beside_the_filters_are_what_the_filters_find(session: Session) -> None:
    load(session)
    offered = incidents.choices(session)
    for name, make in (("system", lambda v: Filters(system=v)), ("year", lambda v: Filters(year=int(v)))):
        for choice in offered[name]:
            assert incidents.list_incidents(session, make(choice.value)).total == choice.count
    assert sum(choice.count for choice in offered["cause"]) == incidents.count(session)


def test_what_was_said_last_comes_first(session: Session) -> None:
    load(session)
    a_published(session, a_writing(a_fact(), incident={"state": "open"}))
    assert incidents.latest(session, 1)[0].incident.key == "slow-2026"
    assert [line.incident.key for line in incidents.open_ones(session)] == ["slow-2026"]
