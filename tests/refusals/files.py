"""Files that must not be taken, and some that must come out clean. Nothing here is anybody's document."""

from __future__ import annotations

import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

from tests.portal.core.hostile import zeros

SCRIPT = b"<script>alert('sample')</script>"
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90400000000002c00000000010001000002024401003b")
GIF_AND_SCRIPT = b"GIF89a/*" + GIF[8:] + b"*/=1;alert('sample')//"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 200


def picture(kind: str = "PNG", size: tuple[int, int] = (320, 200), **options: Any) -> bytes:
    """A plain picture."""
    data = BytesIO()
    Image.new("RGB", size, "lightgrey").save(data, kind, **options)
    return data.getvalue()


def picture_with_text() -> bytes:
    """A PNG with a comment that is a script."""
    more = PngImagePlugin.PngInfo()
    more.add_text("Comment", SCRIPT.decode())
    return picture(pnginfo=more)


def zipped(**members: bytes) -> bytes:
    """A ZIP archive; a Word document is one too."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def pdf(pages: int = 1, change: Any = None, **save: Any) -> bytes:
    """A PDF of blank pages; ``change`` works on the document before it is saved."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if change:
            change(document)
        data = BytesIO()
        document.save(data, **save)
        return data.getvalue()


def _script(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('sample')")
    document.Root.OpenAction = document.make_indirect(action)
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("sample"), document.make_indirect(action)])
    )
    document.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def pdf_with_script() -> bytes:
    """A PDF that runs JavaScript when it is opened."""
    return pdf(change=_script)


@cache
def many_pages(count: int = 10_000) -> bytes:
    """A small file with very many pages."""

    def fill(document: pikepdf.Pdf) -> None:
        blank = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 100, 100])
        kids = [document.make_indirect(pikepdf.Dictionary(blank)) for _ in range(count)]
        root = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=count, Kids=pikepdf.Array(kids))
        )
        for kid in kids:
            kid.Parent = root
        document.Root.Pages = root

    return pdf(0, fill)


@cache
def unpacking_bomb() -> bytes:
    """Half a megabyte that would become 400 MB."""

    def fill(document: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(document, zeros(400))
        stream.Filter = pikepdf.Name.FlateDecode
        document.pages[0].Contents = document.make_indirect(stream)

    return pdf(change=fill)


def nested(depth: int = 200_000) -> bytes:
    """A PDF with an array in an array in an array …"""
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X " + b"[" * depth + b"]" * depth + b">>\nendobj\n"
    body += b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    third = len(body)
    body += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>\nendobj\n"
    second = body.index(b"2 0 obj")
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in (9, second, third))
    return body + table + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def pixel_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A small PNG that says to have 2,500 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def encrypted(**passwords: str) -> bytes:
    """A protected PDF."""
    return pdf(encryption=pikepdf.Encryption(**{"owner": "", "user": "", **passwords}))
