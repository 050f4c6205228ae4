"""The suits of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.suit import Suit
from portal.core.errors import NotFound
from portal.core.sealed import open_text
from portal.core.vault import CaseKey


def suits(session: Session, case: Case) -> list[Suit]:
    """The suits of a case, oldest first."""
    return list(session.scalars(select(Suit).where(Suit.case_id == case.id).order_by(Suit.filed_on, Suit.id)))


def suit(session: Session, case: Case, suit_id: str) -> Suit:
    """One suit of this case; NotFound for another case's."""
    row = session.get(Suit, suit_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


def note(key: CaseKey, row: Suit) -> str:
    """What colleagues should know."""
    return open_text(key, Suit.__tablename__, "note", row.id, row.note_sealed)
