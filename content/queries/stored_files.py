"""What is known of a stored file without reading it as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment, Blob, Withdrawal
from content.models.file_texts import FileText
from content.rules.file_reading import Reading
from portal.core.files import BEGINNING, kept_kind


def refused(session: Session) -> list[str]:
    """The ids of bulletins that are shown and carry a file which looks as if it held a personal number."""
    gone = select(Withdrawal.bulletin_id)
    query = select(Attachment.bulletin_id).join(FileText, FileText.sha256 == Attachment.sha256).distinct()
    query = query.where(FileText.state == Reading.REFUSED, Attachment.bulletin_id.not_in(gone))
    return list(session.scalars(query.order_by(Attachment.bulletin_id)))


@dataclass(frozen=True)
class StoredFile:
    """``size`` in bytes."""

    media_type: str
    size: int


def stored_file(session: Session, sha256: str) -> StoredFile | None:
    """A file by its hash; None where it is not stored. An open form asks for its files with every few keystrokes."""
    query = select(func.substr(Blob.data, 1, BEGINNING), func.length(Blob.data)).where(Blob.sha256 == sha256)
    found = session.execute(query).one_or_none()
    kind = kept_kind(bytes(found[0])) if found else None
    return StoredFile(kind, int(found[1])) if found and kind else None
