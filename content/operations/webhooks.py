"""Webhooks: set one up, ask its receiver, remove it. The worker calls them (:mod:`content.operations.call_webhook`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.models.followers import Webhook, WebhookAttempt, WebhookDelivery
from content.operations.announce import CALL
from content.operations.follow_by_mail import columns, hashed, new_token
from content.rules.following import DeliveryState, HookState, Interest
from content.rules.hook_signing import secret_of
from portal.core import jobs, vault
from portal.core.db import new_id
from portal.core.errors import N_, Conflict
from portal.core.vault import OfficeVault, PublicVault

TABLE = Webhook.__tablename__
WAITING_KEPT, STOPPED_KEPT = timedelta(days=7), timedelta(days=90)


@dataclass(frozen=True)
class Target:
    """Where a webhook leads, and with what its messages are signed."""

    url: str
    secret: str


def set_up(session: Session, url: str, interest: Interest, *, vault: PublicVault, at: datetime) -> str:
    """A webhook that waits for its receiver's answer to the challenge; returns the owner's token, kept nowhere."""
    row_id, token = new_id(), new_token()
    key, wrap = vault.new_case(f"webhook/{row_id}")
    sealed = json.dumps({"url": url, "secret": secret_of(token)}).encode()
    hook = Webhook(
        id=row_id,
        token_hash=hashed(token),
        key_wrap=wrap,
        sealed=key.seal(TABLE, "sealed", row_id, sealed),
        owner_sealed=_for_owner(token, row_id, url),
        state=HookState.WAITING,
        failures=0,
        created_at=at,
        **columns(interest),
    )
    session.add(hook)
    session.flush()
    challenge(session, hook, at=at)
    return token


def _for_owner(token: str, row_id: str, url: str) -> bytes:
    return vault.seal_with(token.encode(), TABLE, "owner_sealed", row_id, url.encode())


def url_for_owner(hook: Webhook, token: str) -> str:
    """The address, opened with the owner's token. CannotOpen."""
    return vault.open_with(token.encode(), TABLE, "owner_sealed", hook.id, hook.owner_sealed).decode()


def target(hook: Webhook, office: OfficeVault) -> Target:
    """What the worker needs. CannotOpen."""
    key = office.open_case(f"webhook/{hook.id}", hook.key_wrap)
    return Target(**json.loads(key.open(TABLE, "sealed", hook.id, hook.sealed)))


def challenge(session: Session, hook: Webhook, *, at: datetime) -> None:
    """Ask the receiver whether it wants the calls; Conflict while a question is on its way."""
    query = select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == hook.id,
        WebhookDelivery.event.is_(None),
        WebhookDelivery.state == DeliveryState.DUE,
    )
    if session.scalar(query.limit(1)) is not None:
        raise Conflict(N_("Your program is being asked already. Please look again in a minute."))
    delivery = WebhookDelivery(id=new_id(), webhook_id=hook.id, state=DeliveryState.DUE, tries=0, created_at=at)
    session.add(delivery)
    session.flush()
    jobs.enqueue(session, CALL, due_at=at, delivery=delivery.id)


def remove(session: Session, hook: Webhook) -> None:
    """Forget it with its log."""
    own = select(WebhookDelivery.id).where(WebhookDelivery.webhook_id == hook.id)
    session.execute(delete(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(own)))
    session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id))
    session.delete(hook)
    session.flush()


def forget_idle(session: Session, *, now: datetime) -> None:
    """Remove those whose receiver never answered, and those that stopped long ago."""
    waiting = select(Webhook).where(Webhook.state == HookState.WAITING, Webhook.created_at < now - WAITING_KEPT)
    stopped = select(Webhook).where(Webhook.state == HookState.STOPPED, Webhook.stopped_at < now - STOPPED_KEPT)
    for hook in [*session.scalars(waiting), *session.scalars(stopped)]:
        remove(session, hook)


def rewrap(session: Session, office: OfficeVault) -> int:
    """Wrap all webhooks' keys for the office's newest key; returns how many."""
    count = 0
    for hook in session.scalars(select(Webhook).with_for_update()):
        hook.key_wrap = office.rewrap(f"webhook/{hook.id}", hook.key_wrap)
        count += 1
    return count
