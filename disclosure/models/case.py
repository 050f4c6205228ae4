"""A request (事案): what may be read without its key — state, days, wishes — and, sealed, what is personal."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from disclosure.models.columns import EnumText, one_of
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import CaseKind, Channel, Delivery, Field, Format, RecordKind, Requester
from disclosure.rules.states import ENDED, NOTIFIED, State
from portal.core.db import Base, UtcDateTime

OPEN = "ended_on IS NULL"
OVER = "ended_on IS NOT NULL"
CLAIM = "origin_id IS NOT NULL"
REST = "part_of_id IS NOT NULL"
ANEW = "anew_of_id IS NOT NULL"


class Case(Base):
    """One request. ``id`` names it inside, ``number`` (開-R08-000123-Q) outside; neither is a secret.

    ``due_on`` and ``target_on`` are the decision's days as last computed (while a correction is open: as of the day
    it was asked for). ``next_due_on`` is the next duty of whoever must act, the desk's order.

    A claim (訂正・利用停止) is a case of its own whose ``origin_id`` is the case that disclosed the record, if that was
    here. So is the rest of a request under the special period (第84条): ``part_of_id`` is the case whose rest it is;
    and what is decided anew after a ruling: ``anew_of_id`` is the case whose decision was appealed.
    ``protected``: the address must stand on no list (被害者の保護). ``release_from`` is the first day on which the
    records may be handed out, where an opposing third party has time to object (第86条第3項).
    """

    __tablename__ = "disclosure_case"
    __table_args__ = (
        CheckConstraint(one_of("state", State), name="state_is_known"),
        CheckConstraint(one_of("records", RecordKind), name="records_are_known"),
        CheckConstraint(one_of("delivery", Delivery), name="delivery_is_known"),
        CheckConstraint(one_of("format", Format), name="format_is_known"),
        CheckConstraint(one_of("channel", Channel), name="channel_is_known"),
        CheckConstraint(one_of("kind", CaseKind), name="kind_is_known"),
        CheckConstraint(one_of("requester", Requester), name="requester_is_known"),
        CheckConstraint("origin_id IS NULL OR kind <> 'disclosure'", name="claims_have_origins"),
        CheckConstraint("language IN ('ja', 'en')", name="language_is_known"),
        CheckConstraint(f"({one_of('state', ENDED)}) = (ended_on IS NOT NULL)", name="ended_has_day"),
        CheckConstraint(
            f"({one_of('state', NOTIFIED)}) = (notified_on IS NOT NULL)"
            " OR (state = 'withdrawn' AND released_at IS NULL)",
            name="notified_has_day",
        ),
        CheckConstraint("state <> 'implemented' OR released_at IS NOT NULL", name="implemented_is_released"),
        CheckConstraint("state <> 'lapsed' OR released_at IS NULL", name="lapsed_is_not_released"),
        CheckConstraint("released_at IS NULL OR notified_on IS NOT NULL", name="released_after_notice"),
        CheckConstraint("(notified_on IS NULL) OR (decision_type IS NOT NULL)", name="notified_is_decided"),
        CheckConstraint("ended_on IS NOT NULL OR next_due_on IS NOT NULL", name="open_has_next_due"),
        CheckConstraint("law_day <= received_on", name="law_is_of_the_day"),
        Index("ix_disclosure_case_desk", "next_due_on", "number", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        # The numbers over the desk and the workload are counted from this index alone.
        Index(
            "ix_disclosure_case_open",
            "state",
            "decision_type",
            "assignee_id",
            "next_due_on",
            "ended_on",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        # Few cases have an origin: an index that also held the others would seem useless to a database's planner.
        Index("ix_disclosure_case_origin_id", "origin_id", sqlite_where=text(CLAIM), postgresql_where=text(CLAIM)),
        Index(
            "ix_disclosure_case_part_of_id",
            "part_of_id",
            unique=True,
            sqlite_where=text(REST),
            postgresql_where=text(REST),
        ),
        Index("ix_disclosure_case_anew_of_id", "anew_of_id", sqlite_where=text(ANEW), postgresql_where=text(ANEW)),
        Index("ix_disclosure_case_ended", "ended_on", "number", sqlite_where=text(OVER), postgresql_where=text(OVER)),
        Index("ix_disclosure_case_state_due", "state", "next_due_on", "number"),
        Index(
            "ix_disclosure_case_assignee_due",
            "assignee_id",
            "next_due_on",
            "number",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    submission_key: Mapped[str] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[CaseKind] = mapped_column(EnumText(CaseKind), default=CaseKind.DISCLOSURE, server_default="disclosure")
    origin_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_case.id"))
    part_of_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_case.id"))
    anew_of_id: Mapped[str | None] = mapped_column(ForeignKey("disclosure_case.id"))
    requester: Mapped[Requester] = mapped_column(EnumText(Requester), default=Requester.PERSON, server_default="person")
    protected: Mapped[bool] = mapped_column(default=False, server_default=false())
    regime: Mapped[str] = mapped_column(String(8))
    law_day: Mapped[date]
    state: Mapped[State] = mapped_column(EnumText(State))
    received_on: Mapped[date]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[Channel] = mapped_column(EnumText(Channel))
    language: Mapped[str] = mapped_column(String(2))

    records: Mapped[RecordKind] = mapped_column(EnumText(RecordKind))
    delivery: Mapped[Delivery] = mapped_column(EnumText(Delivery))
    format: Mapped[Format] = mapped_column(EnumText(Format))
    wants_mail: Mapped[bool]

    due_on: Mapped[date]
    target_on: Mapped[date]
    next_due_on: Mapped[date | None]
    assignee_id: Mapped[str | None] = mapped_column(String(64))
    assignee_name: Mapped[str] = mapped_column(String(200), default="")

    identity_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_type: Mapped[DecisionType | None] = mapped_column(EnumText(DecisionType))
    notified_on: Mapped[date | None]
    release_from: Mapped[date | None]
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None]

    name_index: Mapped[str | None] = mapped_column(String(64), index=True)
    kana_index: Mapped[str | None] = mapped_column(String(64), index=True)
    birth_index: Mapped[str | None] = mapped_column(String(64), index=True)

    fields: Mapped[list[CaseField]] = relationship(order_by="CaseField.name")
    keys: Mapped[CaseKeys | None] = relationship(back_populates="case")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class CaseKeys(Base):
    """The wraps of a case's key: for the back office, and under the requester's access code.

    A table of its own: destroying this row erases the case for good, wherever its sealed values were copied.
    """

    __tablename__ = "disclosure_case_keys"

    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"), primary_key=True)
    office_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    code_salt: Mapped[bytes] = mapped_column(LargeBinary)
    code_verifier: Mapped[bytes] = mapped_column(LargeBinary)
    code_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    case: Mapped[Case] = relationship(back_populates="keys")


class CaseField(Base):
    """One sealed personal value. Bound to (table, field's name, row id)."""

    __tablename__ = "disclosure_case_field"
    __table_args__ = (UniqueConstraint("case_id", "name"), CheckConstraint(one_of("name", Field), name="name_is_known"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disclosure_case.id"))
    name: Mapped[Field] = mapped_column(EnumText(Field))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
