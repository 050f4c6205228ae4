"""How a record of the archive points at its sources and holds its tables."""

from dataclasses import dataclass, field
from typing import Any


def written_as(table: str) -> Any:
    """A tuple of records whose tables are written `[[table]]`; none at all is allowed."""
    return field(default=(), metadata={"table": table})


@dataclass(frozen=True, kw_only=True)
class SourceRef:
    """Where something is stated: a source of sources.toml and the section, page or line label in it."""

    source: str
    place: str
