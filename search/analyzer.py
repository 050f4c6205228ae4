"""Folded text → the tokens under which it is filed. The same code for every engine, for texts and for queries.

* Japanese (and every script written without spaces): single characters and overlapping pairs;
* its words of kanji and katakana whole: ``r:`` + word;
* words of scripts with spaces: ``w:`` + stem, and a hyphenated compound once more in one word (``w:jlis``);
* numbers: ``n:`` + value; days, months and years: ``d:`` + ISO form.
"""

import re
from itertools import pairwise

from search import days, numerals
from search.stems import stem

# Raised whenever folding, tokens or what is kept of a record change: an index of another version is rebuilt by itself.
VERSION = 6

_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
)
DENSE_RUN = re.compile(rf"[{_DENSE}0-9]*[{_DENSE}][{_DENSE}0-9]*")
WORD = re.compile(rf"(?:(?![{_DENSE}])[^\W_])+")
_DIGITS = frozenset(str(number) for number in range(10)) | frozenset(f"{number:02}" for number in range(100))
_LONGEST_WORD = 16
_SPELLED = re.compile(r"[ァ-ヺー]{3,}|[a-z][a-z-]{3,}")
_SPELLED_OR_KANJI = re.compile(r"[々\u3400-\u9fff]+|" + _SPELLED.pattern)
_COMPOUND_WORD = re.compile(r"[々\u3400-\u9fffァ-ヺー]+|[a-z][a-z-]{3,}")
_NAMED = re.compile(r"[々\u3400-\u9fffァ-ヺー]{3,}")
_ONE_SCRIPT = re.compile(r"[々\u3400-\u9fff]+|[ァ-ヺー]+")
_MOST_PARTS = 3
SPELLED = "r:"  # before a word of kanji and katakana as it stands between other characters
_COMPOUND = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+)+(?![a-z0-9])")


def tokens(text: str) -> set[str]:
    """All tokens of a folded text."""
    found: set[str] = set()
    for run in DENSE_RUN.findall(text):
        found.update(run)
        found.update(map("".join, pairwise(run)))
    found -= _DIGITS
    for word in WORD.findall(text):
        if not word.isdigit():
            found.add("w:" + stem(word))
    for compound in _COMPOUND.findall(text):
        found.add("w:" + stem(compound.replace("-", "")))
    found |= spelled(text)
    found.update("n:" + value for _, _, value in numerals.find(text))
    for _, _, moment in days.find(text):
        found.update("d:" + name for name in moment.names())
    return found


def spelled(text: str) -> set[str]:
    """The words of kanji and katakana in a folded text: what stands between changes of script, up to three at a time.

    Who looks for such a word finds it at once where it stands by itself, and only elsewhere in the texts.
    """
    found: set[str] = set()
    for run in _NAMED.findall(text):
        parts = _ONE_SCRIPT.findall(run)
        for first in range(len(parts)):
            for last in range(first + 1, min(first + _MOST_PARTS, len(parts)) + 1):
                found.add("".join(parts[first:last]))
    return {SPELLED + word for word in found if 2 < len(word) <= _LONGEST_WORD}


def words(title: str, body: str) -> set[str]:
    """What of a folded title and body is worth suggesting: compounds and their parts, of the body what is spelled."""
    found: set[str] = set()
    for run in _COMPOUND_WORD.findall(title):
        parts = _SPELLED_OR_KANJI.findall(run)
        found.update(part for part in (run, *parts) if 1 < len(part) <= _LONGEST_WORD)
    found.update(word for word in _SPELLED.findall(body) if len(word) <= _LONGEST_WORD)
    return found


def singles(run: str) -> list[str]:
    """The characters of a run, digits left out."""
    return [char for char in run if char not in _DIGITS]


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run; pairs of two digits say nothing and are left out."""
    return [pair for pair in map("".join, pairwise(run)) if pair not in _DIGITS]


def script(char: str) -> str:
    """A coarse class of characters: where it changes, a word begins or ends."""
    return _SCRIPTS[char]


class _Scripts(dict[str, str]):
    """Classes already looked up."""

    def __missing__(self, char: str) -> str:
        found = self[char] = _script(char)
        return found


def _script(char: str) -> str:
    if not char or char.isspace():
        return ""
    code = ord(char)
    if 0x30A1 <= code <= 0x30FF and code != 0x30FB:
        return "katakana"
    if 0x3041 <= code <= 0x309F:
        return "hiragana"
    if char.isdigit():
        return "digit"
    if char.isalpha() or char in "々〆〇":
        return "kanji" if code >= 0x2E80 else "latin"
    return "mark"


_SCRIPTS = _Scripts()
