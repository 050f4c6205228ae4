"""Systems: what they do, who runs them, what they need."""

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class System(Base):
    """``aliases_*`` are other names under which readers look for it."""

    __tablename__ = "content_system"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    summary_ja: Mapped[str] = mapped_column(Text)
    summary_en: Mapped[str] = mapped_column(Text)
    operator_key: Mapped[str] = mapped_column(ForeignKey("content_body.key"))
    aliases_ja: Mapped[list[str]] = mapped_column(JSON)
    aliases_en: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer)


class Dependency(Base):
    """``system_key`` does not work without ``needs_key``."""

    __tablename__ = "content_system_dependency"

    system_key: Mapped[str] = mapped_column(ForeignKey("content_system.key"), primary_key=True)
    needs_key: Mapped[str] = mapped_column(ForeignKey("content_system.key"), primary_key=True, index=True)


class Component(Base):
    """A part of a system that can work or fail by itself. Its key is ``<system>.<name>``."""

    __tablename__ = "content_component"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    system_key: Mapped[str] = mapped_column(ForeignKey("content_system.key"), index=True)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer)
