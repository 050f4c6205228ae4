"""Tell followers what was published: a job in the publishing transaction, which finds whom it concerns.

The job looks at everything that happened since, so that it may run late, twice, or for several changes at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from content.models.followers import MailDelivery, MailFollower, Webhook, WebhookAttempt, WebhookDelivery
from content.operations.public_change import Changed, follow
from content.queries.following import LetterNews, News, has_followers, letter_news, news
from content.rules.following import DeliveryState, Event, HookState, Pace, Topic, is_wanted, wants_letter
from content.rules.owners import Owner
from portal.core import jobs
from portal.core.db import new_id

ANNOUNCE = "content.announce"
SEND_MAIL = "content.mail_bulletin"
SEND_DIGEST = "content.mail_digest"
CALL = "content.call_webhook"
# A transaction may be committed a while after its moment was read.
SLACK = timedelta(hours=1)
KEPT = timedelta(days=90)


@follow
def announce_later(session: Session, changed: Changed) -> None:
    """Have the worker look for news when an incident or a letter was touched and anybody follows."""
    touched = any(key.startswith((f"{Owner.INCIDENT}/", f"{Owner.LETTER}/")) for key in changed.keys)
    if touched and has_followers(session):
        jobs.enqueue(session, ANNOUNCE, due_at=changed.at, since=(changed.at - SLACK).isoformat())


def announce(session: Session, since: datetime, *, now: datetime) -> int:
    """Write a delivery for each follower and each thing of which they were not told; returns how many."""
    count = 0
    for one in news(session, since):
        for follower in _mail_followers(session, one):
            count += 1
            _tell_by_mail(session, follower, one, now)
        for hook in _webhooks(session, one):
            count += 1
            _tell_webhook(session, hook, one, now)
    for step in letter_news(session, since):
        for follower in _letter_followers(session, step):
            count += 1
            _tell_of_letter(session, follower, step, now)
    session.flush()
    return count


def _letter_followers(session: Session, one: LetterNews) -> Iterable[MailFollower]:
    told = exists().where(MailDelivery.follower_id == MailFollower.id, MailDelivery.step_id == one.step.id)
    query = select(MailFollower).where(MailFollower.confirmed_at <= one.at, ~told, MailFollower.topic == Topic.LETTERS)
    return [row for row in session.scalars(query) if wants_letter(row.interest, one.step.letter_key)]


def _tell_of_letter(session: Session, follower: MailFollower, one: LetterNews, now: datetime) -> None:
    due: dict[str, Any] = {"event": Event.PUBLISHED, "state": DeliveryState.DUE, "tries": 0, "created_at": now}
    delivery = MailDelivery(id=new_id(), follower_id=follower.id, step_id=one.step.id, **due)
    session.add(delivery)
    if follower.pace == Pace.AT_ONCE:
        jobs.enqueue(session, SEND_MAIL, due_at=now, delivery=delivery.id)


def _mail_followers(session: Session, one: News) -> Iterable[MailFollower]:
    told = _told(MailDelivery, MailDelivery.follower_id == MailFollower.id, one)
    query = select(MailFollower).where(MailFollower.confirmed_at <= one.at, ~told)
    return [row for row in session.scalars(query) if is_wanted(row.interest, one.subject)]


def _tell_by_mail(session: Session, follower: MailFollower, one: News, now: datetime) -> None:
    delivery = MailDelivery(id=new_id(), follower_id=follower.id, **_due(one, now))
    session.add(delivery)
    if follower.pace == Pace.AT_ONCE:
        jobs.enqueue(session, SEND_MAIL, due_at=now, delivery=delivery.id)


def _webhooks(session: Session, one: News) -> Iterable[Webhook]:
    told = _told(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id, one)
    query = select(Webhook).where(Webhook.state == HookState.ACTIVE, Webhook.confirmed_at <= one.at, ~told)
    return [row for row in session.scalars(query) if is_wanted(row.interest, one.subject)]


def _tell_webhook(session: Session, hook: Webhook, one: News, now: datetime) -> None:
    delivery = WebhookDelivery(id=new_id(), webhook_id=hook.id, **_due(one, now))
    session.add(delivery)
    jobs.enqueue(session, CALL, due_at=now, delivery=delivery.id)


def _told(
    delivery: type[MailDelivery] | type[WebhookDelivery], theirs: ColumnElement[bool], one: News
) -> ColumnElement[bool]:
    """Whether a delivery of theirs is about this news."""
    return exists().where(theirs, delivery.bulletin_id == one.bulletin.id, delivery.event == one.event)


def _due(one: News, now: datetime) -> dict[str, Any]:
    """What every new delivery says."""
    return {
        "bulletin_id": one.bulletin.id,
        "event": one.event,
        "state": DeliveryState.DUE,
        "tries": 0,
        "created_at": now,
    }


def due_digests(session: Session, *, now: datetime) -> int:
    """Once a day: a mail for each daily follower for whom something waits; returns how many."""
    waiting = select(MailDelivery.follower_id).where(MailDelivery.state == DeliveryState.DUE)
    query = select(MailFollower.id).where(MailFollower.pace == Pace.DAILY, MailFollower.id.in_(waiting))
    found = session.scalars(query).all()
    for follower in found:
        jobs.enqueue(session, SEND_DIGEST, due_at=now, follower=follower)
    return len(found)


def forget_deliveries(session: Session, *, now: datetime) -> None:
    """Drop what was delivered long ago; nobody is told of it again, for it is no news any more."""
    old = now - KEPT
    hooks = select(WebhookDelivery.id).where(WebhookDelivery.created_at < old)
    session.execute(delete(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(hooks)))
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.created_at < old))
    session.execute(delete(MailDelivery).where(MailDelivery.created_at < old))
