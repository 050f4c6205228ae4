"""Sealing values under the key of what they belong to, bound to table, column and row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portal.core.vault import CaseKey


def seal_text(key: CaseKey, table: str, column: str, row: str, text: str) -> bytes:
    """Text, code point for code point as it was typed, sealed."""
    return key.seal(table, column, row, text.encode("utf-8"))


def open_text(key: CaseKey, table: str, column: str, row: str, sealed: bytes) -> str:
    """The text again."""
    return key.open(table, column, row, sealed).decode("utf-8")


def seal_json(key: CaseKey, table: str, column: str, row: str, value: Any) -> bytes:
    """A plain value as canonical JSON, sealed."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return seal_text(key, table, column, row, text)


def open_json(key: CaseKey, table: str, column: str, row: str, sealed: bytes) -> Any:
    """The plain value again."""
    return json.loads(open_text(key, table, column, row, sealed))
