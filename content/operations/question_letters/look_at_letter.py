"""Looking at what is sealed of a letter: recorded before it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake, IntakeFile
from content.models.letters import Letter
from content.operations.question_letters.file_letter import FILES, TABLE
from content.operations.question_letters.register_letter import Reading, reading
from content.rules.question_letters.filing import letter_case
from content.rules.question_letters.states import FileRole
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.sealed import open_json, open_text
from portal.core.vault import OfficeVault


@dataclass(frozen=True, repr=False)
class SealedFile:
    """A file that came with a letter, without its bytes."""

    id: str
    name: str
    role: FileRole
    media_type: str
    size: int


@dataclass(frozen=True, repr=False)
class Sealed:
    """A letter as it came with its files, and how to reach its sender (name, person, address, mail, telephone)."""

    reading: Reading
    contact: Mapping[str, str]
    publish_name: bool
    files: tuple[SealedFile, ...]


def look_at_letter(session: Session, letter: Letter, *, vault: OfficeVault, by: Actor, at: datetime) -> Sealed:
    """Open what is sealed for reception, and record that it was looked at."""
    policy.check_receive(by)
    intake = session.get_one(Intake, letter.key)
    audit.record(session, at=at, actor=by, action="content.letter.look", subject=letter.key)
    key = vault.open_case(letter_case(letter.key), intake.office_wrap)
    contact = open_json(key, TABLE, "contact", letter.key, intake.contact)
    rows = session.scalars(select(IntakeFile).where(IntakeFile.letter_key == letter.key).order_by(IntakeFile.added_at))
    files = tuple(
        SealedFile(
            id=row.id,
            name=open_text(key, FILES, "name", row.id, row.name),
            role=FileRole(row.role),
            media_type=row.media_type,
            size=row.size,
        )
        for row in rows
    )
    return Sealed(reading(intake, vault), contact, intake.publish_name, files)


def read_file(
    session: Session, letter: Letter, file_id: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> tuple[SealedFile, bytes]:
    """A file of the letter with its bytes, for reception; each look is recorded. NotFound."""
    files = look_at_letter(session, letter, vault=vault, by=by, at=at).files
    found = next((one for one in files if one.id == file_id), None)
    if found is None:
        raise NotFound
    row, intake = session.get_one(IntakeFile, file_id), session.get_one(Intake, letter.key)
    key = vault.open_case(letter_case(letter.key), intake.office_wrap)
    return found, key.open(FILES, "content", row.id, row.content)
