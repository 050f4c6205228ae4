"""What is covered is gone: from the pixels, the text, the metadata and the bytes of the new file."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, PngImagePlugin

from portal.core import press, redaction, redaction_check, redaction_draw, redaction_write
from portal.core.errors import Invalid
from portal.core.redaction import Box
from tests.portal.core.hostile import page as hostile_page
from tests.portal.core.test_pdf_pictures import paper

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
GROUND = ("第78条第1項第2号　本人以外の個人に関する情報", "第78条第1項第2号", "N2")
WORDS = Box(1, 500, 1000, 9000, 1000, GROUND)  # over the line that `paper` writes


def record() -> bytes:
    """A PDF with words on both pages, an attachment, metadata, a title and an earlier revision."""
    data = BytesIO()
    with pikepdf.open(BytesIO(paper("SECRET WORD", "second page stays"))) as document:
        document.attachments["secret.txt"] = b"SECRET WORD"
        document.docinfo["/Title"] = "SECRET WORD"
        with document.open_metadata() as metadata:
            metadata["dc:title"] = "SECRET WORD"
        document.save(data, compress_streams=False)
    return data.getvalue() + b"\n%%EOF\nSECRET WORD"


@pytest.fixture(scope="module")
def covered() -> redaction.Redacted:
    return press.run(redaction.cover, record(), PDF, (WORDS,))


def test_no_reader_finds_what_was_covered(covered: redaction.Redacted, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(covered.data) as document:
        assert len(document) == covered.pages == 2
        assert [sheet.get_textpage().get_text_range() for sheet in document] == ["", ""]
    path = tmp_path / "copy.pdf"
    path.write_bytes(covered.data)
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
        assert said.stdout.strip() == b""
    with pikepdf.open(BytesIO(covered.data)) as document:
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert set(document.trailer.keys()) <= {"/Root", "/Size", "/ID"}
        assert not document.attachments
        streams = b"".join(item.read_bytes() for item in document.objects if isinstance(item, pikepdf.Stream))
    for needle in ("SECRET", "secret", "WORD"):
        for encoding in ("ascii", "utf-16-be", "utf-16-le"):
            assert needle.encode(encoding) not in covered.data + streams
    assert covered.data.count(b"%%EOF") == 1


def test_outside_of_the_boxes_every_pixel_is_the_same_and_inside_none_is(covered: redaction.Redacted) -> None:
    with pikepdf.open(BytesIO(covered.data)) as document:
        after = [
            pikepdf.PdfImage(sheet.obj.Resources.XObject.P).as_pil_image().convert("RGB") for sheet in document.pages
        ]
    before = [sheet.convert("RGB") for sheet in redaction_draw.pages(record(), PDF)]
    assert ImageChops.difference(before[1], after[1]).getbbox() is None
    left, top, right, bottom = WORDS.pixels(*before[0].size)
    differs = ImageChops.difference(before[0], after[0]).getbbox()
    assert differs is not None
    assert differs[0] >= left
    assert differs[1] >= top
    assert differs[2] <= right
    assert differs[3] <= bottom
    blank = Image.new("RGB", before[0].size, "white")
    redaction_draw.paint(blank, [WORDS])
    area = (left, top, right, bottom)
    assert ImageChops.difference(blank.crop(area), after[0].crop(area)).getbbox() is None
    assert blank.crop(area).getextrema()[0] == (0, 255), "the ground is printed on the box"


def test_the_same_boxes_give_the_same_bytes(covered: redaction.Redacted) -> None:
    assert redaction.cover(record(), PDF, (WORDS,)).data == covered.data


def photo(kind: str, mode: str = "RGB") -> bytes:
    """Words on a picture, with EXIF, a thumbnail's place and a comment."""
    image = Image.effect_noise((600, 400), 60).convert(mode)
    ImageDraw.Draw(image).text((60, 60), "SECRET WORD", fill="black")
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = "SECRET WORD", "SECRET WORD", 6
    comment = PngImagePlugin.PngInfo()
    comment.add_itxt("Comment", "SECRET WORD", zip=True)
    more = {"pnginfo": comment} if kind == "PNG" else {"comment": b"SECRET WORD", "quality": 90}
    data = BytesIO()
    image.save(data, kind, exif=exif, **more)
    return data.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", PNG), ("JPEG", JPEG)])
