"""Reception corrects what a letter was read as, before it is opened. Its words stay as they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake
from content.models.letters import Letter
from content.operations.question_letters.file_letter import TABLE
from content.operations.question_letters.register_letter import reading
from content.rules.question_letters.blocks import Block
from content.rules.question_letters.filing import letter_case
from content.rules.question_letters.states import LETTERS, LetterAction, LetterState
from content.rules.question_letters.structure import as_json, says_the_same
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault


def correct_reading(
    session: Session, letter: Letter, blocks: Sequence[Block], *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Keep the parts of a letter as reception cut them, sealed. Forbidden, Conflict, Invalid."""
    policy.check_receive(by)
    if LetterAction.REGISTER not in LETTERS[LetterState(letter.state)]:
        raise Conflict(N_("The letter is no longer in a state in which this can be done."))
    intake = session.get_one(Intake, letter.key, with_for_update=True)
    read = reading(intake, vault)
    if not says_the_same(blocks, read.text):
        raise Invalid(N_("The parts do not say what the letter says. Read the letter again."))
    key = vault.open_case(letter_case(letter.key), intake.office_wrap)
    intake.reading = seal_json(key, TABLE, "reading", letter.key, {"title": read.title, "blocks": as_json(blocks)})
    session.flush()
    audit.record(session, at=at, actor=by, action="content.letter.correct", subject=letter.key)
