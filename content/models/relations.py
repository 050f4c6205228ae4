"""How incidents stand to each other."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.archive.kinds import RelationKind
from portal.core.db import Base


class Relation(Base):
    """``from_key`` stands to ``to_key`` as ``kind`` says; ``said_by_key`` where one body only says so."""

    __tablename__ = "content_relation"
    __table_args__ = (one_of("kind", RelationKind),)

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    from_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    to_key: Mapped[str] = mapped_column(ForeignKey("content_incident.key"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    position: Mapped[int] = mapped_column(Integer)
    said_by_key: Mapped[str | None] = mapped_column(ForeignKey("content_body.key"))
