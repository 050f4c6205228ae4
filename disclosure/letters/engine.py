"""From a plain dict to a letter: versioned Japanese templates in a sandbox, then the building's PDF engine.

A template is a file ``<kind>.<effective-from>.html``; the newest one in force on the day of issue is used and its
name kept with the letter, so that an issued letter can be made again from its context.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from disclosure.rules.tables import TableError, in_force
from portal.core import pdf
from portal.core.errors import N_, Invalid

FOLDER = Path(__file__).parent / "templates"

Context = dict[str, Any]

# What an officer calls the values of a letter; anything else is named by its key.
PLACES = {
    "addressee": N_("Name"),
    "addressee_address": N_("Address"),
    "part": N_("Withheld part"),
    "nature": N_("Nature of the information"),
    "harm": N_("Harm that would follow"),
}


@dataclass(frozen=True)
class Template:
    """One version of a letter's template."""

    kind: str
    effective_from: date
    name: str


@cache
def templates() -> tuple[Template, ...]:
    """All versions of all templates; TableError for a file whose name says no day."""
    found = []
    for path in sorted(FOLDER.glob("[!_]*.html")):
        kind, _, day = path.stem.partition(".")
        try:
            found.append(Template(kind, date.fromisoformat(day), path.name))
        except ValueError:
            raise TableError(f"{path.name}: a template's name ends in its first day.") from None
    return tuple(found)


def named(name: str) -> Template:
    """The template that a letter was made with; KeyError when it is gone."""
    for row in templates():
        if row.name == name:
            return row
    raise KeyError(f"No template {name}")


def current(kind: str, day: date) -> Template:
    """The template of a kind in force on ``day``; KeyError when there is none."""
    found = in_force((row for row in templates() if row.kind == kind), day)
    if found is None:
        raise KeyError(f"No template {kind} on {day}")
    return found


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=pdf.mark,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(template: Template, context: Context) -> str:
    """The letter as HTML."""
    return _environment().get_template(template.name).render(context)


def render(template: Template, context: Context) -> bytes:
    """The letter as PDF. Invalid with ``character``, ``codepoints`` and ``place`` when no font has a character."""
    check_characters(context)
    try:
        return bytes(pdf.render(html(template, context), title=str(context["title"])))
    except pdf.MissingGlyph as missing:
        raise Invalid(UNPRINTABLE_SOMEWHERE, details=str(missing)) from missing


UNPRINTABLE = N_(
    "The letter cannot be made: no font has the character %(character)s (%(codepoints)s) in “%(place)s”. "
    "Ask the administrator for a font, or agree on a spelling with the requester."
)
UNPRINTABLE_SOMEWHERE = N_("The letter cannot be made: no font has one of its characters (%(details)s).")


def check_characters(context: Context) -> None:
    """Raise Invalid for the first value with a character that no embedded font has, naming it and its place."""
    for place, text in _texts(context, ""):
        for missing in pdf.check_text(text):
            raise Invalid(
                UNPRINTABLE,
                character=missing.cluster,
                codepoints=_listed(missing.codepoints),
                place=PLACES.get(place, place),
                field=place,
            )


def _listed(codepoints: Any) -> str:
    return codepoints if isinstance(codepoints, str) else " ".join(str(code) for code in codepoints)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, place)
