"""The chain fits, and the database itself refuses to change it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.core import audit, triggers
from portal.core.actor import SYSTEM
from portal.core.db import Database

COPIED = "at, actor_kind, actor_id, 'x', subject, detail, prev_hash, hash FROM audit_entry"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def three_entries(session: Session) -> None:
    for number in range(3):
        audit.record(
            session, at=AT, actor=SYSTEM, action="test.thing.do", subject=f"thing-{number}", detail={"n": number}
        )


def test_an_untouched_chain_verifies(session: Session) -> None:
    three_entries(session)
    report = audit.verify(session)
    assert report.ok
    assert report.entries == 3
    assert report.head == audit.entries(session, subject="thing-2")[0].hash


def test_an_empty_chain_verifies(session: Session) -> None:
    assert audit.verify(session).head == audit.GENESIS


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
)
def test_both_databases_refuse_a_change(any_database: Database, statement: str) -> None:
    if statement.startswith("TRUNCATE") and any_database.dialect == "sqlite":
        statement = "DELETE FROM audit_entry WHERE seq > 0"
    with any_database.session(write=True) as session:
        three_entries(session)
    with pytest.raises(DBAPIError, match="append-only"), any_database.session(write=True) as session:
        session.execute(text(statement))


def test_entries_written_at_once_make_one_chain(any_database: Database) -> None:
    def write(number: int) -> None:
        with any_database.session(write=True) as session:
            audit.record(session, at=AT, actor=SYSTEM, action="test.thing.do", subject=f"thing-{number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    with any_database.session(write=False) as session:
        report = audit.verify(session)
    assert (report.ok, report.entries) == (True, 60)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x' WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 2",
        f"INSERT OR REPLACE INTO audit_entry SELECT seq, {COPIED} WHERE seq = 2",
        f"REPLACE INTO audit_entry SELECT 99, {COPIED} WHERE seq = 2",
    ],
)
def test_the_database_refuses_every_change(session: Session, statement: str) -> None:
    three_entries(session)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))


@pytest.mark.parametrize("column", ["action", "subject", "actor_id", "detail"])
def test_a_change_behind_the_triggers_is_found(database: Database, column: str) -> None:
    with database.session(write=True) as session:
        three_entries(session)
    with database.session(write=True) as session:
        session.execute(text("DROP TRIGGER audit_entry_no_update"))
        session.execute(text(f"UPDATE audit_entry SET {column} = '\"x\"' WHERE seq = 2"))
    with database.session(write=False) as session:
        assert audit.verify(session).broken_at == 2
        assert triggers.missing(session) == ["audit_entry_no_update"]


def test_a_removed_entry_is_found(database: Database) -> None:
    with database.session(write=True) as session:
        three_entries(session)
        session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        session.execute(text("DELETE FROM audit_entry WHERE seq = 2"))
    with database.session(write=False) as session:
        assert audit.verify(session).broken_at == 2


def test_all_triggers_are_there(session: Session) -> None:
    assert triggers.missing(session) == []
