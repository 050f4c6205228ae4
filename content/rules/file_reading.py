"""What became of reading a published file for the search."""

from __future__ import annotations

from enum import StrEnum


class Reading(StrEnum):
    """READ, perhaps with nothing in it; REFUSED: it holds what looks like a personal number; UNREADABLE: too hard."""

    READ = "read"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