def test_of_a_picture_only_pixels_remain(kind: str, media_type: str) -> None:
    original, box = photo(kind), Box(1, 0, 0, 10_000, 5_000, ("N2",))
    made = redaction.cover(original, media_type, (box,))
    with Image.open(BytesIO(made.data)) as after:
        assert after.format == kind
        assert after.size == (400, 600), "upright, as the original is seen"
        assert not after.getexif()
        assert not set(after.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        (before,) = redaction_draw.pages(original, media_type)
        apart = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    below = apart.crop((0, 300, 400, 600)).convert("L")
    assert below.getextrema()[1] <= (0 if kind == "PNG" else 60)
    assert b"SECRET" not in made.data


def test_colours_below_transparency_are_not_handed_on() -> None:
    image = Image.new("RGBA", (100, 100), (200, 0, 0, 0))
    data = BytesIO()
    image.save(data, "PNG")
    made = redaction.cover(data.getvalue(), PNG, (Box(1, 0, 0, 100, 100),))
    with Image.open(BytesIO(made.data)) as after:
        assert after.convert("RGB").getpixel((50, 50)) == (255, 255, 255)


def test_a_page_that_is_a_photo_is_kept_as_one() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1200, 900), 90) for _ in range(3)])
    made, pages = redaction_write.built(iter([noise]), PDF)
    assert pages == 1
    with pikepdf.open(BytesIO(made)) as document:
        assert document.pages[0].obj.Resources.XObject.P.Filter == pikepdf.Name.DCTDecode


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ((), redaction.NO_BOXES),
        ((Box(1, 9000, 0, 1001, 10),), redaction.OUTSIDE),
        ((Box(1, 0, 0, 0, 10),), redaction.OUTSIDE),
        ((Box(0, 0, 0, 10, 10),), redaction.OUTSIDE),
        ((Box(3, 0, 0, 10, 10),), redaction.NO_SUCH_PAGE),
        (tuple(Box(1, n, n, 10, 10) for n in range(201)), redaction.TOO_MANY_BOXES),
    ],
)
def test_boxes_that_cannot_be_are_refused(boxes: tuple[Box, ...], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        redaction.cover(paper("one"), PDF, boxes)
    assert refused.value.message == said


def test_hostile_sizes_are_refused() -> None:
    for data, kind in (
        (hostile_page(box=b"[0 0 14400 14400]"), PDF),
        (paper(*[""] * 101), PDF),
        (bomb(), PNG),
        (b"%PDF-1.7 broken", PDF),
        (b"\x89PNG\r\n\x1a\n broken", PNG),
        (photo("PNG"), "image/heic"),
    ):
        with pytest.raises(Invalid):
            press.run(redaction.cover, data, kind, (Box(1, 0, 0, 10, 10),))


def bomb() -> bytes:
    data = BytesIO()
    Image.new("1", (20_001, 2)).save(data, "PNG")
    return data.getvalue()


def test_a_copy_that_shows_or_holds_more_is_thrown_away() -> None:
    original = paper("SECRET WORD")
    good = redaction.cover(original, PDF, (WORDS,)).data
    elsewhere = redaction.cover(original, PDF, (Box(1, 0, 9000, 100, 100),)).data

    def changed(title: str) -> bytes:
        data = BytesIO()
        with pikepdf.open(BytesIO(good)) as document:
            document.docinfo["/Title"] = title
            document.save(data)
        return data.getvalue()

    redaction_check.compare(original, good, PDF, (WORDS,))
    for made in (elsewhere, changed("x"), original, redaction.cover(paper("SECRET WORD", ""), PDF, (WORDS,)).data):
        with pytest.raises(Invalid):
            redaction_check.compare(original, made, PDF, (WORDS,))


def test_numbers_in_the_text_are_found_where_they_are_seen() -> None:
    (found,) = redaction.proposals(paper("", "call 1234 5678 9018 now"), 2)
    assert found.page == 2
    seen = next(
        page for number, page in enumerate(redaction_draw.pages(paper("", "1234 5678 9018"), PDF)) if number == 1
    )
    inked = ImageChops.invert(seen.convert("L")).getbbox()
    (alone,) = redaction.proposals(paper("", "1234 5678 9018"), 2)
    left, top, right, bottom = alone.pixels(*seen.size)
    assert inked is not None
    assert left <= inked[0]
    assert top <= inked[1]
    assert right >= inked[2]
    assert bottom >= inked[3]
    assert (right - left) < 1.3 * (inked[2] - inked[0])
    with pytest.raises(IndexError):
        redaction.proposals(paper(""), 2)
