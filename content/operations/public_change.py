"""What follows every change of what is public, in the same transaction: a new revision and marks for the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from content.models.revisions import PublicChange, Revision
from content.queries.revision import EVERYTHING
from content.rules.owners import Owner
from search import operations as search


@dataclass(frozen=True)
class Changed:
    """A change of what is public: its revision, the search keys of what changed, and when.

    ``alone``: nothing but the pages of these things changed, and lists; else any page may be another one.
    """

    number: int
    keys: tuple[str, ...]
    alone: bool
    at: datetime


Follower = Callable[[Session, Changed], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> Follower:
    """Have ``follower`` called within each transaction that changes what is public.

    It only enqueues jobs there, with identifiers; these look at the record again and are harmless when run twice.
    """
    if follower not in _followers:
        _followers.append(follower)
    return follower


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
    rows = [{"key": key, "number": number} for key in (changed if alone and changed else [EVERYTHING])]
    session.execute(delete(PublicChange).where(PublicChange.key.in_([row["key"] for row in rows])))
    session.execute(insert(PublicChange), rows)
    for key in changed:
        search.mark_dirty(session, key, at=at)  # due before all that the followers enqueue: readers search at once
    for follower in _followers:
        follower(session, Changed(number, tuple(changed), alone and bool(changed), at))
    session.flush()
