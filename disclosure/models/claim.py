"""What a claim (訂正請求・利用停止請求) has beside its case: the disclosure it rests on, that it was carried out."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.claims import Measure
from portal.core.db import Base, UtcDateTime


class Proof(StrEnum):
    """How the claimant's identity is shown: documents came with the claim, or those of the request were taken over."""

    ANEW = "anew"
    TAKEN_OVER = "taken-over"


class ClaimRow(Base):
    """One claim. ``disclosed_on`` and ``window_on`` (its last day) are None where they are not known or there is none.

    ``grounds`` are the codes of what the claimant says is wrong, ``measure`` what a suspension is to be.
    ``done_sealed`` tells what was changed; ``done_on`` is the day on which it was, the others say by whom.
    """

    __tablename__ = "disclosure_claim"
    __table_args__ = (
        CheckConstraint(one_of("proof", Proof), name="proof_is_known"),
        CheckConstraint(f"measure IS NULL OR {one_of('measure', Measure)}", name="measure_is_known"),
        CheckConstraint(
            "(done_on IS NULL) = (done_at IS NULL) AND (done_on IS NULL) = (done_by IS NULL)"
            " AND (done_on IS NULL) = (done_sealed IS NULL)",
            name="done_is_whole",
        ),
        CheckConstraint("NOT late OR window_on IS NOT NULL", name="late_has_a_last_day"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), primary_key=True)
    disclosed_on: Mapped[date | None]
    window_on: Mapped[date | None]
    late: Mapped[bool]
    grounds: Mapped[list[str]] = mapped_column(JSON)
    measure: Mapped[Measure | None] = mapped_column(EnumText(Measure))
    proof: Mapped[Proof] = mapped_column(EnumText(Proof))
    done_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[str | None] = mapped_column(String(64))
    done_name: Mapped[str] = mapped_column(String(200), default="")
    done_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
