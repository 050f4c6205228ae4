"""The room's tables (``disclosure/data/*.toml``)."""

from __future__ import annotations

from typing import TypeVar

from portal.core import law_tables

T = TypeVar("T")


def read(file: str, array: str, kind: type[T]) -> tuple[T, ...]:
    """All rows ``[[array]]`` of a file as ``kind`` (a frozen dataclass); TableError names the first fault."""
    return law_tables.read("disclosure", file, array, kind)
