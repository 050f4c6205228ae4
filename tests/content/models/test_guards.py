"""What is published stays, on both databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from content.models.guards import GUARDS
from portal.core import triggers
from portal.core.db import Database
from tests.factories.content import a_draft, a_published, load

TABLES = [guard.table for guard in GUARDS]


@pytest.fixture
def published(any_database: Database) -> Database:
    """A database with the archive and a bulletin of the desk."""
    with any_database.session(write=True) as session:
        load(session)
        a_published(session)
    return any_database


def test_the_guards_cover_bulletins_facts_citations_and_statements() -> None:
    assert TABLES == ["content_bulletin", "content_fact", "content_published_citation", "content_statement"]
    assert set(GUARDS) <= set(triggers.APPEND_ONLY)


def test_all_triggers_are_there(any_database: Database) -> None:
    with any_database.session(write=False) as session:
        assert triggers.missing(session, GUARDS) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_published_row_can_be_neither_changed_nor_deleted(published: Database, table: str) -> None:
    for statement in (
        f"UPDATE {table} SET id = id",
        f"DELETE FROM {table}",
        f"UPDATE {table} SET id = 'x' WHERE id = (SELECT id FROM {table} LIMIT 1)",
    ):
        with pytest.raises(DatabaseError, match="append-only"), published.session(write=True) as session:
            session.execute(text(statement))
    with published.session(write=False) as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize("table", TABLES)
def test_nor_replaced_or_truncated(published: Database, table: str) -> None:
    sqlite = published.dialect == "sqlite"
    again = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
    statement = again if sqlite else f"TRUNCATE {table} CASCADE"
    with pytest.raises(DatabaseError, match="append-only"), published.session(write=True) as session:
        session.execute(text(statement))


def test_a_draft_may_change_until_it_ends(published: Database) -> None:
    with published.session(write=True) as session:
        draft = a_draft(session, key="another-2026")
        session.execute(text("UPDATE content_draft SET incident_key = 'other' WHERE id = :id"), {"id": draft.id})


@pytest.mark.parametrize(
    "change",
    [
        "state = 'published'",
        "state = 'review'",
        "state = 'unknown'",
        "decided_by = written_by",
    ],
)
def test_the_database_refuses_states_that_do_not_fit(published: Database, change: str) -> None:
    def act(session: Session) -> None:
        draft = a_draft(session, key="another-2026")
        session.execute(text(f"UPDATE content_draft SET {change} WHERE id = :id"), {"id": draft.id})

    with pytest.raises(IntegrityError), published.session(write=True) as session:
        act(session)
