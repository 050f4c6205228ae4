"""Files of bulletins by their hash: stored once, dropped when nothing holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment, Blob
from content.models.drafts import Draft
from content.models.typings import Typing
from content.queries.drafts import OPEN
from portal.core.files import CleanFile

KEPT_FOR = timedelta(days=90)


def store(session: Session, file: CleanFile, *, at: datetime) -> None:
    """Keep the bytes of a cleaned file; the same bytes are kept once."""
    if session.get(Blob, file.sha256) is None:
        session.add(Blob(sha256=file.sha256, data=file.data, stored_at=at))
        session.flush()


def drop_stray(session: Session, *, now: datetime) -> None:
    """Drop old files that no bulletin, no draft and no form holds."""
    held = set(session.scalars(select(Attachment.sha256)))
    held.update(_in_drafts(session), _in_forms(session))
    old = session.scalars(select(Blob.sha256).where(Blob.stored_at < now - KEPT_FOR)).all()
    stray = [sha256 for sha256 in old if sha256 not in held]
    if stray:
        session.execute(delete(Blob).where(Blob.sha256.in_(stray)))


def _in_drafts(session: Session) -> Iterator[str]:
    for payload in session.scalars(select(Draft.payload).where(Draft.state.in_(OPEN))):
        if "sha256" in payload:
            yield payload["sha256"]
        bulletin: dict[str, Any] = payload.get("bulletin", {})
        for one in bulletin.get("attachments", ()):
            yield one["sha256"]


def _in_forms(session: Session) -> Iterator[str]:
    for values in session.scalars(select(Typing.values)):
        for name, texts in values.items():
            if name.endswith("-sha256"):
                yield from texts
