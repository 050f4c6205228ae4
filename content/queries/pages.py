"""One page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """``items`` of page ``number`` (from 1) of ``pages``; ``total`` counts the items of all pages."""

    items: tuple[Item, ...]
    number: int
    pages: int
    total: int


def bounds(number: int, total: int, size: int) -> tuple[int, int, int]:
    """The page that exists nearest to ``number``, the count of pages, and the first item's place (from 0)."""
    pages = max(1, -(-total // size))
    nearest = min(max(1, number), pages)
    return nearest, pages, (nearest - 1) * size
