"""Follow by mail: ask, confirm from the mailbox, change, leave. Addresses are sealed; links carry tokens."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.models.followers import MailDelivery, MailFollower
from content.operations.announce import SEND_MAIL
from content.rules.following import DeliveryState, Interest, Pace
from portal.core import jobs
from portal.core.db import new_id
from portal.core.vault import OfficeVault, PublicVault

CONFIRM = "content.mail_confirm"
TABLE, COLUMN = MailFollower.__tablename__, "sealed"
UNCONFIRMED_KEPT = timedelta(days=2)
# So many mails of confirmation go to an address that does not answer; further askings are quietly left alone.
MOST_ASKED = 3


@dataclass(frozen=True)
class Opened:
    """What only the office reads."""

    address: str
    token: str


def normal(address: str) -> str:
    """What an address counts as: nobody distinguishes two mailboxes by capitals."""
    return address.strip().casefold()


def ask(
    session: Session,
    address: str,
    interest: Interest,
    *,
    pace: Pace,
    language: str,
    vault: PublicVault,
    at: datetime,
) -> None:
    """Send a mail of confirmation. What happens is the same whether or not the address follows already."""
    blind = vault.blind("content_mail_follower.address", normal(address))
    waiting = select(func.count()).select_from(MailFollower)
    waiting = waiting.where(MailFollower.address_blind == blind, MailFollower.confirmed_at.is_(None))
    if (session.scalar(waiting) or 0) >= MOST_ASKED:
        return
    row_id, token = new_id(), new_token()
    key, wrap = vault.new_case(f"mail-follower/{row_id}")
    sealed = json.dumps({"address": address.strip(), "token": token}).encode()
    session.add(
        MailFollower(
            id=row_id,
            token_hash=hashed(token),
            address_blind=blind,
            key_wrap=wrap,
            sealed=key.seal(TABLE, COLUMN, row_id, sealed),
            language=language,
            pace=pace,
            refusals=0,
            created_at=at,
            **columns(interest),
        )
    )
    session.flush()
    jobs.enqueue(session, CONFIRM, due_at=at, follower=row_id)


def new_token() -> str:
    """A token for links, 256 bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What the database knows of a token, 64 hex digits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def columns(interest: Interest) -> dict[str, str | int | None]:
    """An interest as a row holds it."""
    return {
        "system_key": interest.system,
        "cause_key": interest.cause,
        "area": interest.area,
        "severity": interest.severity,
        "incident_key": interest.incident,
        "topic": interest.topic,
        "letter_key": interest.letter,
        "search": interest.search,
    }


def opened(follower: MailFollower, vault: OfficeVault) -> Opened:
    """Address and token, for the one mail that is being sent. CannotOpen."""
    key = vault.open_case(f"mail-follower/{follower.id}", follower.key_wrap)
    return Opened(**json.loads(key.open(TABLE, COLUMN, follower.id, follower.sealed)))


def confirm(session: Session, follower: MailFollower, *, at: datetime) -> None:
    """Begin. What the same address follows in the same way already is replaced, so that no mail comes twice."""
    if follower.confirmed_at is not None:
        return
    same = select(MailFollower).where(MailFollower.address_blind == follower.address_blind)
    for other in session.scalars(same.where(MailFollower.id != follower.id)):
        if other.interest == follower.interest and other.confirmed_at is not None:
            leave(session, other)
    follower.confirmed_at = at
    session.flush()


def change_pace(session: Session, follower: MailFollower, pace: Pace, *, at: datetime) -> None:
    """From now on at once or daily; what waits for the daily mail comes at once then."""
    if follower.pace != pace and pace is Pace.AT_ONCE:
        query = select(MailDelivery.id).where(MailDelivery.follower_id == follower.id)
        for delivery in session.scalars(query.where(MailDelivery.state == DeliveryState.DUE)):
            jobs.enqueue(session, SEND_MAIL, due_at=at, delivery=delivery)
    follower.pace = pace
    session.flush()


def leave(session: Session, follower: MailFollower) -> None:
    """Stop, and forget the address with everything that was delivered to it."""
    session.execute(delete(MailDelivery).where(MailDelivery.follower_id == follower.id))
    session.delete(follower)
    session.flush()


def forget_unconfirmed(session: Session, *, now: datetime) -> None:
    """Erase the addresses of those who did not confirm."""
    old = now - UNCONFIRMED_KEPT
    session.execute(delete(MailFollower).where(MailFollower.confirmed_at.is_(None), MailFollower.created_at < old))


def rewrap(session: Session, vault: OfficeVault) -> int:
    """Wrap all followers' keys for the office's newest key; returns how many."""
    count = 0
    for row in session.scalars(select(MailFollower).with_for_update()):
        row.key_wrap = vault.rewrap(f"mail-follower/{row.id}", row.key_wrap)
        count += 1
    return count
