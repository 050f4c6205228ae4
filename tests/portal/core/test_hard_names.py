"""Names that are hard to print: each is drawn with exactly the right glyph, or stops the letter with the right reason.

What must be drawn is read from the fonts' own tables here, beside the module under test, and compared with the glyph
numbers and the outlines in the finished file.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from markupsafe import escape

from portal.core import fonts, pdf
from portal.core.names import graphemes, is_variation_selector

GROUPS = tomllib.loads(Path(__file__).with_name("hard_names.toml").read_text("utf-8"))["group"]
DRAWN = [name for group in GROUPS if group["expect"] == "drawn" for name in group["names"]]
STOPPED = [(name, group["expect"]) for group in GROUPS if group["expect"] != "drawn" for name in group["names"]]
BODY = "BIZ-UDMincho"  # of the sheet
FILES = {face.postscript: face for face in fonts.FACES}


@dataclass(frozen=True)
class Font:
    """One font file as it is installed."""

    name: str
    font: Any
    glyphs: dict[int, int]
    variants: dict[tuple[int, int], int | None]
    joined: dict[tuple[int, ...], list[int]]

    def draws(self, cluster: str) -> list[int] | None:
        """The glyph numbers of a cluster: one, or those of base and marks; None when it cannot be drawn exactly."""
        found: list[int] = []
        for last, char in zip(" " + cluster, cluster, strict=False):
            if is_variation_selector(char):
                if (ord(last), ord(char)) not in self.variants:
                    return None
                chosen = self.variants[ord(last), ord(char)]
                found[-1] = found[-1] if chosen is None else chosen
            elif ord(char) not in self.glyphs:
                return None
            else:
                found.append(self.glyphs[ord(char)])
        composed = unicodedata.normalize("NFC", cluster)
        if len(composed) == 1 and len(cluster) > 1 and ord(composed) in self.glyphs:
            return [self.glyphs[ord(composed)]]
        return self.joined.get(tuple(found), found)


@cache
def font(name: str) -> Font:
    face = FILES[name]
    path = next(p for folder in fonts._FOLDERS if folder.is_dir() for p in folder.rglob(face.file))
    opened = TTFont(path, fontNumber=face.number, lazy=True)
    number = opened.getReverseGlyphMap()
    variants = {
        (base, selector): None if glyph is None else number[glyph]
        for table in opened["cmap"].tables
        if table.format == 14
        for selector, bases in table.uvsDict.items()
        for base, glyph in bases
    }
    glyphs = {code: number[glyph] for code, glyph in opened.getBestCmap().items()}
    return Font(name, opened, glyphs, variants, joined(opened, number))


def joined(opened: Any, number: dict[str, int]) -> dict[tuple[int, ...], list[int]]:
    """Glyphs for a base with its mark, as for か゚, which the fonts keep in their feature of composition."""
    table = opened["GSUB"].table
    lookups = {n for f in table.FeatureList.FeatureRecord if f.FeatureTag == "ccmp" for n in f.Feature.LookupListIndex}
    found = {}
    for lookup in (table.LookupList.Lookup[n] for n in lookups):
        for subtable in (getattr(part, "ExtSubTable", part) for part in lookup.SubTable):
            for first, choices in getattr(subtable, "ligatures", {}).items():
                for choice in choices:
                    found[tuple(number[glyph] for glyph in (first, *choice.Component))] = [number[choice.LigGlyph]]
    return found


def expected(cluster: str) -> tuple[str, list[int]]:
    """Which font draws a cluster, and with which glyphs."""
    own = [font(face.postscript).draws(cluster) for face in fonts.FACES if not face.key]
    if all(own):
        return BODY, font(BODY).draws(cluster) or []
    for name in ("IPAmjMincho", "Noto-Serif-CJK-JP"):
        if glyphs := font(name).draws(cluster):
            return name, glyphs
    raise AssertionError(f"no font draws {cluster!a}")


@pytest.fixture(scope="module")
def letter() -> bytes:
    attached = pdf.Attachment(
        "decision.json", "決定の内容", json.dumps(DRAWN).encode(), datetime(2026, 6, 1, tzinfo=UTC)
    )
    lines = "".join(f"<p>{escape(name)}</p>" for name in DRAWN)
    return pdf.render(f'<html lang="ja"><body><h1>見本</h1>{lines}</body></html>', title="見本", attachments=[attached])


@dataclass(frozen=True)
class Shown:
    """What a file draws in the text: (font, glyph) in order, and the fonts that it carries."""

    glyphs: list[tuple[str, int]]
    programs: dict[str, Any]


@pytest.fixture(scope="module")
def shown(letter: bytes) -> Shown:
    glyphs: list[tuple[str, int]] = []
    programs = {}
    with pikepdf.open(BytesIO(letter)) as document:
        for sheet in document.pages:
            named = {}
            for key, item in sheet.obj.Resources.Font.items():
                name = str(item.BaseFont).partition("+")[2]
                named[str(key)] = name
                inside = item.DescendantFonts[0].FontDescriptor
                data = inside.get("/FontFile2", inside.get("/FontFile3")).read_bytes()
                programs[name] = TTFont(BytesIO(data))
            current, skipped = "", False
            for operands, operator in pikepdf.parse_content_stream(sheet, "BDC EMC Tf TJ Tj"):
                what = str(operator)
                if what in ("BDC", "EMC"):
                    skipped = what == "BDC" and str(operands[0]) == "/Artifact"
                elif what == "Tf":
                    current = named[str(operands[0])]
                elif not skipped:
                    for part in operands[0] if what == "TJ" else operands:
                        if isinstance(part, pikepdf.String):
                            codes = bytes(part)
                            pairs = range(0, len(codes), 2)
                            glyphs += [(current, int.from_bytes(codes[i : i + 2], "big")) for i in pairs]
    return Shown(glyphs, programs)


def outline(opened: Any, number: int) -> list[Any]:
    glyphs = opened.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[opened.getGlyphName(number)].draw(pen)
    return list(pen.value)


def test_there_are_at_least_three_hundred_hard_names() -> None:
    assert len({*DRAWN, *(name for name, _ in STOPPED)}) >= 300


def test_each_name_is_drawn_with_exactly_its_glyphs(shown: Shown) -> None:
    drawn = [pair for pair in shown.glyphs if pair[0] != "BIZ-UDMincho" or pair[1] != font(BODY).glyphs[ord("　")]]
    wanted = [("見本", *expected(cluster)) for cluster in "見本"]
    wanted += [(name, *expected(cluster)) for name in DRAWN for cluster in graphemes(name)]
    at, wrong = 0, []
    for name, by, glyphs in wanted:
        here = drawn[at : at + len(glyphs)]
        at += len(glyphs)
        if here != [(by, glyph) for glyph in glyphs]:
            wrong.append((name, by, glyphs, here))
    assert wrong == []
    assert at == len(drawn)


def test_each_glyph_in_the_file_has_the_outline_of_the_font(shown: Shown) -> None:
    for name, number in sorted(set(shown.glyphs)):
        assert outline(shown.programs[name], number) == outline(font(name).font, number), (name, number)


def test_each_name_comes_back_from_the_attached_data(letter: bytes) -> None:
    with pikepdf.open(BytesIO(letter)) as document:
        assert json.loads(document.attachments["decision.json"].get_file().read_bytes()) == DRAWN


@pytest.mark.parametrize(("name", "reason"), STOPPED, ids=lambda value: ascii(value)[1:-1])
def test_what_cannot_be_drawn_stops_the_letter_with_its_reason(name: str, reason: str) -> None:
    assert {missing.reason for missing in pdf.check_text(name)} == {getattr(fonts, reason)}
    with pytest.raises(pdf.MissingGlyph) as caught:
        pdf.mark(name)
    assert all(code.startswith("U+") for missing in caught.value.problems for code in missing.codepoints)


def test_all_that_cannot_be_drawn_is_found_in_one_document() -> None:
    possible = [name for name, _ in STOPPED if name.isprintable() or unicodedata.category(name[0]) in ("Co", "Mn")]
    lines = "".join(f"<p>見本{escape(name)}様</p>" for name in possible)
    with pytest.raises(pdf.MissingGlyph) as caught:
        pdf.render(f'<html lang="ja"><body><h1>見本</h1>{lines}</body></html>', title="見本")
    assert {m.cluster for m in caught.value.problems} >= {m.cluster for n in possible for m in pdf.check_text(f"本{n}")}
