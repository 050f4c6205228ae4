"""How a bulletin is cited: as a sentence, as BibTeX, as RIS and as CSL-JSON. Pure: texts in, texts out.

The sentence has the form that the terms for public data ask for (公共データ利用規約 第1.0版, PDL 1.0): 出典：….
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.rules.digests import digest


@dataclass(frozen=True, kw_only=True)
class Citation:
    """``version`` is the number of the bulletin up to which the incident is meant; ``day`` that of the bulletin."""

    key: str
    version: int
    language: str
    title: str
    incident: str
    number: str
    publisher: str
    site: str
    address: str
    whole_address: str
    day: date | None
    sha256: str
    whole_sha256: str


def fingerprint(hashes: list[str]) -> str:
    """The fingerprint of an incident at a version: SHA-256 over those of its bulletins, the first first."""
    return digest(hashes)


def sentence(one: Citation) -> str:
    """One line, in the page's language."""
    day = f"{one.day.isoformat()}" if one.day else ""
    if one.language == "ja":
        when = f"、{day}" if day else ""
        return f"出典：{one.publisher}「{one.incident}」{one.number}「{one.title}」（{one.site}{when}）{one.address}"
    when = f", {day}" if day else ""
    return f"Source: {one.publisher}, “{one.incident}”, {one.number}: “{one.title}” ({one.site}{when}), {one.address}"


def bibtex(one: Citation) -> str:
    """An entry of BibTeX, UTF-8."""
    values = {
        "title": f"{one.incident} {one.number} {one.title}",
        "author": f"{{{_braces(one.publisher)}}}",
        "publisher": one.site,
        "year": f"{one.day.year:04}" if one.day else "",
        "month": f"{one.day.month}" if one.day else "",
        "day": f"{one.day.day}" if one.day else "",
        "version": str(one.version),
        "url": one.address,
        "language": one.language,
        "note": f"SHA-256 {one.sha256}",
    }
    plain = ("author", "url")
    lines = [f"  {name} = {{{value if name in plain else _braces(value)}}}" for name, value in values.items() if value]
    return f"@misc{{{_id(one)},\n" + ",\n".join(lines) + "\n}\n"


def ris(one: Citation) -> str:
    """A record of RIS, lines ended by CR LF."""
    tags = [
        ("TY", "ELEC"),
        ("ID", _id(one)),
        ("TI", f"{one.incident} {one.number} {one.title}"),
        ("AU", one.publisher),
        ("PB", one.site),
        ("PY", f"{one.day.year:04}" if one.day else ""),
        ("DA", one.day.strftime("%Y/%m/%d") if one.day else ""),
        ("ET", str(one.version)),
        ("UR", one.address),
        ("LA", one.language),
        ("N1", f"SHA-256 {one.sha256}"),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(one: Citation) -> str:
    """An array with one item of CSL-JSON 1.0.2."""
    item: dict[str, Any] = {
        "id": _id(one),
        "type": "webpage",
        "title": f"{one.incident} {one.number} {one.title}",
        "author": [{"literal": one.publisher}],
        "container-title": one.site,
        "version": str(one.version),
        "URL": one.address,
        "language": one.language,
        "note": f"SHA-256 {one.sha256}",
    }
    if one.day:
        item["issued"] = {"date-parts": [[one.day.year, one.day.month, one.day.day]]}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _id(one: Citation) -> str:
    return f"{one.key}-{one.version}"


_TEX = re.compile(r"[\\{}%#&$_~^]")
_WRITTEN = {"\\": r"\textbackslash ", "~": r"\textasciitilde ", "^": r"\textasciicircum ", "{": r"\{", "}": r"\}"}


def _braces(text: str) -> str:
    """A text with the characters that TeX reads otherwise written out."""
    return _TEX.sub(lambda found: _WRITTEN.get(found.group(), "\\" + found.group()), " ".join(text.split()))
