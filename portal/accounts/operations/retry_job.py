"""Have a job that gave up tried again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import policy
from portal.accounts.policy import Action
from portal.core import audit, jobs
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, NotFound

NO_JOB = N_("There is no such job.")
NOT_DEAD = N_("This job is already being tried again.")


def retry_job(session: Session, job_id: str, *, by: Actor, at: datetime) -> None:
    """Put a dead job back in the queue; raises NotFound, or Conflict when it is not dead any more."""
    policy.check(by, Action.RETRY_JOB)
    job = session.get(jobs.Job, job_id, with_for_update=True)
    if job is None:
        raise NotFound(NO_JOB)
    if job.state != jobs.JobState.DEAD:
        raise Conflict(NOT_DEAD)
    jobs.revive(session, job_id, now=at)
    audit.record(session, at=at, actor=by, action=Action.RETRY_JOB, subject=job_id, detail={"kind": job.kind})
