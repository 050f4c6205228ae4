"""PDF files from outside, rebuilt page by page into a new document."""

import re
import warnings
import zlib
from io import BytesIO

import pikepdf

from portal.core import pdf_strip
from portal.core.errors import N_, Invalid

MAX_OBJECTS = 50_000
MAX_INFLATED = 300 * 1024 * 1024  # bytes, all streams together

ENCRYPTED = N_(
    "This PDF is protected with a password or against copying. Save it without protection and send it again."
)
BROKEN = N_("This PDF cannot be read. It may be damaged. Print it into a new PDF and send that one.")
NO_PAGES = N_("This PDF has no pages.")
TOO_MANY_PAGES = N_("This PDF has more than %(n)s pages. Send it in several parts.")
TOO_BIG_INSIDE = N_("This PDF unpacks to too much data. Print it into a new PDF and send that one.")

_DAMAGE = (
    pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, RuntimeError, RecursionError, AttributeError,
    OverflowError, zlib.error,
)  # fmt: skip
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_LZW = re.compile(rb"/LZW(?:Decode)?[\s/\]>]")


def rebuild(data: bytes, *, max_pages: int, max_pixels: int) -> tuple[bytes, int]:
    """The pages alone in a new PDF, and their number. What annotations and form fields show is drawn into the page."""
    _refuse_bombs(data)
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as source:
            if source.is_encrypted:
                raise Invalid(ENCRYPTED)
            if len(source.objects) > MAX_OBJECTS:
                raise Invalid(TOO_BIG_INSIDE)
            count = len(source.pages)
            if count > max_pages:
                raise Invalid(TOO_MANY_PAGES, n=max_pages)
            if not count:
                raise Invalid(NO_PAGES)
            _flatten(source)
            return _copy(source, max_pixels), count
    except pikepdf.PasswordError:
        raise Invalid(ENCRYPTED) from None
    except pdf_strip.TooBig:
        raise Invalid(TOO_BIG_INSIDE) from None
    except _DAMAGE:
        raise Invalid(BROKEN) from None


def _flatten(source: pikepdf.Pdf) -> None:
    if "/AcroForm" in source.Root:
        source.generate_appearance_streams()
    source.flatten_annotations("screen")


def _copy(source: pikepdf.Pdf, max_pixels: int) -> bytes:
    with pikepdf.new() as fresh, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that forms are not copied with their pages is what we want
        fresh.pages.extend(source.pages)
        pdf_strip.strip(fresh, max_pixels=max_pixels)
        fresh.remove_unreferenced_resources()
        out = BytesIO()
        fresh.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _refuse_bombs(data: bytes) -> None:
    """Unpack every stream with a limit before a parser does it without one.

    Streams that hold objects are unpacked as soon as the file is opened, so this looks at the bytes alone.
    """
    if _LZW.search(_ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), data)):
        raise Invalid(TOO_BIG_INSIDE)
    left = MAX_INFLATED
    for number, found in enumerate(_STREAM.finditer(data)):
        if number > MAX_OBJECTS:
            raise Invalid(TOO_BIG_INSIDE)
        left -= _inflated(memoryview(data)[found.end() :], left, depth=3)
        if left <= 0:
            raise Invalid(TOO_BIG_INSIDE)


def _inflated(packed: memoryview | bytes, limit: int, *, depth: int) -> int:
    """How many bytes come out of a zlib stream, layer by layer; stops soon after the limit."""
    if len(packed) < 2 or packed[0] & 0x0F != 8 or (packed[0] * 256 + packed[1]) % 31:
        return 0
    unpack, total, kept, at = zlib.decompressobj(), 0, bytearray(), 0
    rest: bytes = b""
    while total <= limit and not unpack.eof:
        if not rest:
            rest, at = bytes(packed[at : at + 65536]), at + 65536
            if not rest:
                break
        try:
            piece = unpack.decompress(rest, 1 << 20)
        except zlib.error:
            break
        rest = unpack.unconsumed_tail
        total += len(piece)
        if depth and len(kept) < 1 << 24:
            kept += piece
    return total + (_inflated(bytes(kept), limit - total, depth=depth - 1) if depth and total <= limit else 0)
