"""Pictures of a letter as ``data:`` addresses, since a letter may fetch nothing: the QR code and the seal."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import segno


def data_uri(png: bytes) -> str:
    """A PNG as an address that holds it."""
    return f"data:image/png;base64,{b64encode(png).decode('ascii')}"


@lru_cache(maxsize=64)
def qr(text: str) -> str:
    """The QR code of a text with its quiet zone; the same text gives the same picture. ValueError when too long.

    Any mask can be read; trying all eight for the best one would cost more than a font.
    """
    out = BytesIO()
    segno.make_qr(text, error="m", mask=2).save(out, kind="png", scale=3, border=4)
    return data_uri(out.getvalue())


@lru_cache(maxsize=1)
def sample_seal() -> str:
    """The seal of the samples; it says that it is one."""
    return data_uri((files("portal.core") / "data" / "seal-sample.png").read_bytes())
