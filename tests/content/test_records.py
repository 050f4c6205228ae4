"""What the index is told."""

import pytest
from sqlalchemy.orm import Session

from content.records import records
from search.record import Record
from search.sources import SOURCES
from tests.factories.content import a_draft, a_published, the_archive


def by_id(session: Session, keys: set[str] | None = None) -> dict[str, Record]:
    return {record.id: record for record in records(session, keys)}


@pytest.mark.usefixtures("archive")
def test_everything_published_has_a_record_in_each_language(session: Session) -> None:
    archive = the_archive()
    things = len(archive.incidents) + len(archive.systems) + len(archive.letters) + len(archive.figures)
    found = by_id(session)
    assert len([one for one in found.values() if one.kind != "page" and one.key == one.thing]) == things * 2
    assert {"page/procedure@ja", "page/procedure@en"} <= found.keys()
    assert all(record.title and record.url.startswith("/") for record in found.values())


@pytest.mark.usefixtures("archive")
def test_what_readers_look_for_is_in_the_text(session: Session) -> None:
    found = by_id(session)
    assert "中継サーバ" in found["incident/relay-servers-2016-01@ja"].body
    assert "relay server" in found["incident/relay-servers-2016-01@en"].body.lower()
    assert "葛飾区" in found["incident/katsushika-notification-cards-2015@ja"].title
    assert found["incident/relay-servers-2016-01@ja"].facets["system"][0] == "juki-relay-servers"


@pytest.mark.usefixtures("archive")
def test_bulletins_and_answers_say_where_they_stand(session: Session) -> None:
    found = by_id(session)
    incident = found["incident/relay-servers-2016-01@ja"]
    second = next(spot for spot in incident.spots if (spot.kind, spot.number) == ("bulletin", "2"))
    assert second.url == "/incidents/relay-servers-2016-01#bulletin-2"
    assert second.version == "/incidents/relay-servers-2016-01/versions/2"
    assert "2号機" in incident.body[second.at : second.at + 100]
    answered = found["letter/question-letter-2016-05-25#q-1-5-2@ja"]
    assert (answered.kind, answered.url) == ("answer", "/letters/question-letter-2016-05-25#q-1-5-2")
    assert answered.spots[-1].url == "/letters/question-letter-2016-05-25#a-A11"
    assert "差し控え" in answered.body[answered.spots[-1].at :]
    assert answered.within == found["letter/question-letter-2016-05-25@ja"].title


@pytest.mark.usefixtures("archive")
def test_asked_for_some_keys_only_these_come(session: Session) -> None:
    assert set(by_id(session, {"incident/relay-servers-2016-01", "figure/none", "page/about", "odd"})) == {
        "incident/relay-servers-2016-01@ja",
        "incident/relay-servers-2016-01@en",
        "page/about@ja",
        "page/about@en",
    }


@pytest.mark.usefixtures("archive")
def test_a_draft_has_no_record_and_a_published_bulletin_has(session: Session) -> None:
    a_draft(session)
    assert not by_id(session, {"incident/slow-2026"})
    a_published(session, key="other-2026")
    assert "incident/other-2026@en" in by_id(session, {"incident/other-2026"})


@pytest.mark.usefixtures("archive")
def test_the_room_is_registered_with_the_index(session: Session) -> None:
    assert "incident/relay-servers-2016-01@ja" in {record.id for record in SOURCES.records(session)}
