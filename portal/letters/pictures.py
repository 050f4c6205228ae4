"""Pictures of a letter as ``data:`` addresses, since a letter may fetch nothing: the QR code and the seal.

They come in the colours in which a PDF holds them, so that the layout engine need not unpack and pack them again.
"""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import segno
from PIL import Image


@lru_cache(maxsize=64)
def qr(text: str) -> str:
    """The QR code of a text with its quiet zone; the same text gives the same picture. ValueError when too long.

    Any mask can be read; trying all eight for the best one would cost more than a font.
    """
    rows = [bytes(rows) for rows in segno.make_qr(text, error="m", mask=2).matrix_iter(scale=3, border=4)]
    inked = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    return _address(inked.point([255] + [0] * 255))


@lru_cache(maxsize=4)
def seal(png: bytes) -> str:
    """The picture of a seal, on white where it is transparent."""
    picture = Image.open(BytesIO(png)).convert("RGBA")
    return _address(Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture).convert("RGB"))


@lru_cache(maxsize=1)
def sample_seal() -> str:
    """The seal of the samples; it says that it is one."""
    return seal((files("portal.core") / "data" / "seal-sample.png").read_bytes())


def _address(picture: Image.Image) -> str:
    out = BytesIO()
    picture.save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode('ascii')}"
