"""How many inquiries by investigators (捜査関係事項照会) came in a year, if that is published. 刑事訴訟法 第197条第2項.

No law asks for it: the organisation decides, by writing a year's row among its own rows. None are shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disclosure.rules.tables import read
from portal.core.law_tables import TableError


@dataclass(frozen=True)
class InquiryCount:
    """What the organisation counted in one fiscal year: inquiries received, and those of them that it answered."""

    fiscal_year: int
    received: int
    answered: int


@dataclass(frozen=True)
class ShownCount:
    """The same as everybody may see it; None is hidden."""

    fiscal_year: int
    received: int | None
    answered: int | None


COUNTS = read("statistics.toml", "inquiry_count", InquiryCount)


def check(counts: Sequence[InquiryCount]) -> None:
    """TableError for a year that stands twice, or more answers than inquiries."""
    years = [row.fiscal_year for row in counts]
    for row in counts:
        if years.count(row.fiscal_year) > 1 or not 0 <= row.answered <= row.received:
            raise TableError(f"statistics.toml: the inquiries of fiscal year {row.fiscal_year} cannot be.")


check(COUNTS)


def shown(counts: Sequence[InquiryCount], *, before: int, least: int) -> tuple[ShownCount, ...]:
    """The years before fiscal year ``before``, newest first.

    A number above 0 and below ``least`` is hidden, and one from which it could be computed: of received, answered and
    left unanswered each two give the third.
    """
    found = sorted((row for row in counts if row.fiscal_year < before), key=lambda row: -row.fiscal_year)
    return tuple(_shown(row, least) for row in found)


def _shown(row: InquiryCount, least: int) -> ShownCount:
    if 0 < row.received < least:
        return ShownCount(row.fiscal_year, None, None)
    small = any(0 < number < least for number in (row.answered, row.received - row.answered))
    return ShownCount(row.fiscal_year, row.received, None if small else row.answered)
