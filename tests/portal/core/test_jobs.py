"""Jobs are done at least once, tried again, and never silently lost."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.core import jobs
from portal.core.db import Database
from portal.core.jobs import Context, Job, JobState

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
seen: list[dict[str, Any]] = []


@jobs.handler("test.note")
def note(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    seen.append(dict(payload))
    if payload.get("fails"):
        raise ConnectionError("the text of an error may hold somebody's name")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    seen.clear()
    return


def context(database: Database, now: datetime = NOW) -> Context:
    return Context(database=database, now=now, services={})


def add(database: Database, **payload: Any) -> None:
    with database.session(write=True) as session:
        jobs.enqueue(session, "test.note", due_at=NOW, **payload)


def test_a_due_job_is_done_once(database: Database) -> None:
    add(database, n=1)
    job = jobs.run_one(context(database))
    assert job is not None
    assert job.state == JobState.DONE
    assert jobs.run_one(context(database)) is None
    assert seen == [{"n": 1}]


def test_many_workers_do_each_job_once(any_database: Database) -> None:
    for number in range(30):
        add(any_database, n=number)

    def work(_: int) -> None:
        while jobs.run_one(context(any_database)) is not None:
            pass

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert sorted(item["n"] for item in seen) == list(range(30))


def test_a_job_of_the_future_waits(database: Database) -> None:
    with database.session(write=True) as session:
        jobs.enqueue(session, "test.note", due_at=NOW + timedelta(seconds=1))
    assert jobs.run_one(context(database)) is None
    assert jobs.run_one(context(database, NOW + timedelta(seconds=2))) is not None


def test_a_job_rolled_back_with_its_cause_never_runs(database: Database) -> None:
    with database.open(write=True) as session:
        jobs.enqueue(session, "test.note", due_at=NOW)
        session.flush()
        session.rollback()
    assert jobs.run_one(context(database)) is None


def test_the_same_key_is_enqueued_once(database: Database) -> None:
    add(database, key="once")
    add(database, key="once")
    jobs.run_one(context(database))
    assert jobs.run_one(context(database)) is None


def test_a_job_whose_worker_died_is_taken_again(database: Database) -> None:
    add(database)
    with database.session(write=True) as session:
        assert jobs.claim(session, now=NOW) is not None
    assert jobs.run_one(context(database)) is None
    assert jobs.run_one(context(database, NOW + jobs.LEASE + timedelta(seconds=1))) is not None


def test_a_failing_job_pauses_longer_and_longer_then_waits_for_staff(database: Database) -> None:
    add(database, fails=True)
    now, tries = NOW, 0
    while (job := jobs.run_one(context(database, now))) is not None:
        tries += 1
        assert job.last_error == "ConnectionError"
        now += timedelta(days=1)
    assert tries == jobs.TRIES
    with database.session(write=True) as session:
        (dead,) = jobs.dead(session)
        jobs.revive(session, dead.id, now=now)
    assert jobs.run_one(context(database, now)) is not None


def test_an_unknown_kind_is_kept(database: Database) -> None:
    with database.session(write=True) as session:
        jobs.enqueue(session, "test.nobody", due_at=NOW)
    job = jobs.run_one(context(database))
    assert job is not None
    assert job.state == JobState.QUEUED
    assert job.last_error == "No handler for test.nobody"


def test_two_handlers_for_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        jobs.handler("test.note")(lambda *_: None)


def test_done_jobs_are_forgotten_and_dead_ones_kept(database: Database) -> None:
    add(database)
    jobs.run_one(context(database))
    with database.session(write=True) as session:
        session.add(
            Job(
                id="d", kind="x", payload={}, state=JobState.DEAD, due_at=NOW, created_at=NOW, finished_at=NOW, tries=10
            )
        )
        jobs.forget_done(session, before=NOW + timedelta(days=1))
        session.flush()
        assert jobs.counts(session) == {"dead": 1}
