"""What the public learns of reports of one cause: counts that name nobody, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from portal.core import law_tables
from portal.core.wareki import format_wareki


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """``least``: the smallest count that is told; ``months``: how far back figures go at first."""

    least: int
    months: int
    confirmed: bool
    effective_from: date


@cache
def _rows() -> tuple[Publishing, ...]:
    return law_tables.read("discrepancy", "lessons.toml", "publishing", Publishing)


def publishing(day: date) -> Publishing:
    """What holds on a day; before the first row, the first."""
    return law_tables.in_force(_rows(), day) or min(_rows(), key=lambda row: row.effective_from)


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Reports of one cause and how many bodies filed them, from ``first_on`` to ``last_on``."""

    cause_ja: str
    cause_en: str
    information_ja: str
    information_en: str
    first_on: date
    last_on: date
    reports: int
    bodies: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """A text in both languages."""

    ja: str
    en: str


def count_words(number: int, least: int, unit_ja: str) -> Words:
    """A count as it is published: small ones are not told."""
    if number < least:
        return Words(ja=f"{least}{unit_ja}未満", en=f"fewer than {least}")
    return Words(ja=f"{number}{unit_ja}", en=str(number))


def title(counted: Counted) -> Words:
    """What the bulletin is called."""
    return Words(
        ja=f"情報連携の疑義から学んだこと：{counted.cause_ja}（{counted.information_ja}）",
        en=f"Learnt from discrepancies: {counted.cause_en} ({counted.information_en})",
    )


def body(counted: Counted, happened: Words, prevent: Words, *, least: int) -> Words:
    """The bulletin's text: what was counted, what happened, how to keep it from happening again."""
    reports = count_words(counted.reports, least, "件")
    # How many bodies there were is told only where both counts are not small: one would tell the other.
    small = counted.reports < least or counted.bodies < least
    bodies = count_words(0 if small else counted.bodies, least, "機関")
    first, last = counted.first_on, counted.last_on
    return Words(
        ja=f"{format_wareki(first)}から{format_wareki(last)}までに、同じ原因（{counted.cause_ja}）による顛末報告を"
        f"{reports.ja}（{bodies.ja}）受け付けました。対象の情報：{counted.information_ja}。\n\n"
        f"何が起きたか\n{happened.ja}\n\nどう防ぐか\n{prevent.ja}",
        en=f"From {first.isoformat()} to {last.isoformat()}, reports of the same cause ({counted.cause_en}) were "
        f"received: {reports.en}, from bodies: {bodies.en}. Information concerned: {counted.information_en}.\n\n"
        f"What happened\n{happened.en}\n\nHow to keep it from happening\n{prevent.en}",
    )
