"""The index follows the database."""

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.db import Database
from portal.core.jobs import Job
from portal.core.settings import SearchEngine, Settings, SettingsError
from search import operations
from search.engines import chosen, engine
from search.memory_engine import MemoryEngine
from search.models import DirtyRecord
from search.query import parse
from search.record import Record
from search.sources import Sources
from search.whoosh_engine import WhooshEngine
from tests.conftest import make_settings
from tests.search.samples import RECORDS, a_record


class Published:
    """A room's records that a test can change."""

    def __init__(self) -> None:
        self.records = list(RECORDS)

    def read(self, session: Session, keys: Collection[str] | None) -> Iterator[Record]:
        return (record for record in self.records if keys is None or record.key in keys)


@pytest.fixture
def room() -> Published:
    return Published()


@pytest.fixture
def sources(room: Published) -> Sources:
    sources = Sources()
    sources.register("sample", room.read)
    return sources


def mark(database: Database, *keys: str) -> None:
    with database.session(write=True) as session:
        for key in keys:
            operations.mark_dirty(session, key)


def test_a_change_reaches_the_index_after_its_transaction(
    database: Database, room: Published, sources: Sources
) -> None:
    engine = MemoryEngine()
    operations.rebuild(database, sources, engine)
    room.records = [r for r in room.records if r.key != "incident/katsushika"]
    room.records.append(a_record("page/new", "新しい頁"))
    mark(database, "incident/katsushika", "page/new")
    assert engine.find(parse("新しい頁")).total == 0
    assert operations.sync(database, sources, engine) == 2
    assert engine.find(parse("新しい頁")).total == 1
    assert engine.find(parse("葛飾区")).total == 0
    assert operations.sync(database, sources, engine) == 0


def test_a_rolled_back_change_leaves_no_mark(database: Database) -> None:
    with database.open(write=True) as session:
        operations.mark_dirty(session, "page/new")
        session.rollback()
    with database.session(write=False) as session:
        assert session.scalar(select(func.count(DirtyRecord.id))) == 0
        assert session.scalar(select(func.count(Job.id))) == 0


def test_many_marks_ask_for_one_job(database: Database) -> None:
    mark(database, *(f"page/{n}" for n in range(30)))
    mark(database, "page/31")
    with database.session(write=False) as session:
        assert session.scalars(select(Job.kind)).all() == ["search.sync"]


def test_a_missing_index_is_built_by_itself(database: Database, sources: Sources, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    assert operations.sync(database, sources, engine) == len(RECORDS)
    assert engine.find(parse("葛飾区")).total == 1


def test_everything_can_be_marked(database: Database, room: Published, sources: Sources) -> None:
    engine = MemoryEngine()
    operations.rebuild(database, sources, engine)
    room.records = [a_record("page/only", "ただ一つ")]
    with database.session(write=True) as session:
        operations.mark_all_dirty(session)
    operations.sync(database, sources, engine)
    assert engine.stats().records == 1


def test_checking_names_what_differs_and_healing_mends_it(
    database: Database, room: Published, sources: Sources
) -> None:
    engine = MemoryEngine()
    operations.rebuild(database, sources, engine)
    assert not operations.check(database, sources, engine)
    room.records = [r for r in room.records if r.key != "page/tokyo"]
    room.records += [a_record("page/new", "新"), a_record("page/kyoto2", "京")]
    engine.put([a_record("system/lgwan", "古い")])
    found = operations.check(database, sources, engine)
    assert found.missing == ("page/kyoto2@ja", "page/new@ja")
    assert found.outdated == ("system/lgwan@ja",)
    assert found.surplus == ("page/tokyo@ja",)
    assert operations.heal(database, sources, engine) == found
    assert not operations.check(database, sources, engine)


def test_without_any_source_nothing_is_emptied(database: Database) -> None:
    engine = MemoryEngine()
    engine.put(RECORDS)
    with pytest.raises(operations.NoSources):
        operations.rebuild(database, Sources(), engine)
    assert engine.stats().records == len(RECORDS)


def test_two_readers_under_one_name_are_a_mistake(sources: Sources, room: Published) -> None:
    sources.register("other", room.read.__func__)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="sample"):
        sources.register("sample", lambda session, keys: [])


def test_an_archive_that_outgrows_whoosh_is_told_so(
    settings: Settings, sources: Sources, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.rebuild(database, sources, engine(settings))
    assert (operations.health(settings), operations.outgrown(settings)) == ("", "")
    monkeypatch.setattr(operations, "FIT_FOR_WHOOSH", 5)
    assert operations.outgrown(settings) == f"{len(RECORDS)} records"


def test_the_engine_is_postgresql_where_the_database_is(tmp_path: Path) -> None:
    at = "postgresql+psycopg://kaiji@127.0.0.1:1/none"
    for more, wanted in (
        ({}, SearchEngine.WHOOSH),
        ({"search_engine": "tantivy"}, SearchEngine.TANTIVY),
        ({"database_url": at}, SearchEngine.POSTGRESQL),
        ({"database_url": at, "search_engine": "whoosh"}, SearchEngine.WHOOSH),
    ):
        assert chosen(make_settings(tmp_path, **more)) is wanted
    assert engine(make_settings(tmp_path, database_url=at)).stats().engine == "postgresql"
    with pytest.raises(SettingsError, match="SEARCH_ENGINE"):
        make_settings(tmp_path, search_engine="postgresql")
