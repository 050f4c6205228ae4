"""Writers, workers and rebuilds of the search are killed at random: afterwards the index says what the database says.

`make chaos` kills more of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import schema
from portal.core import clock
from portal.core.db import Database
from search import operations
from search.backend import Backend
from search.models import Synonym
from search.postgres_engine import PostgresEngine
from search.query import parse
from search.record import Record
from search.sources import Sources
from search.tantivy_engine import TantivyEngine
from search.whoosh_engine import WhooshEngine
from tests.postgres import Server
from tests.search.samples import a_record

pytestmark = pytest.mark.chaos
FORK = multiprocessing.get_context("fork")
KILLS = 100 if "CHAOS_REQUESTS" in os.environ else 8
THINGS, LONGEST_WAIT = 40, 20.0


def records(session: Session, keys: Collection[str] | None) -> Iterator[Record]:
    """A table that anybody may change stands for what is published."""
    for row in session.scalars(select(Synonym).order_by(Synonym.key)):
        if not row.removed and (keys is None or row.key in keys):
            yield a_record(row.key, f"第{row.words[0]}版", "障害の経過。" * 20)


SOURCES = Sources()
SOURCES.register("chaos", records)


def opened(home: Path) -> tuple[Database, Backend]:
    """The database that the folder names, else SQLite in it, with the engine that the folder names."""
    named = home / "database"
    if named.exists():
        database = Database(named.read_text())
        return database, PostgresEngine(database)
    engine = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}[(home / "engine").read_text()]
    return Database(f"sqlite:///{home / 'kaiji.db'}"), engine(home / "index")


@pytest.fixture(params=["whoosh", "tantivy", pytest.param("postgresql", marks=pytest.mark.postgres)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        server.sql("CREATE DATABASE search_chaos")
        (tmp_path / "database").write_text(server.url("search_chaos"))
    (tmp_path / "engine").write_text(request.param)
    return tmp_path


def publish(home: Path, seed: int) -> None:
    """Change, take away and bring back things, each with its mark in the same transaction."""
    database, _ = opened(home)
    chance, number = Random(seed), 0
    while True:
        number += 1
        with database.session(write=True) as session:
            for key in {f"page/{chance.randrange(THINGS)}" for _ in range(3)}:
                row = session.get(Synonym, key) or Synonym(key=key)
                row.words, row.removed, row.changed_at = [f"{seed}-{number}"], chance.random() < 0.3, clock.now()
                session.add(row)
                operations.mark_dirty(session, key)
        time.sleep(0.005)


def work(home: Path, seed: int) -> None:
    """Write what is marked; now and then build everything anew."""
    database, engine = opened(home)
    chance = Random(seed)
    while True:
        (operations.rebuild if chance.random() < 0.2 else operations.sync)(database, SOURCES, engine)


def started(role: Callable[[Path, int], None], home: Path, seed: int) -> multiprocessing.process.BaseProcess:
    process = FORK.Process(target=role, args=(home, seed), daemon=True)
    process.start()
    return process


def test_after_any_kill_the_index_says_what_the_database_says(home: Path) -> None:
    database, engine = opened(home)
    schema.upgrade(database)
    operations.rebuild(database, SOURCES, engine)
    chance = Random(11)
    roles = (publish, work, work)
    running = [started(role, home, seed) for seed, role in enumerate(roles)]
    try:
        for kill in range(KILLS):
            time.sleep(chance.uniform(0.02, 0.25))
            assert engine.find(parse("障害")).ready
            place = kill % len(roles)
            assert running[place].is_alive()
            os.kill(running[place].pid or 0, signal.SIGKILL)
            running[place].join(LONGEST_WAIT)
            running[place] = started(roles[place], home, 100 + kill)
    finally:
        for process in running:
            process.kill()
            process.join(LONGEST_WAIT)
    database.close()
    database, engine = opened(home)
    operations.sync(database, SOURCES, engine)
    assert not operations.check(database, SOURCES, engine)
    assert engine.stats().records > 0
    engine.remove(("page/none",))  # the next writer takes away what a killed one left
    if not isinstance(engine, PostgresEngine):
        assert len([path for path in (home / "index").iterdir() if path.is_dir()]) == 1
    with database.session(write=False) as session:
        assert session.scalars(select(Synonym.key).where(Synonym.removed)).first()
    database.close()
