"""First bulletins ready to be filled in, by kind of fault (``content/data/templates.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter

from content.rules.archive.kinds import ServiceStatus

NEXT_MINUTES = (30, 60, 120, 240)
BLANKS = frozenset({"system", "area", "since", "until", "next"})
TEXTS = ("title", "headline", "body")


@dataclass(frozen=True, kw_only=True)
class Template:
    """One kind of first bulletin. ``systems`` empty: for every system. Texts have blanks in braces."""

    key: str
    effective_from: date
    name_ja: str
    name_en: str
    systems: tuple[str, ...]
    status: str
    severity: int
    title_ja: str
    title_en: str
    headline_ja: str
    headline_en: str
    body_ja: str
    body_en: str

    @property
    def planned(self) -> bool:
        """Whether it announces maintenance: it then needs an end, too."""
        return self.status == ServiceStatus.MAINTENANCE

    def text(self, name: str, language: str, values: Mapping[str, str]) -> str:
        """``title``, ``headline`` or ``body`` in a language, its blanks filled in."""
        pattern: str = getattr(self, f"{name}_{language}")
        return pattern.format_map(dict(values))


@cache
def templates() -> tuple[Template, ...]:
    """All rows; ValueError names a row with an unknown status or blank."""
    table = tomllib.loads((files("content") / "data" / "templates.toml").read_text(encoding="utf-8"))
    names = {field.name for field in fields(Template)}
    found = []
    for row in table["template"]:
        if set(row) != names:
            raise ValueError(f"templates.toml, {row.get('key')}: {sorted(set(row) ^ names)}")
        found.append(_checked(Template(**{**row, "systems": tuple(row["systems"])})))
    return tuple(found)


def offered(rows: Sequence[Template], day: date) -> list[Template]:
    """The templates that hold on a day, in their order."""
    held: dict[str, Template] = {}
    for row in rows:
        before = held.get(row.key)
        if row.effective_from <= day and (before is None or before.effective_from <= row.effective_from):
            held[row.key] = row
    return list(held.values())


def fits(template: Template, system: str) -> bool:
    """Whether a template can be used for a system."""
    return not template.systems or system in template.systems


def incident_key(system: str, day: date, taken: Sequence[str]) -> str:
    """A permanent address made of system and day, with a number behind where that is taken."""
    plain = f"{system[:60].rstrip('-')}-{day.isoformat()}"
    number = 1
    key = plain
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key


def _checked(row: Template) -> Template:
    ServiceStatus(row.status)
    for name in TEXTS:
        for language in ("ja", "en"):
            blanks = {blank for _, blank, _, _ in Formatter().parse(getattr(row, f"{name}_{language}")) if blank}
            if not blanks <= BLANKS:
                raise ValueError(f"templates.toml, {row.key}: {sorted(blanks - BLANKS)}")
    return row
