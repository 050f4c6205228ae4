"""Files as people send them."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from portal.core.errors import Invalid
from portal.core.files import Slot, accept_file

SLOT = Slot("identity")
EXIF_SECRET = b"SECRET-EXIF-35.6586N"


def picture(kind="JPEG", size=(64, 48), mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "I;16", "1") else None).save(out, kind, **options)
    return out.getvalue()


def exif(orientation=1):
    data = Image.Exif()
    data[0x010E] = EXIF_SECRET.decode()
    data[0x0112] = orientation
    return data.tobytes()


def pdf(pages=1, change=None, **save):
    with pikepdf.new() as document:
        for number in range(pages):
            document.add_blank_page(page_size=(595, 842))
            document.pages[number].Contents = document.make_stream(b"0 0 100 100 re f")
        if change:
            change(document)
        out = BytesIO()
        document.save(out, **save)
        return out.getvalue()


def refused(data, filename, slot=SLOT):
    with pytest.raises(Invalid) as caught:
        accept_file(data, filename, slot=slot)
    str(caught.value)
    return caught.value.message
