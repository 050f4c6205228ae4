"""What the worker does for followers: finds whom news concern, sends mails, calls webhooks, forgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from content.operations import announce, call_webhook, follow_by_mail, mail_news, webhooks
from content.operations.mail_news import Desk
from content.rules import hook_signing
from portal.core import clock, jobs, outgoing
from portal.core.jobs import Context
from portal.core.mail import Mail, Refused
from portal.core.settings import Settings

DIGESTS = "content.mail_digests"
FORGET = "content.forget_followers"
jobs.every(DIGESTS, timedelta(days=1))
jobs.every(FORGET, timedelta(hours=6))


def desk(context: Context) -> Desk:
    """What writing mails needs, from the building's services."""
    return Desk(context.services["settings"], context.services["vault"])


@jobs.handler(announce.ANNOUNCE)
def announce_news(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """Something was published."""
    with context.database.session(write=True) as session:
        announce.announce(session, datetime.fromisoformat(payload["since"]), now=context.now)


@jobs.handler(follow_by_mail.CONFIRM)
def ask_to_confirm(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """Send the mail of confirmation. Whoever cannot be reached is simply never confirmed."""
    follower, tries = payload["follower"], payload.get("tries", 0)
    with context.database.session(write=False) as session:
        mail = mail_news.confirmation(session, follower, desk(context))
    if mail is None:
        return
    try:
        context.services["mailer"].send(mail)
    except Refused as problem:
        if not problem.permanent:  # many servers take a stranger's mail at the second try only
            with context.database.session(write=True) as session:
                mail_news.confirm_later(session, follower, tries=tries, now=context.now)


@jobs.handler(announce.SEND_MAIL)
def send_bulletin(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """Send what happened to one bulletin to one follower; a second run sends the same Message-ID again at most."""
    with context.database.session(write=False) as session:
        mail = mail_news.bulletin_mail(session, payload["delivery"], desk(context))
    if mail is not None:
        _send(context, mail, [payload["delivery"]])


@jobs.handler(DIGESTS)
def send_digests(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Once a day, at nine in Japan."""
    with context.database.session(write=True) as session:
        announce.due_digests(session, now=context.now)


@jobs.handler(announce.SEND_DIGEST)
def send_digest(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """The day's mail of one follower."""
    with context.database.session(write=False) as session:
        found = mail_news.digest_mail(session, payload["follower"], desk(context), now=context.now)
    if found is not None:
        _send(context, *found)


@jobs.handler(FORGET)
def forget(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Forget who did not confirm, and what was delivered long ago."""
    with context.database.session(write=True) as session:
        follow_by_mail.forget_unconfirmed(session, now=context.now)
        announce.forget_deliveries(session, now=context.now)
        webhooks.forget_idle(session, now=context.now)


@jobs.handler(announce.CALL)
def call(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """Call a webhook once; how it went is written down, and a failed call is made again later by another job."""
    settings: Settings = context.services["settings"]
    with context.database.session(write=False) as session:
        made = call_webhook.prepare(
            session, payload["delivery"], url=settings.public_url, vault=context.services["vault"], now=context.now
        )
    if made is None:
        return
    signed = hook_signing.headers(made.target.secret, made.message, int(context.now.timestamp()), made.body)
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Kaiji-Webhooks/1", **signed}
    began, status, problem = clock.monotonic(), None, ""
    try:
        answer = outgoing.post(made.target.url, made.body, headers, anywhere=settings.webhooks_anywhere)
    except outgoing.CannotCall as trouble:
        problem = trouble.problem
    else:
        status = answer.status
        if not 200 <= status < 300:
            problem = "status"
        elif made.expects is not None and not call_webhook.answers_challenge(made.expects, answer.body):
            problem = "challenge"
    spent = round((clock.monotonic() - began) * 1000)
    with context.database.session(write=True) as session:
        call_webhook.note(
            session, payload["delivery"], status=status, problem=problem, milliseconds=spent, now=context.now
        )


def _send(context: Context, mail: Mail, deliveries: list[str]) -> None:
    try:
        context.services["mailer"].send(mail)
    except Refused as problem:
        with context.database.session(write=True) as session:
            mail_news.refused(session, deliveries, permanent=problem.permanent, now=context.now)
        return
    with context.database.session(write=True) as session:
        mail_news.settle(session, deliveries, now=context.now)
