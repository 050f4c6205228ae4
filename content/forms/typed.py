"""What stands in a form, field by field as a browser would send it, to compare and to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

LEFT_OUT = frozenset(
    {"csrf_token", "typing", "typing_version", "place", "more", "keep", "preview", "attach", "save", "file"}
)
TAKE = "take-"
THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    """A field in which two texts of a draft differ."""

    name: str
    label: str
    mine: str
    theirs: str


def version(text: str, otherwise: int = 0) -> int:
    """A version as a form sends it back; what is none counts as ``otherwise``, which nothing that is kept has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sent(values: MultiDict[str, str]) -> dict[str, list[str]]:
    """The fields of a form as they were sent, without its buttons and its token."""
    names = [name for name in values if name not in LEFT_OUT and not name.startswith(TAKE)]
    return {name: values.getlist(name) for name in names}


def standing(form: Any) -> dict[str, list[str]]:
    """The same of a form that was filled in from data."""
    return {name: _values(field) for name, _, field in fields(form) if _values(field) not in ([], [""])}


def merged(values: MultiDict[str, str], theirs: Mapping[str, list[str]]) -> MultiDict[str, str]:
    """What was sent, with the other text's value in each field for which that was chosen."""
    taken = {name.removeprefix(TAKE) for name, choice in values.items() if name.startswith(TAKE) and choice == THEIRS}
    found = MultiDict(values)
    for name in taken:
        found.setlist(name, list(theirs.get(name, [])))
    return found


def differences(form: Any, mine: Mapping[str, list[str]], theirs: Mapping[str, list[str]]) -> list[Difference]:
    """The fields in which they differ, in the form's order; ``form`` has the rows of both.

    A row that says nothing in either text is left out: browsers send the first choice of its lists.
    """
    found, silent = [], tuple(_silent(form, theirs))
    for name, label, field in fields(form):
        left, right = mine.get(name, []), theirs.get(name, [])
        if name.startswith(silent):
            continue
        if name not in LEFT_OUT and [text for text in left if text] != [text for text in right if text]:
            found.append(Difference(name, label, _said(field, left), _said(field, right)))
    return found


def _silent(form: Any, theirs: Mapping[str, list[str]]) -> Iterator[str]:
    """How the names of rows begin that say nothing in the form, and nothing in the other text."""
    values: MultiDict[str, str] = MultiDict([(name, one) for name, many in theirs.items() for one in many])
    for field in form:
        for entry in getattr(field, "entries", ()):
            other = type(entry.form)(values, prefix=f"{entry.name}-")
            if not (entry.form.used or other.used):
                yield f"{entry.name}-"


def fields(form: Any, before: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each field that is filled in, with its name and its label; those of rows say which row."""
    for field in form:
        if field.type in ("CSRFTokenField", "UploadField") or field.short_name in ("version", *LEFT_OUT):
            continue
        if hasattr(field, "entries"):
            for number, entry in enumerate(field.entries, 1):
                yield from fields(entry.form, f"{field.label.text} {number} – ")
        else:
            yield field.name, f"{before}{field.label.text}", field


def _values(field: Any) -> list[str]:
    if field.type == "CheckField":
        return ["y"] if field.data else []
    if hasattr(field, "choices"):
        data = field.data if isinstance(field.data, list | tuple) else [field.data]
        return [str(one) for one in data if one is not None]
    return [field._value()] if hasattr(field, "_value") else []


def _said(field: Any, values: list[str]) -> str:
    """Values in words, by the labels of a list."""
    if field.type == "CheckField":
        return "✓" if values else ""
    labels = {str(value): str(label) for value, label in (one[:2] for one in getattr(field, "choices", None) or ())}
    return ", ".join(labels.get(value, value) for value in values)
