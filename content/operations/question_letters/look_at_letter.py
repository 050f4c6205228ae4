"""Looking at what is sealed of a letter: recorded before it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake
from content.models.letters import Letter
from content.operations.question_letters.file_letter import TABLE, letter_case
from content.operations.question_letters.register_letter import Reading, reading
from portal.core import audit
from portal.core.actor import Actor
from portal.core.sealed import open_json
from portal.core.vault import OfficeVault


@dataclass(frozen=True, repr=False)
class Sealed:
    """A letter as it came, and how to reach its sender (name, person, address, mail, telephone)."""

    reading: Reading
    contact: Mapping[str, str]
    publish_name: bool


def look_at_letter(session: Session, letter: Letter, *, vault: OfficeVault, by: Actor, at: datetime) -> Sealed:
    """Open what is sealed for reception, and record that it was looked at."""
    policy.check_receive(by)
    intake = session.get_one(Intake, letter.key)
    audit.record(session, at=at, actor=by, action="content.letter.look", subject=letter.key)
    key = vault.open_case(letter_case(letter.key), intake.office_wrap)
    contact = open_json(key, TABLE, "contact", letter.key, intake.contact)
    return Sealed(reading(intake, vault), contact, intake.publish_name)
