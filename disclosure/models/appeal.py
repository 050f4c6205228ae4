"""Appeals (審査請求) and objections of a case: how far each has come, its ledger of steps, who else takes part."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.appeals import ENDED, Against, AppealState, Result
from disclosure.rules.kinds import Channel
from portal.core import triggers
from portal.core.db import Base, UtcDateTime

_ENDED = one_of("state", ENDED)


class Part(StrEnum):
    """As what somebody other than the appellant takes part (参加人, 反対意見書を提出した第三者)."""

    PARTICIPANT = "participant"
    THIRD_PARTY = "third-party"


class Appeal(Base):
    """One appeal against a letter that decides, or against there being none.

    ``said_sealed`` is what the law asks for (行政不服審査法 第19条第2項), as JSON. ``posted_on`` is the day of posting
    of one that came by mail. ``in_time`` is what the rules found; ``excused``: too late, but for a just reason
    (第18条ただし書). ``next_day`` is the day by which a correction is expected. ``anew_on``: when the decision was made
    anew that the ruling asks for. ``hold_id`` is the legal hold that the appeal placed on its case.
    """

    __tablename__ = "disclosure_appeal"
    __table_args__ = (
        CheckConstraint(one_of("state", AppealState), name="state_is_known"),
        CheckConstraint(one_of("against", Against), name="against_is_known"),
        CheckConstraint(one_of("channel", Channel), name="channel_is_known"),
        CheckConstraint(f"result IS NULL OR {one_of('result', Result)}", name="result_is_known"),
        CheckConstraint("(against = 'decision') = (letter_id IS NOT NULL)", name="decision_has_letter"),
        CheckConstraint("against <> 'decision' OR known_on IS NOT NULL", name="decision_was_known"),
        CheckConstraint(f"({_ENDED}) = (ended_on IS NOT NULL)", name="ended_has_day"),
        CheckConstraint("(state = 'ruled') = (result IS NOT NULL)", name="ruled_has_result"),
        CheckConstraint("(state = 'forwarded') = (forwarded_to <> '')", name="forwarded_has_body"),
        CheckConstraint("state NOT IN ('consulted', 'reported') OR consulted_on IS NOT NULL", name="consulted_has_day"),
        CheckConstraint("state <> 'reported' OR reported_on IS NOT NULL", name="reported_has_day"),
        CheckConstraint("reported_on IS NULL OR consulted_on IS NOT NULL", name="reported_after_consulted"),
        CheckConstraint("(state = 'correcting') = (next_day IS NOT NULL)", name="correcting_has_day"),
        CheckConstraint("posted_on IS NULL OR posted_on <= filed_on", name="posted_before_filed"),
        CheckConstraint("anew_on IS NULL OR result IN ('partly', 'upheld')", name="anew_after_upheld"),
        Index("ix_disclosure_appeal_case", "case_id", "filed_on"),
        Index(
            "ix_disclosure_appeal_open",
            "filed_on",
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    letter_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"))
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    against: Mapped[Against] = mapped_column(EnumText(Against))
    channel: Mapped[Channel] = mapped_column(EnumText(Channel))
    state: Mapped[AppealState] = mapped_column(EnumText(AppealState))
    filed_on: Mapped[date]
    posted_on: Mapped[date | None]
    known_on: Mapped[date | None]
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    in_time: Mapped[bool]
    excused: Mapped[bool] = mapped_column(default=False)
    next_day: Mapped[date | None]
    accepted_on: Mapped[date | None]
    consulted_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    report_number: Mapped[str] = mapped_column(String(80), default="")
    result: Mapped[Result | None] = mapped_column(EnumText(Result))
    ended_on: Mapped[date | None]
    forwarded_to: Mapped[str] = mapped_column(String(200), default="")
    ruling_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_letter.id"), unique=True)
    anew_on: Mapped[date | None]
    hold_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_legal_hold.id"))
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_kind: Mapped[str] = mapped_column(String(16))
    filed_by: Mapped[str] = mapped_column(String(64))
    filed_name: Mapped[str] = mapped_column(String(200), default="")


class AppealStep(Base):
    """One thing that happened in an appeal, on ``day``. ``note_sealed`` says more; where ``inside``, to staff only."""

    __tablename__ = "disclosure_appeal_step"
    __table_args__ = (Index("ix_disclosure_appeal_step_appeal", "appeal_id", "at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    appeal_id: Mapped[str] = mapped_column(ForeignKey("disclosure_appeal.id"))
    code: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    inside: Mapped[bool]
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_kind: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(200), default="")


class AppealParticipant(Base):
    """Somebody else to be told of the consultation: name and address as JSON, sealed under the case's key."""

    __tablename__ = "disclosure_appeal_participant"
    __table_args__ = (
        CheckConstraint(one_of("part", Part), name="part_is_known"),
        Index("ix_disclosure_appeal_participant_appeal", "appeal_id"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    appeal_id: Mapped[str] = mapped_column(ForeignKey("disclosure_appeal.id"))
    part: Mapped[Part] = mapped_column(EnumText(Part))
    person_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[str] = mapped_column(String(64))
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


triggers.register(triggers.AppendOnly(AppealStep.__tablename__, ("id",)))
