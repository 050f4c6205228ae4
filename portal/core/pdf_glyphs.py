"""What a page of a finished file shows, glyph by glyph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_HEXADECIMAL = re.compile(rb"(?<!<)<([0-9a-fA-F]+)>(?!>)")


def draws_nothing(page: Any) -> bool:
    """Whether a page shows a glyph that stands for nothing."""
    return any(map(_is_nothing, _shown(page)))


def _shown(page: Any) -> Iterator[str]:
    """The pieces of text that a page shows, in hexadecimal."""
    page.contents_coalesce()
    contents = page.Contents.read_bytes()
    if b"(" not in contents:  # no text is written in another way
        yield from map(bytes.decode, _HEXADECIMAL.findall(contents))
        return
    for instruction in pikepdf.parse_content_stream(page, "TJ Tj"):
        for operand in instruction.operands:
            pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
            yield from (bytes(p).hex() for p in pieces if isinstance(p, pikepdf.String))


def _is_nothing(shown: str) -> bool:
    """Whether a piece of shown text holds glyph 0 (two bytes a glyph)."""
    return "0000" in shown and any(shown[i : i + 4] == "0000" for i in range(0, len(shown), 4))
