"""Letters as files: what may be printed, and the door to the engine that lays HTML out as a tagged, archival PDF.

The engine (`pdf_layout`) is a second of reading, so it is loaded by the first call that needs it: in the children that
make letters, not in each process that serves pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from portal.core import fonts
from portal.core.errors import N_, Invalid, KaijiError
from portal.core.fonts import Missing


class MissingGlyph(Invalid):
    """A letter holds characters that no embedded font has; `problems` lists them."""

    default = N_("No font has one of the characters: %(characters)s")

    def __init__(self, problems: Sequence[Missing]) -> None:
        self.problems = list(problems)
        listed = ", ".join(
            f"{p.cluster if p.cluster.isprintable() else '?'} ({' '.join(p.codepoints)})" for p in problems
        )
        super().__init__(characters=listed)


class BadLetter(KaijiError):
    """The layout engine complained, or the finished file is not what it should be: a mistake in a template or sheet."""

    status = 500
    default = N_("The letter could not be made. The administrators know how to go on.")

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self.reasons = list(reasons)
        self.add_note("; ".join(reasons))


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF. `at` is written as its day of making, so that the bytes stay the same."""

    name: str
    description: str
    data: bytes
    at: datetime


def check_text(text: str) -> list[Missing]:
    """What of a text cannot be printed."""
    return fonts.problems(text)


def mark(value: object) -> Markup:
    """A value for a template, escaped, with what needs another font in a span. MissingGlyph, TypeError.

    Made to be Jinja's `finalize`: no value can go round it. Markup that a template made passes as it is.
    """
    if hasattr(value, "__html__"):
        return Markup(value)  # noqa: S704 - made by a template, not typed by anybody
    text = str(value)  # raises for what a template must not see
    if not isinstance(value, str | int):
        raise TypeError(f"A letter prints texts and whole numbers, not a {type(value).__name__}.")
    if problems := fonts.problems(text):
        raise MissingGlyph(problems)
    return Markup("").join(
        Markup('<span class="f-{}">{}</span>').format(key, run) if key else escape(run) for key, run in fonts.runs(text)
    )


def render(
    html: str,
    *,
    title: str,
    attachments: Sequence[Attachment] = (),
    sheet: str = "letter.css",
    fillable: bool = False,
) -> bytes:
    """A whole HTML document as PDF/UA-1 and PDF/A-3a. MissingGlyph, BadLetter.

    `title` becomes the title of the file; the language is Japanese unless `<html lang>` says otherwise. `sheet` names
    a style sheet beside this module's data. `fillable`: inputs become fields, else they are drawn as they stand.
    """
    from portal.core import pdf_layout

    return pdf_layout.render(html, title=title, attachments=attachments, sheet=sheet, fillable=fillable)


def engine() -> str:
    """What sets the letters here: an issued letter is made again to the same bytes where this is the same."""
    from portal.core import pdf_layout

    return pdf_layout.engine()


def warm() -> None:
    """Read the fonts and the style sheet now, so that the first letter of a process need not wait for them."""
    render('<html lang="ja"><body><h1>見本</h1><p>髙𠮷</p></body></html>', title="見本")


def read_back(data: bytes) -> list[str]:
    """What is wrong with a finished file: fonts that are not ours or not embedded, glyphs that stand for nothing."""
    from portal.core import pdf_layout

    return pdf_layout.read_back(data)
