"""The letters' room takes over numbers and letters that were there before it, and gives them back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from portal import schema
from portal.core.db import Database
from portal.letters.models.register import IssuedLetter
from portal.letters.operations.numbers import take
from portal.letters.queries import register, whole_tree
from tests.factories.letters import an_entry

AT = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
OLD = "2026-04-08 03:00:00.000000"


def fill_old_tables(database: Database) -> None:
    """Two letters and a void number, as the first revision kept them; of their case only what keys ask for."""
    with database.session(write=True) as session:
        if database.dialect == "sqlite":
            session.connection().exec_driver_sql("COMMIT")
            session.connection().exec_driver_sql("PRAGMA foreign_keys = OFF")
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        else:
            session.execute(text("SET session_replication_role = replica"))
        session.execute(text("INSERT INTO disclosure_series VALUES ('letter', 2026, 3), ('receipt', 2026, 8)"))
        for number in (1, 3):
            session.execute(
                text(
                    "INSERT INTO disclosure_letter (id, case_id, decision_id, kind, number, fiscal_year, template,"
                    " sha256, issued_on, issued_at, issued_by, context_sealed, pdf_sealed) VALUES (:id, 'c', :id, 'f4',"
                    " :number, 2026, 't', :sha256, :day, :at, 'x', :sealed, :sealed)"
                ),
                {
                    "id": f"letter-{number}",
                    "number": f"見情機第{number}号",
                    "sha256": f"{number}" * 64,
                    "day": "2026-04-08" if database.dialect == "sqlite" else date(2026, 4, 8),
                    "at": OLD if database.dialect == "sqlite" else AT,
                    "sealed": b"x" * 1029,
                },
            )
            session.execute(
                text("INSERT INTO disclosure_letter_number VALUES ('letter', 2026, :number, :id, NULL, :at)"),
                {"number": number, "id": f"letter-{number}", "at": OLD if database.dialect == "sqlite" else AT},
            )
        session.execute(
            text("INSERT INTO disclosure_letter_number VALUES ('letter', 2026, 2, NULL, '見本', :at)"),
            {"at": OLD if database.dialect == "sqlite" else AT},
        )


def ledger(database: Database, table: str) -> list[tuple[object, ...]]:
    with database.session(write=False) as session:
        rows = session.execute(text(f"SELECT sequence, letter_id, void_reason FROM {table} ORDER BY sequence"))
        return [tuple(row) for row in rows]


def test_what_was_issued_before_is_numbered_registered_and_in_the_tree(any_database: Database) -> None:
    schema.downgrade(any_database, "0001")
    fill_old_tables(any_database)
    before = ledger(any_database, "disclosure_letter_number")
    schema.upgrade(any_database, "0002")
    assert ledger(any_database, "letters_number") == before
    with any_database.session(write=True) as session:
        report = whole_tree.verify(session)
        assert (report.ok, report.size) == (True, 2)
        first = session.get_one(IssuedLetter, "letter-1")
        assert (first.sha256, first.base_bytes, first.signed, first.issued_at) == ("1" * 64, 1000, "none", AT)
        assert register.by_token(session, first.token).in_force
        assert take(session, "receipt", 2026) == 9
        assert an_entry(session, at=AT).sequence == 4
    schema.downgrade(any_database, "0001")
    assert ledger(any_database, "disclosure_letter_number")[:3] == before
    (added,) = ledger(any_database, "disclosure_letter_number")[3:]
    assert added[1] is None
    assert "does not know" in str(added[2])


@pytest.mark.parametrize("table", ["letters_register", "letters_head"])
def test_a_fresh_installation_begins_with_an_empty_record(any_database: Database, table: str) -> None:
    with any_database.session(write=False) as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
        assert whole_tree.verify(session).size == 0
