"""One call of a webhook: what is sent, and what follows from how it went."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Withdrawal
from content.models.followers import Webhook, WebhookAttempt, WebhookDelivery
from content.models.incidents import Incident
from content.operations.announce import CALL
from content.operations.question_letters.step_text import step_message
from content.operations.webhooks import Target, target
from content.rules.following import DeliveryState, Event, HookState
from portal.core import jobs
from portal.core.db import new_id
from portal.core.vault import OfficeVault

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 300, 1800, 7200, 18000, 36000))
# So many failed tries in a row, over all its messages, and a webhook is stopped; its owner may start it again.
MOST_FAILURES = 24
CHALLENGE = "challenge"


@dataclass(frozen=True)
class Call:
    """A message as it goes out. ``message`` is its id, the same for each try."""

    message: str
    target: Target
    body: bytes
    expects: str | None


def prepare(session: Session, delivery_id: str, *, url: str, vault: OfficeVault, now: datetime) -> Call | None:
    """The call of a delivery; None where nothing is to be sent any more. ``url``: the address of this site."""
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.state != DeliveryState.DUE:
        return None
    hook = session.get_one(Webhook, delivery.webhook_id)
    if hook.state == HookState.STOPPED and not delivery.is_challenge:
        return None
    said: dict[str, Any] = {"type": CHALLENGE, "timestamp": now.isoformat(), "challenge": delivery.id}
    expects = delivery.id if delivery.is_challenge else None
    if delivery.bulletin_id is not None:
        said = _news(session, delivery.bulletin_id, delivery.event or "", url)
    elif delivery.step_id is not None:
        said = step_message(session, delivery.step_id, url)
    return Call(delivery.id, target(hook, vault), json.dumps(said, ensure_ascii=False).encode(), expects)


def _news(session: Session, bulletin_id: str, event: str, url: str) -> dict[str, Any]:
    bulletin = session.get_one(Bulletin, bulletin_id)
    incident, withdrawal = session.get_one(Incident, bulletin.incident_key), session.get(Withdrawal, bulletin_id)
    path = f"{url}/incidents/{incident.key}"
    at = withdrawal.withdrawn_at if withdrawal and event == Event.WITHDRAWN else bulletin.published_at
    data: dict[str, Any] = {
        "incident": incident.key,
        "number": bulletin.number,
        "incident_title": {"ja": incident.title_ja, "en": incident.title_en},
        "state": incident.state,
        "severity": incident.severity,
        "exercise": incident.exercise,
        "page": f"{path}/bulletins/{bulletin.number}",
        "incident_page": path,
        "data": f"{path}.json",
    }
    if withdrawal is not None:
        data["reason"] = {"ja": withdrawal.reason_ja, "en": withdrawal.reason_en}
    else:
        data |= {
            "title": {"ja": bulletin.title_ja, "en": bulletin.title_en},
            "what_changed": {"ja": bulletin.what_changed_ja, "en": bulletin.what_changed_en},
            "final": bulletin.final,
            "correction": bulletin.correction,
            "sha256": bulletin.content_hash,
        }
    return {"type": f"bulletin.{event}", "timestamp": at.isoformat(), "data": data}


def answers_challenge(expected: str, body: bytes) -> bool:
    """Whether the receiver sent the challenge back, as plain text or as JSON."""
    text = body.decode("utf-8", "replace").strip()
    if text == expected:
        return True
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get(CHALLENGE) == expected


def note(
    session: Session,
    delivery_id: str,
    *,
    status: int | None,
    problem: str,
    milliseconds: int,
    now: datetime,
) -> None:
    """Write down how a try went. A failed one is made again after a growing pause; too many stop the webhook."""
    delivery = session.get(WebhookDelivery, delivery_id)
    if delivery is None or delivery.state != DeliveryState.DUE:
        return
    hook = session.get_one(Webhook, delivery.webhook_id)
    session.add(
        WebhookAttempt(
            id=new_id(), delivery_id=delivery.id, at=now, status=status, problem=problem, milliseconds=milliseconds
        )
    )
    delivery.tries += 1
    if not problem:
        delivery.state, delivery.finished_at, hook.failures = DeliveryState.DONE, now, 0
        if delivery.is_challenge:
            hook.state, hook.stopped_at = HookState.ACTIVE, None
            hook.confirmed_at = now
        return
    hook.failures += 1
    if delivery.is_challenge or delivery.tries > len(PAUSES):  # the owner asks again whether it answers
        delivery.state, delivery.finished_at = DeliveryState.FAILED, now
    else:
        jobs.enqueue(session, CALL, due_at=now + PAUSES[delivery.tries - 1], delivery=delivery.id)
    gone = status == 410  # HTTP 410 Gone: the receiver wants no more
    if hook.state == HookState.ACTIVE and (gone or hook.failures >= MOST_FAILURES):
        _stop(session, hook, now)


def _stop(session: Session, hook: Webhook, now: datetime) -> None:
    """Nothing is sent any more; what was on its way is given up."""
    hook.state, hook.stopped_at = HookState.STOPPED, now
    session.flush()
    due = update(WebhookDelivery).where(WebhookDelivery.webhook_id == hook.id)
    due = due.where(WebhookDelivery.state == DeliveryState.DUE)
    session.execute(due.values(state=DeliveryState.FAILED, finished_at=now))
