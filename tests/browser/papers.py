"""Sample papers: what a person uploads, and what a PDF says."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw


def drawing(text: str = "SAMPLE", *, kind: str = "PNG") -> bytes:
    """A drawn paper that belongs to nobody."""
    image = Image.new("RGB", (640, 400), "lightgrey")
    ImageDraw.Draw(image).text((40, 40), text, fill="black")
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


def upload(name: str, text: str = "SAMPLE") -> Any:
    """The drawing as a file to choose."""
    return {"name": name, "mimeType": "image/png", "buffer": drawing(text)}


def words_of(pdf: Path | bytes) -> str:
    """The text of a PDF without any white space, so that line ends do not matter."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return re.sub(r"\s", "", text)
