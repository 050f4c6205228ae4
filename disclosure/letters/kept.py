"""This room's letters for the commands of the letters' room: opened with the office's keys."""

from __future__ import annotations

from sqlalchemy.orm import Session

from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.queries.keys import case_key, letter_context, letter_pdf
from portal.core.vault import OfficeVault
from portal.letters import keepers
from portal.letters.keepers import Kept


def kept(session: Session, vault: OfficeVault, letter_id: str) -> Kept | None:
    """The letter of a case; None when no case has it. Gone when the case was erased."""
    letter = session.get(Letter, letter_id)
    if letter is None:
        return None
    key = case_key(vault, session.get_one(Case, letter.case_id))
    return Kept(LETTERS, letter.template, letter_context(key, letter), letter_pdf(key, letter))


keepers.register(kept)
