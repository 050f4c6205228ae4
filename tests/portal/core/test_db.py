"""The database keeps what it confirmed, and reading cannot write."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.core import db
from portal.core.db import Database, UtcDateTime, new_id, wal_is_safe


def test_a_reading_session_cannot_write(any_database: Database) -> None:
    with any_database.session(write=False) as session, pytest.raises(DBAPIError, match=r"readonly|read-only"):
        session.execute(text("INSERT INTO throttle_window (key, began_at, count) VALUES ('a', '2026-01-01', 1)"))


def test_a_writing_session_commits_at_the_end_of_its_block(database: Database) -> None:
    insert = text("INSERT INTO throttle_window (key, began_at, count) VALUES ('a', '2026-01-01', 1)")
    with database.session(write=True) as session:
        session.execute(insert)
    with database.session(write=False) as session:
        assert session.scalar(text("SELECT count(*) FROM throttle_window")) == 1


def test_a_reading_session_sees_one_moment(any_database: Database) -> None:
    count, insert = (
        text("SELECT count(*) FROM throttle_window"),
        text("INSERT INTO throttle_window (key, began_at, count) VALUES ('a', '2026-01-01', 1)"),
    )
    with any_database.session(write=False) as reading:
        assert reading.scalar(count) == 0
        with any_database.session(write=True) as writing:
            writing.execute(insert)
        assert reading.scalar(count) == 0
    with any_database.session(write=False) as reading:
        assert reading.scalar(count) == 1


def test_an_error_in_the_block_leaves_nothing_behind(database: Database) -> None:
    insert = text("INSERT INTO throttle_window (key, began_at, count) VALUES ('a', '2026-01-01', 1)")

    def fail() -> None:
        with database.session(write=True) as session:
            session.execute(insert)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.session(write=False) as session:
        assert session.scalar(text("SELECT count(*) FROM throttle_window")) == 0


def test_every_commit_reaches_the_disk_and_foreign_keys_hold(database: Database) -> None:
    with database.session(write=False) as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA secure_delete")) == 1
        mode = session.scalar(text("PRAGMA journal_mode"))
    assert mode == ("wal" if wal_is_safe() else "truncate")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_only_fixed_versions_use_the_write_ahead_log(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_an_unfixed_version_falls_back_to_a_rollback_journal(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "wal_is_safe", lambda: False)
    database = Database(f"sqlite:///{tmp_path}/old.db")
    with database.session(write=False) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "truncate"
    database.close()


ID = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = datetime(2016, 1, 19, tzinfo=UTC)


def stamp(made: str) -> int:
    """The milliseconds since 1970 that an id says."""
    found = ID.fullmatch(made)
    assert found, made
    return int(found[1] + found[2], 16)


def test_ids_are_version_seven_and_say_when_they_were_made() -> None:
    before = time.time_ns() // 1_000_000
    ids = [new_id() for _ in range(1000)]
    after = time.time_ns() // 1_000_000
    assert all(before <= stamp(made) <= after + 1 for made in ids)


def test_ids_of_one_moment_stand_in_the_order_in_which_they_were_made() -> None:
    with time_machine.travel(MOMENT, tick=False):
        ids = [new_id() for _ in range(50_000)]
    assert ids == sorted(set(ids))
    assert 0 <= stamp(ids[-1]) - MOMENT.timestamp() * 1000 < 100, (
        "more than a millisecond has room for borrow from the next"
    )


def test_the_next_id_cannot_be_guessed() -> None:
    with time_machine.travel(MOMENT, tick=False):
        ids = [int(new_id().replace("-", ""), 16) for _ in range(1000)]
    steps = {after - before for before, after in pairwise(ids)}
    assert len(steps) == 999
    assert min(steps) > 2**32


def test_a_clock_that_is_set_right_does_not_turn_the_order_and_one_that_was_far_off_does_not_stay() -> None:
    with time_machine.travel(MOMENT, tick=False) as moment:
        first = new_id()
        moment.shift(-5)
        second = new_id()
        moment.shift(-3600)
        third = new_id()
    assert first < second
    assert stamp(third) == (MOMENT.timestamp() - 3605) * 1000


def test_threads_share_one_series() -> None:
    with time_machine.travel(MOMENT, tick=False), ThreadPoolExecutor(8) as pool:
        series = list(pool.map(lambda _: [new_id() for _ in range(2000)], range(8)))
    assert all(ids == sorted(ids) for ids in series)
    assert len(set().union(*series)) == 16_000


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child needs none of the threads there may be
def test_a_child_has_a_series_of_its_own_even_if_a_thread_was_making_an_id() -> None:
    with time_machine.travel(MOMENT, tick=False), db._series._lock:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            signal.alarm(30)  # a child that waits for ever is ended by the kernel
            os.write(writing, new_id().encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            made = pipe.read()
        os.waitpid(child, 0)
    assert made != new_id()
    assert ID.fullmatch(made)


def test_a_time_without_zone_is_refused(database: Database) -> None:
    kind, dialect = UtcDateTime(), database.engine.dialect
    with pytest.raises(ValueError, match="without a zone"):
        kind.process_bind_param(datetime(2026, 1, 1), dialect)
    stored = kind.process_bind_param(datetime(2026, 1, 1, tzinfo=UTC), dialect)
    assert kind.process_result_value(stored, dialect) == datetime(2026, 1, 1, tzinfo=UTC)
