"""Finding cases by name and date of birth without opening any: blind indexes over search keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core.names import search_key
from portal.core.vault import PublicVault


@dataclass(frozen=True)
class NameIndexes:
    """A text's blind indexes: as a name and as a reading."""

    name: str
    kana: str


def name_indexes(vault: PublicVault, text: str) -> NameIndexes:
    """The indexes of a name in any spelling; spaces do not matter."""
    key = search_key(text).replace(" ", "")
    return NameIndexes(vault.blind("disclosure_case.name", key), vault.blind("disclosure_case.kana", key))


def birth_index(vault: PublicVault, day: date) -> str:
    """The index of a date of birth. So few dates are possible that it hides nothing from whoever has the index key."""
    return vault.blind("disclosure_case.birth-date", day.isoformat())
