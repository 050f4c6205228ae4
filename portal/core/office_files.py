"""Workbooks and Word files (.xlsx, .docx) that are to be published, for children of the press.

Followed from their beginning, part by part, by the relationships that the parts declare: what is kept is written into a
new archive, with types and times of our own; what nothing leads to, what describes the file (author, company, times,
preview, a printer's settings) and what would run stays behind or is refused (`portal.core.office_parts`).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from portal.core import detectors, file_texts, files, office_parts, office_texts, sheets
from portal.core.errors import N_, Invalid
from portal.core.files import DOCX, OFFICE
from portal.core.office_parts import KEPT, check_relation, clean_part, local
from portal.core.office_texts import MAX_INFLATED, MAX_PARTS
from portal.core.sheets import XLSX
from portal.core.workbook_archive import unpacked

TOO_BIG_INSIDE = N_("This file unpacks to more than can be looked at. Divide it, or send it as a PDF.")

_MAIN = {kind: f"{kind}.main+xml" for kind in OFFICE}
_STYLES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = ""
_RELS = "application/vnd.openxmlformats-package.relationships+xml"
# A part is looked for by these although nothing in its parent names it.
_IMPLIED = frozenset(
    {"sharedStrings", "styles", "theme", "settings", "webSettings", "fontTable", "numbering", "footnotes", "endnotes"}
)
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass
class _Archive:
    """A file on its way through: its parts, by names in small letters, and what is written of them."""

    kind: str
    max_pixels: int
    parts: dict[str, bytes]
    written: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def clean(data: bytes, kind: str, *, max_pixels: int) -> bytes:
    """The file as it is published: what is shown and nothing else. Invalid, with what to do.

    ``max_pixels``: how large a picture in it may be.
    """
    try:
        return _clean(data, kind, max_pixels)
    except (Invalid, MemoryError):
        raise
    except Exception:  # noqa: BLE001, RUF100 - the libraries raise whatever a broken file leads them to
        raise Invalid(sheets.BROKEN) from None


def _clean(data: bytes, kind: str, max_pixels: int) -> bytes:
    found = unpacked(data, max_parts=MAX_PARTS, max_inflated=MAX_INFLATED, too_big=TOO_BIG_INSIDE, locked=files.LOCKED)
    archive = _Archive(kind, max_pixels, {name.lower(): content for name, content in found.items()})
    _check_kind(archive)
    for name, content in archive.parts.items():
        if name.endswith((".xml", ".rels")):
            _refuse_numbers(office_texts.parsed(content))
    _follow(archive, _ROOT, None)
    if _MAIN[kind] not in archive.types.values():
        raise Invalid(sheets.BROKEN)
    made = _packed(archive)
    detectors.refuse(file_texts.to_screen(list(office_texts.parts(made, kind)), kind))
    return made


def _check_kind(archive: _Archive) -> None:
    """What the file says it is; macros are told by it whatever the file is called."""
    listed = archive.parts.get("[content_types].xml")
    if listed is None:
        raise Invalid(sheets.BROKEN)
    said = {element.get("ContentType", "") for element in office_texts.parsed(listed)}
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in said):
        raise Invalid(office_parts.MACROS)
    if _MAIN[archive.kind] not in said:
        raise Invalid(files.MISNAMED)


def _refuse_numbers(root: Any) -> None:
    """Refuse a personal number in any text, divided over runs or not, and in any attribute of any part."""
    for element in root.iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and len(text) > 10:
                detectors.refuse(text)
        if local(element) in ("p", "si", "is"):
            detectors.refuse("".join(element.itertext()))


def _follow(archive: _Archive, name: str, root: Any) -> None:
    """Write a part's relationships, and what they lead to. ``root``: the cleaned part, to see what it uses."""
    base, own = posixpath.split(name)
    place = posixpath.join(base, "_rels", f"{own}.rels")
    if place not in archive.parts:
        return
    used = None if root is None else _used(root)
    kept = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
    for one in office_texts.parsed(archive.parts[place]):
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        external = one.get("TargetMode", "Internal").lower() != "internal"
        if not check_relation(kind, target, external=external):
            continue
        if used is not None and kind not in _IMPLIED and one.get("Id") not in used:
            continue
        if not external and kind != "hyperlink":
            target = _part(archive, base, target, kind)
        attributes = {"Id": one.get("Id", ""), "Type": one.get("Type", ""), "Target": target}
        etree.SubElement(
            kept, f"{{{_RELATIONS}}}Relationship", {**attributes, **({"TargetMode": "External"} if external else {})}
        )
    archive.written[place] = _serialised(kept)


def _used(root: Any) -> set[str]:
    """The relationships that a part names, by their ids."""
    return {value for element in root.iter() for key, value in element.attrib.items() if "relationships}" in str(key)}


def _part(archive: _Archive, base: str, target: str, kind: str) -> str:
    """Clean and write what a relationship leads to; its name in the new archive."""
    name = posixpath.normpath(posixpath.join("/", base, unquote(target))).lstrip("/").lower()
    if name not in archive.parts:
        raise Invalid(sheets.BROKEN)
    if name in archive.seen:
        return f"/{name}"
    archive.seen.add(name)
    if len(archive.seen) > MAX_PARTS:
        raise Invalid(TOO_BIG_INSIDE)
    if kind == "image":
        archive.types[name], archive.written[name] = _picture(archive, name)
        return f"/{name}"
    own = {"officeDocument": _MAIN, "styles": _STYLES}
    archive.types[name] = own[kind][archive.kind] if kind in own else KEPT[kind]
    root = office_texts.parsed(archive.parts[name])
    if not name.endswith(".xml"):
        _refuse_numbers(root)
    clean_part(root)
    archive.written[name] = _serialised(root)
    _follow(archive, name, root)
    return f"/{name}"


def _picture(archive: _Archive, name: str) -> tuple[str, bytes]:
    """A picture, drawn anew as any other that is sent: no position, no preview."""
    from portal.core import images

    data = archive.parts[name]
    kind = files.sniff(data)
    if kind not in (files.JPEG, files.PNG):
        raise Invalid(office_parts.PICTURES)
    return images.redraw(data, kind, max_pixels=archive.max_pixels)


def _packed(archive: _Archive) -> bytes:
    listed = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    main = _MAIN[archive.kind]
    for name in [name for name, kind in archive.types.items() if kind == main]:  # first, for `files.kept_kind`
        etree.SubElement(listed, f"{{{_TYPES}}}Override", {"ContentType": main, "PartName": f"/{name}"})
    etree.SubElement(listed, f"{{{_TYPES}}}Default", Extension="rels", ContentType=_RELS)
    etree.SubElement(listed, f"{{{_TYPES}}}Default", Extension="xml", ContentType="application/xml")
    for name in sorted(name for name, kind in archive.types.items() if kind != main):
        etree.SubElement(listed, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=archive.types[name])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        # The list of types comes first and as it is, so that the beginning of the file says what it is.
        made.writestr(zipfile.ZipInfo("[Content_Types].xml", _TIME), _serialised(listed))
        for name, content in sorted(archive.written.items()):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()


def _serialised(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
