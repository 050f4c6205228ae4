"""Reports (顛末報告書): in the making, filed, returned, accepted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.reporting import ReportState
from portal.core.db import Base, UtcDateTime


class Report(Base):
    """``content``: the 42 fields as JSON, sealed under the report's own key. What is counted stands beside it in clear.

    ``nth``: which of the body's reports of its day (1, 2, …), part of its title. ``cause``: key of the main cause in
    the table of codes ``cause_table``. ``receipt_number`` and ``received_at`` are the operator's.
    """

    __tablename__ = "discrepancy_report"
    __table_args__ = (
        one_of("state", ReportState),
        UniqueConstraint("body_code", "filed_on", "nth"),
        CheckConstraint("(state = 'accepted') = (receipt_number IS NOT NULL)", name="accepted_has_number"),
        CheckConstraint("(state = 'accepted') = (received_at IS NOT NULL)", name="accepted_has_time"),
        CheckConstraint("state <> 'returned' OR returned_because IS NOT NULL", name="returned_says_why"),
        # All that figures count, so that they are read from the index alone.
        Index(
            "ix_discrepancy_report_figures",
            *("filed_on", "cause_table", "cause", "information", "body_code", "affair", "state"),
        ),
        Index("ix_discrepancy_report_cluster", "cause_table", "cause", "information", "filed_on", "body_code", "state"),
        # What lists count and skip is read from these alone.
        Index("ix_discrepancy_report_state", "state", "filed_on", "id"),
        Index("ix_discrepancy_report_listed", "filed_on", "id", "state", "cause_table", "cause", "affair", "body_code"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    body_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    cause_id: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_cause.id"), index=True)
    filed_on: Mapped[date | None] = mapped_column(Date)
    nth: Mapped[int | None] = mapped_column(Integer)
    causer: Mapped[str] = mapped_column(String(16), default="")
    affair: Mapped[str] = mapped_column(String(60), default="")
    information: Mapped[str] = mapped_column(String(60), default="")
    cause_table: Mapped[str] = mapped_column(String(16), default="")
    cause: Mapped[str] = mapped_column(String(60), default="")
    effect: Mapped[str] = mapped_column(String(60), default="")
    content: Mapped[bytes] = mapped_column(LargeBinary)
    returned_because: Mapped[bytes | None] = mapped_column(LargeBinary)
    office_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(64))
    receipt_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


# How a report's cause, and its cause with its information, are named where they are counted.
_BETWEEN = literal_column("'/'", String)
CAUSE_KEY = Report.cause_table + _BETWEEN + Report.cause
CLUSTER_KEY = CAUSE_KEY + _BETWEEN + Report.information


class ReportCase(Base):
    """A case that a report tells of."""

    __tablename__ = "discrepancy_report_case"

    report_id: Mapped[str] = mapped_column(ForeignKey("discrepancy_report.id"), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("discrepancy_case.number"), primary_key=True, index=True)
