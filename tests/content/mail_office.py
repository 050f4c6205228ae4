"""A site whose followers get mail over a real mail server, at a moment that moves on."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import Message

import time_machine
from flask import Flask
from sqlalchemy import func, select

import content.jobs  # noqa: F401 - registers the handlers
from content.models.followers import MailFollower
from content.operations.publish import publish
from content.operations.review import send_for_review
from content.operations.withdraw import ask_withdrawal, withdraw
from content.operations.write_bulletin import write_bulletin
from content.rules.writing import Writing, WrittenWithdrawal
from portal.core import clock, jobs, mail
from portal.core.db import Database
from tests.client import Browser
from tests.conftest import make_settings
from tests.factories.content import APPROVER, WRITER, a_writing
from tests.factories.smtp import Box, words

START = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
READER = "Reader.Sample@kaiji.example"


class Office:
    """The application, its worker and its mailbox, at a moment that moves on."""

    def __init__(self, app: Flask, box: Box, moment: time_machine.Coordinates) -> None:
        self.app, self.box, self.moment = app, box, moment
        self.building = app.extensions["kaiji"]
        self.store: Database = self.building.database
        smtp = make_settings(
            self.building.settings.home, smtp_host="127.0.0.1", smtp_port=str(box.port), smtp_starttls="0"
        )
        self.services = {"vault": self.building.office, "mailer": mail.mailer(smtp), "settings": self.building.settings}

    def later(self, **by: float) -> None:
        self.moment.shift(timedelta(**by))

    def work(self) -> None:
        """Everything that is due now."""
        while jobs.run_one(jobs.Context(self.store, clock.now(), self.services)) is not None:
            pass

    def publish(self, writing: Writing | None = None, *, new: bool = True) -> None:
        with self.store.session(write=True) as session:
            at = clock.now()
            draft = write_bulletin(session, writing or a_writing(), incident_key="slow-2026", new=new, by=WRITER, at=at)
            send_for_review(session, draft, by=WRITER, at=at)
            publish(session, draft, by=APPROVER, at=at)

    def withdraw(self, number: int) -> None:
        with self.store.session(write=True) as session:
            text = WrittenWithdrawal(number=number, reason_ja="別の障害の文だった", reason_en="About another fault")
            draft = ask_withdrawal(session, "slow-2026", text, by=WRITER, at=clock.now())
            withdraw(session, draft, by=APPROVER, at=clock.now())

    def ask(self, prefix: str = "", **typed: str) -> str:
        browser = Browser(self.app)
        browser.get(f"{prefix}/follow/mail")
        page = browser.send("", **{"address": READER, "pace": "at-once", **typed})
        return page.text

    def follow(self, prefix: str = "", **typed: str) -> str:
        """Ask and confirm; returns the token of the mail."""
        self.ask(prefix, **typed)
        self.work()
        token = token_in(self.box.received[-1])
        browser = Browser(self.app)
        browser.get(f"{prefix}/follow/mail/{token}")
        browser.post(f"{prefix}/follow/mail/{token}", {**browser.page.form().values, "step": "confirm"})  # type: ignore[union-attr]
        self.later(seconds=1)
        return token

    def followers(self) -> int:
        with self.store.session(write=False) as session:
            return session.scalar(select(func.count()).select_from(MailFollower)) or 0


def token_in(message: Message) -> str:
    found = re.search(r"/follow/mail/([\w-]{43})", words(message))
    assert found
    return found[1]
