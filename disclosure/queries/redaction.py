"""The boxes on the records of a case, and the copies that are handed out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.models.redaction import RedactedCopy, RedactionBox
from disclosure.queries.keys import case_file, case_files, file_data
from disclosure.queries.status import StatusFile
from disclosure.rules.decisions import DecisionType
from disclosure.rules.grounds import Ground, available
from disclosure.rules.kinds import FileKind
from disclosure.rules.redaction import MASK, Covered, Covering, fingerprint, labels
from disclosure.rules.regimes import regime
from portal.core import redaction
from portal.core.errors import NotFound
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class Standing:
    """One record: its boxes, those that were taken away, and its copy while that is of these boxes."""

    file: CaseFile
    boxes: tuple[RedactionBox, ...]
    removed: tuple[RedactionBox, ...]
    copy: RedactedCopy | None

    @property
    def coverings(self) -> tuple[Covering, ...]:
        """The boxes as the rules see them."""
        return tuple(Covering(box.page, box.x, box.y, box.w, box.h, box.ground) for box in self.boxes)

    @property
    def covered(self) -> Covered:
        """Boxes and whether the copy is of them."""
        return Covered(self.coverings, self.copy is not None)


def record(session: Session, case: Case, file_id: str) -> CaseFile:
    """A record of this case; NotFound for another case's and for what is no record."""
    row = case_file(session, case, file_id)
    if row.kind is not FileKind.RECORD:
        raise NotFound
    return row


def standing(session: Session, file: CaseFile) -> Standing:
    """How one record stands."""
    return _standings(session, [file])[0]


def standings(session: Session, case: Case) -> list[Standing]:
    """How each record of a case stands, in their order."""
    return _standings(session, case_files(session, case, FileKind.RECORD))


def _standings(session: Session, files: Sequence[CaseFile]) -> list[Standing]:
    """How these stand, asked for all at once."""
    ids = [file.id for file in files]
    if not ids:
        return []
    order = (RedactionBox.page, RedactionBox.y, RedactionBox.x, RedactionBox.added_at, RedactionBox.id)
    rows = session.scalars(select(RedactionBox).where(RedactionBox.file_id.in_(ids)).order_by(*order)).all()
    copies = {row.file_id: row for row in session.scalars(select(RedactedCopy).where(RedactedCopy.file_id.in_(ids)))}
    return [_standing(file, [row for row in rows if row.file_id == file.id], copies.get(file.id)) for file in files]


def _standing(file: CaseFile, rows: Sequence[RedactionBox], copy: RedactedCopy | None) -> Standing:
    boxes = tuple(row for row in rows if row.removed_at is None)
    found = Standing(file, boxes, tuple(row for row in rows if row.removed_at is not None), None)
    if copy is None or (copy.original_sha256, copy.boxes_sha256) != (file.sha256, fingerprint(found.coverings)):
        return found
    return replace(found, copy=copy)


def grounds(case: Case) -> dict[str, Ground]:
    """The grounds on which something can be covered, by their codes; the last one withholds nothing."""
    law = regime(case.regime, case.law_day)
    withholding = [row for row in available(law, DecisionType.PARTIAL, case.law_day) if not row.discloses]
    return {row.code: row for row in (*withholding, MASK)}


def as_boxes(case: Case, coverings: Sequence[Covering]) -> tuple[redaction.Box, ...]:
    """The boxes as the engine draws them, with the words of their grounds."""
    known = grounds(case)
    return tuple(redaction.Box(row.page, row.x, row.y, row.w, row.h, labels(known[row.ground])) for row in coverings)


def copy_data(key: CaseKey, copy: RedactedCopy) -> bytes:
    """The copy's bytes."""
    return key.open(RedactedCopy.__tablename__, "data", copy.file_id, copy.sealed)


def record_data(session: Session, key: CaseKey, file: CaseFile) -> tuple[bytes, str]:
    """What of a record is handed out, with its media type: the redacted copy of one that has boxes.

    NotFound for a record whose copy is not made.
    """
    found = standing(session, file)
    if not found.boxes:
        return file_data(key, file), file.media_type
    if found.copy is None:
        raise NotFound
    return copy_data(key, found.copy), found.copy.media_type


def as_handed_out(session: Session, case: Case, files: Sequence[StatusFile]) -> tuple[StatusFile, ...]:
    """The records with the sizes of what the requester gets."""
    copies = {row.file.id: row.copy for row in standings(session, case) if row.copy is not None}
    return tuple(
        replace(file, size=copies[file.id].size, pages=copies[file.id].pages) if file.id in copies else file
        for file in files
    )


def decision_fingerprint(kind: DecisionType, records: Sequence[Standing]) -> str:
    """What an approver approves: the type, each record, its boxes and its copy, as one SHA-256 in hex digits."""
    rows = sorted(
        (row.file.id, row.file.sha256, fingerprint(row.coverings), row.copy.sha256 if row.copy else "")
        for row in records
    )
    return hashlib.sha256(json.dumps([kind.value, rows], separators=(",", ":")).encode()).hexdigest()
