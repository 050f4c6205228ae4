"""From a plain dict to a letter: versioned Japanese templates in a sandbox, then the building's PDF engine.

A template is a file ``<kind>.<effective-from>.html`` in a room's own folder; the newest one in force on the day of
issue is used and its name kept with the letter, so that an issued letter can be made again from its context. Frames and
pieces that all rooms share lie beside this module. A template sees its context and nothing else: no file, no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from portal.core import pdf, press
from portal.core.errors import N_, Invalid
from portal.letters import pictures
from portal.letters.addressee import addressed

SHARED = Path(__file__).parent / "templates"

Context = dict[str, Any]

UNPRINTABLE = N_(
    "The letter cannot be made: no font has the character %(character)s (%(codepoints)s) in “%(place)s”. "
    "Ask the administrator for a font, or agree on a spelling with the requester."
)
UNPRINTABLE_SOMEWHERE = N_("The letter cannot be made: no font has one of its characters (%(details)s).")


class TemplateError(Exception):
    """A template's file is misnamed, or there is none for the day: a mistake in the program, not in what was typed."""


@dataclass(frozen=True)
class Template:
    """One version of a letter's template."""

    kind: str
    effective_from: date
    name: str


class Templates:
    """The templates of one room.

    ``places`` says what an officer calls the values of a letter, as English message ids; any other value is named by
    its key.
    """

    def __init__(self, folder: Path, places: Mapping[str, str]) -> None:
        self._folder, self._places = folder, places

    @cached_property
    def all(self) -> tuple[Template, ...]:
        """All versions of all templates; TemplateError for a file whose name says no day."""
        return tuple(_template(path) for path in sorted(self._folder.glob("[!_]*.html")))

    def named(self, name: str) -> Template:
        """The template that a letter was made with; TemplateError when it is gone."""
        for row in self.all:
            if row.name == name:
                return row
        raise TemplateError(f"No template {name}")

    def current(self, kind: str, day: date) -> Template:
        """The template of a kind in force on ``day``; TemplateError when there is none."""
        dated = [row for row in self.all if row.kind == kind and row.effective_from <= day]
        if not dated:
            raise TemplateError(f"No template {kind} on {day}")
        return max(dated, key=lambda row: row.effective_from)

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([self._folder, SHARED]),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=pdf.mark,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(addressed=addressed, qr=pictures.qr, sample_seal=pictures.sample_seal)
        return environment

    def html(self, template: Template, context: Context) -> str:
        """The letter as HTML."""
        return self._environment.get_template(template.name).render(context)

    def render(
        self,
        template: Template,
        context: Context,
        *,
        attachments: Sequence[pdf.Attachment] = (),
        sheet: str = "letter.css",
        fillable: bool = False,
    ) -> bytes:
        """The letter as PDF, laid out in a child process. PressFailed, BadLetter. ``fillable``: with fields to fill in.

        Invalid with ``character``, ``codepoints`` and ``place`` when no font has a character.
        """
        self.check_characters(context)
        html = self.html(template, context)
        try:
            return press.run(
                pdf.render,
                html,
                title=str(context["title"]),
                attachments=attachments,
                sheet=sheet,
                fillable=fillable,
            )
        except pdf.MissingGlyph as missing:
            raise Invalid(UNPRINTABLE_SOMEWHERE, details=str(missing)) from missing

    def check_characters(self, context: Context) -> None:
        """Raise Invalid for the first value with a character that no embedded font has, naming it and its place."""
        for place, text in _texts(context, ""):
            for missing in pdf.check_text(text):
                raise Invalid(
                    UNPRINTABLE,
                    character=missing.cluster,
                    codepoints=" ".join(missing.codepoints),
                    place=self._places.get(place, place),
                    field=place,
                )


def _template(path: Path) -> Template:
    kind, _, day = path.stem.partition(".")
    try:
        return Template(kind, date.fromisoformat(day), path.name)
    except ValueError:
        raise TemplateError(f"{path.name}: a template's name ends in its first day.") from None


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, place)
