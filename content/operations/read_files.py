"""Read what published files say, once, so that the search finds it: after publication, by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment, Blob, Bulletin, Withdrawal
from content.models.file_texts import FileText
from content.operations.announce import announce_again
from content.operations.public_change import record_key
from content.operations.reading_room import screen_text
from content.rules.file_reading import Reading
from content.rules.owners import Owner
from portal.core import file_texts, jobs, press
from portal.core.errors import Invalid
from portal.core.file_texts import Parts
from search import operations as search

READ = "content.read_files"
SECONDS = 30.0


@dataclass(frozen=True)
class Unread:
    """A published file that nobody has read yet."""

    sha256: str
    media_type: str
    data: bytes


def read_later(session: Session, *, at: datetime) -> None:
    """Have the worker read what is published and not read yet."""
    jobs.enqueue(session, READ, due_at=at)


def first_unread(session: Session) -> Unread | None:
    """A file of a bulletin that is shown, of a kind that holds text."""
    gone = select(Withdrawal.bulletin_id)
    query = select(Attachment.sha256, Attachment.media_type, Blob.data)
    query = query.join(Blob, Blob.sha256 == Attachment.sha256)
    query = query.outerjoin(FileText, FileText.sha256 == Attachment.sha256).where(FileText.sha256.is_(None))
    query = query.where(Attachment.media_type.in_(file_texts.READABLE), Attachment.bulletin_id.not_in(gone))
    found = session.execute(query.limit(1)).one_or_none()
    return Unread(*found) if found else None


def read(file: Unread) -> tuple[Reading, Parts]:
    """What a file says, read in a child of the press. Raises PressFailed only where another time may do better."""
    try:
        found = press.run(file_texts.parts, file.data, file.media_type, seconds=SECONDS)
    except Invalid:
        return Reading.UNREADABLE, []
    except press.PressFailed as problem:
        if problem.message == press.BUSY:
            raise
        return Reading.UNREADABLE, []
    try:
        screen_text(file_texts.to_screen(found, file.media_type))
    except Invalid:
        return Reading.REFUSED, []
    return Reading.READ, found


def keep(session: Session, file: Unread, state: Reading, parts: Parts, *, at: datetime) -> None:
    """Keep what was read, have it indexed, and tell those whose search finds it only now."""
    if session.get(FileText, file.sha256) is not None:  # another worker was as quick
        return
    session.add(FileText(sha256=file.sha256, state=state, parts=[list(part) for part in parts], read_at=at))
    for bulletin in _carrying(session, file.sha256):
        search.mark_dirty(session, record_key(Owner.INCIDENT, bulletin.incident_key), at=at)
        if parts:
            announce_again(session, bulletin.published_at, at=at)
    session.flush()


def _carrying(session: Session, sha256: str) -> Sequence[Bulletin]:
    query = select(Bulletin).join(Attachment, Attachment.bulletin_id == Bulletin.id)
    return session.scalars(query.where(Attachment.sha256 == sha256).order_by(Bulletin.id)).all()
