"""What the worker does for question letters: mails to their senders and to the desk, drafts whose time is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from content.letters.mail_text import text
from content.operations.question_letters.assign_questions import TELL as GIVEN
from content.operations.question_letters.assign_questions import department_mail
from content.operations.question_letters.confirm_mail import SEND, code_mail, forget_codes
from content.operations.question_letters.drafts import forget_old
from content.operations.question_letters.note_overdue import note_overdue
from content.operations.question_letters.remind_questions import Due, due_now
from content.operations.question_letters.sender_mail import mail_to_sender
from content.operations.question_letters.tell_sender import TELL, Notice
from portal.core import jobs
from portal.core.clock import day_in_japan
from portal.core.jobs import Context
from portal.core.mail import Mail, Refused
from portal.core.settings import Settings

REMIND = "content.remind_questions"
OVERDUE = "content.note_overdue_letters"
FORGET = "content.forget_letter_drafts"
jobs.every(FORGET, timedelta(hours=6))
# At nine in Japan.
jobs.every(REMIND, timedelta(days=1))
jobs.every(OVERDUE, timedelta(hours=1))


@jobs.handler(TELL)
def tell(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """One mail to the sender of a letter; a second run sends the same Message-ID again at most."""
    services = context.services
    with context.database.session(write=False) as session:
        notice = Notice(payload["notice"])
        mail = mail_to_sender(
            session,
            payload["letter"],
            notice,
            job_id=job_id,
            settings=services["settings"],
            vault=services["vault"],
        )
    if mail is not None:
        _send(context, mail)


@jobs.handler(SEND)
def send_code(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """The code by which somebody confirms an address."""
    services = context.services
    with context.database.session(write=False) as session:
        mail = code_mail(
            session, payload["code"], settings=services["settings"], vault=services["vault"], now=context.now
        )
    if mail is not None:
        _send(context, mail)


@jobs.handler(FORGET)
def forget(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Letters that nobody went on with, codes that were sent."""
    with context.database.session(write=True) as session:
        forget_old(session, now=context.now)
        forget_codes(session, now=context.now)


@jobs.handler(GIVEN)
def tell_department(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """One mail to a department whose work questions became."""
    about = (payload["department"], payload["letter"], payload["count"])
    with context.database.session(write=False) as session:
        mail = department_mail(session, *about, job_id=job_id, settings=context.services["settings"])
    if mail is not None:
        _send(context, mail)


@jobs.handler(OVERDUE)
def overdue(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """What became overdue with this day is told; every hour, so that it is told soon after midnight in Japan."""
    with context.database.session(write=True) as session:
        note_overdue(session, today=day_in_japan(context.now), at=context.now)


@jobs.handler(REMIND)
def remind(context: Context, job_id: str, _payload: Mapping[str, Any]) -> None:
    """Once a day: how much is due tomorrow, today or is overdue, and whose it is; a mail to the desk says no more.

    A department with an address of its own is told of what is its own.
    """
    settings: Settings = context.services["settings"]
    with context.database.session(write=False) as session:
        found = due_now(session, today=day_in_japan(context.now))
    if found:
        _send(context, _reminder(job_id, settings.organisation.email, found, settings))
    for one in found:
        if one.email and one.email != settings.organisation.email:
            _send(context, _reminder(f"{job_id}-{one.email}", one.email, [one], settings))


def _reminder(key: str, to: str, found: Sequence[Due], settings: Settings) -> Mail:
    lines = "\n".join(_line(one) for one in found)
    return Mail(key, to, *text("questions-due", "ja", lines=lines, url=settings.public_url))


def _line(due: Due) -> str:
    counted = (("期限超過", due.overdue), ("本日まで", due.today), ("明日まで", due.tomorrow))
    told = "、".join(f"{name} {count}件" for name, count in counted if count)
    return f"{due.department or '担当課の定まらないもの'}：{told}"


def _send(context: Context, mail: Mail) -> None:
    """An address that is refused for ever is let be; one that is refused just now is tried again later."""
    try:
        context.services["mailer"].send(mail)
    except Refused as problem:
        if not problem.permanent:
            raise
