"""What follows every change of what is public, in the same transaction: a new revision and marks for the search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from content.models.revisions import Revision
from content.rules.owners import Owner
from search import operations as search


def record_key(owner: Owner, key: str) -> str:
    """The key of a thing's search record."""
    return f"{owner}/{key}"


def public_changed(session: Session, keys: Iterable[str], *, at: datetime) -> None:
    """Raise the revision by one and mark the records ``keys`` as changed."""
    raised = update(Revision).where(Revision.id == 1).values(number=Revision.number + 1, changed_at=at)
    if session.execute(raised.returning(Revision.id)).first() is None:
        session.add(Revision(id=1, number=1, changed_at=at))
    for key in sorted(set(keys)):
        search.mark_dirty(session, key)
    session.flush()
