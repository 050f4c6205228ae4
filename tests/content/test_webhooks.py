"""Webhooks, from the form to a real receiver: challenge, signature, tries, log, stopping."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

import content.jobs  # noqa: F401 - registers the handlers
from content.operations import call_webhook, webhooks
from content.operations.question_letters.note_overdue import note_overdue
from content.rules.hook_signing import secret_of, signature
from portal import services
from portal.app import create_app
from portal.core import clock, jobs
from portal.core.db import Database
from tests.client import Browser
from tests.conftest import make_settings
from tests.factories.content import APPROVER, WRITER, a_filed_letter, a_writing
from tests.factories.receiver import Receiver, receiver

START = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


class Programs:
    """The application with its worker, and a program that listens."""

    def __init__(self, app: Flask, moment: time_machine.Coordinates, there: Receiver) -> None:
        self.app, self.moment, self.there = app, moment, there
        self.building = app.extensions["kaiji"]
        self.store: Database = self.building.database
        self.browser = Browser(app)

    def work(self) -> None:
        values = {"vault": self.building.office, "settings": self.building.settings, "mailer": self.building.mailer}
        while jobs.run_one(jobs.Context(self.store, clock.now(), values)) is not None:
            pass

    def later(self, **by: float) -> None:
        self.moment.shift(timedelta(**by))

    def publish(self, *, new: bool = True) -> None:
        from content.operations.publish import publish
        from content.operations.review import send_for_review
        from content.operations.write_bulletin import write_bulletin

        with self.store.session(write=True) as session:
            at = clock.now()
            draft = write_bulletin(session, a_writing(), incident_key="slow-2026", new=new, by=WRITER, at=at)
            send_for_review(session, draft, by=WRITER, at=at)
            publish(session, draft, by=APPROVER, at=at)

    def set_up(self, url: str = "", **typed: str) -> str:
        """Fill in the form; returns the owner's token."""
        self.browser.get("/en/follow/webhooks")
        page = self.browser.send("", url=url or self.there.url, **typed)
        assert page.heading == "Your webhook", page.errors
        self.work()
        self.later(seconds=1)
        return page.path.rpartition("/")[2]

    def own(self, token: str) -> str:
        return self.browser.get(f"/en/follow/webhooks/{token}").text


@pytest.fixture
def programs(home: Path, loaded_sqlite: Path) -> Iterator[Programs]:
    settings = make_settings(home, webhooks_anywhere="1")
    shutil.copy(loaded_sqlite, home / "kaiji.db")
    services.make_keys(settings)
    app = create_app(settings)
    with receiver() as there, time_machine.travel(START, tick=False) as moment:
        yield Programs(app, moment, there)
    app.extensions["kaiji"].database.close()


def test_a_program_is_asked_first_and_then_told_with_a_signature(programs: Programs) -> None:
    token = programs.set_up(system="jpki")
    (question,) = programs.there.calls
    assert question.said["type"] == "challenge"
    assert "Active" in programs.own(token)
    programs.publish()
    programs.work()
    call = programs.there.calls[-1]
    assert call.said["type"] == "bulletin.published"
    assert call.said["data"]["incident"] == "slow-2026"  # type: ignore[index]
    headers = {name.lower(): value for name, value in call.headers.items()}
    stamp = int(headers["webhook-timestamp"])
    assert headers["webhook-signature"] == signature(secret_of(token), headers["webhook-id"], stamp, call.body)
    assert secret_of(token) in programs.own(token)
    assert "slow-2026/1 (Published)" in programs.own(token)
    programs.work()
    assert len(programs.there.calls) == 2


