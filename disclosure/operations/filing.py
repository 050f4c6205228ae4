"""Sealing files into a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.queries.keys import case_files, next_position
from disclosure.rules.kinds import FileKind
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.sealed import seal_text

if TYPE_CHECKING:
    from portal.core.files import CleanFile
    from portal.core.vault import CaseKey


@dataclass(frozen=True)
class Upload:
    """A file that was cleaned, with the name it came under."""

    name: str
    file: CleanFile


def seal_files(
    session: Session, case: Case, key: CaseKey, uploads: Sequence[Upload], kind: FileKind, *, by: Actor, at: datetime
) -> list[CaseFile]:
    """Add files at the end of those of their kind; Invalid when a name holds a personal number."""
    position = next_position(case_files(session, case, kind))
    rows = []
    for offset, upload in enumerate(uploads):
        row_id, clean = new_id(), upload.file
        table = CaseFile.__tablename__
        rows.append(
            CaseFile(
                id=row_id,
                case_id=case.id,
                kind=kind,
                position=position + offset,
                media_type=clean.media_type,
                size=len(clean.data),
                pages=clean.pages,
                sha256=clean.sha256,
                name_sealed=seal_text(key, table, "name", row_id, screening.file_name(upload.name)),
                added_at=at,
                added_by=by.id,
                sealed=key.seal(table, "data", row_id, clean.data),
            )
        )
    session.add_all(rows)
    return rows
