"""More time for a decision, drafted by one and told by another: extension (第83条第2項), special period (第84条).

What is decided when under the special period is the decisions' own; this table knows only what the requester was told.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from portal.core.db import Base, UtcDateTime


class ExtensionState(StrEnum):
    """How far the notice has come."""

    DRAFTED = "drafted"
    ISSUED = "issued"
    DROPPED = "dropped"


IN_WORK = "state = 'drafted'"
STANDING = "state = 'issued'"


class Extension(Base):
    """More time for one case. ``facts_sealed`` is the text of why; all else is plain, for counting.

    An extension has ``days`` and a ground; the special period has the day by which the rest is decided. At most one
    is in work for a case, and each kind was told at most once.
    """

    __tablename__ = "disclosure_extension"
    __table_args__ = (
        CheckConstraint(one_of("kind", ExtensionKind), name="kind_is_known"),
        CheckConstraint(one_of("state", ExtensionState), name="state_is_known"),
        CheckConstraint(f"ground IS NULL OR {one_of('ground', ExtensionGround)}", name="ground_is_known"),
        CheckConstraint(
            "(kind = 'extension') = (days IS NOT NULL) AND (kind = 'extension') = (ground IS NOT NULL)"
            " AND (kind = 'special') = (rest_on IS NOT NULL)",
            name="kind_has_its_values",
        ),
        CheckConstraint("days IS NULL OR days >= 1", name="extends_by_days"),
        CheckConstraint("issued_by IS NULL OR issued_by <> drafted_by", name="four_eyes"),
        CheckConstraint(
            "(state = 'issued') = (letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL)"
            " AND (issued_by IS NULL) = (issued_at IS NULL) AND (issued_by IS NULL) = (issued_on IS NULL)",
            name="issued_is_whole",
        ),
        Index(
            "uq_disclosure_extension_in_work",
            "case_id",
            unique=True,
            sqlite_where=text(IN_WORK),
            postgresql_where=text(IN_WORK),
        ),
        Index(
            "uq_disclosure_extension_issued",
            "case_id",
            "kind",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index("ix_disclosure_extension_case", "case_id", "drafted_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    kind: Mapped[ExtensionKind] = mapped_column(EnumText(ExtensionKind))
    state: Mapped[ExtensionState] = mapped_column(EnumText(ExtensionState))
    days: Mapped[int | None]
    ground: Mapped[ExtensionGround | None] = mapped_column(EnumText(ExtensionGround))
    rest_on: Mapped[date | None]
    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"), unique=True)
    drafted_by: Mapped[str] = mapped_column(String(64))
    drafted_name: Mapped[str] = mapped_column(String(200))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str | None] = mapped_column(String(64))
    issued_name: Mapped[str] = mapped_column(String(200), default="")
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    issued_on: Mapped[date | None]
