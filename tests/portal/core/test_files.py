import hashlib
from io import BytesIO

import pytest
from PIL import Image

from portal.core import files, images
from portal.core.errors import Invalid
from portal.core.files import Slot, accept_file
from tests.portal.core.sent_files import EXIF_SECRET, SLOT, exif, pdf, picture, refused


@pytest.mark.parametrize(
    ("kind", "name", "media_type"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("JPEG", "表.JPEG", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("HEIF", "a.HEIC", "image/jpeg"),
    ],
)
def test_photos_are_drawn_anew(kind, name, media_type):
    clean = accept_file(picture(kind), name, slot=SLOT)
    assert clean.media_type == media_type
    assert clean.pages == 1
    assert clean.sha256 == hashlib.sha256(clean.data).hexdigest()
    with Image.open(BytesIO(clean.data)) as drawn:
        drawn.load()
        assert drawn.size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_understood(mode):
    accept_file(picture("PNG", mode=mode), "a.png", slot=SLOT)


def test_printers_colours_are_understood():
    accept_file(picture(mode="CMYK"), "a.jpg", slot=SLOT)


def test_exif_comments_and_trailing_data_stay_behind():
    data = picture(exif=exif(), comment=b"SECRET-COMMENT") + b"<script>alert(1)</script>%PDF-1.7"
    clean = accept_file(data, "a.jpg", slot=SLOT)
    for secret in (EXIF_SECRET, b"SECRET-COMMENT", b"<script>", b"%PDF", b"Exif"):
        assert secret not in clean.data


@pytest.mark.parametrize("kind", ["PNG", "HEIF"])
def test_exif_of_other_pictures_stays_behind(kind):
    data = picture(kind, exif=exif())
    clean = accept_file(data, f"a.{'png' if kind == 'PNG' else 'heic'}", slot=SLOT)
    assert EXIF_SECRET not in clean.data


def test_a_photo_taken_sideways_is_turned_upright():
    clean = accept_file(picture(exif=exif(6)), "a.jpg", slot=SLOT)
    with Image.open(BytesIO(clean.data)) as drawn:
        assert drawn.size == (48, 64)


def test_drawing_is_repeatable():
    data = picture()
    assert accept_file(data, "a.jpg", slot=SLOT) == accept_file(data, "a.jpg", slot=SLOT)


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = picture("PNG", size=(12_000, 8_000), mode="1")
    assert len(bomb) < 100_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("unpacked"))
    for data in (bomb, picture("PNG", size=(30_000, 1), mode="1")):
        with pytest.raises(Invalid) as caught:
            files.draw_anew(data, files.PNG, SLOT)
        assert caught.value.message == images.TOO_MANY_PIXELS


def test_a_small_slot_takes_small_pictures_only():
    assert refused(picture(), "a.jpg", Slot("s", max_pixels=1000)) == images.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_damaged_picture_is_refused(kind, monkeypatch):
    ending = {"JPEG": "jpg", "PNG": "png", "HEIF": "heic"}[kind]
    whole = picture(kind, size=(640, 480))
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)  # as after the letters' engine was loaded
    for data in (whole[: len(whole) // 2], whole[:40]):
        assert refused(data, f"a.{ending}") == images.BROKEN
        with pytest.raises(Invalid):
            files.draw_anew(data, files.ENDINGS[ending], SLOT)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script>", "a.jpg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"GIF89a/*" + b"\x00" * 40, "a.jpg"),
        (b"MZ" + b"\x00" * 100, "a.pdf"),
        (b"PK\x03\x04" + b"\x00" * 100, "a.pdf"),
        (b"\x00" * 100, "a.jpg"),
        (b"x", "a.pdf"),
        (picture("GIF", mode="L"), "a.png"),
        (picture("WEBP"), "a.jpg"),
        (picture("TIFF"), "a.jpg"),
        (b"junk before" + pdf(), "a.pdf"),
    ],
)
def test_other_kinds_are_refused_whatever_they_are_called(data, name):
    assert refused(data, name) == files.UNKNOWN


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a", "a.jpg.exe", "jpg", "a.jpg "])
def test_a_name_that_does_not_fit_the_content_is_refused(name):
    assert refused(picture(), name) == files.MISNAMED


@pytest.mark.parametrize("name", ["", "a" * 260 + ".jpg", "a\x00.jpg", "a\u202egpj.exe", "\ue000.jpg"])
def test_a_name_that_cannot_be_used_is_refused(name):
    assert refused(picture(), name) == files.BAD_NAME


@pytest.mark.parametrize("name", ["123456789018.jpg", "１２３４-５６７８-９０１８.jpg", "card_1234_5678_9018.jpg"])
def test_a_personal_number_in_the_name_is_refused(name):
    assert refused(picture(), name) == files.NUMBER_IN_NAME


def test_sizes_and_kinds_are_those_of_the_slot():
    assert refused(b"", "a.jpg") == files.EMPTY
    assert refused(picture() + b"\x00" * (10 * 1024 * 1024), "a.jpg") == files.TOO_LARGE
    assert refused(pdf(), "a.pdf", Slot("face", types=frozenset({files.JPEG, files.PNG}))) == files.NOT_HERE
