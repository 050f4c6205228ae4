"""Handing the records out: the download with its count and end, and the ledger of how records arrived."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.arrival import Basis, Step
from disclosure.rules.kinds import Delivery
from portal.core import triggers
from portal.core.db import Base, UtcDateTime


class Stopped(StrEnum):
    """Why a hand-out ended before its time."""

    RENEWED = "renewed"
    LEAK = "leak"


STANDS = "stopped_at IS NULL"


class Handout(Base):
    """One offer of the records for download. ``confirms``: a code sent to the declared address is asked for as well.

    The code is sealed under the case's key: the row alone opens nothing. One stands for a case at a time.
    """

    __tablename__ = "disclosure_handout"
    __table_args__ = (
        CheckConstraint("most >= 1 AND taken >= 0 AND taken <= most", name="is_within_its_count"),
        CheckConstraint("code_tries >= 0", name="tries_are_counted"),
        CheckConstraint("(code_sealed IS NULL) = (code_until IS NULL)", name="code_is_whole"),
        CheckConstraint(f"stop_why IS NULL OR {one_of('stop_why', Stopped)}", name="stop_is_known"),
        CheckConstraint("(stopped_at IS NULL) = (stop_why IS NULL)", name="stopped_is_whole"),
        Index(
            "uq_disclosure_handout_stands",
            "case_id",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index("ix_disclosure_handout_case", "case_id", "made_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    expires_on: Mapped[date]
    most: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    confirms: Mapped[bool]
    code_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code_tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    made_name: Mapped[str] = mapped_column(String(200))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[str | None] = mapped_column(String(64))
    stop_why: Mapped[Stopped | None] = mapped_column(EnumText(Stopped))


class Handover(Base):
    """One thing that happened to the records on their way. Append-only; a correction is a new entry.

    ``basis`` says why a day counts as that of receipt, as for letters.
    """

    __tablename__ = "disclosure_handover"
    __table_args__ = (
        CheckConstraint(one_of("step", Step), name="step_is_known"),
        CheckConstraint(one_of("way", Delivery), name="way_is_known"),
        CheckConstraint(f"basis IS NULL OR {one_of('basis', Basis)}", name="basis_is_known"),
        CheckConstraint("(step = 'arrived') = (basis IS NOT NULL)", name="arrival_has_basis"),
        CheckConstraint("(mail_number IS NOT NULL) = (step = 'posted')", name="posted_has_number"),
        CheckConstraint("step <> 'void' OR corrects_id IS NOT NULL", name="void_takes_away"),
        Index("ix_disclosure_handover_case", "case_id", "entered_at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    step: Mapped[Step] = mapped_column(EnumText(Step))
    way: Mapped[Delivery] = mapped_column(EnumText(Delivery))
    basis: Mapped[Basis | None] = mapped_column(EnumText(Basis))
    day: Mapped[date]
    mail_number: Mapped[str | None] = mapped_column(String(16))
    corrects_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_handover.id"), unique=True)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_kind: Mapped[str] = mapped_column(String(16))
    entered_by: Mapped[str] = mapped_column(String(64))
    entered_name: Mapped[str] = mapped_column(String(200), default="")


triggers.register(triggers.AppendOnly(Handover.__tablename__, ("id", "corrects_id")))
