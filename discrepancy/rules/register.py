"""The bodies that the register begins with: those of ``data/bodies.toml``, prefectures and municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.areas import PREFECTURES
from content.rules.municipalities import Place
from discrepancy.rules.enquiry import BodyKind
from portal.core import law_tables


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A body as the register begins. A municipality's name is written from its prefecture on, as reports have it."""

    code: str
    kind: BodyKind
    name_ja: str
    name_en: str
    prefecture: str = ""
    closed_on: date | None = None


def listed(places: Sequence[Place]) -> list[Listed]:
    """All bodies, those of the State first; TableError."""
    return [*law_tables.read("discrepancy", "bodies.toml", "body", Listed), *map(_local, places)]


def _local(place: Place) -> Listed:
    ja, en = PREFECTURES[place.prefecture]
    if place.is_prefecture:
        return Listed(
            code=place.code,
            kind=BodyKind.PREFECTURE,
            name_ja=place.name_ja,
            name_en=place.name_en,
            prefecture=place.prefecture,
        )
    return Listed(
        code=place.code,
        kind=BodyKind.MUNICIPALITY,
        name_ja=ja + place.name_ja,
        name_en=f"{place.name_en}, {en}",
        prefecture=place.prefecture,
        closed_on=place.until_on,
    )
