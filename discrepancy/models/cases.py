"""A case: what was delivered over the network and an applicant's papers differ, or nothing was delivered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from discrepancy.rules.states import CaseKind, CaseState, Party
from portal.core.db import Base, UtcDateTime


class Cause(Base):
    """A cause that a body found with itself; cases of one cause are reported in one report."""

    __tablename__ = "discrepancy_cause"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    body_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    found_on: Mapped[date] = mapped_column(Date)


class Discrepancy(Base):
    """``number`` (``d-2026-000123``) is its address. What people wrote of it is sealed under its own key.

    ``serial_index``: blind index of the message serial number (処理通番). ``incident_key``: the published wide outage
    that it belongs to. ``quick``: whether a remedy within about a week is expected. ``checked``: what the inquirer
    looked at in its own house, by item. ``due_on``: until when the next thing is waited for (``rules/waiting.py``).
    """

    __tablename__ = "discrepancy_case"
    __table_args__ = (
        one_of("kind", CaseKind),
        one_of("state", CaseState),
        one_of("causer", Party),
        UniqueConstraint("fiscal_year", "sequence"),
        CheckConstraint("(causer IS NULL) = (causer_code IS NULL)", name="causer_is_a_body"),
        CheckConstraint("provider_code IS NULL OR provider_code <> inquirer_code", name="two_bodies"),
        CheckConstraint(
            "state NOT IN ('report-due', 'reported', 'accepted') OR causer IS NOT NULL", name="due_of_somebody"
        ),
        CheckConstraint("state <> 'report-due' OR report_due_on IS NOT NULL", name="due_has_its_day"),
        CheckConstraint(
            "(state IN ('accepted', 'closed-without-report')) = (closed_on IS NOT NULL)", name="closed_has_its_day"
        ),
        # What lists count and skip is read from these alone.
        Index("ix_discrepancy_case_counted", "state", "kind", "due_on"),
        Index("ix_discrepancy_case_latest", "opened_at", "number", "state", "kind", "inquirer_code", "provider_code"),
        Index("ix_discrepancy_case_waiting", "due_on", "number", "state", "kind"),
    )

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(Integer)
    sequence: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(24))
    inquirer_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    provider_code: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    causer: Mapped[str | None] = mapped_column(String(16))
    causer_code: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_body.code"), index=True)
    cause_id: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_cause.id"), index=True)
    affair: Mapped[str] = mapped_column(String(60), index=True)
    information: Mapped[str] = mapped_column(String(60), index=True)
    occurred_at: Mapped[datetime] = mapped_column(UtcDateTime)
    checked: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict, server_default=text("'{}'"))
    incident_key: Mapped[str | None] = mapped_column(ForeignKey("content_incident.key"), index=True)
    papers_used_on: Mapped[date | None] = mapped_column(Date)
    cause_known_on: Mapped[date | None] = mapped_column(Date)
    quick: Mapped[bool | None] = mapped_column(Boolean)
    remedied_on: Mapped[date | None] = mapped_column(Date)
    report_due_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_on: Mapped[date | None] = mapped_column(Date)
    opened_by: Mapped[str] = mapped_column(String(64))
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    serial: Mapped[bytes | None] = mapped_column(LargeBinary)
    serial_index: Mapped[str | None] = mapped_column(String(64), index=True)
    office_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __mapper_args__: dict[str, Any] = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class CaseBody(Base):
    """A body may read a case, and as whom: all that decides who sees it. A prefecture reads what goes through it."""

    __tablename__ = "discrepancy_case_body"
    __table_args__ = (one_of("party", Party), Index("ix_discrepancy_case_body_body", "body_code", "case_number"))

    case_number: Mapped[str] = mapped_column(ForeignKey("discrepancy_case.number"), primary_key=True)
    body_code: Mapped[str] = mapped_column(ForeignKey("discrepancy_body.code"), primary_key=True)
    party: Mapped[str] = mapped_column(String(16), primary_key=True)


class CaseStep(Base):
    """What happened to a case, for ever. ``note`` is sealed; ``body_code`` is whose account took the step."""

    __tablename__ = "discrepancy_step"
    __table_args__ = (UniqueConstraint("case_number", "position"), one_of("state", CaseState))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("discrepancy_case.number"))
    position: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    action: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(24))
    body_code: Mapped[str | None] = mapped_column(ForeignKey("discrepancy_body.code"))
    account_id: Mapped[str] = mapped_column(String(64))
    day: Mapped[date | None] = mapped_column(Date)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
