"""Which room keeps an issued letter, and how it is opened with the office's keys.

The register knows no contents; each room registers a function that finds its own letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.core.vault import OfficeVault
from portal.letters.engine import Context, Templates


@dataclass(frozen=True)
class Kept:
    """A letter as its room keeps it: what it was made from, by which template, and the file."""

    templates: Templates
    template: str
    context: Context
    pdf: bytes


Keeper = Callable[[Session, OfficeVault, str], Kept | None]
_keepers: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """Add a room's keeper: it gets a session, the vault and a letter's id, and returns None for a foreign letter."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def find(session: Session, vault: OfficeVault, letter_id: str) -> Kept | None:
    """The letter as its room keeps it; None when no room has it. Gone when its keys were destroyed."""
    for keeper in _keepers:
        kept = keeper(session, vault, letter_id)
        if kept is not None:
            return kept
    return None
