"""Notices to requesters and reminders to the desk."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

import disclosure.jobs
from disclosure.operations.remind import remind
from disclosure.queries.history import history
from disclosure.rules.states import State
from portal.core import jobs
from portal.core.clock import day_in_japan
from portal.core.mail import FolderMailer
from tests.factories.disclosure import NOON, OFFICER, a_case


@pytest.fixture
def context(database, settings, office):
    """What the worker gives to a handler."""

    def at(now=NOON):
        services = {"vault": office, "mailer": FolderMailer(settings.outbox, settings.mail_from), "settings": settings}
        return jobs.Context(database=database, now=now, services=services)

    return at


def mails(settings):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in settings.outbox.glob("*.eml")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_requester_gets_one_mail_that_says_nothing(database, settings, office, context, language):
    with database.session(write=True) as session:
        case = a_case(session, settings, office, language=language)
    assert jobs.run_one(context()).state == jobs.JobState.DONE
    (mail,) = mails(settings)
    assert mail["To"] == "sample@kaiji.example"
    everything = str(mail["Subject"]) + mail.get_content()
    for secret in (case.number, "髙橋", "見本町", "申請"):
        assert secret not in everything
    assert settings.public_url in everything


def test_a_notice_sent_twice_is_the_same_mail(database, settings, office, context):
    with database.session(write=True) as session:
        case = a_case(session, settings, office)
    for _ in range(2):
        disclosure.jobs.notify_resident(context(), "job-1", {"case": case.id, "occasion": "received"})
    assert len(mails(settings)) == 1


def test_who_wants_no_mail_gets_none(database, settings, office, context):
    with database.session(write=True) as session:
        a_case(session, settings, office, wants_mail=False)
    assert jobs.run_one(context()) is None


def test_the_desk_is_reminded_of_what_is_due_within_a_week(database, settings, office, context):
    with database.session(write=True) as session:
        case = a_case(session, settings, office, wants_mail=False)
        a_case(session, settings, office, state=State.CORRECTION, wants_mail=False)
    now = NOON + timedelta(days=25)
    disclosure.jobs.remind_desk(context(now), "job-1", {})
    disclosure.jobs.remind_desk(context(now), "job-2", {})
    with database.session(write=True) as session:
        assert [row.code for row in history(session, case, actor=OFFICER)].count("due-soon") == 1
        found = remind(session, at=now, today=day_in_japan(now + timedelta(days=10)))
    assert (found.soon, found.overdue) == (0, 1)
    assert len(mails(settings)) == 2
