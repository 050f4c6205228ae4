"""Who writes question letters, and how they are named in public."""

from __future__ import annotations

from enum import StrEnum


class SenderKind(StrEnum):
    PERSON = "person"
    GROUP = "group"
    PRESS = "press"
    COMPANY = "company"
    ASSEMBLY = "assembly"
    MUNICIPALITY = "municipality"
    OTHER = "other"


def honorific(kind: SenderKind) -> str:
    """御中 for organisations, 様 for a person; never both."""
    return "様" if kind is SenderKind.PERSON else "御中"
