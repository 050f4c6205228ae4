"""Sessions kept on the server. The cookie holds a random token; the database only its SHA-256 and sealed contents.

The contents are sealed under a key derived from the token, so a copy of the database reads no draft and opens no
case. Nothing is loaded and no cookie is set until a page uses the session: public pages stay cacheable.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core import clock, vault
from portal.core.db import Base, UtcDateTime, new_id
from portal.core.settings import Settings

DRAFT_KEPT = timedelta(hours=24)
STAFF_IDLE = timedelta(minutes=60)
STAFF_LONGEST = timedelta(hours=10)
SEEN_STEP = timedelta(minutes=5)


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


def hashed(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def expiry(row: StoredSession, now: datetime) -> datetime:
    """When a session ends if nothing more happens: a draft after a day, a signed-in one much sooner."""
    if row.staff_id is None:
        return now + DRAFT_KEPT
    return min(now + STAFF_IDLE, row.created_at + STAFF_LONGEST)


class WebSession(MutableMapping[str, Any], SessionMixin):
    """A dictionary of JSON values, loaded on first use."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.row: StoredSession | None = None
        self.used = False
        self.changed = False
        self._data: dict[str, Any] = {}

    def _load(self) -> dict[str, Any]:
        if self.used:
            return self._data
        self.used = True
        if self.token:
            query = select(StoredSession).where(StoredSession.token_hash == hashed(self.token))
            if g.writes:
                query = query.with_for_update()
            row = g.session.scalar(query)
            if row is not None and row.expires_at > clock.now():
                self.row = row
                self._data = json.loads(vault.open_with(self.token.encode(), "web_session", "sealed", row.id, row.sealed))
            else:
                self.token = None
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self._load()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._load()[key] = value
        self.changed = True

    def __delitem__(self, key: str) -> None:
        del self._load()[key]
        self.changed = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    @property
    def staff_id(self) -> str | None:
        """The account that is signed in, if any."""
        self._load()
        return self.row.staff_id if self.row else None

    def renew(self, *, staff_id: str | None) -> None:
        """Begin anew with an empty session and a new token: at sign-in, sign-out and when a case is opened."""
        self._load()
        if self.row is not None:
            g.session.delete(self.row)
            g.session.flush()
        self.row, self.token, self._data, self.changed = None, None, {}, True
        g.session_staff_id = staff_id

    # -- what is written ---------------------------------------------------------------------------------------

    def ensure_row(self, session: Session) -> StoredSession:
        """The row of this session, made when it is not there yet."""
        self._load()
        if self.row is None:
            now = clock.now()
            self.token = secrets.token_urlsafe(32)
            self.row = StoredSession(
                token_hash=hashed(self.token),
                id=new_id(),
                staff_id=g.get("session_staff_id"),
                sealed=b"",
                created_at=now,
                seen_at=now,
                expires_at=now,
            )
            self._seal(now)
            session.add(self.row)
            session.flush()
            self.changed = True
        return self.row

    def write(self, session: Session) -> None:
        """Seal and store the contents in ``session``'s transaction."""
        row = self.ensure_row(session)
        self._seal(clock.now())
        session.merge(row) if row not in session else None
        session.flush()

    def _seal(self, now: datetime) -> None:
        if self.row is None or self.token is None:
            raise RuntimeError("A session is sealed only when it has a row.")
        text = json.dumps(self._data, ensure_ascii=False).encode()
        self.row.sealed = vault.seal_with(self.token.encode(), "web_session", "sealed", self.row.id, text)
        self.row.seen_at = now
        self.row.expires_at = expiry(self.row, now)

    @property
    def stale(self) -> bool:
        """Whether the time of the last visit should be written again."""
        return self.row is not None and clock.now() - self.row.seen_at > SEEN_STEP

    # -- files of a draft --------------------------------------------------------------------------------------

    def keep_file(self, data: bytes) -> str:
        """Keep an accepted file with the draft; returns its id."""
        row = self.ensure_row(g.session)
        file_id = new_id()
        sealed = vault.seal_with((self.token or "").encode(), "web_session_file", "sealed", file_id, data)
        g.session.add(StoredFile(id=file_id, session_id=row.id, sealed=sealed))
        g.session.flush()
        return file_id

    def kept_file(self, file_id: str) -> bytes | None:
        """The bytes of a kept file of this session, or None."""
        self._load()
        if self.row is None or self.token is None:
            return None
        row = g.session.get(StoredFile, file_id)
        if row is None or row.session_id != self.row.id:
            return None
        return vault.open_with(self.token.encode(), "web_session_file", "sealed", file_id, row.sealed)

    def drop_file(self, file_id: str) -> None:
        """Forget one kept file."""
        self._load()
        if self.row is not None:
            g.session.execute(
                delete(StoredFile).where(StoredFile.id == file_id, StoredFile.session_id == self.row.id)
            )


class ServerSessions(SessionInterface):
    """Flask's seam. Reading is lazy; writing and the cookie belong to the edge, with the request's one commit."""

    def __init__(self, settings: Settings) -> None:
        self.cookie = "__Host-kaiji" if settings.secure else "kaiji"
        self.secure = settings.secure

    def open_session(self, app: Flask, request: Request) -> WebSession:
        return WebSession(request.cookies.get(self.cookie))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing: the edge has already stored it."""

    def set_cookie(self, response: Response, session: WebSession) -> None:
        """Give the browser the token; it lasts as long as the browser's own session."""
        if session.token:
            response.set_cookie(
                self.cookie, session.token, secure=self.secure, httponly=True, samesite="Lax", path="/"
            )


def to_text(value: bytes) -> str:
    """Bytes as text for a session's JSON."""
    return base64.b64encode(value).decode("ascii")


def to_bytes(text: str) -> bytes:
    """The inverse of ``to_text``."""
    return base64.b64decode(text)


def end_sessions(session: Session, staff_id: str) -> int:
    """Sign a member of staff out everywhere; returns how many sessions ended."""
    ended = session.scalars(
        delete(StoredSession).where(StoredSession.staff_id == staff_id).returning(StoredSession.id)
    ).all()
    return len(ended)


def sweep(session: Session, now: datetime) -> int:
    """Delete what has expired, with its files."""
    gone = session.scalars(delete(StoredSession).where(StoredSession.expires_at < now).returning(StoredSession.id)).all()
    return len(gone)
