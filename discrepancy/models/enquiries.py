"""Enquiries between bodies, and each body on their way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.enquiry import EnquiryKind, FormKind
from portal.core.db import Base, UtcDateTime


class Enquiry(Base):
    """One body asks another; what is asked and answered is sealed under the case's key.

    ``asked``: JSON of the six items and the form's own fields. ``answer``: JSON of who answered and what.
    """

    __tablename__ = "discrepancy_enquiry"
    __table_args__ = (
        one_of("kind", EnquiryKind),
        one_of("form", FormKind),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_has_answer"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("discrepancy_case.number"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    form: Mapped[str | None] = mapped_column(String(16))
    from_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    to_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class EnquiryLeg(Base):
    """A body that an enquiry passes through, in order: it reads it and passes it on."""

    __tablename__ = "discrepancy_enquiry_leg"

    enquiry_id: Mapped[str] = mapped_column(ForeignKey("discrepancy_enquiry.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    body_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