def test_a_program_hears_of_each_step_of_a_question_letter_and_of_overdue_days(programs: Programs) -> None:
    with programs.store.session(write=True) as session:
        for row in a_filed_letter():
            session.add(row)
            session.flush()
    token = programs.set_up(topic="letters", letter="q-2026-0001")
    programs.publish()
    programs.work()
    programs.moment.move_to(datetime(2026, 12, 5, 3, 0, tzinfo=UTC))
    with programs.store.session(write=True) as session:
        assert note_overdue(session, today=date(2026, 12, 5), at=clock.now()) == 1
    programs.work()
    assert [one.said["type"] for one in programs.there.calls] == ["challenge", "letter.filed", "letter.overdue"]
    call = programs.there.calls[-1]
    data = call.said["data"]
    assert (data["letter"], data["day"], data["state"]) == ("q-2026-0001", "2026-12-04", "open")  # type: ignore[index]
    assert "q-2026-0001 (A day has passed without an answer)" in programs.own(token)


def test_a_program_that_does_not_answer_the_challenge_is_told_nothing(programs: Programs) -> None:
    programs.there.answers = False
    token = programs.set_up()
    programs.publish()
    programs.later(hours=1)
    programs.work()
    assert len(programs.there.calls) == 1
    assert "The challenge did not come back." in programs.own(token)
    programs.there.answers = True
    programs.browser.send("", "Ask my program again", step="challenge")
    programs.work()
    assert "Active" in programs.own(token)


def test_a_failed_call_is_tried_again_with_the_same_id_until_the_webhook_stops(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_webhook, "MOST_FAILURES", 4)
    token = programs.set_up()
    programs.there.status = 503
    programs.publish()
    programs.work()
    assert len(programs.there.calls) == 2
    programs.work()
    assert len(programs.there.calls) == 2, "not before the pause is over"
    programs.later(seconds=6)
    programs.work()
    one, again = (call.headers["webhook-id"] for call in programs.there.calls[1:])
    assert one == again
    programs.there.status = 200
    programs.later(minutes=2)
    programs.work()
    assert "The answer was not 2xx." in programs.own(token)
    assert "Delivered" in programs.own(token)
    programs.there.status = 500
    programs.publish(new=False)
    for _ in range(6):
        programs.work()
        programs.later(hours=3)
    assert len(programs.there.calls) == 4 + 4
    assert "Stopped" in programs.own(token)
    programs.publish(new=False)
    programs.work()
    assert len(programs.there.calls) == 8
    with programs.store.session(write=False) as session:
        assert jobs.dead(session) == []


def test_the_owner_removes_it_and_nobody_else_finds_it(programs: Programs) -> None:
    token = programs.set_up()
    assert programs.app.test_client().get("/follow/webhooks/nothing").status_code == 404
    programs.own(token)
    programs.browser.send("", "Remove this webhook", step="remove")
    assert programs.app.test_client().get(f"/follow/webhooks/{token}").status_code == 404
    programs.publish()
    programs.work()
    assert len(programs.there.calls) == 1


def test_secrets_and_addresses_are_not_stored_in_the_clear(programs: Programs) -> None:
    token = programs.set_up()
    programs.store.forget_deleted()
    for path in programs.building.settings.home.glob("kaiji.db*"):
        data = path.read_bytes()
        for secret in (token, secret_of(token), programs.there.url):
            assert secret.encode() not in data


def test_an_own_network_is_not_called(app: Flask, store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    building = app.extensions["kaiji"]
    browser = Browser(app)
    for wrong in ("http://program.example.jp/x", "https://user@program.example.jp/", "ftp://x.jp", "https://", "x y"):
        browser.get("/en/follow/webhooks")
        assert browser.send("", url=wrong).status == 422, wrong
    browser.get("/en/follow/webhooks")
    page = browser.send("", url="https://127.0.0.1:9/inside")
    assert page.heading == "Your webhook"
    values = {"vault": building.office, "settings": building.settings, "mailer": building.mailer}
    while jobs.run_one(jobs.Context(store, clock.now(), values)) is not None:
        pass
    assert "The server stands in a private network." in browser.get(page.path).text


def test_idle_ones_are_forgotten(programs: Programs) -> None:
    programs.there.answers = False
    token = programs.set_up()
    with programs.store.session(write=True) as session:
        webhooks.forget_idle(session, now=clock.now() + timedelta(days=8))
    assert programs.app.test_client().get(f"/follow/webhooks/{token}").status_code == 404
