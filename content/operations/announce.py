"""Tell followers what was published: a job in the publishing transaction, which finds whom it concerns.

The job looks at everything that happened since, so that it may run late, twice, or for several changes at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from content.models.followers import MailDelivery, MailFollower, Webhook, WebhookAttempt, WebhookDelivery
from content.operations.public_change import Changed, follow
from content.operations.searched import Searched
from content.queries.following import LetterNews, News, has_followers, letter_news, news
from content.rules.following import DeliveryState, Event, HookState, Interest, Pace, Topic, is_wanted, wants_letter
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
OF_LETTERS = (Topic.LETTERS, Topic.SEARCH)
About = Mapping[str, str]  # columns of a delivery that say what it tells of


@follow
def announce_later(session: Session, changed: Changed) -> None:
    """Have the worker look for news when an incident or a letter was touched and anybody follows."""
    touched = any(key.startswith((f"{Owner.INCIDENT}/", f"{Owner.LETTER}/")) for key in changed.keys)
    if touched and has_followers(session):
        jobs.enqueue(session, ANNOUNCE, due_at=changed.at, since=(changed.at - SLACK).isoformat())


def announce_again(session: Session, since: datetime, *, at: datetime) -> None:
    """More is known of what was published then: whoever's search finds it only now is told, nobody twice."""
    if has_followers(session):
        jobs.enqueue(session, ANNOUNCE, due_at=at, since=since.isoformat())


def announce(session: Session, since: datetime, *, now: datetime) -> int:
    """Write a delivery for each follower and each thing of which they were not told; returns how many."""
    count, searched = 0, Searched(session)
    for one in news(session, since):
        about = {"bulletin_id": one.bulletin.id, "event": one.event}
        followers = [
            row
            for row in _followers(session, about, one.at)
            if _wants(row.interest, one, searched) or _of_told(session, row, one)
        ]
        hooks = [row for row in _hooks(session, about, one.at) if _wants(row.interest, one, searched)]
        count += _tell(session, about, followers, hooks, now)
    for step in letter_news(session, since):
        about = {"step_id": step.step.id, "event": Event.PUBLISHED}
        of_letters = _followers(session, about, step.at, MailFollower.topic.in_(OF_LETTERS))
        followers = [row for row in of_letters if _wants_step(row.interest, step, searched)]
        called = _hooks(session, about, step.at, Webhook.topic.in_(OF_LETTERS))
        hooks = [row for row in called if _wants_step(row.interest, step, searched)]
        count += _tell(session, about, followers, hooks, now)
    session.flush()
    return count


def _followers(session: Session, about: About, at: datetime, *narrower: ColumnElement[bool]) -> Iterable[MailFollower]:
    """Who followed at that time and was not told of it."""
    told = _told(MailDelivery, MailDelivery.follower_id == MailFollower.id, about)
    return session.scalars(select(MailFollower).where(MailFollower.confirmed_at <= at, ~told, *narrower))


def _hooks(session: Session, about: About, at: datetime, *narrower: ColumnElement[bool]) -> Iterable[Webhook]:
    """The same of programs."""
    told = _told(WebhookDelivery, WebhookDelivery.webhook_id == Webhook.id, about)
    query = select(Webhook).where(Webhook.state == HookState.ACTIVE, Webhook.confirmed_at <= at, ~told, *narrower)
    return session.scalars(query)


def _told(
    delivery: type[MailDelivery] | type[WebhookDelivery], theirs: ColumnElement[bool], about: About
) -> ColumnElement[bool]:
    """Whether a delivery of theirs is about this."""
    return exists().where(theirs, *(getattr(delivery, name) == value for name, value in about.items()))


def _tell(
    session: Session, about: About, followers: Sequence[MailFollower], hooks: Sequence[Webhook], now: datetime
) -> int:
    """Write the deliveries and have them sent; whoever follows day by day waits for the mail of the day."""
    new: dict[str, Any] = {**about, "state": DeliveryState.DUE, "tries": 0, "created_at": now}
    for follower in followers:
        mail = MailDelivery(id=new_id(), follower_id=follower.id, **new)
        session.add(mail)
        if follower.pace == Pace.AT_ONCE:
            jobs.enqueue(session, SEND_MAIL, due_at=now, delivery=mail.id)
    for hook in hooks:
        call = WebhookDelivery(id=new_id(), webhook_id=hook.id, **new)
        session.add(call)
        jobs.enqueue(session, CALL, due_at=now, delivery=call.id)
    return len(followers) + len(hooks)


def _of_told(session: Session, follower: MailFollower, one: News) -> bool:
    """Whether a bulletin is withdrawn of which a follower was told: no search finds it any more."""
    earlier = select(MailDelivery.id).where(MailDelivery.follower_id == follower.id)
    return one.event is Event.WITHDRAWN and bool(
        session.scalar(earlier.where(MailDelivery.bulletin_id == one.bulletin.id))
    )


def _wants(interest: Interest, one: News, searched: Searched) -> bool:
    return is_wanted(interest, one.subject) or searched.finds(interest, f"{Owner.INCIDENT}/{one.incident.key}")


def _wants_step(interest: Interest, one: LetterNews, searched: Searched) -> bool:
    letter = one.step.letter_key
    return wants_letter(interest, letter) or searched.finds(interest, f"{Owner.LETTER}/{letter}")


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
