"""The rows behind sessions: what the database holds, ending them, sweeping them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.db import Base, UtcDateTime


class StoredSession(Base):
    """A browser's session. ``staff_id`` is set while a member of staff is signed in with it."""

    __tablename__ = "web_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    staff_id: Mapped[str | None] = mapped_column(String(36), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class StoredFile(Base):
    """A file uploaded in a draft that is not submitted yet, sealed under the session's key."""

    __tablename__ = "web_session_file"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("web_session.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


def end_sessions(session: Session, staff_id: str, *, but: str | None = None) -> int:
    """Sign a member of staff out everywhere, ``but`` in the session of this id; returns how many sessions ended."""
    theirs = [StoredSession.staff_id == staff_id, *([StoredSession.id != but] if but else [])]
    return len(session.scalars(delete(StoredSession).where(*theirs).returning(StoredSession.id)).all())


def end_session(session: Session, staff_id: str, session_id: str) -> bool:
    """End one session of a member of staff; false when there is none of this id."""
    theirs = delete(StoredSession).where(StoredSession.staff_id == staff_id, StoredSession.id == session_id)
    return bool(session.scalars(theirs.returning(StoredSession.id)).all())


def sweep(session: Session, now: datetime) -> int:
    """Delete what has expired, with its files."""
    gone = session.scalars(
        delete(StoredSession).where(StoredSession.expires_at < now).returning(StoredSession.id)
    ).all()
    return len(gone)
