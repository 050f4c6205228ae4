"""The index inside PostgreSQL: documents, and which documents have a token. Empty where another engine is used."""

from sqlalchemy import JSON, BigInteger, Float, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class IndexState(Base):
    """What this version of the code reads. `written` grows with each commit, so that a reader knows what it kept.

    `segments` are pairs of a first document number and a count, without gaps between them.
    """

    __tablename__ = "search_index"

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    generation: Mapped[int] = mapped_column(Integer)
    written: Mapped[int] = mapped_column(BigInteger)
    segments: Mapped[list[list[int]]] = mapped_column(JSON)


class IndexDocument(Base):
    """One record. It never changes: a new state of it is another document, with a higher number.

    `thing` is the key of what it is a part of, or its own.
    """

    __tablename__ = "search_document"
    __table_args__ = (Index("ix_search_document_generation_thing", "generation", "thing"),)

    generation: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(300))
    thing: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(20))
    day: Mapped[int] = mapped_column(Integer)
    weight: Mapped[float] = mapped_column(Float)
    fingerprint: Mapped[str] = mapped_column(String(24))
    folded: Mapped[str] = mapped_column(Text)


class IndexCard(Base):
    """The record itself, kept apart so that looking through the folded texts reads nothing else."""

    __tablename__ = "search_card"

    generation: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class IndexPosting(Base):
    """Which documents of a segment, counted from its first number, have a token in a field."""

    __tablename__ = "search_posting"

    generation: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(Text, primary_key=True)
    segment: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    documents: Mapped[bytes] = mapped_column(LargeBinary)
