"""HTML to a tagged, archival PDF (PDF/UA-1 and PDF/A-3a in one); nothing is printed that would not be seen rightly.

Nothing is fetched, every complaint of the layout engine is an error, each character is looked up in the fonts before
layout, and the finished file is read back. The same HTML gives the same bytes with the same engine.
"""

import gc
import logging
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from typing import Any

import pikepdf
import weasyprint
from weasyprint.css import ColorProfile
from weasyprint.css.counters import CounterStyle
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from portal.core import fonts, pdf_archive, pdf_fonts, pdf_forms, pdf_glyphs, pdf_guard, pdf_shortcuts
from portal.core.pdf import Attachment, BadLetter, MissingGlyph

# Whatever a sheet says: smoothed pictures are not allowed in archival files.
_ALWAYS = "img, svg { image-rendering: crisp-edges }"
_COLOURS = "--srgb"
_SUBSET = re.compile(r"[A-Z]{6}\+")


pdf_fonts.install()
pdf_forms.install()
pdf_shortcuts.install()


class ClosedFetcher(URLFetcher):  # type: ignore[misc] # the library is untyped
    """Opens `data:` addresses and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


def render(
    html: str,
    *,
    title: str,
    attachments: Sequence[Attachment] = (),
    sheet: str = "letter.css",
    fillable: bool = False,
) -> bytes:
    """A whole HTML document as PDF/UA-1 and PDF/A-3a. MissingGlyph, BadLetter.

    `title` becomes the title of the file; the language is Japanese unless `<html lang>` says otherwise. `sheet` names
    a style sheet beside this module's data. `fillable`: inputs become fields, else they are drawn as they stand.
    """
    with _complaints() as heard, _without_collector():
        data = _written(html, title, attachments, sheet, fillable)
    if heard or (heard := read_back(data)):
        raise BadLetter(heard)
    return data


def _written(html: str, title: str, attachments: Sequence[Attachment], sheet: str, fillable: bool) -> bytes:
    """The file. All that the layout made is forgotten at the end of this, before anybody looks for garbage."""
    document = weasyprint.HTML(string=html, url_fetcher=ClosedFetcher(), base_url="data:,")
    root = document.etree_element
    pdf_guard.name(root, title)
    if problems := pdf_guard.choose_fonts(root):
        raise MissingGlyph(problems)
    style, counters = _sheet(sheet)
    laid_out = document.render(
        font_config=_font_configuration(),
        counter_style=_copied(counters),
        stylesheets=[style],
        color_profiles={_COLOURS: _colours()},
        output_intent=_COLOURS,
        pdf_variant=pdf_archive.VARIANT,
        pdf_forms=fillable,
    )
    pdf_archive.prepare(laid_out)
    return bytes(
        laid_out.write_pdf(
            pdf_variant=pdf_archive.VARIANT,
            pdf_forms=fillable,
            output_intent=_COLOURS,
            attachments=[_attached(a) for a in attachments],
            finisher=pdf_archive.finish,
        )
    )


@cache
def engine() -> str:
    """What sets the letters here: an issued letter is made again to the same bytes where this is the same."""
    number = int(pango.pango_version())
    return (
        f"weasyprint {weasyprint.__version__}; pydyf {version('pydyf')}; "
        f"pango {number // 10000}.{number // 100 % 100}.{number % 100}; harfbuzz {pdf_fonts.version()}; "
        f"zlib {zlib.ZLIB_RUNTIME_VERSION}; "
        f"fonts {fonts.digest()[:16]}; sheets {_sheets()[:16]}"
    )


def _sheets() -> str:
    """A fingerprint of the style sheets, as hexadecimal SHA-256."""
    hashed = sha256()
    for path in sorted((p for p in (files("portal.core") / "data").iterdir() if p.name.endswith(".css")), key=str):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def read_back(data: bytes) -> list[str]:
    """What is wrong with a finished file: fonts that are not ours or not embedded, glyphs that stand for nothing."""
    allowed = {face.postscript for face in fonts.FACES}
    wrong = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
                continue
            name = _SUBSET.sub("", str(item.get("/BaseFont", "")).removeprefix("/"))
            if name not in allowed:
                wrong.append(f"font {name}")
            descriptor = item.get("/FontDescriptor")
            if descriptor is not None and not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                wrong.append(f"font {name} is not embedded")
        for number, page in enumerate(pdf.pages, start=1):
            if pdf_glyphs.draws_nothing(page):
                wrong.append(f"page {number} has a glyph that stands for nothing")
    return wrong


def _attached(attachment: Attachment) -> Any:
    return weasyprint.Attachment(
        file_obj=BytesIO(attachment.data),
        name=attachment.name,
        description=attachment.description,
        created=attachment.at,
        modified=attachment.at,
        relationship="Data",
    )


@cache
def _profile() -> bytes:
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()


def _colours() -> Any:
    """The screen's usual colours, for one document. (Left to itself, the engine would leave the file open.)"""
    return ColorProfile(BytesIO(_profile()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _font_configuration() -> Any:
    return FontConfiguration()


@cache
def _sheet(name: str) -> tuple[Any, Any]:
    """A parsed style sheet and its counter styles: parsing keeps them only when it is given a place for them."""
    counters = CounterStyle()
    text = (files("portal.core") / "data" / name).read_text(encoding="utf-8") + _ALWAYS
    with _complaints() as heard:
        style = weasyprint.CSS(
            string=text, font_config=_font_configuration(), counter_style=counters, url_fetcher=ClosedFetcher()
        )
    if heard:
        raise BadLetter(heard)
    return style, counters


def _copied(counters: Any) -> Any:
    """Counter styles for one document, which may add its own."""
    fresh = CounterStyle()
    fresh.update(counters)
    return fresh


_heard: ContextVar[list[str] | None] = ContextVar("complaints of the layout engine", default=None)


class _Listener(logging.Filter):
    """Collects complaints without their values, which may be somebody's data, and lets nothing through to the logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        heard = _heard.get()
        if heard is not None and record.levelno >= logging.WARNING:
            heard.append(str(record.msg))
        return False


logging.getLogger("weasyprint").addFilter(_Listener())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    except FatalURLFetchingError:
        raise BadLetter(["Something outside the letter was asked for."]) from None
    except RecursionError:
        raise BadLetter(["The letter is nested too deeply."]) from None
    finally:
        _heard.reset(token)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Layout makes very many small objects that all stay until its end: looking for garbage among them is in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
