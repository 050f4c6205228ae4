"""The archive that an Excel workbook (.xlsx) or a Word file is, looked through before any library reads it.

How much it unpacks to, whether its XML declares entities, whether it holds macros or points elsewhere, what is hidden.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import iterparse

from openpyxl.utils import column_index_from_string, range_boundaries

from portal.core import sheets
from portal.core.errors import N_, Invalid

LINKS = N_("This workbook points to other files or databases. Copy the values into the template and send that.")
TOO_BIG_INSIDE = N_("This workbook unpacks to more than a table of this size can need. Use the template.")

MAX_PARTS = 200
MAX_INFLATED = 20 * 1024 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MACROS = ("xl/vbaproject", "xl/macrosheets/", "xl/intlmacrosheets/", "xl/activex/", "xl/ctrlprops/")
_LINKS = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/embeddings/", "xl/model/")


@dataclass
class SheetShape:
    """What a sheet says about itself besides its values. ``merged``: cells that were made one with others."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    merged: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def looked_through(data: bytes) -> list[SheetShape]:
    """Look through an archive; the shapes of its sheets. Invalid, and whatever a broken archive raises."""
    parts = unpacked(
        data, max_parts=MAX_PARTS, max_inflated=MAX_INFLATED, too_big=TOO_BIG_INSIDE, locked=sheets.OLD_OR_LOCKED
    )
    said = [name.lower() for name in parts]
    if any(name.startswith(_MACROS) for name in said):
        raise Invalid(sheets.MACROS)
    if any(name.startswith(_LINKS) for name in said):
        raise Invalid(LINKS)
    if any(b"macroEnabled" in content for name, content in parts.items() if name.lower() == "[content_types].xml"):
        raise Invalid(sheets.MACROS)
    return [_sheet_shape(io.BytesIO(content)) for name, content in parts.items() if _SHEET.fullmatch(name)]


def unpacked(data: bytes, *, max_parts: int, max_inflated: int, too_big: str, locked: str) -> dict[str, bytes]:
    """The parts of an archive by their names, none of which declares entities or comes twice.

    Invalid, with ``too_big`` or ``locked`` where it is that; and whatever a broken archive raises.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > max_parts or sum(part.file_size for part in parts) > max_inflated:
            raise Invalid(too_big)
        if len({part.filename.lower() for part in parts}) != len(parts):
            raise Invalid(sheets.BROKEN)
        if any(part.flag_bits & 1 for part in parts):
            raise Invalid(locked)
        found = {part.filename: archive.read(part) for part in parts if not part.is_dir()}
    for name, content in found.items():
        _check_part(name.lower(), content)
    return found


def _check_part(name: str, content: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Invalid(sheets.BROKEN)


def _sheet_shape(source: IO[bytes]) -> SheetShape:
    shape, number, column, all_hidden = SheetShape(), 0, 0, False
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314 - declarations of entities were refused
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            before, number, column = number, int(element.get("r", number + 1)), 0
            if number <= before:  # the library would leave such a row out
                raise Invalid(sheets.BROKEN)
        elif event == "end" and tag == "sheetFormatPr":
            all_hidden = element.get("zeroHeight") in ("1", "true")
        elif event == "end" and tag == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            shape.merged += (right - left + 1) * (bottom - top + 1)
        elif event == "end" and tag == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min", 1)), min(int(element.get("max", 1)), 16_384)
            shape.hidden_columns.update(range(first - 1, last))
        elif event == "end" and tag == "c":
            shape.cells += 1
            before, column = column, _column(element.get("r", ""), column + 1)
            if column <= before:
                raise Invalid(sheets.BROKEN)
            if any(child.tag.rpartition("}")[2] in ("v", "f", "is") for child in element):
                shape.rows, shape.columns = max(shape.rows, number), max(shape.columns, column)
        elif event == "end" and tag == "row":
            if element.get("hidden", "1" if all_hidden else "0") in ("1", "true"):
                shape.hidden_rows.add(number)
            element.clear()
    return shape


def _column(place: str, following: int) -> int:
    letters = place.rstrip("0123456789")
    return column_index_from_string(letters) if letters else following
