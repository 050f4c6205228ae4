"""What a person can do against a decision, as a letter must tell it.

教示: 行政不服審査法 第82条, 行政事件訴訟法 第46条.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.rules.regimes import REGIMES
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force
from portal.core.settings import Organisation

PLACEHOLDERS = ("appeal_to", "defendant", "representative", "court")


@dataclass(frozen=True)
class Remedy:
    """A text of remedies with its heading and placeholders for the organisation's own names.

    ``paragraphs_en`` is for the reference translation; without it the template of the translation has its own words.
    """

    key: str
    effective_from: date
    source: str
    paragraphs_ja: tuple[str, ...]
    title_ja: str = "お問合せ及び苦情のお申出"
    title_en: str = ""
    paragraphs_en: tuple[str, ...] = ()


REMEDIES = read("remedies.toml", "remedy", Remedy)

for _remedy in REMEDIES:
    for _paragraph in (*_remedy.paragraphs_ja, *_remedy.paragraphs_en):
        try:
            _paragraph.format_map(dict.fromkeys(PLACEHOLDERS, ""))
        except (KeyError, ValueError) as _error:
            raise TableError(f"remedies.toml: {_remedy.key} has a wrong placeholder: {_error}") from None
for _regime in REGIMES:
    if _regime.remedies not in {row.key for row in REMEDIES}:
        raise TableError(f"regimes.toml: {_regime.code} names unknown remedies.")


def paragraphs(key: str, day: date, organisation: Organisation) -> list[str]:
    """The paragraphs in force on ``day``, with the organisation's names; KeyError for an unknown key."""
    names = {name: getattr(organisation, name) for name in PLACEHOLDERS}
    return [paragraph.format_map(names) for paragraph in _row(key, day).paragraphs_ja]


def title(key: str, day: date) -> str:
    """The heading over the paragraphs; KeyError for an unknown key."""
    return _row(key, day).title_ja


def english(key: str, day: date, names: Mapping[str, str]) -> tuple[str, list[str]]:
    """Heading and paragraphs in English with ``names`` for the placeholders, both empty where the table has none."""
    row = _row(key, day)
    return row.title_en, [paragraph.format_map(names) for paragraph in row.paragraphs_en]


def _row(key: str, day: date) -> Remedy:
    found = in_force((row for row in REMEDIES if row.key == key), day)
    if found is None:
        raise KeyError(f"No remedies {key} on {day}")
    return found
