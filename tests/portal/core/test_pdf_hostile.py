"""Documents that try to read what is not theirs, or to keep the building busy: none leaks, none hangs."""

from __future__ import annotations

import base64
import contextlib
import socket
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from markupsafe import Markup
from PIL import Image

from portal.core import pdf, press
from portal.core.press import PressFailed

SECRET = "TOPSECRET"


@pytest.fixture(scope="module", autouse=True)
def closed_in_the_end() -> Iterator[None]:
    yield
    press.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that is style sheet, text and attachment at once, and a picture beside it."""
    path = tmp_path / "secret.css"
    path.write_text(f"p::before {{ content: '{SECRET}' }} /* {SECRET} */", "utf-8")
    Image.new("RGB", (7, 7), "red").save(tmp_path / "secret.png")
    return path


def svg(inner: str) -> str:
    xml = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(xml.encode()).decode()


@pytest.mark.parametrize(
    "inner",
    [
        "<style>@import url({css});</style>",
        "<style>@import '{css}';</style>",
        "<style>@font-face {{ font-family: 'BIZ UDMincho'; src: url({png}) }}</style>",
        "<style>p {{ content: url({png}) }} p::before {{ content: url({png}) }}</style>",
        "<style>ul {{ list-style-image: url({png}) }}</style><ul><li>x</li></ul>",
        "<style>p {{ border-image: url({png}) 1 }}</style>",
        "<style>@page {{ background: url({png}) }}</style>",
        "<style>@color-profile --own {{ src: url({css}) }}</style>",
        '<link rel="stylesheet" href="{css}">',
        '<link rel="attachment" href="{css}">',
        '<a rel="attachment" href="{css}">x</a>',
        '<base href="{css}"><link rel="stylesheet" href="secret.css">',
        '<object data="{css}">x</object>',
        '<embed src="{css}">',
        '<iframe src="{css}"></iframe>',
        '<img alt="x" src="{png}">',
        '<img alt="x" srcset="{png} 1x" src="{png}">',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><image href="{png}" width="9" height="9"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><use href="{css}#a"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><style>@import url({css});</style></svg>',
        '<p style="background-image: url({png})">x</p>',
        '<meta http-equiv="refresh" content="0; url={css}"><script src="{css}"></script>',
    ],
)
def test_nothing_outside_is_read_or_asked(inner: str, secret: Path, listener: socket.socket) -> None:
    here = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    places = [(secret.as_uri(), secret.with_name("secret.png").as_uri()), (here + "x.css", here + "x.png")]
    for css, png in places:
        html = f'<html lang="ja"><body><h1>x</h1><p>本文</p>{inner.format(css=css, png=png)}</body></html>'
        try:
            data = pdf.render(html, title="x")
        except pdf.BadLetter:
            continue
        assert holds_nothing(data)
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("inner", ['<image href="{}" width="9" height="9"/>', '<use href="{}#x"/>'])
def test_a_picture_inside_the_document_reads_nothing_either(inner: str, secret: Path) -> None:
    address = secret.with_name("secret.png").as_uri()
    html = f'<html lang="ja"><body><h1>x</h1><img alt="x" src="{svg(inner.format(address))}"></body></html>'
    with contextlib.suppress(pdf.BadLetter):
        assert holds_nothing(pdf.render(html, title="x"))


def holds_nothing(data: bytes) -> bool:
    """Whether a file has neither attachments nor pictures, and shows nothing secret."""
    with pikepdf.open(BytesIO(data)) as document:
        pictures = [o for o in document.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert (len(document.attachments), pictures) == (0, [])
    opened = pypdfium2.PdfDocument(data)
    try:
        return SECRET not in "".join(sheet.get_textpage().get_text_range() for sheet in opened)
    finally:
        opened.close()


def test_what_was_typed_stays_text() -> None:
    assert pdf.mark("<link rel=attachment href=file:///etc/passwd>{{ 7*7 }}") == Markup(
        "&lt;link rel=attachment href=file:///etc/passwd&gt;{{ 7*7 }}"
    )


def pages(html: str) -> int:
    """In a child: how many pages a document has."""
    with pikepdf.open(BytesIO(pdf.render(html, title="x"))) as document:
        return len(document.pages)


ROW = '<tr><th scope="row">一</th><td>二</td><td>三</td></tr>'


@pytest.mark.parametrize(
    "inner",
    [
        f"<table>{ROW * 10_000}</table>",
        "<div>" * 20_000,
        "<b><i>" * 3_000 + "<p>" * 500,
        "<table><tr><td>" * 300,
        "あ" * 3_000_000,
        "<p>" + "𠮷</p><p>" * 100_000,
        '<p style="font-size: 100000pt">あいうえお</p>' * 50,
        '<p style="margin-top: 99999999mm">あ</p>',
        '<table style="width: 1px"><tr>' + '<td colspan="1000" rowspan="65534">x</td>' * 50 + "</tr></table>",
        '<p style="counter-increment: page 999999999">' + "&#x3042;" * 10,
    ],
    ids=lambda inner: f"{inner[:24]}… {len(inner)}",
)
def test_a_document_that_would_take_for_ever_is_stopped(inner: str) -> None:
    began = time.monotonic()
    with contextlib.suppress(PressFailed, pdf.BadLetter):
        assert press.run(pages, f'<html lang="ja"><body><h1>x</h1>{inner}', seconds=0.5) < 3000
    assert time.monotonic() - began < 120


def test_the_next_letter_is_made() -> None:
    assert press.run(pages, '<html lang="ja"><body><h1>x</h1><p>次</p></body></html>') == 1
