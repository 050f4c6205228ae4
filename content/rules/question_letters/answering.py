"""An answer as its writer leaves it: what it says, what it points at, what of its warnings was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from content.rules.question_letters.replies import Part


class LinkKind(StrEnum):
    """What an answer can point at."""

    INCIDENT = "incident"
    SYSTEM = "system"
    FIGURE = "figure"
    LETTER = "letter"
    URL = "url"


@dataclass(frozen=True)
class Link:
    """``key`` of a thing of this record, or an address that begins with https://."""

    kind: LinkKind
    key: str


@dataclass(frozen=True, kw_only=True)
class WrittenAnswer:
    """``questions`` are ids; ``quoted`` how it quotes one otherwise, by id; ``seen`` names of warnings."""

    questions: tuple[str, ...]
    text: str = ""
    types: tuple[str, ...] = ()
    ground: str | None = None
    due: date | None = None
    links: tuple[Link, ...] = ()
    quoted: Mapping[str, str] = field(default_factory=dict)
    follows: str | None = None
    seen: frozenset[str] = frozenset()
    done: bool = False

    @property
    def part(self) -> Part:
        """The same as the rules for the whole letter read it."""
        return Part(
            questions=self.questions,
            text=self.text,
            types=self.types,
            ground=self.ground,
            due=self.due,
            links=len(self.links),
            quoted=self.quoted,
            follows=self.follows,
        )
