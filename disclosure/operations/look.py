"""Looking at a case: every view of personal data is recorded before it is shown."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.models.letter import Letter
from disclosure.operations.deliver import opened_online
from disclosure.operations.history import book
from disclosure.queries.keys import case_file, case_letter, file_data, letter_pdf
from disclosure.rules.kinds import NOT_THE_REQUESTERS, FileKind
from portal.core.actor import Actor, ActorKind
from portal.core.errors import NotFound
from portal.core.vault import CaseKey


class What(StrEnum):
    """What was looked at."""

    CASE = "case"
    STATUS = "status"
    FILE = "file"
    LETTER = "letter"
    DRAFT = "draft"
    EXPORT = "export"
    ADDRESS = "address"


def look(session: Session, case: Case, what: What, *, by: Actor, at: datetime, **detail: str) -> None:
    """Record that the actor is shown personal data of the case; raises when they may not.

    A requester who is shown a letter has received it (``detail``: ``letter``).
    """
    policy.check(by, policy.Right.READ, case)
    if what is What.LETTER and "letter" in detail:
        opened_online(session, case, detail["letter"], by=by, at=at)
    book(session, case, "look", by=by, at=at, what=what.value, **detail)


def read_letter(
    session: Session, case: Case, letter_id: str, *, key: CaseKey, by: Actor, at: datetime
) -> tuple[Letter, bytes]:
    """An issued letter and its PDF."""
    letter = case_letter(session, case, letter_id)
    look(session, case, What.LETTER, by=by, at=at, letter=letter.id)
    return letter, letter_pdf(key, letter)


def read_file(
    session: Session, case: Case, file_id: str, *, key: CaseKey, by: Actor, at: datetime
) -> tuple[CaseFile, bytes]:
    """A file and its bytes. A requester reads their own files here; records are handed out by ``hand_out.take``."""
    policy.check(by, policy.Right.READ_FILES, case)
    file = case_file(session, case, file_id)
    if by.kind is ActorKind.RESIDENT and (file.kind is FileKind.RECORD or file.kind in NOT_THE_REQUESTERS):
        raise NotFound
    look(session, case, What.FILE, by=by, at=at, file=file.id, kind=file.kind.value)
    return file, file_data(key, file)


def read_page(session: Session, case: Case, file_id: str, page: int, *, by: Actor, at: datetime) -> CaseFile:
    """The file of which a member of staff is shown the picture of one page."""
    policy.check(by, policy.Right.READ_FILES, case)
    file = case_file(session, case, file_id)
    look(session, case, What.FILE, by=by, at=at, file=file.id, kind=file.kind.value, page=str(page))
    return file
