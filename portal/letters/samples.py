"""What a room shows of its letters in the gallery and to the tests: a template with sample values."""

from __future__ import annotations

from dataclasses import dataclass

from portal.letters.engine import Context, Templates


@dataclass(frozen=True)
class Sample:
    """One letter: ``name`` is its file name without ending, ``template`` the file of its template.

    ``fillable``: its inputs are fields to fill in.
    """

    name: str
    title: str
    templates: Templates
    template: str
    context: Context
    sheet: str = "letter.css"
    fillable: bool = False

    def render(self) -> bytes:
        """The letter as PDF."""
        template = self.templates.named(self.template)
        return self.templates.render(template, self.context, sheet=self.sheet, fillable=self.fillable)
