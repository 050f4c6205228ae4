"""The database keeps what it confirmed, and reading cannot write."""

import re
import time
from datetime import UTC, datetime

import pytest
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


def test_ids_are_version_seven_and_sort_by_time() -> None:
    first = new_id()
    time.sleep(0.002)
    second = new_id()
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first)
    assert first < second


def test_a_time_without_zone_is_refused(database: Database) -> None:
    kind, dialect = UtcDateTime(), database.engine.dialect
    with pytest.raises(ValueError, match="without a zone"):
        kind.process_bind_param(datetime(2026, 1, 1), dialect)
    stored = kind.process_bind_param(datetime(2026, 1, 1, tzinfo=UTC), dialect)
    assert kind.process_result_value(stored, dialect) == datetime(2026, 1, 1, tzinfo=UTC)
