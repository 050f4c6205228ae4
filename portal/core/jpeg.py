"""JPEG and JPEG 2000 data as they lie in other files: without what is not the picture.

The picture itself is not decoded: the segments are followed one by one, and only those that draw are copied.
"""

from __future__ import annotations

import re
import struct

_SOS, _EOI, _COMMENT, _ADOBE, _JFIF = 0xDA, 0xD9, 0xFE, 0xEE, 0xE0
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_BOXES = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
MOST_SCANS = 100  # cameras and programs write about ten; each one costs another pass over all pixels
_CODESTREAM = b"\xff\x4f\xff\x51"


class TooManyScans(ValueError):
    """A picture that was made to be slow."""


def bare_jpeg(data: bytes) -> tuple[bytes, int]:
    """The data without EXIF, XMP, thumbnails, profiles, comments and what follows its end; and the number of pixels.

    ValueError when the segments cannot be followed; TooManyScans of more than MOST_SCANS.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("Not a JPEG.")
    out, at, pixels, scans = [data[:2]], 2, 0, 0
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if len(data) < at + 2 or data[at] != 0xFF:
            raise ValueError("A segment does not begin where it should.")
        marker = data[at + 1]
        if marker == _EOI:
            return b"".join((*out, b"\xff\xd9")), pixels
        if marker in _BARE:
            out.append(data[at : at + 2])
            at += 2
            continue
        segment = _segment(data, at)
        at += len(segment)
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", segment[5:9])
            pixels = max(pixels, width * height)
        out.append(_kept(marker, segment))
        if marker == _SOS:
            scans += 1
            if scans > MOST_SCANS:
                raise TooManyScans
            found = _AFTER_SCAN.search(data, at)
            if found is None:  # cut off within the picture: it ends here
                return b"".join((*out, data[at:], b"\xff\xd9")), pixels
            out.append(data[at : found.start()])
            at = found.start()


def _segment(data: bytes, at: int) -> bytes:
    size = int.from_bytes(data[at + 2 : at + 4], "big")
    segment = data[at : at + 2 + size]
    if size < 2 or len(segment) != size + 2:
        raise ValueError("A segment is cut off.")
    return segment


def _kept(marker: int, segment: bytes) -> bytes:
    """The segment, or nothing when it does not draw. A JFIF head loses its thumbnail, Adobe's says the colours."""
    if marker == _JFIF and segment[4:9] == b"JFIF\0" and len(segment) >= 18:
        return segment[:2] + b"\x00\x10" + segment[4:16] + b"\0\0"
    application = 0xE0 <= marker <= 0xEF and marker != _ADOBE
    return b"" if application or marker == _COMMENT else segment


def bare_jpeg2000(data: bytes) -> tuple[bytes, int]:
    """The data without XML, UUID (EXIF, XMP) and other boxes that do not draw; and the number of pixels. ValueError."""
    boxes = [(b"jp2c", data, data)] if data.startswith(_CODESTREAM) else _boxes(data)
    picture = next((content for kind, _whole, content in boxes if kind == b"jp2c"), b"")
    if not picture.startswith(_CODESTREAM) or len(picture) < 24:
        raise ValueError("Not a JPEG 2000.")
    right, bottom, left, top = struct.unpack(">IIII", picture[8:24])
    return b"".join(whole for kind, whole, _content in boxes if kind in _BOXES), (right - left) * (bottom - top)


def _boxes(data: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """Kind, whole box and content, in their order."""
    found, at = [], 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8].ljust(8, b"\0"))
        head = 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            raise ValueError("A box is cut off.")
        found.append((kind, data[at : at + size], data[at + head : at + size]))
        at += size
    return found
