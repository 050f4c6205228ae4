"""Reading an issued letter in another form: large print, text, plain Japanese, English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.letters import readings
from disclosure.letters.readings import Reading
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.operations.look import What, look
from disclosure.queries.keys import case_letter, letter_context
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.vault import CaseKey
from portal.letters.engine import Context, Template


@dataclass(frozen=True)
class OpenedLetter:
    """A letter with what it was made from, and the form in which it is wanted."""

    letter: Letter
    template: Template
    context: Context
    wanted: Reading

    @property
    def file(self) -> tuple[str, str, bytes]:
        """Name, media type and content of the form as a file. PressFailed, BadLetter."""
        if self.wanted is Reading.TEXT:
            text = readings.text(self.template, self.context)
            return f"{self.letter.number}.txt", "text/plain", text.encode("utf-8")
        data = readings.pdf(self.wanted, self.template, self.context)
        return f"{self.letter.number}-{self.wanted.value}.pdf", "application/pdf", data


def read_reading(
    session: Session, case: Case, letter_id: str, form: str, *, key: CaseKey, by: Actor, at: datetime
) -> OpenedLetter:
    """Open a letter in the form named; the look is recorded as one at the letter. NotFound for an unknown form."""
    row = case_letter(session, case, letter_id)
    context = letter_context(key, row)
    wanted = next((one for one in readings.available(context) if one.value == form), None)
    if wanted is None:
        raise NotFound
    look(session, case, What.LETTER, by=by, at=at, letter=row.id, reading=wanted.value)
    return OpenedLetter(row, LETTERS.named(row.template), context, wanted)
