"""Numbers of receipts: the check letter, how a number is written and read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from portal.core.wareki import era_year

# 23 letters, a prime number of them: any single wrong digit and any two swapped ones change the check letter.
CHECK_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"

_HYPHENS = re.compile(r"[‐‑‒–—―−ーｰ－_\s]+")
_RECEIPT = re.compile(
    r"(?P<mark>[^A-Z0-9-]{0,4})-?(?P<era>[A-Z])(?P<year>[0-9]{2})-?(?P<number>[0-9]{6})-?(?P<check>[A-Z])"
)


def year_label(fiscal: int) -> str:
    """``R08`` for the fiscal year 2026: the era of its first day, so that a series keeps one label all year."""
    era, year = era_year(date(fiscal, 4, 1))
    return f"{era.letter}{year:02d}"


def check_letter(label: str, sequence: int) -> str:
    """The check letter over year label and sequence."""
    return CHECK_LETTERS[(ord(label[0]) * 10**8 + int(label[1:]) * 10**6 + sequence) % len(CHECK_LETTERS)]


def receipt_number(mark: str, fiscal: int, sequence: int) -> str:
    """``開-R08-000123-K``. ValueError when the year's million is used up."""
    if not 1 <= sequence <= 999_999:
        raise ValueError("A fiscal year holds 999,999 receipts.")
    label = year_label(fiscal)
    return f"{mark}-{label}-{sequence:06d}-{check_letter(label, sequence)}"


def read_receipt_number(text: str, *, mark: str) -> str | None:
    """The number as we write it, from whatever was typed (any width, case, hyphens, with or without the mark).

    None when it cannot be one of ours: wrong shape, or the check letter does not fit.
    """
    if len(text) > 60:
        return None
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text).strip().upper()).strip("-")
    found = _RECEIPT.fullmatch(plain)
    if found is None or found["mark"] not in ("", mark):
        return None
    label, sequence = found["era"] + found["year"], int(found["number"])
    if check_letter(label, sequence) != found["check"]:
        return None
    return f"{mark}-{label}-{sequence:06d}-{found['check']}"
