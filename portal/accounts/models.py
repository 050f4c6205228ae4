"""The accounts of staff, and the departments that they belong to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.actor import Actor, ActorKind, Role
from portal.core.db import Base, UtcDateTime


class Department(Base):
    """A unit of the organisation (課・室). It is never deleted but closed, so that what refers to it keeps a name.

    ``email``: where it is told of work that is given to it; empty: nowhere.
    """

    __tablename__ = "staff_department"
    __table_args__ = (
        CheckConstraint("length(name_ja) > 0", name="japanese_name_is_given"),
        CheckConstraint("length(name_en) > 0", name="english_name_is_given"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name_ja: Mapped[str] = mapped_column(String(200), unique=True)
    name_en: Mapped[str] = mapped_column(String(200), unique=True)
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling

    @property
    def open(self) -> bool:
        """Whether people may be put into it."""
        return self.closed_at is None


class StaffAccount(Base):
    """A member of staff, of one department or of none; with ``body_code``, somebody of another body.

    Accounts are never deleted, so that the journal's ids keep a name; they are disabled.
    """

    __tablename__ = "staff_account"
    __table_args__ = (
        CheckConstraint("login = lower(login)", name="login_is_lower_case"),
        CheckConstraint("length(login) >= 3", name="login_is_long_enough"),
        CheckConstraint("length(name) > 0", name="name_is_given"),
        CheckConstraint("body_code IS NULL OR department_id IS NULL", name="of_a_body_or_a_department"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    login: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(JSON)
    department_id: Mapped[str | None] = mapped_column(ForeignKey("staff_department.id"), index=True)
    body_code: Mapped[str | None] = mapped_column(String(10), index=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    password_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def enabled(self) -> bool:
        """Whether this person may sign in."""
        return self.disabled_at is None

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles; a name that this version does not know gives no right."""
        return frozenset(role for role in Role if role.value in self.roles)

    def as_actor(self) -> Actor:
        """The account as the one who acts. Somebody of another body is no member of staff, whatever the roles say."""
        if self.body_code is not None:
            return Actor(ActorKind.BODY, self.id, self.role_set & {Role.CORRESPONDENT}, self.name, self.body_code)
        return Actor(ActorKind.STAFF, self.id, self.role_set, self.name)
