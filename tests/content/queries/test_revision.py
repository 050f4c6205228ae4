"""What each revision changed is known for good, however long ago one looked."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.revisions import PublicChange
from content.operations.public_change import public_changed
from content.queries import revision

AT = datetime(2026, 11, 21, tzinfo=UTC)


def publish(session: Session, *keys: str, alone: bool = True) -> int:
    public_changed(session, keys, at=AT, alone=alone)
    return revision.number(session)


def test_a_thing_keeps_its_number_while_others_change(session: Session) -> None:
    first = publish(session, "incident/a", "system/s")
    for _ in range(3):
        publish(session, "incident/b")
    assert revision.number_of(session, "incident/a") == revision.number_of(session, "system/s") == first == 1
    assert revision.number_of(session, "incident/b") == revision.number(session) == 4
    assert revision.number_of(session, "incident/never") == 0
    assert session.scalar(select(func.count()).select_from(PublicChange)) == 3


def test_a_change_of_anything_is_a_change_of_each_thing(session: Session) -> None:
    publish(session, "incident/a")
    anything = publish(session, "incident/b", alone=False)
    assert revision.number_of(session, "incident/a") == revision.number_of(session, "incident/c") == anything
    assert publish(session, "incident/a") == revision.number_of(session, "incident/a") == 3


def test_all_changes_since_a_revision_are_told(session: Session) -> None:
    assert revision.changes(session, 0) == (0, set())
    publish(session, "incident/a", "system/s")
    publish(session, "incident/a", "incident/b")
    assert revision.changes(session, 0) == (2, {"incident/a", "incident/b", "system/s"})
    assert revision.changes(session, 1) == (2, {"incident/a", "incident/b"})
    assert revision.changes(session, 2) == (2, set())
    publish(session, alone=False)
    assert revision.changes(session, 1) == (3, None)
    assert revision.changes(session, 3) == (3, set())
