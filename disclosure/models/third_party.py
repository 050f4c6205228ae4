"""Third parties whose information is in the records: who they are, what they were asked, what they said."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.third_parties import Answer, Item, PartyState
from portal.core.db import Base, UtcDateTime


class ThirdParty(Base):
    """One third party of a case. Who it is, what the records say of it and what it said are sealed JSON.

    ``who_sealed``: name, honorific, postal_code, address, contact. ``about_sealed``: content (what the records hold of
    it), why (for an inquiry that the law demands), naming (why the requester is named, empty: not named), skipped.
    ``said_sealed``: parts and reasons of the answer. ``item`` is set for an inquiry that the law demands. ``withheld``:
    the decision withholds what the party objects to, so that it need not be told and the records need not wait.
    """

    __tablename__ = "disclosure_third_party"
    __table_args__ = (
        CheckConstraint(one_of("state", PartyState), name="state_is_known"),
        CheckConstraint(f"item IS NULL OR {one_of('item', Item)}", name="item_is_known"),
        CheckConstraint(f"answer IS NULL OR {one_of('answer', Answer)}", name="answer_is_known"),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered_has_answer"),
        CheckConstraint("answer IS NULL OR answer = 'none' OR answered_on IS NOT NULL", name="answer_has_day"),
        CheckConstraint(
            "state = 'dropped' OR (state IN ('asked', 'answered')) = (sent_on IS NOT NULL)", name="asked_has_day"
        ),
        CheckConstraint("(sent_on IS NULL) = (due_on IS NULL)", name="asked_until_a_day"),
        CheckConstraint("NOT withheld OR answer = 'opposed'", name="withheld_after_objection"),
        Index("ix_disclosure_third_party_case", "case_id", "entered_at"),
        Index("ix_disclosure_third_party_due", "state", "due_on"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    state: Mapped[PartyState] = mapped_column(EnumText(PartyState))
    item: Mapped[Item | None] = mapped_column(EnumText(Item))
    who_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    about_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_on: Mapped[date | None]
    due_on: Mapped[date | None]
    answer: Mapped[Answer | None] = mapped_column(EnumText(Answer))
    answered_on: Mapped[date | None]
    said_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    file_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_case_file.id"))
    withheld: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
