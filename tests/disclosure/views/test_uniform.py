"""Two offices that are the same but for one thing: in one there is an inquiry about the requester. Byte for byte.

Both run on the same clock and draw the same random numbers (ids, codes, tokens), so that nothing has to be made alike
afterwards. The one exception is the token against forged forms: it is signed with the secret of its installation.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import shake_256
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import disclosure.jobs  # noqa: F401 - what the worker does for this room
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.operations import look
from disclosure.operations.assign import assign, note
from disclosure.operations.decide import approve, draft, send_back, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.look import What
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.kinds import RecordKind
from portal import services
from portal.app import create_app
from portal.core import clock, db, jobs
from portal.services import Services
from tests.client import Browser
from tests.conftest import make_settings
from tests.factories.disclosure import APPROVER, LICENCE, NOON, OFFICER, RECEPTION, submitted

OWN_WORDS = (Reason("照会文書", "N8", "照会がありました", "捜査の支障"),)
TOKEN = re.compile(rb'(<input(?=[^>]*name="csrf_token")[^>]*value=")[^"]*')
READINGS = ("", "/easy", "/english")
FILES = ("/letter.pdf", "/easy.pdf", "/english.pdf", "/letter.txt")


@dataclass
class Course:
    """The clock and the dice of a world: what is drawn on a day depends on nothing but the day and the order."""

    at: datetime = NOON
    drawn: int = 0
    _step: str = field(default="")

    def stand(self, days: int, step: str) -> None:
        """Put the clock on noon of a day, with fresh dice for this step."""
        self.at, self._step, self.drawn = NOON + timedelta(days=days), f"{days} {step}", 0

    def dice(self, size: int) -> bytes:
        self.drawn += 1
        return shake_256(f"{self._step} {self.drawn}".encode()).digest(size)


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> Course:
    made = Course()
    monkeypatch.setattr(clock, "now", lambda: made.at)
    monkeypatch.setattr(os, "urandom", made.dice)
    monkeypatch.setattr(random, "_urandom", made.dice)  # where ``secrets`` gets its bytes from
    monkeypatch.setattr(db, "time", SimpleNamespace(time_ns=lambda: int(made.at.timestamp()) * 10**9))
    return made


World = Callable[..., dict[str, bytes]]


@pytest.fixture
def world(course: Course, empty_sqlite: Path, tmp_path: Path) -> World:
    """What the requester and the public of one office get to read, by name, from receipt to the letter and after."""

    def run(name: str, *, found: bool) -> dict[str, bytes]:
        home = tmp_path / name
        home.mkdir()
        shutil.copy(empty_sqlite, home / "kaiji.db")
        settings = make_settings(home)
        services.make_keys(settings)
        course.stand(0, "start")
        app = create_app(settings)
        building: Services = app.extensions["kaiji"]
        try:
            return _told(Office(building, course), Browser(app), found=found)
        finally:
            building.database.close()

    return run


@dataclass
class Office:
    """What staff do in one world."""

    building: Services
    course: Course
    number: str = ""
    code: str = ""

    def receive(self) -> None:
        with self.building.database.session(write=True) as session:
            made = submitted(session, self.building.settings, self.building.office, at=NOON, records=RecordKind.INQUIRY)
            self.number, self.code = made.case_number, made.access_code

    def do(self, days: int, *steps: str) -> None:
        """Steps of one day, one after the other."""
        for number, step in enumerate(steps):
            self.course.stand(days, f"{step} {number}")
            with self.building.database.session(write=True) as session:
                case = session.scalars(select(Case).where(Case.number == self.number)).one()
                self._step(session, case, step)

    def _step(self, session: Session, case: Case, step: str) -> None:
        at, vault = self.course.at, self.building.office
        if step == "identity":
            look.look(session, case, What.CASE, by=RECEPTION, at=at)
            start_identity_check(session, case, by=RECEPTION, at=at)
            confirm_identity(session, case, [LICENCE], by=RECEPTION, at=at)
            assign(session, case, assignee_id=OFFICER.id, assignee_name=OFFICER.name, by=RECEPTION, at=at)
        elif step == "look":
            look.look(session, case, What.CASE, by=OFFICER, at=at)
        elif step == "note":
            note(session, case, "令和7年に捜査関係事項照会があり、回答済み。", vault=vault, by=OFFICER, at=at)
        elif step in ("draft", "draft-own-words"):
            words = OWN_WORDS if step == "draft-own-words" else ()
            draft(session, case, DecisionType.NEITHER, words, vault=vault, by=OFFICER, at=at)
            send_for_approval(session, case, vault=vault, by=OFFICER, at=at)
        elif step == "send-back":
            send_back(session, case, "照会の記録を確認してください。", vault=vault, by=APPROVER, at=at)
        elif step == "approve":
            look.look(session, case, What.DRAFT, by=APPROVER, at=at)
            approve(session, case, by=APPROVER, at=at)
        else:
            issue(session, case, settings=self.building.settings, vault=vault, signer=None, by=APPROVER, at=at)


def _told(office: Office, browser: Browser, *, found: bool) -> dict[str, bytes]:
    """The two ways of the desk, and the pages on the same days of both."""
    told: dict[str, bytes] = {}

    def read(days: int, *paths: str) -> None:
        office.course.stand(days, "read")
        browser.get("/request/status")
        assert browser.send(number=office.number, code=office.code).path == "/request/case"
        for path in paths:
            for prefix in ("",) if path.endswith(FILES) else ("", "/en"):
                page = browser.get(f"{prefix}{path}")
                assert page.status == 200, path
                told[f"day {days}: {prefix}{path}"] = TOKEN.sub(rb"\1", page.data)
        browser.get("/request/case")
        browser.send("/leave")

    case, figures = ("/request/case", "/request/case/days.ics"), "/statistics/requests"
    office.receive()
    office.do(2, "identity")
    if not found:
        office.do(3, "draft", "approve")
    read(6, *case)
    if found:
        office.do(7, "look", "look", "note", "look", "draft-own-words")
        office.do(9, "look", "send-back", "look", "note", "draft")
    read(10, *case, "/request/case/withdraw")
    if found:
        office.do(12, "look", "approve")
    office.do(20, "issue")
    with office.building.database.session(write=False) as session:
        letter = f"/request/case/letters/{session.scalars(select(Letter.id)).one()}"
    read(20, *case, *(f"{letter}{form}" for form in READINGS + FILES))
    if found:
        office.do(22, "look", "look")
    _work(office)
    read(23, *case, figures, f"{figures}.csv", f"{figures}.json")
    for path in sorted(office.building.settings.outbox.glob("*.eml")):
        told[path.name] = path.read_bytes()
    return told


def _work(office: Office) -> None:
    """Everything that the worker has to do by now."""
    office.course.stand(23, "worker")
    given = {"vault": office.building.office, "mailer": office.building.mailer, "settings": office.building.settings}
    context = jobs.Context(database=office.building.database, now=office.course.at, services=given)
    while (done := jobs.run_one(context)) is not None:
        assert done.state is jobs.JobState.DONE, done.last_error


def test_whether_there_is_an_inquiry_changes_no_byte_of_what_anybody_gets(world: World) -> None:
    nothing, something = world("nothing", found=False), world("something", found=True)
    assert list(nothing) == list(something)
    assert [name for name in nothing if nothing[name] != something[name]] == []
    assert sum(name.endswith(".pdf") for name in nothing) == 3
    assert sum(name.endswith(".eml") for name in nothing) == 2
    assert "照会がありました".encode() not in b"".join(something.values())
