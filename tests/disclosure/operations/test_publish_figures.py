"""The figures of a day are counted once by the worker; pages read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g

import disclosure.jobs
from disclosure.operations import publish_figures as publish_module
from disclosure.operations.publish_figures import count_if_missing, publish_figures
from disclosure.queries.published_figures import pack, published, unpack
from disclosure.views.public.statistics import KeptFigures
from portal.core import jobs
from tests.disclosure.queries.test_statistics import TODAY, fill

NOON = datetime(2025, 7, 1, 3, tzinfo=UTC)
PROFILE = "public-body"


@pytest.fixture
def filled(database):
    with database.session(write=True) as session:
        fill(session)
    return database


def test_what_is_kept_is_what_was_counted(filled):
    with filled.session(write=True) as session:
        found = count_if_missing(session, PROFILE, today=TODAY)
        assert found is not None
        assert unpack(pack(found)) == found
        publish_figures(session, found, PROFILE, today=TODAY, at=NOON)
        assert published(session, PROFILE, today=TODAY) == (TODAY, found)
        assert count_if_missing(session, PROFILE, today=TODAY) is None
        assert published(session, "j-lis-like", today=TODAY) is None
        assert published(session, PROFILE, today=TODAY + timedelta(days=6)) == (TODAY, found)
        assert published(session, PROFILE, today=TODAY + timedelta(days=7)) is None
        publish_figures(session, found, PROFILE, today=TODAY + timedelta(days=40), at=NOON)
        assert published(session, PROFILE, today=TODAY) is None


def test_the_worker_counts_once_a_day_and_no_page_does(filled, settings, monkeypatch):
    disclosure.jobs.publish(jobs.Context(filled, NOON, {"settings": settings}), "job", {})
    calls = []
    monkeypatch.setattr(publish_module, "figures", lambda *_args, **_more: calls.append(1))
    disclosure.jobs.publish(jobs.Context(filled, NOON, {"settings": settings}), "job", {})

    kept = KeptFigures()
    with Flask(__name__).test_request_context(), filled.session(write=False) as session:
        g.session = session
        today = kept.of(TODAY, PROFILE)
        assert today.until == TODAY - timedelta(days=1)
        assert kept.of(TODAY + timedelta(days=1), PROFILE) == today, "until the worker has counted again"
    assert not calls
