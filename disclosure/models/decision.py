"""Decisions: drafted by one person, approved by another; each return with its reason stays."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.decisions import DecisionType
from disclosure.rules.third_parties import Item
from portal.core.db import Base, UtcDateTime


class DecisionState(StrEnum):
    """How far a decision has come."""

    DRAFT = "draft"
    SENT = "sent"
    APPROVED = "approved"
    ISSUED = "issued"
    DROPPED = "dropped"


S = DecisionState
IN_WORK = "state IN ('draft', 'sent', 'approved')"


class Decision(Base):
    """One decision. The reasons are sealed JSON: a list of part, ground, nature, harm.

    ``fingerprint`` is that of the records, boxes and redacted copies that the approver saw. ``third_party_item``: it
    discloses something about a third party that the law lets out only after asking (第86条第2項第1号・第2号).
    """

    __tablename__ = "disclosure_decision"
    __table_args__ = (
        CheckConstraint(one_of("state", DecisionState), name="state_is_known"),
        CheckConstraint(one_of("type", DecisionType), name="type_is_known"),
        CheckConstraint(f"third_party_item IS NULL OR {one_of('third_party_item', Item)}", name="item_is_known"),
        CheckConstraint("approved_by IS NULL OR approved_by <> drafted_by", name="four_eyes"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approval_is_whole"),
        CheckConstraint(
            f"state = 'dropped' OR ({one_of('state', (S.APPROVED, S.ISSUED))}) = (approved_by IS NOT NULL)",
            name="approved_has_approver",
        ),
        CheckConstraint(
            f"NOT ({one_of('state', (S.SENT, S.APPROVED, S.ISSUED))}) OR sent_at IS NOT NULL", name="sent_has_time"
        ),
        Index(
            "uq_disclosure_decision_in_work",
            "case_id",
            unique=True,
            sqlite_where=text(IN_WORK),
            postgresql_where=text(IN_WORK),
        ),
        Index("ix_disclosure_decision_case", "case_id", "drafted_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    state: Mapped[DecisionState] = mapped_column(EnumText(DecisionState))
    type: Mapped[DecisionType] = mapped_column(EnumText(DecisionType))
    reasons_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    drafted_by: Mapped[str] = mapped_column(String(64))
    drafted_name: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    approved_name: Mapped[str] = mapped_column(String(200), default="")
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    third_party_item: Mapped[Item | None] = mapped_column(EnumText(Item))
    returns: Mapped[list[DecisionReturn]] = relationship(order_by="DecisionReturn.at")


class DecisionReturn(Base):
    """A draft that an approver sent back, with the reason, sealed."""

    __tablename__ = "disclosure_decision_return"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    decision_id: Mapped[str] = mapped_column(ForeignKey("disclosure_decision.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
