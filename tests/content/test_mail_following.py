"""Following by mail, from the form over a real mail server to the click that ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, select

import content.jobs  # noqa: F401 - registers the handlers
from content.models.followers import MailDelivery, MailFollower
from content.operations import announce, follow_by_mail
from content.operations.publish import publish
from content.operations.review import send_for_review
from content.operations.withdraw import ask_withdrawal, withdraw
from content.operations.write_bulletin import write_bulletin
from content.rules.following import DeliveryState, Interest, Pace, Subject, concerns, is_wanted
from content.rules.writing import Writing, WrittenWithdrawal
from portal.core import clock, jobs, mail
from portal.core.db import Database
from tests.client import Browser
from tests.conftest import make_settings
from tests.factories.content import APPROVER, WRITER, a_writing
from tests.factories.smtp import Box, smtp_server

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


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with smtp_server() as box, time_machine.travel(START, tick=False) as moment:
        yield Office(app, box, moment)


def subject(message: Message) -> str:
    return str(make_header(decode_header(message["Subject"])))


def said(message: Message) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def token_in(message: Message) -> str:
    found = re.search(r"/follow/mail/([\w-]{43})", said(message))
    assert found
    return found[1]


def test_a_reader_follows_and_stops_with_one_click(office: Office) -> None:
    office.ask()
    office.publish()
    office.work()
    office.later(seconds=1)
    (question,) = office.box.received
    assert question["To"] == READER
    token = token_in(question)
    page = office.app.test_client().get(f"/follow/mail/{token}")
    assert page.status_code == 200
    assert READER.lower() not in page.text.lower()
    office.work()
    assert len(office.box.received) == 1, "looking at the link begins nothing"
    browser = Browser(office.app)
    browser.get(f"/follow/mail/{token}")
    browser.post(f"/follow/mail/{token}", {**browser.page.form().values, "step": "confirm"})  # type: ignore[union-attr]
    office.later(seconds=1)
    office.publish(a_writing(title_ja="復旧しました", what_changed_ja="使えます", what_changed_en="Back"), new=False)
    office.work()
    assert len(office.box.received) == 2
    news = office.box.received[1]
    assert "第2報 復旧しました" in subject(news)
    assert "/incidents/slow-2026/bulletins/2" in said(news)
    assert "変わったこと：使えます" in said(news)
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(news["List-Unsubscribe"]).strip("<>").partition("127.0.0.1:8000")[2]
    assert address == f"/follow/mail/{token}/leave"
    client = office.app.test_client()
    assert client.get(address).status_code == 303
    assert office.followers() == 1
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert office.followers() == 0
    assert client.get(f"/follow/mail/{token}").status_code == 404
    office.publish(new=False)
    office.work()
    assert len(office.box.received) == 2


def test_each_event_reaches_a_follower_once_and_a_withdrawal_too(office: Office) -> None:
    office.follow("/en")
    office.publish()
    office.work()
    with office.store.session(write=True) as session:
        for _ in range(2):
            assert announce.announce(session, START - timedelta(days=1), now=clock.now()) == 0
    office.later(minutes=5)
    office.withdraw(1)
    office.work()
    subjects = [subject(message) for message in office.box.received[1:]]
    assert subjects == [
        "Certificates delayed: Bulletin 1 Issuing is slow",
        "[Withdrawn] Certificates delayed Bulletin 1",
    ]
    assert "About another fault" in said(office.box.received[-1])


def test_a_daily_follower_gets_one_mail_a_day(office: Office) -> None:
    office.follow(pace="daily")
    office.publish()
    office.publish(a_writing(title_ja="まだ遅れています"), new=False)
    office.work()
    assert len(office.box.received) == 1
    with office.store.session(write=True) as session:
        assert announce.due_digests(session, now=clock.now()) == 1
    office.work()
    digest = office.box.received[-1]
    assert "2件" in subject(digest)
    assert said(digest).count("/bulletins/") == 2
    with office.store.session(write=True) as session:
        assert announce.due_digests(session, now=clock.now()) == 0


def test_only_what_was_asked_for_is_sent(office: Office) -> None:
    office.follow(system="jpki", severity="3")
    office.publish()
    office.work()
    assert len(office.box.received) == 1
    office.publish(a_writing(incident={"severity": 3}), new=False)
    office.work()
    assert len(office.box.received) == 2


def test_a_drill_says_so_first(office: Office) -> None:
    office.follow("/en")
    office.publish(a_writing(incident={"exercise": True}))
    office.work()
    assert subject(office.box.received[-1]).startswith("[Exercise] ")


def test_the_page_is_the_same_for_who_follows_and_who_does_not(office: Office) -> None:
    first = office.ask()
    office.work()
    office.follow()
    again = office.ask()
    assert again == first == office.ask(address="somebody.else@kaiji.example")
    for _ in range(5):
        office.ask()
    office.work()
    to_reader = [message for message in office.box.received if message["To"] == READER]
    assert len(to_reader) <= 2 + follow_by_mail.MOST_ASKED
    office.later(days=3)
    with office.store.session(write=True) as session:
        follow_by_mail.forget_unconfirmed(session, now=clock.now())
    assert office.followers() == 1


def test_following_twice_in_the_same_way_is_following_once(office: Office) -> None:
    office.follow()
    office.follow()
    assert office.followers() == 1


def test_no_address_and_no_token_is_stored_in_the_clear(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    token = office.follow()
    office.publish()
    office.work()
    office.store.forget_deleted()
    for path in office.building.settings.home.glob("kaiji.db*"):
        data = path.read_bytes()
        for secret in (READER, READER.lower(), token):
            assert secret.encode() not in data
    printed = capsys.readouterr()
    assert "kaiji.example" not in printed.out + printed.err
    assert token not in printed.out + printed.err


async def _refuse(
    _self: object, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
) -> str:
    return "550 5.1.1 no such mailbox"


def test_who_cannot_be_reached_is_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.follow()
    monkeypatch.setattr(Box, "handle_RCPT", _refuse, raising=False)
    for number in range(3):
        assert office.followers() == 1
        office.publish(new=number == 0)
        office.work()
        office.later(minutes=1)
    assert office.followers() == 0
    with office.store.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(MailDelivery)) == 0
        assert jobs.dead(session) == []


def test_a_mail_server_that_is_away_is_waited_for(office: Office) -> None:
    office.follow()
    office.publish()
    port, office.services["mailer"].settings = (
        office.services["mailer"].settings,
        make_settings(  # type: ignore[attr-defined]
            office.building.settings.home, smtp_host="127.0.0.1", smtp_port="1", smtp_starttls="0"
        ),
    )
    office.work()
    with office.store.session(write=False) as session:
        assert session.scalars(select(MailDelivery.state)).all() == [DeliveryState.DUE]
    office.services["mailer"].settings = port  # type: ignore[attr-defined]
    office.later(minutes=1)
    office.work()
    assert len(office.box.received) == 2


def test_changing_to_at_once_sends_what_waits(office: Office) -> None:
    token = office.follow(pace="daily")
    office.publish()
    office.work()
    browser = Browser(office.app)
    browser.get(f"/follow/mail/{token}")
    browser.post(f"/follow/mail/{token}", {**browser.page.form().values, "step": str(Pace.AT_ONCE)})  # type: ignore[union-attr]
    office.work()
    assert len(office.box.received) == 2


@pytest.mark.parametrize(
    ("interest", "wanted"),
    [
        (Interest(), True),
        (Interest(system="jpki"), True),
        (Interest(system="other"), False),
        (Interest(cause="capacity"), False),
        (Interest(severity=2), True),
        (Interest(severity=3), False),
        (Interest(incident="one"), True),
        (Interest(incident="two"), False),
        (Interest(area="13"), True),
        (Interest(area="131016"), True),
        (Interest(area="011002"), False),
        (Interest(area="131016", system="other"), False),
    ],
)
def test_interests(interest: Interest, wanted: bool) -> None:
    subject_ = Subject("one", frozenset({"jpki"}), "unknown", frozenset({"131016"}), 2)
    assert is_wanted(interest, subject_) is wanted


@pytest.mark.parametrize(
    ("area", "areas", "concerned"),
    [
        ("131016", {"JP"}, True),
        ("131016", {"13"}, True),
        ("131016", {"131024"}, False),
        ("13", {"131016"}, True),
        ("JP", {"131016"}, False),
        ("JP", {"JP"}, True),
        ("14", {"131016", "13"}, False),
    ],
)
def test_whom_an_area_concerns(area: str, areas: set[str], concerned: bool) -> None:
    assert concerns(area, frozenset(areas)) is concerned
