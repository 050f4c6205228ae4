"""Which numbers of a table stay hidden, so that nobody can compute a small one from what is shown.

A table here is a whole that is shown and its parts. Whoever knows the whole, all shown parts and this very rule must
still find at least two values possible for every hidden part. Hiding the small parts alone does not do that: one hidden
part is the whole minus the rest. So the first of two *partners*, parts that can take any value, is hidden with them,
and the second when the first would stand alone. Zeros beside a small part are hidden as well: a hidden part may then be
one less or one more, with its partner the other way round, and the table looks the same.

A table that was published before counts too: a part is small as well when its change since then is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One part: what was published of it before (0 when nothing was), and what it is now."""

    before: int
    now: int


def sensitive(cell: Cell, least: int) -> bool:
    """Whether the number, or its change, is above 0 and below ``least``."""
    return 0 < cell.now < least or 0 < abs(cell.now - cell.before) < least


def hidden(cells: Mapping[str, Cell], partners: tuple[str, str], least: int) -> frozenset[str]:
    """The parts to hide. ``cells`` are the parts that can occur at all, both partners among them.

    Raises ValueError when a partner is missing.
    """
    if missing := set(partners) - cells.keys():
        raise ValueError(f"{', '.join(sorted(missing))} is no part of this table.")
    if not any(sensitive(cell, least) for cell in cells.values()):
        return frozenset()
    small = {name for name, cell in cells.items() if cell.now < least or abs(cell.now - cell.before) < least}
    first, second = partners
    small.add(first)
    return frozenset(small if len(small) > 1 else {first, second})
