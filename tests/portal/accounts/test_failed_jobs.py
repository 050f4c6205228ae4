"""Background work that gave up."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import StaffAccount
from portal.core import clock, jobs
from portal.core.db import Database, new_id
from tests.factories.accounts import press, sign_in
from tests.portal.accounts.conftest import actions


@pytest.fixture
def dead(database: Database) -> str:
    now, job_id = clock.now(), new_id()
    with database.session(write=True) as session:
        session.add(
            jobs.Job(
                id=job_id, kind="sample.work", key=None, payload={}, state=jobs.JobState.DEAD, due_at=now, tries=10,
                created_at=now, finished_at=now, last_error="TimeoutError",
            )
        )  # fmt: skip
    return job_id


@pytest.fixture
def admin(app: Flask, administrator: StaffAccount) -> FlaskClient:
    client = app.test_client()
    sign_in(client, login="sample-admin")
    return client


def test_a_dead_job_is_listed_and_tried_again(admin: FlaskClient, dead: str, database: Database) -> None:
    page = admin.get("/staff/jobs").text
    assert "sample.work" in page
    assert "TimeoutError" in page
    assert press(admin, f"/staff/jobs/{dead}/retry", on="/staff/jobs").status_code == 303
    with database.session(write=False) as session:
        job = session.get_one(jobs.Job, dead)
    assert (job.state, job.tries) == (jobs.JobState.QUEUED, 0)
    assert ("accounts.job.retry", dead) in actions(database)


def test_a_job_is_put_back_only_once(admin: FlaskClient, dead: str) -> None:
    press(admin, f"/staff/jobs/{dead}/retry", on="/staff/jobs")
    assert press(admin, f"/staff/jobs/{dead}/retry", on="/staff/accounts/new").status_code == 409
    assert press(admin, "/staff/jobs/unknown/retry", on="/staff/accounts/new").status_code == 404


def test_nothing_failed_says_so(admin: FlaskClient) -> None:
    assert '<p class="empty">' in admin.get("/staff/jobs").text
