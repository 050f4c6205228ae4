"""Characters of names and addresses: counted, compared and checked, but never changed.

What a person typed is stored and printed exactly as typed. Only the search key is folded, and it is never shown.
"""

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

from portal.core.errors import N_

DAMAGED = N_("A character was damaged on the way. Type it again.")
CONTROL = N_("There is an invisible control character. Delete it and type the text again.")
INVISIBLE = N_("There is an invisible character. Delete it and type the text again.")
DIRECTION = N_(
    "There is an invisible character that turns the direction of writing. Delete it and type the text again."
)
PRIVATE = N_(
    "There is a character that only one computer knows (gaiji). "
    "Replace it by an ordinary character and tell us about the right one when we contact you."
)
STRAY_MARK = N_("There is an accent or a variation mark without a character in front of it. Type the text again.")
TOO_MANY_MARKS = N_("There are too many marks on one character. Type it again.")

MAX_MARKS = 8
_KANA = {code: chr(code + 0x60) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_SOUND_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")
_SEPARATORS = frozenset("\u2028\u2029")
_HANGUL_AFTER = {"L": ("L", "V", "LV", "LVT"), "LV": ("V", "T"), "V": ("V", "T"), "LVT": ("T",), "T": ("T",)}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_variation_selector(char: str) -> bool:
    """Whether the character chooses among the shapes of the one before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or "\u180b" <= char <= "\u180d"


def search_key(text: str) -> str:
    """A key under which spellings of one name meet; not for showing, not for letters.

    Width, case, variation selectors, hiragana and katakana, old and new forms of kanji and the number of spaces make
    no difference. The key of a key is the key itself.
    """
    key, before = text, None
    while key != before:
        key, before = _fold(key), key
    return key


def _fold(text: str) -> str:
    kept = "".join(c for c in text.translate(_SOUND_MARKS) if not is_variation_selector(c) and not _is_format(c))
    key = unicodedata.normalize("NFKC", kept).casefold()
    return " ".join(key.translate(_KANA).translate(_itaiji()).split())


def _is_format(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@cache
def _itaiji() -> dict[int, str]:
    table = tomllib.loads((files("portal.core") / "data" / "itaiji.toml").read_text(encoding="utf-8"))
    return {ord(variant): main for main, variants in table["fold"].items() for variant in variants}


def graphemes(text: str) -> list[str]:
    """What a reader counts as characters (the rules of UAX 29 that matter here).

    A base with its combining marks, sound marks, variation selectors and joined emoji; flags; Hangul; CR LF.
    """
    starts = [0] if text else []
    for i in range(1, len(text)):
        if not _continues(text, starts[-1], i):
            starts.append(i)
    return [text[i:j] for i, j in pairwise((*starts, len(text)))]


def _continues(text: str, start: int, i: int) -> bool:
    """Whether the character at `i` belongs to the cluster that begins at `start`."""
    last, char = text[i - 1], text[i]
    if last == "\r":
        return char == "\n"
    if unicodedata.category(last) in ("Cc", "Zl", "Zp"):
        return False
    if _extends(char):
        return True
    if last == "\u200d":
        return _is_pictograph(char) and _is_pictograph(text[start])
    if _is_flag(char):
        return i == start + 1 and _is_flag(last)
    return _hangul(char) in _HANGUL_AFTER.get(_hangul(last), ())


def _extends(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or char in "\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
    )


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) == "So" or "\U0001f000" <= char <= "\U0001faff"


def _hangul(char: str) -> str:
    """The Hangul syllable type: L, V, T, LV, LVT, or nothing."""
    code = ord(char)
    if 0xAC00 <= code <= 0xD7A3:
        return "LVT" if (code - 0xAC00) % 28 else "LV"
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    return "T" if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB else ""


def problem(text: str, *, lines: bool = False) -> str | None:
    """Why a text cannot be accepted as a name, an address or (with `lines`) as several lines; None when it can.

    The answer is an English message id. Refused are control characters, invisible ones, those that turn the direction
    of writing, private-use characters (外字), damaged text and marks without a base. Joiners are allowed between
    characters, where some scripts need them.
    """
    if not text.isprintable() and (found := _bad_character(text, lines)):
        return found
    if any(c in _FILLERS for c in text):
        return INVISIBLE
    if "\ufffd" in text:
        return DAMAGED
    for cluster in graphemes(text):
        if _extends(cluster[0]) or (unicodedata.category(cluster[0]) == "Zs" and len(cluster) > 1):
            return STRAY_MARK
        if len(cluster) > 1 and _has_stray_selector(cluster):
            return STRAY_MARK
        if sum(unicodedata.category(c) in ("Mn", "Me") for c in cluster) > MAX_MARKS:
            return TOO_MANY_MARKS
    return None


def _bad_character(text: str, lines: bool) -> str | None:
    allowed = "\n\t" if lines else ""
    if lines:
        text = text.replace("\r\n", "\n")
    for char in text:
        code, category = ord(char), unicodedata.category(char)
        if category == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
            return DAMAGED
        if category == "Co":
            return PRIVATE
        if char in _DIRECTIONS:
            return DIRECTION
        if (category == "Cc" and char not in allowed) or char in _SEPARATORS:
            return CONTROL
        if category == "Cf" and char not in _JOINERS:
            return INVISIBLE
    return None


def _has_stray_selector(cluster: str) -> bool:
    """A selector chooses for the character before it; two in a row choose nothing."""
    return any(
        is_variation_selector(char) and (is_variation_selector(last) or unicodedata.category(last) in ("Cc", "Zs"))
        for last, char in pairwise(cluster)
    )
