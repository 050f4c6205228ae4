"""Hints for plain language: long sentences, and words of the trade. They are hints; nothing is refused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST_JA = 70
LONGEST_EN = 28
_JA = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_EN = re.compile(r"[^.!?\n]+(?:[.!?](?=\s|$)|$)")


@dataclass(frozen=True)
class Hint:
    """What could be plainer. ``better`` empty: the sentence ``words`` is long (``length`` characters, or words)."""

    language: str
    words: str
    better: str = ""
    length: int = 0


def hints(text_ja: str, text_en: str) -> list[Hint]:
    """Everything that stands out in a text, the Japanese first."""
    found = [Hint("ja", one.strip(), length=len(one.strip())) for one in _JA.findall(text_ja) if _long_ja(one)]
    found += _words("ja", text_ja)
    for sentence in _EN.findall(text_en):
        words = sentence.split()
        if len(words) > LONGEST_EN and "|" not in sentence:
            found.append(Hint("en", " ".join(words), length=len(words)))
    return found + _words("en", text_en.lower())


def _long_ja(sentence: str) -> bool:
    return len(sentence.strip()) > LONGEST_JA and "|" not in sentence


def _words(language: str, text: str) -> list[Hint]:
    return [Hint(language, word, better) for word, better in _table()[language].items() if word in text]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("content") / "data" / "plain_words.toml").read_text(encoding="utf-8"))
