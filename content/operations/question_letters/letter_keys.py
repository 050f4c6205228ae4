"""The keys of letters under the newest key of the office."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.intake import Intake
from content.rules.question_letters.filing import letter_case
from portal.core.vault import OfficeVault


def rewrap(session: Session, vault: OfficeVault) -> int:
    """Wrap all letters' keys for the office's newest key; returns how many. What is sealed stays as it is."""
    count = 0
    for row in session.scalars(select(Intake).with_for_update()):
        row.office_wrap = vault.rewrap(letter_case(row.letter_key), row.office_wrap)
        count += 1
    return count
