"""From a parsed TOML table to a record: every key known, every required key there, every value of its type."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from content.rules.archive.errors import Place

T = TypeVar("T")

NAMES: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a day",
    datetime: "an instant with its offset from UTC",
}


def build(record: type[T], table: object, place: Place) -> T:
    """A record from a table; ArchiveError names the key and what is wrong with it."""
    if not isinstance(table, Mapping):
        raise place.wrong("a table is expected")
    written = {written_name(field): field for field in fields(record)}  # type: ignore[arg-type]
    for key in table:
        if key not in written:
            raise (place / str(key)).wrong(f"unknown key; known here: {', '.join(sorted(written))}")
    kind: Any = record
    types_of = hints(kind)
    values: dict[str, object] = {}
    for key, field in written.items():
        if key in table:
            values[field.name] = convert(types_of[field.name], table[key], place / key)
        elif field.default is MISSING:
            raise (place / key).wrong("is missing")
    _both_languages(values, {field.name: key for key, field in written.items()}, place)
    return record(**values)


def written_name(field: Field[Any]) -> str:
    """The key of a field in the file: its name, or the singular name of its tables."""
    return str(field.metadata.get("table", field.name))


@cache
def hints(record: type[Any]) -> dict[str, Any]:
    """The types of a record's fields."""
    return get_type_hints(record)


def convert(kind: Any, value: object, place: Place) -> object:
    """One value, checked against the type of its field."""
    if get_origin(kind) in (Union, types.UnionType):
        return _one_of(tuple(one for one in get_args(kind) if one is not type(None)), value, place)
    if get_origin(kind) is tuple:
        return _all_of(get_args(kind)[0], value, place)
    if is_dataclass(kind):
        return build(kind, value, place)  # type: ignore[arg-type]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if not isinstance(value, str) or value not in {member.value for member in kind}:
            raise place.wrong(f"{value!r} is not one of {', '.join(member.value for member in kind)}")
        return kind(value)
    if not _is(kind, value):
        raise place.wrong(f"{NAMES[kind]} is expected, not {value!r}")
    if isinstance(value, str):
        _plain_text(value, place)
    return value


def _one_of(kinds: tuple[Any, ...], value: object, place: Place) -> object:
    if len(kinds) == 1:
        return convert(kinds[0], value, place)
    if not any(_is(kind, value) for kind in kinds):
        raise place.wrong(f"{' or '.join(NAMES[kind] for kind in kinds)} is expected, not {value!r}")
    return value


def _all_of(kind: Any, value: object, place: Place) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise place.wrong("a list is expected")
    items = tuple(convert(kind, one, place / number) for number, one in enumerate(value, start=1))
    for number, item in enumerate(items, start=1):
        if item in items[: number - 1]:
            raise (place / number).wrong("stands there twice")
    return items


def _is(kind: Any, value: object) -> bool:
    # bool is an int, datetime a date: neither is meant where a number or a day is asked for.
    if isinstance(value, bool):
        return kind is bool
    if isinstance(value, datetime):
        return kind is datetime and value.tzinfo is not None
    if isinstance(value, float) and value not in (float("inf"), float("-inf")) and value == value:
        return kind is float
    return isinstance(value, kind) and not isinstance(value, float)


def _plain_text(text: str, place: Place) -> None:
    if not text or text != text.strip():
        raise place.wrong("the text is empty, or begins or ends with a space")
    if any(not letter.isprintable() and letter != "　" for letter in text):
        raise place.wrong("the text holds a line break or a control character")


def _both_languages(values: Mapping[str, object], written: Mapping[str, str], place: Place) -> None:
    for name, value in values.items():
        other = f"{name[:-3]}_en" if name.endswith("_ja") else f"{name[:-3]}_ja" if name.endswith("_en") else name
        if isinstance(value, str) and other in written and other not in values:
            raise (place / written[other]).wrong(f"is missing, though {written[name]} is there")
