from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.core import detectors, files, pdf_pictures
from portal.core.errors import Invalid
from tests.portal.core.hostile import page

SLOT = files.Slot("record")
BACK_OF_A_CARD = ["1234 5678 9018", "1 2 3 4 5 6 7 8 9 0 1 8", "123456789018"]


def paper(*pages: str) -> bytes:
    """A PDF with a line of Latin text on each page."""
    with pikepdf.new() as document:
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for number, text in enumerate(pages):
            document.add_blank_page(page_size=(595, 842))
            one = document.pages[number]
            one.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            one.Contents = document.make_stream(b"BT /F 20 Tf 50 700 Td (" + text.encode() + b") Tj ET")
        out = BytesIO()
        document.save(out)
        return out.getvalue()


def test_a_page_is_drawn_as_it_looks_on_paper():
    found = files.draw_page(paper("one", "two"), 2)
    with Image.open(BytesIO(found.data)) as drawn:
        assert drawn.format == "JPEG"
        assert drawn.size == (found.width, found.height) == (910, 1287)
        assert drawn.convert("L").getextrema()[0] < 60
        assert drawn.convert("L").crop((0, 400, 910, 1287)).getextrema()[0] > 240


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_an_error(number):
    with pytest.raises(IndexError):
        pdf_pictures.picture(paper("one", "two"), number)


def test_a_very_large_page_becomes_a_picture_of_bounded_size():
    _data, width, height = pdf_pictures.picture(page(box=b"[0 0 14400 14400]"), 1)
    assert width * height <= pdf_pictures.MAX_PIXELS * 1.01


def test_what_is_no_pdf_cannot_be_drawn():
    for read in (pdf_pictures.texts, pdf_pictures.glance, lambda data: pdf_pictures.picture(data, 1)):
        with pytest.raises(Invalid):
            read(b"%PDF-1.7 broken")


def test_the_text_of_each_page_is_read():
    assert pdf_pictures.texts(paper("first", "", "third")) == ["first", "", "third"]


def test_more_text_than_anybody_reads_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_pictures, "MAX_TEXT", 8)
    assert pdf_pictures.texts(paper("four", "4444"))
    with pytest.raises(Invalid):
        pdf_pictures.texts(paper("four", "44444"))


@pytest.mark.parametrize("number", BACK_OF_A_CARD)
@pytest.mark.parametrize("where", [0, 1])
def test_a_personal_number_in_the_text_is_refused(number, where):
    with pytest.raises(Invalid) as caught:
        files.accept_file(paper(*["nothing", "nothing"][:where], number), "paper.pdf", slot=SLOT)
    assert caught.value.message == detectors.MESSAGE


@pytest.mark.parametrize("text", ["090-1234-5678", "1234 5678 9012", "7000012050002", "2026-04-01 12:34:56"])
def test_other_numbers_pass(text):
    assert files.accept_file(paper(text), "paper.pdf", slot=SLOT).pages == 1


def test_a_number_that_a_form_field_or_an_invisible_layer_shows_is_refused_too():
    text = b"BT /F 20 Tf 50 700 Td 3 Tr (1234 5678 9018) Tj ET"
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    look = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + font + b">>"
    form = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 595 842]/F 4/AP<</N 6 0 R>>>>"
    stream = b"<<%s/Length %d>>\nstream\n%s\nendstream"
    stamped = page(b"/Annots[5 0 R]", b"[0 0 595 842]", b"", form, stream % (look, len(text), text))
    for data in (page(font + b">>", b"[0 0 595 842]", text), stamped):
        with pytest.raises(Invalid) as caught:
            files.draw_anew(data, files.PDF, SLOT)
        assert caught.value.message == detectors.MESSAGE
