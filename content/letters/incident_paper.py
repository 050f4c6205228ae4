"""An incident at a version on paper: plain values in the reader's language, for a tagged PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.letters.engine import Context

KIND = "incident"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with paragraphs and, where ``head`` is given, a table; the first cell of a row is its heading."""

    title: str
    paragraphs: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    widths: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A bulletin: ``marks`` such as final or correction, its lines about itself, and its text."""

    name: str
    title: str
    day: str
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Everything that stands on the paper; ``labels`` are the words that the template itself needs."""

    language: str
    title: str
    version: str
    made_of: str
    notices: tuple[str, ...]
    summary: Section
    sections: tuple[Section, ...]
    bulletins: tuple[Entry, ...]
    sources: tuple[str, ...]
    citation: str
    address: str
    fingerprint: str
    exercise: bool = False
    labels: dict[str, str] = field(default_factory=dict)


def context(paper: Paper, *, day: date) -> Context:
    """Strings, numbers, lists and dicts only."""
    return {
        "language": paper.language,
        "title": paper.title,
        "version": paper.version,
        "made_of": paper.made_of,
        "date_iso": day.isoformat(),
        "exercise": paper.exercise,
        "notices": list(paper.notices),
        "sections": [_section(one) for one in (paper.summary, *paper.sections)],
        "bulletins": [
            {
                "name": one.name,
                "title": one.title,
                "day": one.day,
                "marks": list(one.marks),
                "notes": list(one.notes),
                "paragraphs": list(one.paragraphs),
            }
            for one in paper.bulletins
        ],
        "sources": list(paper.sources),
        "citation": paper.citation,
        "address": paper.address,
        "fingerprint": paper.fingerprint,
        "labels": dict(paper.labels),
    }


def _section(one: Section) -> dict[str, Any]:
    return {
        "title": one.title,
        "paragraphs": list(one.paragraphs),
        "head": list(one.head),
        "widths": list(one.widths),
        "rows": [list(row) for row in one.rows],
    }
