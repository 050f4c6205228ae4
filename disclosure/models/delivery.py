"""The ledger of deliveries: how each letter reached its requester. Append-only; a correction is a new entry."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.arrival import Basis, Returned, Step, Way
from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class DeliveryEntry(Base):
    """One thing that happened to a letter on its way, and who entered it.

    ``day`` is when it happened. What became of a posting (arrived, returned) names it by ``posting_id``. An entry that
    takes the place of another names it by ``corrects_id``; one of step ``void`` only takes it away.
    """

    __tablename__ = "disclosure_delivery"
    __table_args__ = (
        CheckConstraint(one_of("step", Step), name="step_is_known"),
        CheckConstraint(one_of("way", Way), name="way_is_known"),
        CheckConstraint(f"basis IS NULL OR {one_of('basis', Basis)}", name="basis_is_known"),
        CheckConstraint(f"returned_as IS NULL OR {one_of('returned_as', Returned)}", name="return_is_known"),
        CheckConstraint("(step = 'arrived') = (basis IS NOT NULL)", name="arrival_has_basis"),
        CheckConstraint("(step = 'returned') = (returned_as IS NOT NULL)", name="return_has_reason"),
        CheckConstraint(
            "(mail_number IS NOT NULL) = (step = 'posted') AND (run_id IS NOT NULL OR step <> 'posted')",
            name="posted_has_number",
        ),
        CheckConstraint(
            "(posting_id IS NOT NULL) = (way = 'post' AND step IN ('arrived', 'returned'))", name="outcome_has_posting"
        ),
        CheckConstraint("step <> 'void' OR corrects_id IS NOT NULL", name="void_takes_away"),
        Index("ix_disclosure_delivery_case", "case_id", "entered_at"),
        Index("ix_disclosure_delivery_mail_number", "mail_number"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    letter_id: Mapped[str] = mapped_column(ForeignKey("disclosure_letter.id"), index=True)
    step: Mapped[Step] = mapped_column(EnumText(Step))
    way: Mapped[Way] = mapped_column(EnumText(Way))
    basis: Mapped[Basis | None] = mapped_column(EnumText(Basis))
    day: Mapped[date]
    mail_number: Mapped[str | None] = mapped_column(String(16))
    returned_as: Mapped[Returned | None] = mapped_column(EnumText(Returned))
    run_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_print_run.id"), index=True)
    posting_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_delivery.id"))
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_delivery.id"), unique=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_kind: Mapped[str] = mapped_column(String(16))
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200), default="")


triggers.register(triggers.AppendOnly(DeliveryEntry.__tablename__, ("id", "corrects_id")))
