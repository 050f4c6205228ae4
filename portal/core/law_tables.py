"""Reading the rooms' tables of law (``<room>/data/*.toml``): checked once, at the first import that needs them.

Rows of law carry ``effective_from``; :func:`in_force` picks the row of a day, so that an old case keeps its law.

An organisation keeps rows of its own in a folder (docs/law.md), in files of the same names: a row with ``where``
changes the shipped row that has these values, any other row is added. What is changed counts as confirmed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints

from portal.core.settings import SettingsError, law_folder


class TableError(SettingsError):
    """A data file is wrong; the text names file, row and what is wrong."""


@dataclass(frozen=True)
class OwnRow:
    """A row of the organisation's own: in which table, which shipped row it changes (empty: a new one), and what."""

    file: str
    array: str
    where: str
    values: tuple[str, ...]


class Dated(Protocol):
    """A row of law: right from a day on, until a later row of the same key takes over."""

    @property
    def effective_from(self) -> date: ...


T = TypeVar("T")
D = TypeVar("D", bound=Dated)

_PLAIN = {str: str, int: int, bool: bool, date: date}

# What the organisation's folder changed or added, in the order of reading.
OWN: list[OwnRow] = []


def read(room: str, file: str, array: str, kind: type[T]) -> tuple[T, ...]:
    """All rows ``[[array]]`` of a room's file as ``kind`` (a frozen dataclass); TableError names the first fault."""
    return read_with(law_folder(), room, file, array, kind)


def read_with(folder: Path | None, room: str, file: str, array: str, kind: type[T]) -> tuple[T, ...]:
    """The same with the rows of a certain folder of the organisation's own."""
    rows = _with_own(_shipped(room, file)[array], file, array, folder)
    hints, known = get_type_hints(kind), {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    return tuple(
        _row(f"{file}, [[{array}]] {number}", row, kind, hints, known) for number, row in enumerate(rows, start=1)
    )


@lru_cache(maxsize=8)
def _shipped(room: str, file: str) -> dict[str, Any]:
    """What a file says; whoever reads one of its arrays often reads the others next."""
    return tomllib.loads((files(room) / "data" / file).read_text(encoding="utf-8"))


def _with_own(rows: list[dict[str, Any]], file: str, array: str, folder: Path | None) -> list[dict[str, Any]]:
    """The shipped rows with those of the organisation's folder."""
    path = folder / file if folder else None
    if path is None or not path.is_file():
        return rows
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8")).get(array, [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{path} cannot be read: {error}") from None
    made = [dict(row) for row in rows]
    for number, row in enumerate(own, start=1):
        place = f"{path}, [[{array}]] {number}"
        where, values = row.get("where"), {name: value for name, value in row.items() if name != "where"}
        if where is None:
            made.append(values)
        else:
            _change(place, made, where, values)
        OWN.append(OwnRow(file, array, ", ".join(f"{n} = {v}" for n, v in (where or {}).items()), tuple(values)))
    return made


def _change(place: str, rows: list[dict[str, Any]], where: dict[str, Any], values: dict[str, Any]) -> None:
    """Put values over the one row that ``where`` names; what is said is no longer to be confirmed."""
    found = [row for row in rows if all(row.get(name) == value for name, value in where.items())]
    if not where or len(found) != 1:
        raise TableError(f"{place}: where must name exactly one row, but names {len(found) if where else 'none'}.")
    (row,) = found
    row.update(values)
    if "unconfirmed" in row and "unconfirmed" not in values:
        row["unconfirmed"] = [name for name in row["unconfirmed"] if name not in values]


def _row(place: str, row: dict[str, Any], kind: type[T], hints: dict[str, Any], known: dict[str, Field[Any]]) -> T:
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
