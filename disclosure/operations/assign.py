"""Giving a case to a colleague, and notes among staff."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import Audience, CaseNote
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin
from disclosure.queries.keys import case_key
from disclosure.rules.states import Action
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Invalid
from portal.core.sealed import seal_text
from portal.core.vault import OfficeVault


def assign(
    session: Session, case: Case, *, assignee_id: str | None, assignee_name: str, by: Actor, at: datetime
) -> None:
    """Put a colleague in charge, or nobody (``None``)."""
    begin(session, case, Action.ASSIGN, by=by)
    case.assignee_id, case.assignee_name = assignee_id, assignee_name if assignee_id else ""
    tell(session, case, "assigned", by=by, at=at, audience=Audience.STAFF, name=case.assignee_name)
    book(session, case, "assign", by=by, at=at, assignee=assignee_id)


def note(session: Session, case: Case, text: str, *, vault: OfficeVault, by: Actor, at: datetime) -> CaseNote:
    """Add a note that only staff read."""
    begin(session, case, Action.NOTE, by=by)
    if not text.strip():
        raise Invalid(N_("Write the note."), field="text")
    screening.lines(text, field="text")
    row_id = new_id()
    sealed = seal_text(case_key(vault, case), CaseNote.__tablename__, "text", row_id, text)
    row = CaseNote(id=row_id, case_id=case.id, at=at, author_id=by.id, author_name=by.name, text_sealed=sealed)
    session.add(row)
    book(session, case, "note", by=by, at=at)
    return row
