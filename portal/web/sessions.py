"""Sessions kept on the server. The cookie holds a random token; the database only its SHA-256 and sealed contents.

The contents are sealed under a key derived from the token, so a copy of the database reads no draft and opens no
case. Nothing is loaded and no cookie is set until a page uses the session: public pages stay cacheable.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core import clock, vault
from portal.core.db import new_id
from portal.core.settings import Settings
from portal.web.stored_sessions import StoredFile, StoredSession, end_session, end_sessions, sweep

__all__ = [
    "ServerSessions",
    "StoredFile",
    "StoredSession",
    "WebSession",
    "current",
    "end_session",
    "end_sessions",
    "hashed",
    "sweep",
]

DRAFT_KEPT = timedelta(hours=24)
STAFF_IDLE = timedelta(minutes=60)
STAFF_LONGEST = timedelta(hours=10)
SEEN_STEP = timedelta(minutes=5)


def hashed(token: str) -> str:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def expiry(row: StoredSession, now: datetime) -> datetime:
    """When a session ends if nothing more happens: a draft after a day, a signed-in one much sooner."""
    if row.staff_id is None:
        return now + DRAFT_KEPT
    return min(now + STAFF_IDLE, row.created_at + STAFF_LONGEST)


class WebSession(SessionMixin):
    """A dictionary of JSON values, loaded on first use."""

    def __init__(self, token: str | None) -> None:
        self.token = self._came_with = token
        self.row: StoredSession | None = None
        self.used = False
        self.renewed = False
        self._changed: set[str] = set()
        self._data: dict[str, Any] = {}
        self._staff_id: str | None = None
        self._seen_at: datetime | None = None

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
                try:
                    self._data = self._opened(row)
                    self.row, self._seen_at = row, row.seen_at
                except vault.CannotOpen:  # the row was changed by other hands: it is nobody's session any more
                    self.token = None
            else:
                self.token = None
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self._load()[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._load()[key] = value
        self._changed.add(key)

    def __delitem__(self, key: str) -> None:
        del self._load()[key]
        self._changed.add(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    @property
    def staff_id(self) -> str | None:
        """The account that is signed in, if any."""
        self._load()
        return self.row.staff_id if self.row else self._staff_id

    @property
    def id(self) -> str | None:
        """The id of the stored session, which may be shown; None while nothing is stored."""
        self._load()
        return self.row.id if self.row else None

    def renew(self, *, staff_id: str | None) -> None:
        """Begin anew with an empty session and a new token: at sign-in, sign-out and when a case is opened."""
        self._load()
        if self.token:
            g.session.execute(delete(StoredSession).where(StoredSession.token_hash == hashed(self.token)))
        self.row, self.token, self._data, self._staff_id, self.renewed = None, None, {}, staff_id, True
        self._changed.clear()
        g.pop("csrf_token", None)  # Flask-WTF's copy of the old session's token

    def reload(self) -> None:
        """Read again on next use, in another database session. Nothing may have been changed so far."""
        if self._changed or self.renewed:
            raise RuntimeError("A session that was changed cannot be read anew.")
        self.token, self.row, self.used, self._data, self._seen_at = self._came_with, None, False, {}, None

    # -- what is written ---------------------------------------------------------------------------------------

    def ensure_row(self, own: Session) -> StoredSession:
        """The row of this session, made when it is not there yet."""
        self._load()
        if self.row is None:
            now = clock.now()
            self.token = secrets.token_urlsafe(32)
            self._seen_at = now
            self.row = StoredSession(
                token_hash=hashed(self.token),
                id=new_id(),
                staff_id=self._staff_id,
                sealed=b"",
                created_at=now,
                seen_at=now,
                expires_at=now,
            )
            self._seal(now)
            own.add(self.row)
            own.flush()
        return self.row

    def write(self, own: Session) -> None:
        """Seal and store the contents in the transaction that read them."""
        self.ensure_row(own)
        self._seal(clock.now())
        own.flush()

    def write_apart(self, own: Session) -> bool:
        """Store what a reading or refused request changed, in a transaction of its own; false when there is no session.

        The row is read again, so that neither a draft that another request stored meanwhile is lost nor a session
        that was ended meanwhile comes back.
        """
        if self.token is None:
            self.ensure_row(own)
            return True
        row = own.get(StoredSession, hashed(self.token), with_for_update=True)
        if row is None:
            return False
        now, self.row = clock.now(), row
        if self._changed:
            mine, self._data = self._data, self._opened(row)
            for key in self._changed:
                if key in mine:
                    self._data[key] = mine[key]
                else:
                    self._data.pop(key, None)
            self._seal(now)
        row.seen_at, row.expires_at = now, expiry(row, now)
        return True

    def _opened(self, row: StoredSession) -> dict[str, Any]:
        text = vault.open_with(self._secret, "web_session", "sealed", row.id, row.sealed)
        found: dict[str, Any] = json.loads(text)
        return found

    def _seal(self, now: datetime) -> None:
        if self.row is None:
            raise RuntimeError("A session is sealed only when it has a row.")
        text = json.dumps(self._data, ensure_ascii=False).encode()
        self.row.sealed = vault.seal_with(self._secret, "web_session", "sealed", self.row.id, text)
        self.row.seen_at = now
        self.row.expires_at = expiry(self.row, now)

    @property
    def _secret(self) -> bytes:
        """The token as key material."""
        if self.token is None:
            raise RuntimeError("A session without a token has nothing to seal or open.")
        return self.token.encode()

    @property
    def to_store(self) -> bool:
        """Whether something changed, or the time of the last visit should be written again."""
        if not self.used:
            return False
        stale = self._seen_at is not None and clock.now() - self._seen_at > SEEN_STEP
        return bool(self._changed) or self.renewed or stale

    @property
    def token_is_new(self) -> bool:
        """Whether the browser does not have this session's token yet."""
        return self.token is not None and self.token != self._came_with

    # -- files of a draft --------------------------------------------------------------------------------------

    def keep_file(self, data: bytes) -> str:
        """Keep an accepted file with the draft; returns its id."""
        row = self.ensure_row(g.session)
        file_id = new_id()
        sealed = vault.seal_with(self._secret, "web_session_file", "sealed", file_id, data)
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
        return vault.open_with(self._secret, "web_session_file", "sealed", file_id, row.sealed)

    def drop_file(self, file_id: str) -> None:
        """Forget one kept file."""
        self._load()
        if self.row is not None:
            g.session.execute(delete(StoredFile).where(StoredFile.id == file_id, StoredFile.session_id == self.row.id))


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
            response.set_cookie(self.cookie, session.token, secure=self.secure, httponly=True, samesite="Lax", path="/")


def current() -> WebSession:
    """This request's session; asking does not load it."""
    found: WebSession = session._get_current_object()  # type: ignore[attr-defined]
    return found


def to_text(value: bytes) -> str:
    """Bytes as text for a session's JSON."""
    return base64.b64encode(value).decode("ascii")


def to_bytes(text: str) -> bytes:
    """The inverse of ``to_text``."""
    return base64.b64decode(text)
