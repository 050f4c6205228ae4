"""Numbers of workbooks as text, as their formats show them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

_EXACT = 1e15  # beyond it a workbook has no digits to show


def builtin(identifier: int) -> str:
    """The format that every workbook knows under a number, or ""."""
    return str(BUILTIN_FORMATS.get(identifier, ""))


def as_shown(value: float, code: str, since_1904: bool) -> str:
    """A number as its format shows it, as far as readers search for it: days as ISO, zeros in front, per cent.

    ``since_1904``: the workbook counts its days from there.
    """
    if code and is_date_format(code):
        try:
            return _moment(from_excel(value, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900))
        except (ValueError, OverflowError):
            return f"{value:g}"
    if re.fullmatch("0{2,}", code) and value >= 0:
        return f"{value:0{len(code)}.0f}"
    if code.endswith("%") and "." not in code:
        return f"{value * 100:.0f}%"
    if code.endswith("%"):
        return f"{value * 100:.{min(code.partition('.')[2].count('0'), 9)}f}%"
    return f"{value:.0f}" if abs(value) < _EXACT and value == int(value) else repr(value)


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != time() else f"{value:%Y-%m-%d}"
    if isinstance(value, timedelta):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else ""
