"""Limits on how often something may be tried, by network address and by what is tried.

Counters live in the database, so that all processes share them; they are written before the request's own
transaction begins and stay when it fails. Keys are keyed hashes: no address and no number is stored.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, request
from sqlalchemy import Integer, String, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core import clock
from portal.core.db import Base, Database, UtcDateTime
from portal.core.errors import N_, TooMany

View = TypeVar("View", bound=Callable[..., Any])
WAIT = N_("Too many attempts. Please wait %(minutes)s minutes and try again.")
LOOK_ALIKES = str.maketrans("oil", "011")


class Window(Base):
    """How often one key was tried since ``began_at``."""

    __tablename__ = "throttle_window"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    count: Mapped[int] = mapped_column(Integer)


@dataclass(frozen=True)
class Limit:
    """At most ``count`` POSTs in ``seconds`` by address or by the value of a form field."""

    name: str
    count: int
    seconds: int
    field: str | None = None


def throttled(*limits: Limit) -> Callable[[View], View]:
    """Mark a view with its limits; only unsafe methods count."""

    def mark(view: View) -> View:
        view.limits = limits  # type: ignore[attr-defined]
        return view

    return mark


def network(address: str | None) -> str:
    """The network that an address stands for: /24 or /56, so that a whole provider line counts as one."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))


def same(typed: str) -> str:
    """What a value counts as: width, case, spaces, hyphens and look-alikes (o, i, l) make no new tries."""
    folded = unicodedata.normalize("NFKC", typed).casefold().translate(LOOK_ALIKES)
    return "".join(char for char in folded if char.isalnum())


def hit(session: Session, key: str, limit: Limit, now: datetime) -> int:
    """Count one try; returns the seconds to wait, 0 when it is allowed."""
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    session.execute(insert(Window).values(key=key, began_at=now, count=0).on_conflict_do_nothing())
    row = session.get_one(Window, key, with_for_update=True)
    if now - row.began_at >= timedelta(seconds=limit.seconds):
        row.began_at, row.count = now, 0
    row.count += 1
    if row.count <= limit.count:
        return 0
    return max(1, int(limit.seconds - (now - row.began_at).total_seconds()))


def sweep(session: Session, now: datetime) -> None:
    """Forget windows that ended long ago."""
    session.execute(delete(Window).where(Window.began_at < now - timedelta(days=1)))


def install(app: Flask, database: Database, secret: bytes) -> None:
    """Check the limits before anything else of the request touches the database."""

    @app.before_request
    def check() -> None:
        limits: tuple[Limit, ...] = getattr(app.view_functions.get(request.endpoint or ""), "limits", ())
        if not limits or request.method in ("GET", "HEAD", "OPTIONS"):
            return
        now, wait = clock.now(), 0
        with database.session(write=True) as session:
            for limit in limits:
                what = same(request.form.get(limit.field, "")) if limit.field else network(request.remote_addr)
                text = f"{limit.name}|{limit.field}|{what}"
                key = hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
                wait = max(wait, hit(session, key, limit, now))
        if wait:
            minutes = -(-wait // 60)
            raise TooMany(WAIT, retry_after=wait, minutes=minutes)
