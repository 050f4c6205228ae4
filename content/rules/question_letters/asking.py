"""Reading the addresses of the register's lists: what is asked of letters, and of their questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from content.rules.archive.kinds import AnswerType, WithheldGround
from content.rules.question_letters.register import Sort
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.standing import Standing
from content.rules.question_letters.states import LetterState
from portal.core.errors import N_

LONGEST, LONGEST_WORDS = 80, 100
YES = "yes"
NO_SUCH_CHOICE = N_("There is no such choice.")
_YEAR = re.compile(r"[12][0-9]{3}\Z")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}\Z")
# What each part of an address may be, where it is one of some words.
WORDS: dict[str, frozenset[str]] = {
    "state": frozenset(LetterState),
    "standing": frozenset(Standing),
    "overdue": frozenset({YES}),
    "sender": frozenset(SenderKind),
    "ground": frozenset(WithheldGround),
    "type": frozenset(AnswerType),
}
FORMS = {"year": _YEAR, "department": _NAME, "system": _NAME, "incident": _NAME, "letter": _NAME}
LETTER_FACETS = ("state", "overdue", "sender", "year", "standing", "ground", "type", "department", "system", "incident")
ITEM_FACETS = ("standing", "overdue", "ground", "type", "department", "year", "system", "incident", "letter")
LETTER_SORTS = tuple(Sort)
ITEM_SORTS = (Sort.DAY, Sort.OLDEST, Sort.DUE)


@dataclass(frozen=True)
class Asked:
    """``facets``: the value asked of each; ``words``: of a letter's title. What cannot be meant is in ``errors``."""

    facets: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    sort: Sort = Sort.DAY
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def without(self, name: str) -> dict[str, str]:
        """The address's parts but this."""
        return {one: value for one, value in self.typed.items() if one != name}

    def but(self, facet: str) -> Asked:
        """The same with anything for one facet."""
        return replace(self, facets={name: value for name, value in self.facets.items() if name != facet})


def of_letters(given: Mapping[str, str]) -> Asked:
    """What is asked of the list of letters. Never raises."""
    return _read(given, LETTER_FACETS, LETTER_SORTS, words=True)


def of_items(given: Mapping[str, str]) -> Asked:
    """What is asked of the list of questions. Never raises."""
    return _read(given, ITEM_FACETS, ITEM_SORTS, words=False)


def _read(given: Mapping[str, str], facets: tuple[str, ...], sorts: tuple[Sort, ...], *, words: bool) -> Asked:
    typed = {name: value for name in facets if (value := given.get(name, "").strip()[:LONGEST])}
    errors = {name: NO_SUCH_CHOICE for name, value in typed.items() if not _fits(name, value)}
    asked = {name: value for name, value in typed.items() if name not in errors}
    text = " ".join(given.get("q", "").split())[:LONGEST_WORDS] if words else ""
    if text:
        typed["q"] = text
    sort = given.get("sort", "")
    if sort in sorts and sort != Sort.DAY:
        typed["sort"] = sort
    return Asked(asked, text, Sort(sort) if sort in sorts else Sort.DAY, typed, errors)


def _fits(name: str, value: str) -> bool:
    return value in WORDS[name] if name in WORDS else FORMS[name].match(value) is not None
