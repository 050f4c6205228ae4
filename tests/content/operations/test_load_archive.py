"""Loading the archive: once, twice, changed."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.models.answers import Answer, AnswerQuestion
from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident
from content.models.measures import Measure
from content.models.questions import Question
from content.models.relations import Relation
from content.models.revisions import Revision
from content.models.systems import System
from content.operations.load_archive import load_archive
from content.operations.report_measure import ask_report, publish_report
from content.rules.archive.errors import ArchiveError
from content.rules.archive.records import Archive
from content.rules.writing import WrittenMeasure, WrittenRelation, WrittenReport
from portal.core import audit
from portal.core.db import Database
from portal.core.errors import Forbidden
from search.models import DirtyRecord
from tests.factories.content import APPROVER, NOW, WRITER, a_published, a_writing, load, the_archive

KEY = "relay-servers-2016-01"


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def with_incident(key: str, **changes: object) -> Archive:
    """The archive with one incident changed."""
    archive = the_archive()
    changed = tuple(replace(one, **changes) if one.key == key else one for one in archive.incidents)
    return replace(archive, incidents=changed)


def test_everything_in_the_archive_is_in_the_tables(any_database: Database) -> None:
    archive = the_archive()
    with any_database.session(write=True) as session:
        loaded = load(session)
        assert count(session, Incident) == len(archive.incidents)
        assert count(session, Bulletin) == sum(len(one.bulletins) for one in archive.incidents)
        assert count(session, Fact) == len(list(archive.facts()))
        assert (count(session, Question), count(session, Answer), count(session, AnswerQuestion)) == (36, 33, 36)
        assert f"incident/{KEY}" in loaded.touched


def test_loading_twice_changes_nothing_and_marks_nothing(any_database: Database) -> None:
    with any_database.session(write=True) as session:
        load(session)
        session.execute(delete(DirtyRecord))
    with any_database.session(write=True) as session:
        again = load(session)
        assert not again.anything
        assert again.touched == set()
        assert count(session, DirtyRecord) == 0
        assert session.get_one(Revision, 1).number == 1
        assert len(audit.entries(session, subject="archive")) == 1


@pytest.mark.usefixtures("archive")
def test_a_changed_title_touches_its_page_alone(session: Session) -> None:
    loaded = load(session, with_incident(KEY, title_en="Another title"))
    assert (loaded.added, loaded.changed, loaded.dropped) == (0, 1, 0)
    assert loaded.touched == {f"incident/{KEY}"}
    session.expire_all()
    assert session.get_one(Incident, KEY).title_en == "Another title"


@pytest.mark.usefixtures("archive")
def test_a_measure_that_is_gone_is_dropped_with_what_it_cites(session: Session) -> None:
    before = count(session, Measure)
    measures = next(one for one in the_archive().incidents if one.key == KEY).measures
    loaded = load(session, with_incident(KEY, measures=measures[:-1]))
    assert count(session, Measure) == before - 1
    assert loaded.dropped >= 2


@pytest.mark.usefixtures("archive")
def test_a_name_that_many_pages_show_touches_them_all(session: Session) -> None:
    archive = the_archive()
    bodies = tuple(replace(body, name_en="Renamed") if body.key == "jlis" else body for body in archive.bodies)
    loaded = load(session, replace(archive, bodies=bodies))
    assert len(loaded.touched) == (
        len(archive.incidents) + len(archive.systems) + len(archive.letters) + len(archive.figures)
    )


@pytest.mark.usefixtures("archive")
def test_a_published_bulletin_cannot_be_worded_otherwise(session: Session) -> None:
    bulletins = next(one for one in the_archive().incidents if one.key == KEY).bulletins
    changed = (replace(bulletins[0], body_en="Rewritten."), *bulletins[1:])
    with pytest.raises(ArchiveError) as caught:
        load(session, with_incident(KEY, bulletins=changed))
    assert caught.value.file == f"incidents/{KEY}.toml"
    assert caught.value.key == f"{KEY}/1"
    assert "cannot be overwritten" in caught.value.problem


@pytest.mark.usefixtures("archive")
def test_a_fact_cannot_be_taken_away_from_a_published_bulletin(session: Session) -> None:
    bulletins = next(one for one in the_archive().incidents if one.key == KEY).bulletins
    changed = (bulletins[0], replace(bulletins[1], facts=bulletins[1].facts[:-1]), *bulletins[2:])
    with pytest.raises(ArchiveError, match="cannot be overwritten"):
        load(session, with_incident(KEY, bulletins=changed))


@pytest.mark.usefixtures("archive")
def test_a_statement_cannot_vanish(session: Session) -> None:
    with pytest.raises(ArchiveError, match="cannot be overwritten"):
        load(session, with_incident(KEY, statements=()))


@pytest.mark.usefixtures("archive")
def test_a_further_bulletin_is_added(session: Session) -> None:
    bulletins = next(one for one in the_archive().incidents if one.key == KEY).bulletins
    further = replace(bulletins[-1], number=len(bulletins) + 1, body_en="New.", facts=())
    load(session, with_incident(KEY, bulletins=(*bulletins, further)))
    session.expire_all()
    assert session.get_one(Incident, KEY).last_number == len(bulletins) + 1
    assert session.get_one(Bulletin, f"{KEY}/{further.number}").body_en == "New."


@pytest.mark.usefixtures("archive")
def test_what_the_desk_carried_on_announced_and_reported_stays_as_the_desk_left_it(session: Session) -> None:
    other = session.scalars(select(Measure).where(Measure.incident_key != KEY)).first()
    assert other is not None
    announced = WrittenMeasure(text_ja="増強", text_en="More capacity", owner="jlis", status="promised")
    related = WrittenRelation(kind="recurrence", to=other.incident_key)
    reopened = a_writing(incident={"title_en": "Reopened", "relations": (related,)}, measures=(announced,))
    a_published(session, reopened, key=KEY, new=False)
    text = WrittenReport(measure_id=other.id, status="dropped", effect="failed", text_ja="中止", text_en="Dropped")
    publish_report(session, ask_report(session, text, by=WRITER, at=NOW), by=APPROVER, at=NOW)
    measures = session.scalar(select(func.count()).select_from(Measure))
    loaded = load(session)
    session.expire_all()
    assert not loaded.anything
    assert session.get_one(Incident, KEY).title_en == "Reopened"
    assert session.get_one(Incident, KEY).state == "open"
    assert session.get_one(Measure, other.id).status == "dropped"
    assert session.scalar(select(func.count()).select_from(Measure)) == measures
    assert session.scalars(
        select(Relation).where(Relation.to_key == other.incident_key, Relation.from_key == KEY)
    ).one()


@pytest.mark.usefixtures("archive")
def test_what_the_archive_does_not_know_stays(session: Session) -> None:
    a_published(session)
    load(session)
    assert session.get(Incident, "slow-2026") is not None
    assert count(session, System) == len(the_archive().systems)


def test_nobody_but_the_installation_loads(session: Session) -> None:
    with pytest.raises(Forbidden):
        load_archive(session, the_archive(), by=WRITER, at=NOW)
