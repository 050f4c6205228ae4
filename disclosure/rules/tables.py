"""Reading the room's tables (``disclosure/data/*.toml``): checked once, at the first import that needs them.

Rows of law carry ``effective_from``; :func:`in_force` picks the row of a day, so that an old case keeps its law.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from datetime import date
from importlib.resources import files
from typing import Any, Protocol, TypeVar, get_type_hints


class TableError(Exception):
    """A data file is wrong; the text names file, row and what is wrong."""


class Dated(Protocol):
    """A row of law: right from a day on, until a later row of the same key takes over."""

    @property
    def effective_from(self) -> date: ...


T = TypeVar("T")
D = TypeVar("D", bound=Dated)

_PLAIN = {str: str, int: int, bool: bool, date: date}


def read(file: str, array: str, kind: type[T]) -> tuple[T, ...]:
    """All rows ``[[array]]`` of a file as ``kind`` (a frozen dataclass); TableError names the first fault."""
    table = tomllib.loads((files("disclosure") / "data" / file).read_text(encoding="utf-8"))
    return tuple(_row(f"{file}, [[{array}]] {number}", row, kind) for number, row in enumerate(table[array], start=1))


def _row(place: str, row: dict[str, Any], kind: type[T]) -> T:
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(row.keys() - known.keys()):
        raise TableError(f"{place}: {unknown[0]} is not a known key.")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name not in row:
            if field.default is MISSING:
                raise TableError(f"{place}: {name} is missing.")
            continue
        values[name] = _value(place, name, row[name], hints[name])
    return kind(**values)


def _value(place: str, name: str, value: Any, hint: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(hint, type) and issubclass(hint, str):
        try:
            return hint(value)
        except ValueError:
            raise TableError(f"{place}: {name} = {value!r} is not known.") from None
    wanted = _PLAIN.get(hint)
    if wanted is not None and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
        raise TableError(f"{place}: {name} must be {wanted.__name__}.")
    return value


def in_force(rows: Iterable[D], day: date) -> D | None:
    """The row with the latest ``effective_from`` not after ``day``; None before the first."""
    return max((row for row in rows if row.effective_from <= day), key=lambda row: row.effective_from, default=None)
