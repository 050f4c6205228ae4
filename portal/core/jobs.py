"""Work that follows a change: rows written in the change's own transaction, done at least once by a worker.

A worker claims a row with a lease; if it dies, the lease runs out and another worker takes the row. A failing job
is tried again after a growing pause; after the last try it is *dead* and waits for staff, never silently lost.
Handlers must therefore be harmless when run twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Index,
    Integer,
    String,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.db import Base, Database, UtcDateTime, new_id

LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800))
TRIES = len(PAUSES) + 1


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Job(Base):
    """One piece of work. ``payload`` holds identifiers only, never personal data."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("(state = 'running') = (leased_until IS NOT NULL)", name="running_is_leased"),
        CheckConstraint("state IN ('queued', 'running', 'done', 'dead')", name="state_is_known"),
        Index("ix_job_state_due_at", "state", "due_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True)
class Context:
    """What a handler works with: the database, the clock's reading and the building's services by name."""

    database: Database
    now: datetime
    services: Mapping[str, Any]


Handler = Callable[[Context, str, Mapping[str, Any]], None]
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register ``fn(context, job_id, payload)``; it opens its own transactions, so no lock is held while it waits."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise ValueError(f"Two handlers for {kind}")
        return function

    return register


_schedule: dict[str, timedelta] = {}


def every(kind: str, pause: timedelta) -> None:
    """Have the worker enqueue ``kind`` once in each ``pause``; with many workers still once."""
    _schedule[kind] = pause


def enqueue_scheduled(session: Session, *, now: datetime) -> None:
    """Enqueue what the schedule says is due; the key of a period makes it unique."""
    for kind, pause in _schedule.items():
        period = int(now.timestamp() // pause.total_seconds())
        enqueue(session, kind, due_at=now, key=f"{kind}@{period}")


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether a worker would find something to claim; a cheap read."""
    return session.scalar(select(Job.id).where(_free(now)).limit(1)) is not None


def forget_done(session: Session, *, before: datetime) -> None:
    """Delete finished jobs older than ``before``; dead ones stay until staff look at them."""
    session.execute(delete(Job).where(Job.state == JobState.DONE, Job.finished_at < before))


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(
        (Job.state == JobState.QUEUED) & (Job.due_at <= now),
        (Job.state == JobState.RUNNING) & (Job.leased_until < now),
    )


def enqueue(
    session: Session, kind: str, *, due_at: datetime, key: str | None = None, **payload: str | int | bool | None
) -> Job | None:
    """Add work to this transaction. With a ``key`` that is already there nothing is added and None returned."""
    if key is not None and session.scalar(select(Job.id).where(Job.key == key)):
        return None
    job = Job(
        id=new_id(),
        kind=kind,
        key=key,
        payload=payload,
        state=JobState.QUEUED,
        due_at=due_at,
        created_at=due_at,
        tries=0,
    )
    session.add(job)
    return job


def claim(session: Session, *, now: datetime) -> Job | None:
    """Take the job that is due longest, or one whose worker died; the caller commits before it works."""
    wanted = select(Job.id).where(_free(now)).order_by(Job.due_at, Job.id).limit(1).with_for_update(skip_locked=True)
    return session.scalar(
        update(Job)
        .where(Job.id == wanted.scalar_subquery())
        .values(state=JobState.RUNNING, leased_until=now + LEASE, tries=Job.tries + 1)
        .returning(Job)
    )


def run_one(context: Context) -> Job | None:
    """Claim and do one job; returns it, or None when nothing is due. A handler's error is recorded, not raised."""
    with context.database.session(write=True) as session:
        job = claim(session, now=context.now)
    if job is None:
        return None
    error = ""
    try:
        _handlers[job.kind](context, job.id, job.payload)
    except KeyError:
        error = f"No handler for {job.kind}" if job.kind not in _handlers else "KeyError"
    except Exception as problem:  # noqa: BLE001, RUF100 - whatever a handler raises, the job must be kept
        error = type(problem).__name__
    with context.database.session(write=True) as session:
        _finish(session, job.id, context.now, error)
        return session.get_one(Job, job.id)


def _finish(session: Session, job_id: str, now: datetime, error: str) -> None:
    job = session.get_one(Job, job_id)
    job.leased_until = None
    job.last_error = error
    if not error:
        job.state, job.finished_at = JobState.DONE, now
    elif job.tries >= TRIES:
        job.state, job.finished_at = JobState.DEAD, now
    else:
        job.state, job.due_at = JobState.QUEUED, now + PAUSES[job.tries - 1]


def revive(session: Session, job_id: str, *, now: datetime) -> None:
    """Put a dead job back in the queue with all its tries."""
    job = session.get_one(Job, job_id)
    if job.state == JobState.DEAD:
        job.state, job.tries, job.due_at, job.finished_at = JobState.QUEUED, 0, now, None


def dead(session: Session) -> list[Job]:
    """The jobs that gave up, newest first, for the staff's list."""
    return list(session.scalars(select(Job).where(Job.state == JobState.DEAD).order_by(Job.finished_at.desc())))


def counts(session: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    rows = session.execute(select(Job.state, func.count()).group_by(Job.state)).all()
    return {state: int(number) for state, number in rows}
