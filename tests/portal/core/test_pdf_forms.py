"""Fields of a PDF form: described, empty, archival, and written by viewers in a font that has their letters."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from portal.core import pdf
from portal.core.pdf_form_font import FIRST, field_font
from tests.structure import nonconformities, problems

HTML = (
    '<html lang="ja"><body><h1>見本</h1><div><input type="text" name="name" title="氏名" maxlength="9"></div>'
    '<div><textarea name="why" title="理由"></textarea></div>'
    '<div><input type="checkbox" name="yes" title="はい"> はい</div></body></html>'
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.render(HTML, title="見本", fillable=True)


def test_a_form_is_accessible_and_archival_and_always_the_same(made: bytes) -> None:
    assert problems(made) == []
    assert nonconformities(made) == []
    assert pdf.render(HTML, title="見本", fillable=True) == made
    assert len(made) < 60_000, "no font is embedded whole"


def test_fields_are_empty_and_written_in_a_font_of_letters(made: bytes) -> None:
    with pikepdf.open(BytesIO(made)) as opened:
        form = opened.Root.AcroForm
        assert "/NeedAppearances" not in form
        (font,) = form.DR.Font.values()
        assert (str(font.Subtype), str(font.Encoding)) == ("/TrueType", "/WinAnsiEncoding")
        name, why, yes = opened.pages[0].Annots
        assert (str(name.T), str(name.TU), int(name.MaxLen), str(name.V)) == ("name", "氏名", 9, "")
        assert int(why.Ff) & 4096, "several lines"
        assert str(name.DA).startswith("0 g /Field ")
        assert {"/on", "/Off"} == set(yes.AP.N.keys())
        assert all(field.AP.N for field in (name, why))


def test_letters_and_digits_have_their_widths() -> None:
    font = field_font()
    width = {chr(FIRST + place): wide for place, wide in enumerate(font.widths)}
    assert width["i"] < width["m"] < 1000
    assert width["0"] == width["9"]
    assert len(font.program) < 60_000


def test_without_fields_the_same_inputs_are_only_drawn() -> None:
    with pikepdf.open(BytesIO(pdf.render(HTML, title="見本"))) as opened:
        assert "/AcroForm" not in opened.Root
