"""How letters are numbered: the fiscal year, and a number as it is written."""

from __future__ import annotations

from datetime import date


def fiscal_year(day: date) -> int:
    """The fiscal year (会計年度) of a day, by the year of its 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def letter_number(mark: str, sequence: int) -> str:
    """``見情機第11号``: the mark of the organisation and the number within the fiscal year."""
    return f"{mark}第{sequence}号"


def without_number(mark: str) -> str:
    """``見情機第○号``: the place of the number in a draft."""
    return f"{mark}第○号"
