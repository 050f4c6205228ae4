"""Drawn pictures for the demonstration: an application form, a face and an identity document of nobody."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

GREY, LIGHT, INK, SOFT = "#d9d9d9", "#f4f4f4", "#333333", "#8a8a8a"
FONT = "BIZUDGothic-Regular.ttf"
FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))

Rows = tuple[tuple[str, str], ...]


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    for folder in FOLDERS:
        for path in sorted(folder.rglob(FONT)):
            return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)


def _mark(image: Image.Image) -> None:
    """見本 SAMPLE across the picture, so that nobody takes it for a document."""
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    drawing = ImageDraw.Draw(layer)
    size = image.width // 7
    drawing.text(
        (image.width // 2, image.height // 2), "見本 SAMPLE", font=_font(size), fill=(179, 38, 30, 70), anchor="mm"
    )
    turned = layer.rotate(18, resample=Image.Resampling.BICUBIC)
    image.paste(turned, (0, 0), turned)


def _png(image: Image.Image) -> bytes:
    _mark(image)
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def _face(width: int) -> Image.Image:
    """A face of circles and lines: nobody's."""
    height = width * 9 // 7
    image = Image.new("RGB", (width, height), "#e8eef4")
    drawing = ImageDraw.Draw(image)
    middle, head, radius = width // 2, height * 42 // 100, width * 24 // 100
    tall = radius * 5 // 4
    drawing.ellipse((width // 8, height * 3 // 4, width * 7 // 8, height * 13 // 10), fill="#9fb3c8")
    drawing.ellipse((middle - radius, head - tall, middle + radius, head + tall), fill="#f0d9c4", outline=SOFT)
    dot = max(3, width // 60)
    for side in (-1, 1):
        eye = middle + side * radius * 2 // 5
        drawing.ellipse((eye - dot, head - 3 * dot, eye + dot, head - dot), fill=INK)
    drawing.line((middle, head - dot, middle, head + radius // 3), fill=SOFT, width=dot // 2 + 1)
    mouth = (middle - radius // 2, head + radius // 4, middle + radius // 2, head + radius * 4 // 5)
    drawing.arc(mouth, 20, 160, INK, dot // 2 + 2)
    drawing.rectangle((0, 0, width - 1, height - 1), outline=SOFT, width=2)
    return image


def _rows(drawing: ImageDraw.ImageDraw, rows: Rows, left: int, top: int, right: int, step: int) -> None:
    for number, (label, text) in enumerate(rows):
        y = top + number * step
        drawing.rectangle((left, y, right, y + step), outline=SOFT)
        drawing.text((left + 10, y + step // 2), label, font=_font(17), fill=SOFT, anchor="lm")
        drawing.text((left + 150, y + step // 2), text, font=_font(22), fill=INK, anchor="lm")


def application_form(rows: Rows) -> bytes:
    """A grey application form, PNG."""
    image = Image.new("RGB", (1000, 1400), GREY)
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((50, 50, 950, 1350), fill=LIGHT, outline=SOFT)
    drawing.text((500, 120), "個人番号カード交付申請書（見本）", font=_font(36), fill=INK, anchor="mm")
    image.paste(_face(200), (690, 190))
    _rows(drawing, rows, 90, 500, 910, 80)
    return _png(image)


def face_photo() -> bytes:
    """A drawn face, PNG."""
    return _png(_face(700))


def identity_document(rows: Rows) -> bytes:
    """A document with a drawn photo, PNG."""
    image = Image.new("RGB", (1000, 640), "#e3e9e1")
    drawing = ImageDraw.Draw(image)
    drawing.text((40, 50), "運転免許証（見本）", font=_font(32), fill=INK, anchor="lm")
    _rows(drawing, rows, 40, 100, 690, 70)
    image.paste(_face(220), (730, 110))
    return _png(image)
