"""What is published stays, on both databases."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment, Blob
from content.models.guards import GUARDS
from content.models.measures import Measure, MeasureReport
from portal.core import triggers
from portal.core.db import Database
from tests.factories.content import (
    NOW,
    a_document_taken_back,
    a_draft,
    a_filed_letter,
    a_published,
    a_published_at_once,
    a_withdrawal,
    load,
)

TABLES = [guard.table for guard in GUARDS]


@pytest.fixture(scope="module")
def published(shared_database: Database) -> Database:
    """A database with the archive and a bulletin of the desk; no test here gets as far as changing it."""
    with shared_database.session(write=True) as session:
        load(session)
        a_published(session)
        a_published_at_once(session, approved=True)
        a_withdrawal(session, "down-2026", 1)
        blob = Blob(sha256="0" * 64, data=b"", stored_at=NOW)
        session.add(blob)
        session.flush()
        about: dict[str, Any] = {"bulletin_id": "slow-2026/1", "position": 1, "title_ja": "図", "title_en": "Chart"}
        session.add(
            Attachment(
                id="slow-2026/1/file/1", name="a.png", media_type="image/png", size=0, sha256=blob.sha256, **about
            )
        )
        measure = session.scalars(select(Measure)).first()
        assert measure is not None
        said: dict[str, Any] = {"text_ja": "済んだ", "text_en": "Done", "written_by": "a", "approved_by": "b"}
        row = MeasureReport(id=f"{measure.id}/1", measure_id=measure.id, number=1, published_at=NOW, **said)
        row.status, row.effect = "done", "unknown"
        for one in (row, *a_filed_letter(), *a_document_taken_back()):
            session.add(one)
            session.flush()
    return shared_database


def test_the_guards_cover_everything_that_is_published() -> None:
    assert {
        "content_bulletin",
        "content_fact",
        "content_published_citation",
        "content_statement",
        "content_stated_status",
        "content_attachment",
        "content_approval",
        "content_withdrawal",
        "content_measure_report",
        "content_letter_step",
        "content_letter_block",
        "content_reading",
        "content_reading_withdrawal",
    } == set(TABLES)
    assert set(GUARDS) <= set(triggers.APPEND_ONLY)


def test_all_triggers_are_there(any_database: Database) -> None:
    with any_database.session(write=False) as session:
        assert triggers.missing(session, GUARDS) == []


@pytest.mark.parametrize("guard", GUARDS, ids=TABLES)
def test_a_published_row_can_be_neither_changed_nor_deleted(published: Database, guard: triggers.AppendOnly) -> None:
    table, key = guard.table, guard.keys[0] if isinstance(guard.keys[0], str) else guard.keys[0][0]
    for statement in (
        f"UPDATE {table} SET {key} = {key}",
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {key} = 'x' WHERE {key} = (SELECT {key} FROM {table} LIMIT 1)",
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
    with published.open(write=True) as session:  # not committed
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
