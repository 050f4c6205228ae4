"""The single questions of a letter."""

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class Question(Base):
    """``code`` is its number in the letter (``1-3-2``), the id ``<letter>/<code>``.

    ``quoted_*`` says how the answer's quotation departs from what was asked, where it does.
    """

    __tablename__ = "content_question"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    letter_key: Mapped[str] = mapped_column(ForeignKey("content_letter.key"), index=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("content_letter_section.id"))
    group_id: Mapped[str | None] = mapped_column(ForeignKey("content_letter_group.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(20))
    text_ja: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    quoted_ja: Mapped[str | None] = mapped_column(Text)
    quoted_en: Mapped[str | None] = mapped_column(Text)
    unanswered: Mapped[bool] = mapped_column(Boolean)
