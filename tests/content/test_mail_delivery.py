"""Mails to followers that cannot be sent at once, or are not to be."""

from __future__ import annotations

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

import content.jobs  # noqa: F401 - registers the handlers
from content.models.followers import MailDelivery
from content.operations import announce, mail_news
from content.rules.following import DeliveryState, Pace
from portal.core import clock, jobs
from tests.client import Browser
from tests.conftest import make_settings
from tests.content.mail_office import Office, token_in
from tests.factories.content import a_writing
from tests.factories.smtp import Box, subject, words


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
    assert words(digest).count("/bulletins/") == 2
    with office.store.session(write=True) as session:
        assert announce.due_digests(session, now=clock.now()) == 0


async def _refuse(
    _self: object, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
) -> str:
    return "550 5.1.1 no such mailbox"


async def _not_yet(
    _self: object, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
) -> str:
    return "450 4.2.0 try again later"


def test_who_is_asked_to_try_again_is_asked_to_confirm_again(office: Office) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Box, "handle_RCPT", _not_yet, raising=False)
        office.ask()
        office.work()
        office.later(minutes=2)
        office.work()
    assert office.box.received == []
    office.later(minutes=10)
    office.work()
    (question,) = office.box.received
    assert token_in(question)


def test_a_confirmation_that_is_never_taken_is_given_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Box, "handle_RCPT", _not_yet, raising=False)
    office.ask()
    for _ in range(len(mail_news.PAUSES) + 1):
        office.work()
        office.later(hours=6)
    with office.store.session(write=False) as session:
        assert not jobs.any_due(session, now=clock.now())
        assert jobs.dead(session) == []


def test_the_days_mail_stays_one_mail_when_it_is_sent_again(office: Office) -> None:
    office.follow(pace="daily")
    office.publish()
    office.publish(a_writing(title_ja="まだ遅れています"), new=False)
    office.work()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Box, "handle_RCPT", _not_yet, raising=False)
        with office.store.session(write=True) as session:
            announce.due_digests(session, now=clock.now())
        office.work()
    office.later(minutes=2)
    office.work()
    _confirmation, digest = office.box.received
    assert words(digest).count("/bulletins/") == 2


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
