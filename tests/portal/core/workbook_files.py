"""Workbooks for tests: plain ones, and ones made to hold up, outwit or break whoever reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook with these rows on its one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> bytes:
    """The workbook with parts of its archive replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        rest = dict(parts)
        for name in source.namelist():
            content: Any = rest.pop(name, None)
            before = source.read(name)
            made.writestr(name, before if content is None else content(before) if callable(content) else content)
        for name, content in rest.items():
            made.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    """A sheet that unpacks to far more than a table can need."""
    return changed(workbook([["a"]]), {"xl/worksheets/sheet2.xml": b"<x>" + b" " * 30_000_000 + b"</x>"})


def laughs() -> bytes:
    """Entities that stand for entities."""
    kinds = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    head = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + kinds + b"]>"
    return changed(workbook([["a"]]), {SHEET: lambda text: head + text.replace(b"<v>0</v>", b"<v>&a8;</v>")})


def far_away() -> bytes:
    """A value in the last cell that a sheet can have."""

    def last(book: Workbook) -> None:
        book.active["XFD1048576"] = "far"

    return workbook([["a"]], last)


def merged() -> bytes:
    """One cell as large as a sheet."""
    merge = b'<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>'
    return changed(workbook([["a"], ["b"]]), {SHEET: lambda text: text.replace(b"</worksheet>", merge)})


def sized() -> bytes:
    """A sheet that says it is as large as a sheet can be."""
    return changed(
        workbook([["a"], ["b"]]),
        {SHEET: lambda text: text.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')},
    )


def backwards() -> bytes:
    """A row that stands after the one that follows it."""
    return changed(
        workbook([["a"], ["b"], ["c"]]),
        {SHEET: lambda text: text.replace(b'<row r="3"', b'<row r="1"').replace(b'r="A3"', b'r="A1"')},
    )
