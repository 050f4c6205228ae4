"""Files from outside: taken in only as what can be drawn anew, or as what of a workbook or a Word file is shown.

The type is what the content says; the name's ending has to agree; a real decoder decides. Images are decoded and
encoded again, PDF pages are copied into a new document. What is not needed for the picture of a page stays behind:
EXIF and positions, comments, scripts, attachments, forms, actions, data behind the end.

Decoders read these files in the press's children only: what breaks or holds up one of them is refused, and nothing
else notices. The text of a PDF is searched for personal numbers; pictures of text are not read.
"""

import hashlib
from dataclasses import dataclass

from portal.core import detectors, names, press
from portal.core.errors import N_, Invalid
from portal.core.sheets import XLSX

JPEG, PNG, HEIC, PDF = "image/jpeg", "image/png", "image/heic", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFICE = frozenset({XLSX, DOCX})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
ENDINGS = {"jpg": JPEG, "jpeg": JPEG, "png": PNG, "heic": HEIC, "heif": HEIC, "pdf": PDF, "xlsx": XLSX, "docx": DOCX}
KINDS = {JPEG: "JPEG", PNG: "PNG", HEIC: "HEIC", PDF: "PDF", XLSX: "Excel (.xlsx)", DOCX: "Word (.docx)"}

EMPTY = N_("This file is empty. Choose another one.")
TOO_LARGE = N_("This file is larger than %(n)s MB. Send a smaller one.")
UNKNOWN = N_("This kind of file is not accepted here. Send a photo (JPEG, PNG, HEIC) or a PDF.")
NOT_HERE = N_("This kind of file is not accepted here. Send one of these: %(kinds)s.")
MISNAMED = N_("The ending of the file's name does not fit what is in the file. Save it again under its right kind.")
LOCKED = N_("This file has the old format (.xls, .doc) or a password. Save it as .xlsx or .docx without a password.")
MACROS = N_("Files with macros, and templates, are not accepted here. Save it as .xlsx or .docx and send it again.")
BAD_NAME = N_("The file's name is too long or has characters that cannot be used. Rename the file and send it again.")
NUMBER_IN_NAME = N_(
    "The file's name holds a number that looks like an Individual Number (My Number), or another personal number. "
    "Rename the file and send it again."
)
TOO_HARD = N_(
    "This file could not be read in the time and memory that one file may take. "
    "Save a photo again, or print the PDF into a new one, and send that."
)
TOO_HARD_TABLE = N_(
    "This file could not be read in the time and memory that one file may take. Divide it, or send it as a PDF."
)
SECONDS, PAGE_SECONDS = 20.0, 0.4
BEGINNING = 400
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WITH_MACROS = (".xlsm", ".xltm", ".xltx", ".xlsb", ".xlam", ".docm", ".dotm", ".dotx")


@dataclass(frozen=True)
class Slot:
    """A place in a form where a file goes, with its limits."""

    name: str
    max_bytes: int = 10 * 1024 * 1024
    types: frozenset[str] = frozenset({JPEG, PNG, HEIC, PDF})
    max_pixels: int = 50_000_000
    max_pages: int = 30


@dataclass(frozen=True)
class CleanFile:
    """A file as it is kept: JPEG, PNG or PDF drawn anew, a workbook or Word file cleaned.

    `sha256` in hex digits is that of `data`.
    """

    media_type: str
    data: bytes
    pages: int
    sha256: str


@dataclass(frozen=True)
class PagePicture:
    """One page of a PDF as JPEG; `width` and `height` in pixels."""

    data: bytes
    width: int
    height: int


def accept_file(data: bytes, filename: str, *, slot: Slot) -> CleanFile:
    """Take in a file. Invalid, with a plain message, when it cannot be accepted."""
    if not data:
        raise Invalid(EMPTY)
    if len(data) > slot.max_bytes:
        raise Invalid(TOO_LARGE, n=slot.max_bytes // (1024 * 1024))
    named = _kind_by_name(filename)
    kind = _office(data, filename, named) if slot.types & OFFICE else None
    kind = kind or sniff(data)
    if kind is None and not slot.types & OFFICE:
        raise Invalid(UNKNOWN)
    if kind is None or kind not in slot.types:
        raise Invalid(NOT_HERE, kinds=", ".join(sorted(KINDS[one] for one in slot.types)))
    if kind != named:
        raise Invalid(MISNAMED)
    seconds = SECONDS + PAGE_SECONDS * slot.max_pages
    try:
        return press.run(draw_anew, data, kind, slot, seconds=seconds)
    except press.PressFailed as error:
        too_hard = TOO_HARD_TABLE if kind in OFFICE else TOO_HARD
        raise Invalid(error.message if error.message == press.BUSY else too_hard) from None


def draw_anew(data: bytes, kind: str, slot: Slot) -> CleanFile:
    """What of a file is kept, for a child of the press. Invalid, also when its text holds a personal number."""
    from portal.core import images, pdf_pages, pdf_pictures  # the libraries are loaded in the children alone

    if kind == PDF:
        clean, pages = pdf_pages.rebuild(data, max_pages=slot.max_pages, max_pixels=slot.max_pixels)
        for text in pdf_pictures.texts(clean):
            detectors.refuse(text)
        pdf_pictures.glance(clean)
        return _clean(PDF, clean, pages)
    if kind in OFFICE:
        from portal.core import office_files

        return _clean(kind, office_files.clean(data, kind, max_pixels=slot.max_pixels), 1)
    if images.is_text(data):
        raise Invalid(UNKNOWN)
    media_type, clean = images.redraw(data, kind, max_pixels=slot.max_pixels)
    return _clean(media_type, clean, 1)


def draw_page(data: bytes, number: int) -> PagePicture:
    """Page `number` (from 1) of a PDF, for a child of the press. Invalid; IndexError when there is none."""
    from portal.core import pdf_pictures

    return PagePicture(*pdf_pictures.picture(data, number))


def text_of(data: bytes) -> str:
    """What a PDF says, line by line, for a child of the press; empty where its pages are pictures. Invalid."""
    from portal.core import pdf_pictures

    return "\n".join("\n".join(page.splitlines()) for page in pdf_pictures.texts(data)).strip()


def sniff(data: bytes) -> str | None:
    """The media type that the first bytes say, or None for what is never accepted."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return HEIC
    return None


def kept_kind(beginning: bytes) -> str | None:
    """The media type of a kept file by its first BEGINNING bytes; archives that we write say it there."""
    if not beginning.startswith(_ZIP):
        return sniff(beginning)
    return next((kind for kind in OFFICE if f'"{kind}.main+xml"'.encode() in beginning[:BEGINNING]), None)


def _office(data: bytes, filename: str, named: str | None) -> str | None:
    """The kind of a file that is an archive: that of its name, the child looks whether it is so. Invalid."""
    if data.startswith(_OLE):
        raise Invalid(LOCKED)
    if data.startswith(_ZIP) and filename.lower().endswith(_WITH_MACROS):
        raise Invalid(MACROS)
    return named if named in OFFICE and data.startswith(_ZIP) else None


def _kind_by_name(filename: str) -> str | None:
    if not filename or len(filename) > 255 or names.problem(filename):
        raise Invalid(BAD_NAME)
    if detectors.scan(filename).verdict == "block":
        raise Invalid(NUMBER_IN_NAME)
    stem, _, ending = filename.rpartition(".")
    return ENDINGS.get(ending.lower()) if stem else None


def _clean(media_type: str, data: bytes, pages: int) -> CleanFile:
    return CleanFile(media_type, data, pages, hashlib.sha256(data).hexdigest())
