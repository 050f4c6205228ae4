"""What was delivered to a webhook, for its owner."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.followers import Webhook, WebhookAttempt, WebhookDelivery
from content.models.letter_work import LetterStep

SHOWN = 50


@dataclass(frozen=True)
class Delivered:
    """A message with its tries, the first first. ``step``: that of a question letter that it told."""

    delivery: WebhookDelivery
    attempts: tuple[WebhookAttempt, ...]
    step: LetterStep | None


def log(session: Session, hook: Webhook) -> list[Delivered]:
    """The latest messages, the newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id)
    rows = session.scalars(
        query.order_by(WebhookDelivery.created_at.desc(), WebhookDelivery.id.desc()).limit(SHOWN)
    ).all()
    tries: dict[str, list[WebhookAttempt]] = {}
    ids = [row.id for row in rows]
    attempts = select(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(ids)).order_by(WebhookAttempt.at)
    for attempt in session.scalars(attempts):
        tries.setdefault(attempt.delivery_id, []).append(attempt)
    told = select(LetterStep).where(LetterStep.id.in_([row.step_id for row in rows if row.step_id]))
    steps = {step.id: step for step in session.scalars(told)}
    return [Delivered(row, tuple(tries.get(row.id, ())), steps.get(row.step_id or "")) for row in rows]
