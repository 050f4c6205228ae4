import struct
from io import BytesIO

import pytest
from PIL import Image

from portal.core import jpeg

SECRET = b"SECRET-EXIF-35.6586N"


def photo(size=(64, 48), kind="JPEG", **options):
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def exif():
    data = Image.Exif()
    data[0x010E] = SECRET.decode()
    return data.tobytes()


def pixels(data):
    with Image.open(BytesIO(data)) as picture:
        return picture.tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_only_what_draws_stays(progressive):
    data = photo(progressive=progressive, exif=exif(), comment=b"SECRET", icc_profile=b"SECRET" * 20)
    assert data.count(b"SECRET") > 20
    bare, count = jpeg.bare_jpeg(data + b"SECRET behind the end")
    assert b"SECRET" not in bare
    assert count == 64 * 48
    assert pixels(bare) == pixels(data)


def test_a_thumbnail_in_the_head_is_left_out():
    data = photo()
    small = struct.pack(">BB", 1, 1) + b"RGB"
    head = b"\xff\xe0" + struct.pack(">H", 16 + 3) + data[6:18] + small
    assert jpeg.bare_jpeg(data[:2] + head + data[20:])[0] == jpeg.bare_jpeg(data)[0]


def test_a_photo_that_was_cut_off_ends_where_it_was_cut():
    data = photo(size=(640, 480))
    bare, _count = jpeg.bare_jpeg(data[:-2000])
    assert bare.endswith(b"\xff\xd9")
    assert len(bare) == len(data) - 2000 + 2


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\x00", b"\xff\xd8\xff\xe1\xff\xff", b"PNG", photo()[:30]])
def test_what_cannot_be_followed_is_an_error(data):
    with pytest.raises(ValueError):
        jpeg.bare_jpeg(data)


def test_a_photo_that_was_made_to_be_slow_is_an_error():
    data = photo()
    scan = data[data.index(b"\xff\xda") : -2]
    assert jpeg.bare_jpeg(data[:-2] + scan * 50 + b"\xff\xd9")
    with pytest.raises(jpeg.TooManyScans):
        jpeg.bare_jpeg(data[:-2] + scan * 100 + b"\xff\xd9")


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content


def test_boxes_that_do_not_draw_are_left_out():
    data = photo(kind="JPEG2000")
    more = box(b"xml ", b"<x>SECRET</x>") + box(b"uuid", b"SECRET" * 9)
    at = data.index(b"jp2c") - 4
    bare, count = jpeg.bare_jpeg2000(data[:at] + more + data[at:])
    assert bare == data
    assert count == 64 * 48
    assert pixels(bare) == pixels(data)
    codestream = data[at + 8 :]
    assert jpeg.bare_jpeg2000(codestream) == (codestream, 64 * 48)


@pytest.mark.parametrize("data", [b"", b"\0" * 40, box(b"jp2c", b"SECRET"), b"\0\0\0\x07jp2c", b"\0\0\1\0jp2c"])
def test_boxes_that_cannot_be_followed_are_an_error(data):
    with pytest.raises(ValueError):
        jpeg.bare_jpeg2000(data)
