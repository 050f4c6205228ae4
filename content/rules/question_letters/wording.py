"""What an answer's wording gives away: proposals for its types, and whether it is a formula without content.

Proposals only; a person says how an answer answers.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from content.rules.archive.kinds import AnswerType

# So many characters beside the formulas are content.
LEAST_CONTENT = 12
_SENTENCES = re.compile(r"[^。!?]+[。!?]?")


@dataclass(frozen=True)
class Wordings:
    """``types`` in the order of asking."""

    types: tuple[tuple[AnswerType, re.Pattern[str]], ...]
    formulas: re.Pattern[str]


@cache
def wordings() -> Wordings:
    """The table of wordings."""
    table = tomllib.loads((files("content") / "data" / "answer_wordings.toml").read_text(encoding="utf-8"))
    types = tuple((AnswerType(row["type"]), re.compile("|".join(row["wording"]))) for row in table["type"])
    return Wordings(types, re.compile("|".join(part for row in table["formula"] for part in row["wording"])))


def plain(text: str) -> str:
    """The text in one width, without spaces and line ends, as the wordings are written."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_formula(text: str) -> bool:
    """Whether an answer is of formulas and next to nothing else, so that it does not say what was asked."""
    told = _SENTENCES.findall(plain(text))
    content = [sentence for sentence in told if not wordings().formulas.search(sentence)]
    return len(content) < len(told) and sum(len(sentence) for sentence in content) < LEAST_CONTENT


def proposed_types(text: str) -> tuple[AnswerType, ...]:
    """The types that an answer's wording suggests, at least one: in substance where nothing else is found."""
    told = plain(text)
    found = tuple(kind for kind, pattern in wordings().types if pattern.search(told))
    if not found and is_formula(text):
        return (AnswerType.A11,)
    return found or (AnswerType.A1,)
