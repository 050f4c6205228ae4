"""What a room shows of its letters in the gallery and to the tests: a template with sample values."""

from __future__ import annotations

from dataclasses import dataclass

from portal.letters.engine import Context, Templates


@dataclass(frozen=True)
class Sample:
    """One letter: ``name`` is its file name without ending, ``template`` the file of its template."""

    name: str
    title: str
    templates: Templates
    template: str
    context: Context
    sheet: str = "letter.css"

    def render(self) -> bytes:
        """The letter as PDF."""
        return self.templates.render(self.templates.named(self.template), self.context, sheet=self.sheet)
