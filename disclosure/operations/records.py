"""The records that were found: attaching them and taking a wrong one away, before the decision is approved."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.file import CaseFile
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin
from disclosure.operations.redact import forget
from disclosure.queries.keys import case_file, case_key
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.vault import OfficeVault


def attach_record(
    session: Session, case: Case, upload: Upload, *, vault: OfficeVault, by: Actor, at: datetime
) -> CaseFile:
    """Add a record (image or PDF, cleaned) to the case."""
    case.state = begin(session, case, Action.ATTACH_RECORD, by=by)
    (row,) = seal_files(session, case, case_key(vault, case), [upload], FileKind.RECORD, by=by, at=at)
    tell(session, case, "record-attached", by=by, at=at, audience=Audience.STAFF, pages=str(row.pages))
    book(session, case, "attach-record", by=by, at=at, file=row.id, sha256=row.sha256)
    return row


def remove_record(session: Session, case: Case, file_id: str, *, by: Actor, at: datetime) -> None:
    """Take a record away again, for example another person's; its sealed bytes, boxes and copy are deleted."""
    case.state = begin(session, case, Action.REMOVE_RECORD, by=by)
    row = case_file(session, case, file_id)
    if row.kind is not FileKind.RECORD:
        raise NotFound
    forget(session, row)
    session.execute(delete(CaseFile).where(CaseFile.id == row.id))
    session.expunge(row)
    tell(session, case, "record-removed", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "remove-record", by=by, at=at, file=file_id, sha256=row.sha256)
