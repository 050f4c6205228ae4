"""Areas for a reader or writer who knows a name and no code."""

from __future__ import annotations

import re

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.queries.names import Area, area_of
from content.rules.areas import COUNTRY, PREFECTURES, fixed_name

MOST = 20
LONGEST = 60
_SUFFIX = re.compile(r"(?<=..)[都道府県市区町村]\Z")


def find_area(session: Session, text: str, *, most: int = MOST) -> list[Area]:
    """Areas whose name, reading (hiragana), English name or code is or begins with ``text``, the likeliest first.

    ``札幌``, ``さっぽろ``, ``Sapporo``, ``011002`` and ``北海道札幌市`` all find Sapporo. Those that are no more
    come last. Empty where nothing fits: what was typed is then not an area.
    """
    asked = text.strip()[:LONGEST]
    if not asked:
        return []
    found = [_fixed(code) for code in (COUNTRY, *PREFECTURES) if _fits(code, asked)]
    prefecture, rest = _split(asked)
    query = select(Municipality)
    if prefecture:
        query = query.where(Municipality.prefecture == prefecture)
    if rest:
        likes = [
            getattr(Municipality, name).istartswith(rest, autoescape=True) for name in ("name_ja", "kana", "name_en")
        ]
        query = query.where(or_(*likes, Municipality.code == rest))
    bare = func.length(Municipality.name_ja)
    query = query.order_by(Municipality.until_on.is_not(None), bare, Municipality.code).limit(most)
    if rest:
        found += [area_of(one) for one in session.scalars(query)]
    return found[:most]


def _fits(code: str, asked: str) -> bool:
    ja, en = fixed_name(code) or ("", "")
    return asked in (code, ja, _SUFFIX.sub("", ja)) or asked.casefold() == en.casefold()


def _fixed(code: str) -> Area:
    ja, en = fixed_name(code) or (code, code)
    return Area(code, ja, en)


def _split(asked: str) -> tuple[str, str]:
    """The prefecture that the text begins with, if any, and the rest; ``Fuchu City, Tokyo`` names it behind."""
    for code, (ja, en) in PREFECTURES.items():
        if asked.startswith(ja) and asked != ja:
            return code, asked.removeprefix(ja).strip()
        if asked.casefold().endswith(f", {en.casefold()}"):
            return code, asked[: -len(en) - 2].strip()
    return "", asked
