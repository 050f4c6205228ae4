"""The read API as its description (``content/data/openapi.json``) says: what may be asked, checked from there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from portal.core.errors import N_

UNKNOWN = N_("There is no such parameter. Known here: %(known)s.")
TWICE = N_("This parameter may stand here once.")
NOT_A_DAY = N_("Write a day, like 2016-10-13.")
NOT_A_NUMBER = N_("Write a whole number from %(least)s to %(most)s.")
NOT_A_WORD = N_("Write one of these: %(words)s")
NOT_ITS_FORM = N_("This does not have the form that the description of this interface names.")
NO_PARAMETERS = "–"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,9})\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

Value = str | int | date


@dataclass(frozen=True)
class Fault:
    """What is wrong with a parameter: a message id with its values."""

    parameter: str
    message: str
    params: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Operation:
    """One address: its path below the server's, its entry in the description, its parameters by name."""

    path: str
    entry: Mapping[str, Any]
    parameters: Mapping[str, Mapping[str, Any]]

    @property
    def queried(self) -> dict[str, Mapping[str, Any]]:
        """The parameters of the query."""
        return {name: one for name, one in self.parameters.items() if one["in"] == "query"}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document. It is shared: never change it."""
    text = (files("content") / "data" / "openapi.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def operations() -> dict[str, Operation]:
    """Every operation by its id."""
    return {one.entry["operationId"]: one for one in _operations()}


def _operations() -> Iterator[Operation]:
    whole = description()
    for path, item in whole["paths"].items():
        entry = item["get"]
        found = [_resolved(one, whole) for one in entry["parameters"]]
        yield Operation(path, entry, {one["name"]: one for one in found})


def _resolved(entry: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in entry:
        return entry
    found: Any = whole
    for step in entry["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved


def check(operation: Operation, given: Mapping[str, Sequence[str]]) -> tuple[dict[str, Value], list[Fault]]:
    """The parameters of a query as values, with their defaults, and every fault. Nothing is guessed or left out."""
    known = operation.queried
    values: dict[str, Value] = {
        name: one["schema"]["default"] for name, one in known.items() if "default" in one["schema"]
    }
    faults = []
    for name, texts in given.items():
        if name not in known:
            faults.append(Fault(name[:80], UNKNOWN, (("known", ", ".join(known) or NO_PARAMETERS),)))
        elif len(texts) > 1:
            faults.append(Fault(name, TWICE))
        else:
            value = _value(name, texts[0], known[name]["schema"])
            if isinstance(value, Fault):
                faults.append(value)
            else:
                values[name] = value
    return values, faults


def _value(name: str, text: str, schema: Mapping[str, Any]) -> Value | Fault:
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema["maximum"]
        if not _WHOLE.match(text) or not least <= int(text) <= most:
            return Fault(name, NOT_A_NUMBER, (("least", least), ("most", most)))
        return int(text)
    if schema.get("format") == "date":
        try:
            return date.fromisoformat(text if _DAY.match(text) else "")
        except ValueError:
            return Fault(name, NOT_A_DAY)
    if "enum" in schema:
        return text if text in schema["enum"] else Fault(name, NOT_A_WORD, (("words", ", ".join(schema["enum"])),))
    fits = re.fullmatch(schema["pattern"].removeprefix("^").removesuffix("$"), text)
    if fits is None or len(text) > schema.get("maxLength", len(text)):
        return Fault(name, NOT_ITS_FORM)
    return text
