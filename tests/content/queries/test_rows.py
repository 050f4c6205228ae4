"""Questions that are built once answer the same on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import event, insert

from content.models.revisions import PublicChange
from content.queries.rows import Rows, among
from portal.core.db import Database

KEYS = ("incident/a", 'incident/"b\\,{}', "incident/見本")
CHANGES = Rows(PublicChange, among(PublicChange.key), order=[PublicChange.number])
NUMBERED = Rows(PublicChange, among(PublicChange.number, "numbers"), order=[PublicChange.number])


@pytest.fixture
def written(any_database: Database) -> Database:
    with any_database.session(write=True) as session:
        rows = [{"number": number, "key": key} for number, key in enumerate(KEYS, 1)]
        session.execute(insert(PublicChange), rows)
    return any_database


def test_many_values_are_found_whatever_they_hold(written: Database) -> None:
    others = [f"incident/{number}" for number in range(40_000)]  # more than either database has places for
    with written.session(write=False) as session:
        assert [row.key for row in CHANGES.of(session, keys=[*KEYS, *KEYS, *others])] == list(KEYS)
        assert [row.key for row in CHANGES.of(session, keys={KEYS[1]})] == [KEYS[1]]
        assert [row.key for row in NUMBERED.of(session, numbers=(3, 1))] == [KEYS[0], KEYS[2]]
        assert CHANGES.of(session, keys=()) == []


def test_the_question_is_the_same_for_any_number_of_values(written: Database) -> None:
    asked: list[str] = []
    event.listen(written.engine, "before_cursor_execute", lambda _c, _u, statement, *_more: asked.append(statement))
    with written.session(write=False) as session:
        for count in (0, 1, 2, 3):
            CHANGES.of(session, keys=KEYS[:count])
    assert len({statement for statement in asked if "public_change" in statement}) == 1


def test_values_are_looked_up_by_their_index(database: Database) -> None:
    with database.session(write=False) as session:
        statement = str(CHANGES._statement.compile(session.connection()))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ('["a"]',)).all()
    assert any("SEARCH content_public_change USING" in row[-1] for row in plan), plan
