"""A filled-in report as a workbook, and the same damaged, disguised or made to harm: what is changed, and how."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache

from discrepancy.rules.report_sheet import plan
from portal.core import workbook_forms
from tests.discrepancy.rules.reports import PROVIDER_CAUSED
from tests.portal.core.workbook_files import SHEET, changed

NAME = "26110201101-01 北海道札幌市【顛末報告書】.xlsx"
BOOK, STRINGS, TYPES = "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
Change = Callable[[bytes], bytes]


@cache
def sound() -> bytes:
    """The report as it should be; its lists, which nobody needs to read it, are left out."""
    from discrepancy.rules.codes import shipped

    made = plan(PROVIDER_CAUSED, shipped(), day=date(2026, 11, 2))
    small = {"entries": [type(one)(one.cell, one.value, long=one.long) for one in made.entries]}
    return workbook_forms.make(type(made)(**{**vars(made), **small, "lists": {}, "lists_under": {}}))


def part(name: str, change: Change | bytes) -> bytes:
    """The report with a part of its archive changed or added."""
    return changed(sound(), {name: change})


def swap(name: str, old: bytes, new: bytes) -> bytes:
    """With something in a part replaced, which has to be there."""

    def change(content: bytes) -> bytes:
        assert old in content, (name, old)
        return content.replace(old, new, 1)

    return part(name, change)


def cell(place: str, inner: str, kind: str = "", style: bool = True) -> bytes:
    """With the XML of a cell replaced: ``inner`` is what stands in it, ``kind`` its type."""

    def change(content: bytes) -> bytes:
        found = re.search(rb'<c r="%s"(?P<s> s="\d+")?[^>]*?(/>|>.*?</c>)' % place.encode(), content)
        assert found, place
        said = (found["s"] or b"").decode() if style else ""
        of = f' t="{kind}"' if kind else ""
        made = f'<c r="{place}"{said}{of}>{inner}</c>'
        return content[: found.start()] + made.encode() + content[found.end() :]

    return part(SHEET, change)


def text(place: str, said: str) -> bytes:
    """With a text in a cell."""
    return cell(place, f'<is><t xml:space="preserve">{said}</t></is>', "inlineStr")


def number(place: str, said: str, *, style: bool = True) -> bytes:
    """With a number in a cell."""
    return cell(place, f"<v>{said}</v>", style=style)


def without(name: str) -> bytes:
    """With a part of the archive missing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as source, zipfile.ZipFile(out, "w") as made:
        for one in source.namelist():
            if one != name:
                made.writestr(one, source.read(one))
    return out.getvalue()


def twice() -> bytes:
    """With a sheet in it two times."""
    out = io.BytesIO(sound())
    with zipfile.ZipFile(out, "a") as made:
        made.writestr(SHEET.upper(), b"<worksheet/>")
    return out.getvalue()


def locked() -> bytes:
    """With the mark of a password on its parts."""
    data = bytearray(sound())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


def many_parts() -> bytes:
    """With more parts than a form can have."""
    out = io.BytesIO(sound())
    with zipfile.ZipFile(out, "a") as made:
        for n in range(201):
            made.writestr(f"xl/media/{n}.bin", b"")
    return out.getvalue()


def foreign_texts() -> bytes:
    """With texts of their own that would read a file of the server."""
    return part(STRINGS, ENTITY + b"<sst><si><t>&a;</t></si></sst>")


def entity(name: str) -> bytes:
    """With a declared entity that would read a file of the server."""

    def change(content: bytes) -> bytes:
        first = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return content[:first] + ENTITY + content[first:]

    return part(name, change)


def laughs() -> bytes:
    """With entities that stand for entities."""
    kinds = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    return part(STRINGS, b'<!DOCTYPE x [<!ENTITY a0 "ha">' + kinds + b"]><sst>&a8;</sst>")


def shifted() -> bytes:
    """With a row put in above the fields."""

    def change(content: bytes) -> bytes:
        def down(found: re.Match[bytes]) -> bytes:
            row = int(found[2])
            return found[1] + str(row + (row > 6)).encode() + b'"'

        return re.sub(rb'(r="[A-Z]*)(\d+)"', down, content)

    return part(SHEET, change)


def merged(area: str) -> bytes:
    """With an area made one cell."""
    return swap(SHEET, b'<mergeCell ref="', b'<mergeCell ref="%s"/><mergeCell ref="' % area.encode())


def from_1904(place: str, serial: int) -> bytes:
    """Counting its days from 1904, with this day in a cell and the others as texts."""

    def begins(content: bytes) -> bytes:
        return re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1"', content)

    data = changed(number(place, str(serial)), {BOOK: begins})

    def texts(content: bytes) -> bytes:
        days = {"C12": "2026-10-26", "C13": "2026-10-28"}
        for other, day in days.items():
            said = rb'<c r="%s"( s="\d+")?[^>]*?>.*?</c>' % other.encode()
            content = re.sub(said, f'<c r="{other}" t="inlineStr"><is><t>{day}</t></is></c>'.encode(), content)
        return content

    return changed(data, {SHEET: texts})
