"""Fonts inside a letter: the tables that drawing needs and no others, and no copy of a whole font for each letter.

The layout engine copies each font file (46 MB for the rarest kanji) before it takes out a few glyphs, and leaves in
tables of which a page makes no use. This replaces both steps; the outlines are the same.
"""

from __future__ import annotations

import struct
from typing import Any

from weasyprint.pdf import fonts as engine
from weasyprint.pdf import stream
from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset

# ISO 32000-1, 9.9, table 126: what an embedded TrueType program has to hold.
NEEDED = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"})

ffi.cdef("hb_face_t * hb_subset_preprocess (hb_face_t *source);")  # the engine makes no use of it

_copied = engine.get_hb_object_data


def install() -> None:
    """Let the engine use this module's fonts, in this process. Can be called again."""
    engine.get_hb_object_data = _seen
    stream.Font = LeanFont


def version() -> str:
    """The version of the library that cuts the fonts, which can only be asked whether it is at least some version."""
    found: list[int] = []
    for _ in range(3):
        found.append(0)
        while harfbuzz.hb_version_atleast(*[*found[:-1], found[-1] + 1, 0, 0][:3]):
            found[-1] += 1
    return ".".join(map(str, found))


def _seen(hb_object: Any, ot_color: Any = None, glyph: Any = None) -> Any:
    """The bytes of a font where they lie, kept there for as long as somebody looks at them."""
    if ot_color is not None:
        return _copied(hb_object, ot_color, glyph)
    blob = harfbuzz.hb_face_reference_blob(hb_object)
    length = ffi.new("unsigned int *")
    data = ffi.gc(harfbuzz.hb_blob_get_data(blob, length), lambda _: harfbuzz.hb_blob_destroy(blob))
    return ffi.buffer(data, length[0])


class LeanFont(engine.Font):  # type: ignore[misc] # the library is untyped
    """A font of one letter."""

    file_content: Any
    ascent: int
    descent: int

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        # The engine says how high the lines are, but some viewers cut off what a glyph draws outside of this box.
        low, high = _reach(self.hb_face, self.upem)
        self.descent, self.ascent = min(self.descent, low), max(self.ascent, high)

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Take out what the letter does not draw."""
        super().clean(to_unicode, hinting)
        self.file_content = bytes(self.file_content)

    def _harfbuzz_subset(self, to_unicode: dict[int, str], hinting: bool) -> None:
        if "glyf" not in self.tables or hinting:
            super()._harfbuzz_subset(to_unicode, hinting)
            return
        # Each glyph stays under its old number, which the pages use.
        if not (face := self._cut(sorted(to_unicode))):
            super()._harfbuzz_subset(to_unicode, hinting)
            return
        self.file_content = bytes(_seen(face))

    def _cut(self, glyphs: list[int]) -> Any:
        wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
        _add(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
        useless = [harfbuzz.hb_tag_from_string(name.encode(), -1) for name in self.tables if name not in NEEDED]
        tables = harfbuzz_subset.hb_subset_input_set(wanted, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
        _add(tables, sorted(useless))
        flags = harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
        if self.missing:
            flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NOTDEF_OUTLINE
        harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
        return ffi.gc(harfbuzz_subset.hb_subset_or_fail(_prepared(self.hb_face), wanted), harfbuzz.hb_face_destroy)


# The fonts of this process, each with the form in which it is cut several times as fast. The face is held, so that no
# other font can come to lie at its address.
_fonts: dict[int, tuple[Any, Any]] = {}


def _prepared(face: Any) -> Any:
    address = int(ffi.cast("uintptr_t", face))
    if address not in _fonts:
        held = ffi.gc(harfbuzz.hb_face_reference(face), harfbuzz.hb_face_destroy)
        try:
            prepared = ffi.gc(harfbuzz_subset.hb_subset_preprocess(face), harfbuzz.hb_face_destroy)
        except AttributeError:  # HarfBuzz before 6.0
            prepared = face
        _fonts[address] = held, prepared
    return _fonts[address][1]


def _reach(face: Any, per_em: int) -> tuple[int, int]:
    """How far down and up the glyphs of a font reach, in thousandths of its size (OpenType, table `head`)."""
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(b"head", -1))
    length = ffi.new("unsigned int *")
    head = bytes(ffi.buffer(harfbuzz.hb_blob_get_data(blob, length), length[0]))
    harfbuzz.hb_blob_destroy(blob)
    _left, low, _right, high = struct.unpack_from(">4h", head, 36)
    return round(low * 1000 / per_em), round(high * 1000 / per_em)


def _add(hb_set: Any, values: list[int]) -> None:
    harfbuzz.hb_set_add_sorted_array(hb_set, ffi.new(f"hb_codepoint_t[{len(values)}]", values), len(values))
