"""The published lists by which incidents are classed: causes and severities."""

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class Cause(Base):
    """A class of causes, for counting.

    ``national`` is the class of the ministry's yearly figures (equipment, human, external); ``veris`` the action of the
    Vocabulary for Event Recording and Incident Sharing. Empty where none fits.
    """

    __tablename__ = "content_cause"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_ja: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    national: Mapped[str] = mapped_column(String(40), default="", server_default="")
    veris: Mapped[str] = mapped_column(String(80), default="", server_default="")
    position: Mapped[int] = mapped_column(Integer)


class Severity(Base):
    """A step of the scale, from 1 (slight) to 4 (serious), with the rule by which it is given."""

    __tablename__ = "content_severity"

    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name_ja: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    rule_ja: Mapped[str] = mapped_column(Text)
    rule_en: Mapped[str] = mapped_column(Text)
