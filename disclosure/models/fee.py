"""The ledger of fees: what was charged, paid, waived, refunded. Append-only; a mistake is struck out by an entry."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.fees import FeeKind, FeeStep, Way
from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class WaiverState(StrEnum):
    """What became of an application for a waiver (手数料の減免)."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class FeeEntry(Base):
    """One entry; ``yen`` is never negative, the step says which way it counts.

    All but a charge name theirs by ``charge_id``; a refund names its payment too. ``number`` is that of the receipt
    (領収書) of a payment.
    """

    __tablename__ = "disclosure_fee"
    __table_args__ = (
        CheckConstraint(one_of("step", FeeStep), name="step_is_known"),
        CheckConstraint(one_of("what", FeeKind), name="what_is_known"),
        CheckConstraint(f"way IS NULL OR {one_of('way', Way)}", name="way_is_known"),
        CheckConstraint("yen > 0", name="yen_is_positive"),
        CheckConstraint("(charge_id IS NULL) = (step = 'charged')", name="belongs_to_charge"),
        CheckConstraint("(way IS NOT NULL) = (step = 'paid')", name="paid_has_way"),
        CheckConstraint("(number IS NOT NULL) = (step = 'paid')", name="paid_has_number"),
        CheckConstraint("(payment_id IS NOT NULL) = (step = 'refunded')", name="refund_has_payment"),
        CheckConstraint("(waiver_id IS NOT NULL) = (step = 'waived')", name="waived_is_decided"),
        Index("ix_disclosure_fee_case", "case_id", "entered_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    step: Mapped[FeeStep] = mapped_column(EnumText(FeeStep))
    what: Mapped[FeeKind] = mapped_column(EnumText(FeeKind))
    yen: Mapped[int]
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_fee.id"))
    payment_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_fee.id"), unique=True)
    waiver_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    way: Mapped[Way | None] = mapped_column(EnumText(Way))
    number: Mapped[str | None] = mapped_column(String(32), unique=True)
    day: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200), default="")


class FeeWaiver(Base):
    """An application that a charge be waived, with its reason, sealed; ``files`` are ids of the evidence sent along.

    ``answer_sealed`` is what the approver gave as the reason. Nobody decides what they entered themselves.
    """

    __tablename__ = "disclosure_fee_waiver"
    __table_args__ = (
        CheckConstraint(one_of("state", WaiverState), name="state_is_known"),
        CheckConstraint(
            "(state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)"
            " AND (decided_by IS NULL) = (answer_sealed IS NULL)",
            name="decided_is_whole",
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="four_eyes"),
        Index("ix_disclosure_fee_waiver_case", "case_id", "asked_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    charge_id: Mapped[str] = mapped_column(ForeignKey("disclosure_fee.id"))
    state: Mapped[WaiverState] = mapped_column(EnumText(WaiverState), default=WaiverState.ASKED)
    asked_on: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_name: Mapped[str] = mapped_column(String(200), default="")
    files: Mapped[list[str]] = mapped_column(JSON)
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    decided_name: Mapped[str] = mapped_column(String(200), default="")
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


triggers.register(
    triggers.AppendOnly(FeeEntry.__tablename__, ("id", "payment_id", "waiver_id", "number")),
)
