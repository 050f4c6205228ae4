"""What follows every change of what is public, in the same transaction: a new revision and marks for the search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from content.models.revisions import PublicChange, Revision
from content.queries.revision import EVERYTHING
from content.rules.owners import Owner
from search import operations as search

# Who has not looked for longer than this takes everything as changed.
REVISIONS_KEPT = 1000


def record_key(owner: Owner, key: str) -> str:
    """The key of a thing's search record."""
    return f"{owner}/{key}"


def public_changed(session: Session, keys: Iterable[str], *, at: datetime, alone: bool = False) -> None:
    """Raise the revision by one and mark the records ``keys`` as changed.

    ``alone``: these are all things whose own pages changed, so that kept pages of others stay good. Lists and
    overviews change with every revision.
    """
    changed = sorted(set(keys))
    raised = update(Revision).where(Revision.id == 1).values(number=Revision.number + 1, changed_at=at)
    number = session.scalar(raised.returning(Revision.number))
    if number is None:
        number = 1
        session.add(Revision(id=1, number=number, changed_at=at))
    session.add_all(PublicChange(number=number, key=key) for key in (changed if alone and changed else [EVERYTHING]))
    session.execute(delete(PublicChange).where(PublicChange.number <= number - REVISIONS_KEPT))
    for key in changed:
        search.mark_dirty(session, key)
    session.flush()
