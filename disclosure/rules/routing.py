"""Who holds which record, and so who must be asked (教示)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.tables import read


class Holder(StrEnum):
    """Where to ask."""

    HERE = "here"
    MUNICIPALITY = "municipality"
    PREFECTURE = "prefecture"
    OTHER = "other"


@dataclass(frozen=True)
class Route:
    """One sort of record: its holder and what to tell somebody who asks here."""

    record: str
    label_ja: str
    label_en: str
    holder: Holder
    tell_ja: str
    tell_en: str
    source_ja: str
    effective_from: date


ROUTES = read("routing.toml", "route", Route)


def routes(day: date) -> tuple[Route, ...]:
    """The routing table on ``day``."""
    return tuple(row for row in ROUTES if row.effective_from <= day)
