"""Which font draws which character of a letter.

Text layout falls back per base character only: a variant (a base with a variation selector) that the first font lacks
would be drawn as the plain form without a word. So each cluster is looked up here before layout, in the character maps
of a fixed list of fonts, and gets the first font that has exactly it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont

from portal.core.errors import N_
from portal.core.names import graphemes, is_variation_selector

NO_GLYPH = N_("No font of the letters has this character.")
NO_VARIANT = N_("No font of the letters has this form of the character.")
PRIVATE = N_("This character is known to one computer only (gaiji).")
CONTROL = N_("This is an invisible control character.")
RTL = N_("Letters cannot be set from right to left yet.")

_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})  # even where a font has something for them
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True)
class Face:
    """One font file: `key` is the CSS class `f-<key>` (empty: the letter's own font), `names` those inside a PDF."""

    key: str
    file: str
    postscript: str
    number: int = -1


FACES = (
    Face("", "BIZUDPMincho-Regular.ttf", "BIZ-UDPMincho"),
    Face("", "BIZUDMincho-Regular.ttf", "BIZ-UDMincho"),
    Face("", "BIZUDPGothic-Regular.ttf", "BIZ-UDPGothic"),
    Face("", "BIZUDPGothic-Bold.ttf", "BIZ-UDPGothic-Bold"),
    Face("", "BIZUDGothic-Regular.ttf", "BIZ-UDGothic"),
    Face("", "BIZUDGothic-Bold.ttf", "BIZ-UDGothic-Bold"),
    Face("ipamj", "ipamjm.ttf", "IPAmjMincho"),
    Face("noto", "NotoSerifCJK-Regular.ttc", "Noto-Serif-CJK-JP", 0),
)


@dataclass(frozen=True)
class Missing:
    """A cluster that no font has: its code points as `U+XXXX`, and why as an English message id."""

    cluster: str
    codepoints: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class _Coverage:
    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]

    def has(self, cluster: str) -> bool:
        """Whether a font has every character of a cluster and each variant.

        The composed form alone is not enough: layout would take a mark that the font lacks from any other font.
        """
        last = 0
        for char in cluster:
            if is_variation_selector(char):
                if (last, ord(char)) not in self.variants:
                    return False
            elif ord(char) not in self.characters:
                return False
            last = ord(char)
        return True


def missing() -> list[str]:
    """The files of fonts that letters need and this machine does not have."""
    return [face.file for face in FACES if _path(face.file) is None]


def problems(text: str) -> list[Missing]:
    """Every cluster that cannot be printed, once each, in order."""
    found = {cluster: None for cluster in _clusters(text) if _key(cluster) is None}
    return [Missing(c, tuple(f"U+{ord(char):04X}" for char in c), _reason(c)) for c in found]


def runs(text: str) -> list[tuple[str, str]]:
    """The text as stretches of one font: (key of the font, stretch). What no font has keeps the letter's own."""
    if is_plain(text):
        return [("", text)] if text else []
    keyed = ((_key(cluster) or "", cluster) for cluster in _clusters(text))
    return [(key, "".join(c for _, c in group)) for key, group in groupby(keyed, key=lambda pair: pair[0])]


def is_plain(text: str) -> bool:
    """Whether the letter's own fonts draw a text, which almost every text is."""
    return set(map(ord, text)) <= _plain()


def located(file: str) -> Path | None:
    """Where the file of a font lies on this machine."""
    return _path(file)


def digest() -> str:
    """A fingerprint of the installed fonts: their names, sizes and versions, as hexadecimal SHA-256."""
    hashed = sha256()
    for face in FACES:
        if (path := _path(face.file)) is not None:
            with TTFont(path, fontNumber=face.number, lazy=True) as font:
                said = (face.file, path.stat().st_size, font["head"].fontRevision, font["name"].getDebugName(5))
            hashed.update(repr(said).encode())
    return hashed.hexdigest()


def _clusters(text: str) -> Iterator[str]:
    if not is_plain(text):
        yield from graphemes(text)


@cache
def _key(cluster: str) -> str | None:
    """The key of the first font that has a cluster, or None."""
    if cluster in ("\n", "\t", "\r\n", " "):
        return ""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in cluster):
        return None
    return next((key for key in _keys() if _coverage(key).has(cluster)), None)


def _reason(cluster: str) -> str:
    categories = {unicodedata.category(char) for char in cluster}
    if "Co" in categories:
        return PRIVATE
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in cluster) and "Cf" not in categories:
        return RTL
    if categories & {"Cc", "Cf", "Cs"}:
        return CONTROL
    return NO_VARIANT if any(map(is_variation_selector, cluster)) else NO_GLYPH


@cache
def _plain() -> frozenset[int]:
    """Characters that the letter's own fonts draw, without looking further."""
    return _coverage("").characters | {0x0A, 0x09}


def _keys() -> Iterator[str]:
    """Every key once, in the order of choice."""
    yield from dict.fromkeys(face.key for face in FACES)


@cache
def _coverage(key: str) -> _Coverage:
    """What the fonts of a key draw, read when it is first asked for: few letters need the large ones.

    What is drawn in the letter's own font must be in all its weights.
    """
    paths = [(path, face.number) for face in FACES if face.key == key and (path := _path(face.file)) is not None]
    read = [_read(path, number) for path, number in paths]
    if not read:
        return _Coverage(frozenset(), frozenset())
    characters = frozenset.intersection(*(characters for characters, _ in read))
    return _Coverage(
        frozenset(code for code in characters if unicodedata.category(chr(code)) not in _INVISIBLE),
        frozenset.intersection(*(variants for _, variants in read)),
    )


def _read(path: Path, number: int) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """The characters and the variants that a font file maps to glyphs."""
    with TTFont(path, fontNumber=number, lazy=True) as font:
        # The tables name their glyphs; true names would have to be read first, and nobody asks for them.
        font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
        selectors = [table.uvsDict for table in font["cmap"].tables if table.format == 14]
        variants = frozenset((base, vs) for table in selectors for vs, bases in table.items() for base, _ in bases)
        return frozenset(font.getBestCmap()), variants


@cache
def _path(file: str) -> Path | None:
    return next((path for folder in _FOLDERS if folder.is_dir() for path in sorted(folder.rglob(file))), None)
