"""What only the engine in PostgreSQL can get wrong: segments, several machines, a writer that ends in the middle."""

import threading

import pytest

from portal.core.db import Database
from search import postgres_engine
from search.bits import as_bits
from search.postgres_engine import PostgresEngine
from search.query import parse
from search.segments import pack, unpack
from tests.search.samples import RECORDS, a_record, keys

pytestmark = pytest.mark.postgres


@pytest.fixture
def writer(shared_index: Database) -> PostgresEngine:
    engine = PostgresEngine(shared_index)
    engine.put(RECORDS, afresh=True)
    return engine


@pytest.mark.parametrize("held", [[], [0], [4095], [0, 9, 17], list(range(4096)), list(range(5, 4000, 3))])
def test_a_set_reads_back_as_it_was_packed(held: list[int]) -> None:
    packed = pack(held)
    assert unpack(packed) == as_bits(held, 5000)
    assert len(packed) <= 513


def test_small_segments_become_one_and_nothing_is_lost(writer: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_engine, "_MOST_SEGMENTS", 3)
    for number in range(9):
        writer.put([a_record(f"page/{number % 6}", f"頁の{number}版", "共通の本文")])
    assert writer.find(parse("共通の本文")).total == 6
    assert keys(writer, "頁の8版") == ["page/2"]
    assert keys(writer, "頁の2版") == []
    assert "incident/katsushika" in keys(writer, "葛飾区")


def test_another_machine_sees_a_commit_at_once(writer: PostgresEngine, shared_index: Database) -> None:
    reader = PostgresEngine(shared_index)
    assert reader.find(parse("葛飾区")).total == 1
    writer.put([a_record("page/new", "葛飾区の別の頁")])
    assert reader.find(parse("葛飾区")).total == 2
    writer.put([a_record("page/other", "葛飾区")], afresh=True)
    assert keys(reader, "葛飾区") == ["page/other"]
    assert reader.state() == writer.state()


def test_writers_wait_for_one_another(writer: PostgresEngine, shared_index: Database) -> None:
    def write(name: str) -> None:
        engine = PostgresEngine(shared_index)
        for number in range(5):
            engine.put([a_record(f"page/{name}-{number}", "共通の頁", "本文")])

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert writer.find(parse("共通の頁")).total == 15


def test_an_index_of_another_version_is_not_read(writer: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.analyzer.VERSION", 99)
    assert not writer.find(parse("葛飾区")).ready
    writer.put(RECORDS, afresh=True)
    assert writer.find(parse("葛飾区")).total == 1


def test_a_database_that_is_not_there_is_no_error() -> None:
    engine = PostgresEngine(Database("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert not engine.find(parse("葛飾区")).ready
    assert (engine.state(), engine.stats().ready) == ("", False)
