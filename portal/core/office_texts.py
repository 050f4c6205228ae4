"""What workbooks and Word files (.xlsx, .docx) say, in the order of a reader. For children of the press alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from portal.core import sheets
from portal.core.errors import Invalid
from portal.core.file_texts import BETWEEN
from portal.core.office_parts import local
from portal.core.workbook_archive import unpacked
from portal.core.workbook_numbers import as_shown, builtin

LONGEST_NAME = 80
MAX_PARTS, MAX_INFLATED = 600, 64 * 1024 * 1024
_HEADING = re.compile(r"heading [1-9]|title", re.IGNORECASE)
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""")


def parsed(content: bytes) -> Any:
    """The root of a part's XML: no entities, no comments, nothing fetched. Invalid, and what broken XML raises."""
    said = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:200])
    # In another encoding a declaration of entities could pass by whoever looks for it.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or (said and said[1].lower() not in (b"utf-8", b"us-ascii")):
        raise Invalid(sheets.BROKEN)
    content.decode("utf-8")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def parts(data: bytes, kind: str) -> Iterator[tuple[str, str]]:
    """What a file says, by sheets (their names) or by headings (the text before the first has no name). Invalid."""
    found = unpacked(data, max_parts=MAX_PARTS, max_inflated=MAX_INFLATED, too_big=sheets.BROKEN, locked=sheets.BROKEN)
    files = {name.lower(): content for name, content in found.items()}
    main, related = _related(files, "", "officeDocument")
    if kind == sheets.XLSX:
        yield from _sheets(files, main)
    elif related:
        yield from _words(files, main)


def _related(files: dict[str, bytes], name: str, kind: str) -> tuple[str, list[str]]:
    """The part that another leads to by its kind of relationship (the first one), and all of them."""
    found = [target for _, one, target in _relations(files, name) if one == kind]
    return (found[0] if found else ""), found


def _relations(files: dict[str, bytes], name: str) -> Iterator[tuple[str, str, str]]:
    base, _, own = name.rpartition("/")
    listed = files.get(f"{base}/_rels/{own}.rels".lstrip("/"))
    for one in [] if listed is None else parsed(listed):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            whole = target if target.startswith("/") else f"{base}/{target}"
            yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], whole.lstrip("/").lower()


def _sheets(files: dict[str, bytes], main: str) -> Iterator[tuple[str, str]]:
    book = parsed(files[main])
    shared_at, style_at = _related(files, main, "sharedStrings")[0], _related(files, main, "styles")[0]
    shared = [_text(one) for one in parsed(files[shared_at])] if shared_at else []
    formats = _formats(parsed(files[style_at])) if style_at else []
    since_1904 = any(local(e) == "workbookPr" and e.get("date1904") in ("1", "true") for e in book)
    targets = {identifier: target for identifier, _, target in _relations(files, main)}
    for sheet in (one for one in book.iter() if local(one) == "sheet"):
        place = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        rows = (one for one in parsed(files[targets[place]]).iter() if local(one) == "row")
        lines = (_line(row, shared, formats, since_1904) for row in rows)
        yield sheet.get("name", ""), "\n".join(line for line in lines if line)


def _line(row: Any, shared: Sequence[str], formats: Sequence[str], since_1904: bool) -> str:
    shown = (_shown(cell, shared, formats, since_1904) for cell in row if local(cell) == "c")
    return BETWEEN.join(" ".join(one.split()) for one in shown if one.strip())


def _shown(cell: Any, shared: Sequence[str], formats: Sequence[str], since_1904: bool) -> str:
    kind = cell.get("t", "n")
    value = next((child.text or "" for child in cell if local(child) == "v"), "")
    if kind == "inlineStr":
        return "".join(_text(child) for child in cell if local(child) == "is")
    if kind == "s":
        return shared[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return str(value)
    style = int(cell.get("s", 0))
    return as_shown(float(value), formats[style] if style < len(formats) else "", since_1904)


def _formats(styles: Any) -> list[str]:
    """The number formats of the cells' styles, in their order."""
    own = {e.get("numFmtId"): e.get("formatCode", "") for e in styles.iter() if local(e) == "numFmt"}
    listed = next((e for e in styles if local(e) == "cellXfs"), ())
    return [own.get(e.get("numFmtId", "0"), builtin(int(e.get("numFmtId", 0)))) for e in listed]


def _words(files: dict[str, bytes], main: str) -> Iterator[tuple[str, str]]:
    styles = _related(files, main, "styles")[0]
    headings = set(_heading_styles(parsed(files[styles]))) if styles else set()
    name, said = "", io.StringIO()
    body = next(one for one in parsed(files[main]) if local(one) == "body")
    for text, style in _blocks(body):
        if style in headings and text:
            yield name, said.getvalue()
            name, said = " ".join(text.split())[:LONGEST_NAME], io.StringIO()
        said.write(f"{text}\n")
    yield name, said.getvalue()
    notes = [*_related(files, main, "footnotes")[1], *_related(files, main, "endnotes")[1]]
    yield "", "\n".join(text for note in notes for text, _ in _blocks(parsed(files[note])))


def _heading_styles(styles: Any) -> Iterator[str]:
    for style in (one for one in styles if local(one) == "style"):
        called = next((_value(child) for child in style if local(child) == "name"), "")
        if _HEADING.fullmatch(called):
            yield next((value for key, value in style.attrib.items() if local(key) == "styleId"), "")


def _blocks(parent: Any) -> Iterator[tuple[str, str]]:
    """Paragraphs and rows of tables in their order, each with the style of the paragraph."""
    for child in parent:
        name = local(child)
        if name == "p":
            marks = (one for above in child if local(above) == "pPr" for one in above)
            yield _text(child).strip("\n"), next((_value(one) for one in marks if local(one) == "pStyle"), "")
        elif name == "tr":
            cells = (" ".join(_text(cell).split()) for cell in child)
            yield BETWEEN.join(cell for cell in cells if cell), ""
        elif name in ("tbl", "sdt", "sdtContent", "footnote", "endnote", "customXml"):
            yield from _blocks(child)


def _value(element: Any) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == "val"), "")


def _text(element: Any) -> str:
    """The text of an element; readings above a word are left out, so that the word is found."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name in ("rt", "rPh", "Fallback", "pPr"):
        return ""
    if name in _BREAKS:
        return _BREAKS[name]
    said = "".join(map(_text, element))
    return f"{said}\n" if name == "p" else said
