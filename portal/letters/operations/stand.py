"""A letter ceases to be in force: it is replaced by another, or withdrawn. The letter itself is never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, NotFound
from portal.letters import leaves, policy
from portal.letters.models.register import Change, IssuedLetter, Standing
from portal.letters.operations import grow

NOT_IN_FORCE = N_("This letter is no longer in force: it was replaced or withdrawn before.")


def in_force(session: Session, letter_id: str) -> IssuedLetter:
    """The letter, held until the transaction ends. NotFound; Conflict when it is no longer in force."""
    letter = session.scalar(select(IssuedLetter).where(IssuedLetter.id == letter_id).with_for_update())
    if letter is None:
        raise NotFound
    if session.get(Standing, letter_id) is not None:
        raise Conflict(NOT_IN_FORCE)
    return letter


def replace(session: Session, old: IssuedLetter, new: IssuedLetter, *, since: date, at: datetime) -> None:
    """Note that ``new`` stands in the place of ``old``, which ``in_force`` gave."""
    data = leaves.replaced(sha256=old.sha256, by=new.sha256, since=since)
    _note(session, old, Change.REPLACED, data, new.id, since=since, at=at)


def withdraw(session: Session, letter_id: str, *, by: Actor, at: datetime) -> None:
    """Take a letter back without another in its place. Forbidden, NotFound, Conflict."""
    policy.check(by, policy.Right.WITHDRAW)
    letter, today = in_force(session, letter_id), day_in_japan(at)
    data = leaves.withdrawn(sha256=letter.sha256, since=today)
    _note(session, letter, Change.WITHDRAWN, data, None, since=today, at=at)
    audit.record(session, at=at, actor=by, action=policy.Right.WITHDRAW.value, subject=letter.id)


def _note(
    session: Session,
    letter: IssuedLetter,
    change: Change,
    data: str,
    replaced_by: str | None,
    *,
    since: date,
    at: datetime,
) -> None:
    index = grow.append(session, data, at=at)
    session.add(
        Standing(
            letter_id=letter.id, change=change.value, replaced_by=replaced_by, since=since, at=at, tree_index=index
        )
    )
    session.flush()
