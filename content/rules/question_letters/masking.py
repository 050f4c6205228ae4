"""Masking what must not be public in a letter: with ■, and nothing else is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "■"
_MASKS = re.compile(f"{MASK}+")
_GAP = r"[\s\u3000]*"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BETWEEN = r"[-‐-―－(（)） ]{1,2}"
_TELEPHONE = re.compile(rf"(?<!\d)[0０]\d{{1,4}}{_BETWEEN}\d{{1,4}}{_BETWEEN}\d{{3,4}}(?!\d)")


def masks_only(original: str, public: str) -> bool:
    """Whether ``public`` is ``original`` with nothing but parts of it masked. A mask may be shorter than what it hides.

    A letter that has ■ of its own may keep it.
    """
    if original == public:
        return True
    first, *rest = _MASKS.split(public)
    if not rest or not original.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = original.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return original.endswith(rest[-1]) and len(original) - len(rest[-1]) > at


def masked(text: str, words: Iterable[str]) -> str:
    """The text with each of the words masked wherever it stands, also with spaces between its characters.

    A mask says nothing of how long the word is.
    """
    wanted = sorted({"".join(word.split()) for word in words} - {""}, key=len, reverse=True)
    if not wanted:
        return text
    pattern = "|".join(_GAP.join(map(re.escape, word)) for word in wanted)
    return re.sub(pattern, MASK * 2, text)


def to_mask(texts: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """What should be masked in a letter: those of the ``known`` words that stand in it, mail addresses, telephones."""
    whole = list(texts)
    found = [word for word in known if word.strip() and any(masked(text, [word]) != text for text in whole)]
    for pattern in (_MAIL, _TELEPHONE):
        found += [one for text in whole for one in pattern.findall(text)]
    return tuple(dict.fromkeys(word.strip() for word in found))
