"""The record of who did what: append-only, each entry chained to the one before by SHA-256.

Entries are written by operations, in the transaction of what they record. The detail holds identifiers, codes
and digests, never personal data, so that destroying a case's key leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, Integer, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.actor import Actor
from portal.core.db import Base, UtcDateTime

GENESIS = "0" * 64
LOCK = 0x4B41494A  # "KAIJ": PostgreSQL's advisory lock that serialises the chain's head

Value = str | int | bool | None


class Entry(Base):
    """One thing that somebody did or looked at."""

    __tablename__ = "audit_entry"
    __table_args__ = (CheckConstraint("length(hash) = 64", name="hash_is_sha256"),)

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    detail: Mapped[dict[str, Value]] = mapped_column(JSON)
    prev_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


@dataclass(frozen=True)
class Report:
    """What a check of the whole chain found; ``broken_at`` is the first entry that does not fit."""

    entries: int
    head: str
    broken_at: int | None
    reason: str

    @property
    def ok(self) -> bool:
        return self.broken_at is None


def record(
    session: Session,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    subject: str,
    detail: Mapping[str, Value] | None = None,
) -> Entry:
    """Append one entry. ``action`` is ``room.noun.verb``; ``subject`` is a case number, a record key, an account id."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    with session.no_autoflush:  # what is recorded is written together with its entry
        last = session.execute(select(Entry.seq, Entry.hash).order_by(Entry.seq.desc()).limit(1)).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
    at = at.astimezone(UTC)
    entry = Entry(
        seq=seq,
        at=at,
        actor_kind=actor.kind.value,
        actor_id=actor.id,
        action=action,
        subject=subject,
        detail=dict(detail or {}),
        prev_hash=prev,
    )
    entry.hash = digest(entry)
    session.add(entry)
    session.flush()
    return entry


def digest(entry: Entry) -> str:
    """SHA-256 over the entry's canonical JSON, hexadecimal; the chain's link is part of it."""
    parts = [
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_kind,
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.detail,
        entry.prev_hash,
    ]
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def entries(session: Session, *, subject: str) -> list[Entry]:
    """Everything recorded about one subject, oldest first."""
    return list(session.scalars(select(Entry).where(Entry.subject == subject).order_by(Entry.seq)))


def verify(session: Session) -> Report:
    """Walk the whole chain and recompute every link."""
    prev, count = GENESIS, 0
    for entry in session.scalars(select(Entry).order_by(Entry.seq).execution_options(yield_per=1000)):
        count += 1
        if entry.seq != count:
            return Report(count, prev, count, f"Entry {count} is missing.")
        if entry.prev_hash != prev:
            return Report(count, prev, entry.seq, "The link to the entry before does not fit.")
        if digest(entry) != entry.hash:
            return Report(count, prev, entry.seq, "The entry's content was changed.")
        prev = entry.hash
    return Report(count, prev, None, "")
