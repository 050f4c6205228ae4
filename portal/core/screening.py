"""What is refused before anything is stored: personal numbers, broken characters, too long texts."""

from __future__ import annotations

from portal.core import detectors, names
from portal.core.errors import N_, Invalid

LINE = (200, 512)
TEXT = (4000, 10_000)
TOO_LONG = N_("This is too long. Use at most %(limit)s characters.")


def line(text: str, *, field: str, limits: tuple[int, int] = LINE) -> str:
    """A text of one line, unchanged; Invalid with ``field`` when it cannot be taken. Limits: graphemes, code points."""
    return _checked(text, field, limits, lines=False)


def lines(text: str, *, field: str, limits: tuple[int, int] = TEXT) -> str:
    """A text of several lines, unchanged; Invalid with ``field`` when it cannot be taken."""
    return _checked(text, field, limits, lines=True)


def file_name(name: str, *, field: str = "files") -> str:
    """A file's name: its end is kept when it is long; a personal number in it is refused."""
    _refuse_numbers(name, field)
    return "".join(char for char in name if char.isprintable())[-200:]


def _checked(text: str, field: str, limits: tuple[int, int], *, lines: bool) -> str:
    graphemes, points = limits
    if len(text) > points or len(names.graphemes(text)) > graphemes:
        raise Invalid(TOO_LONG, limit=graphemes, field=field)
    if text and (message := names.problem(text, lines=lines)):
        raise Invalid(message, field=field)
    _refuse_numbers(text, field)
    return text


def _refuse_numbers(text: str, field: str) -> None:
    if detectors.scan(text).verdict == "block":
        raise Invalid(detectors.MESSAGE, field=field)
