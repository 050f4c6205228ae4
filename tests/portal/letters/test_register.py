"""The register, the ledger and the tree on both databases: append-only, whole, and honest about what is replaced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from portal.core import audit
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.core.errors import Conflict, Forbidden, NotFound
from portal.core.settings import Settings
from portal.letters.draft import TreeHead
from portal.letters.models.numbers import LetterNumber
from portal.letters.models.register import IssuedLetter
from portal.letters.operations import stand
from portal.letters.operations.numbers import LETTERS, void_number
from portal.letters.queries import register, tree, whole_tree
from portal.letters.queries.tree import holds
from tests.factories.disclosure import APPROVER, OFFICER
from tests.factories.letters import a_letter, an_entry

AT = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
LIFTED = {
    "sqlite": ("DROP TRIGGER {0}_no_update", "DROP TRIGGER {0}_no_delete"),
    "postgresql": ("ALTER TABLE {0} DISABLE TRIGGER {0}_no_update", "ALTER TABLE {0} DISABLE TRIGGER {0}_no_delete"),
}


def filled(database: Database, letters: int = 7) -> list[str]:
    """Letters in the register; the second is replaced by the third, the fourth withdrawn. Their ids."""
    with database.session(write=True) as session:
        rows = [an_entry(session, at=AT + timedelta(minutes=number)) for number in range(letters)]
        if letters > 3:
            stand.replace(session, rows[1], rows[2], since=rows[2].issued_on, at=AT + timedelta(hours=1))
            stand.withdraw(session, rows[3].id, by=APPROVER, at=AT + timedelta(days=1))
        return [row.id for row in rows]


TABLES = {
    "letters_register": "kind = 'x'",
    "letters_number": "void_reason = 'x'",
    "letters_standing": "change = 'x'",
    "letters_leaf": "data = 'x'",
    "letters_node": "hash = 'x'",
    "letters_head": "root = 'x'",
}


def test_the_database_itself_refuses_every_change(any_database: Database) -> None:
    filled(any_database)
    for table, change in TABLES.items():
        for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
            with pytest.raises(DBAPIError, match="append-only"), any_database.session(write=True) as session:
                session.execute(text(statement))
    if any_database.dialect == "sqlite":
        columns = "level, position, '" + "0" * 64 + "'"
        with pytest.raises(DBAPIError, match="append-only"), any_database.session(write=True) as session:
            session.execute(text(f"INSERT OR REPLACE INTO letters_node SELECT {columns} FROM letters_node"))


def test_every_letter_is_proven_at_every_later_head(any_database: Database) -> None:
    filled(any_database)
    with any_database.session(write=False) as session:
        size = tree.head(session).size
        assert size == 9
        for index in range(size):
            for at in range(index + 1, size + 1):
                assert holds(tree.inclusion(session, index, at))
        with pytest.raises(NotFound):
            tree.inclusion(session, 3, 3)
        assert [head.size for head in tree.last_heads(session, days=5)] == [9, 8]
        day = AT.date()
        assert [found.size for d in (day, day + timedelta(days=9)) if (found := tree.head_on(session, d))] == [8, 9]
        assert tree.head_on(session, day - timedelta(days=1)) is None
        assert whole_tree.verify(session).ok


def test_a_letter_that_was_rewritten_is_found_by_whoever_kept_a_head(any_database: Database) -> None:
    ids = filled(any_database)
    with any_database.session(write=False) as session:
        kept = tree.head_at(session, 5)
    with any_database.session(write=False) as session:
        assert whole_tree.verify(session, kept).ok
    dialect = any_database.dialect
    with any_database.session(write=True) as session:
        for table in TABLES:
            for statement in LIFTED[dialect]:
                session.execute(text(statement.format(table)))
        # Somebody with all rights rewrites a letter and everything that is made from it, as if it had always been so.
        session.execute(text("UPDATE letters_register SET kind = 'other' WHERE id = :id"), {"id": ids[1]})
        assert "Entry 1" in whole_tree.verify(session).reason
        leaves = session.execute(text("SELECT data FROM letters_leaf ORDER BY position")).scalars().all()
        for table in ("letters_leaf", "letters_node", "letters_head"):
            session.execute(text(f"DELETE FROM {table}"))
        from portal.letters.operations import grow

        for position, leaf in enumerate(leaves):
            grow.append(session, leaf.replace('"small"', '"other"') if position == 1 else leaf, at=AT)
        assert whole_tree.verify(session).ok
        assert "size 5" in whole_tree.verify(session, kept).reason
        assert not whole_tree.verify(session, TreeHead(99, kept.root)).ok
        session.rollback()


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM letters_leaf WHERE position = 2", "Entry 2 is missing"),
        ("DELETE FROM letters_head WHERE size = 3", "size 3"),
        ("DELETE FROM letters_node WHERE level = 1 AND position = 0", "1/0"),
        ("INSERT INTO letters_node VALUES (9, 9, '" + "0" * 64 + "')", "nodes that belong"),
        ("UPDATE letters_leaf SET data = 'x' WHERE position = 0", "size 1"),
    ],
)
def test_each_damage_is_named(database: Database, statement: str, reason: str) -> None:
    filled(database)
    with database.session(write=True) as session:
        for table in TABLES:
            for lifted in LIFTED["sqlite"]:
                session.execute(text(lifted.format(table)))
        session.execute(text(statement))
        assert reason in whole_tree.verify(session).reason
        session.rollback()


def test_a_replaced_letter_names_the_one_that_is_in_its_place_today(any_database: Database) -> None:
    with any_database.session(write=True) as session:
        first, second, third = (an_entry(session, at=AT) for _ in range(3))
        stand.replace(session, stand.in_force(session, first.id), second, since=AT.date(), at=AT)
        stand.replace(session, stand.in_force(session, second.id), third, since=AT.date(), at=AT)
        found = register.by_id(session, first.id)
        assert not found.in_force
        assert found.successor is third
        assert register.by_id(session, third.id).in_force
        with pytest.raises(Conflict):
            stand.in_force(session, first.id)
        with pytest.raises(Conflict):
            stand.withdraw(session, second.id, by=APPROVER, at=AT)
        with pytest.raises(Forbidden):
            stand.withdraw(session, third.id, by=OFFICER, at=AT)
        with pytest.raises(NotFound):
            stand.withdraw(session, "nothing", by=SYSTEM, at=AT)
        assert audit.verify(session).ok


def test_the_ledger_explains_every_number(any_database: Database) -> None:
    with any_database.session(write=True) as session:
        letter = an_entry(session, at=AT)
        void_number(session, fiscal_year=2026, reason="用紙の破損（見本）", by=APPROVER, at=AT)
        rows = register.ledger(session, LETTERS, 2026)
        assert [(number.sequence, issued and issued.id, number.void_reason) for number, issued in rows] == [
            (1, letter.id, None),
            (2, None, "用紙の破損（見本）"),
        ]
        assert register.last_number(session, LETTERS, 2026) == 2
        assert register.last_number(session, LETTERS, 2025) == 0


def test_a_letter_that_fails_leaves_nothing(database: Database, settings: Settings) -> None:
    def broken(_draft: object) -> dict[str, object]:
        return {"title": "見本", "addressee": "\ue000"}

    with pytest.raises(Exception, match="E000"), database.session(write=True) as session:
        a_letter(session, settings, signer=None, at=AT, make=broken)
    with database.session(write=True) as session:
        assert session.scalar(select(func.count()).select_from(IssuedLetter)) == 0
        assert session.scalar(select(func.count()).select_from(LetterNumber)) == 0
        issued = a_letter(session, settings, signer=None, at=AT)
        assert (issued.sequence, issued.tree_index, issued.sha256) == (1, 0, issued.base_sha256)
        assert issued.context["seal"] == "（公印省略）"
        stand.withdraw(session, issued.id, by=SYSTEM, at=AT)
        with pytest.raises(Conflict):
            a_letter(session, settings, signer=None, at=AT, replaces=issued.id)
