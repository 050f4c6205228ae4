"""Tables of the public record."""

from content.models import (
    answers,
    bodies,
    bulletins,
    drafts,
    figures,
    guards,
    incidents,
    letters,
    measures,
    questions,
    relations,
    revisions,
    scales,
    sources,
    statements,
    systems,
)

__all__ = [
    "answers",
    "bodies",
    "bulletins",
    "drafts",
    "figures",
    "guards",
    "incidents",
    "letters",
    "measures",
    "questions",
    "relations",
    "revisions",
    "scales",
    "sources",
    "statements",
    "systems",
]
