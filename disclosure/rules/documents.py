"""Asking for documents (法人文書): what is held, and words that seem to belong on another track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force
from portal.core.names import search_key
from portal.core.wareki import format_wareki


class Track(StrEnum):
    """What somebody may want instead: records about themselves, or an answer to a question."""

    OWN = "own"
    QUESTION = "question"


@dataclass(frozen=True)
class Holding:
    """One sort of documents that the organisation holds, with examples."""

    key: str
    label_ja: str
    label_en: str
    examples_ja: str
    examples_en: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Sign:
    """Words by which a request seems to belong on another track."""

    track: Track
    words: tuple[str, ...]


HOLDINGS = read("documents.toml", "holding", Holding)
SIGNS = read("documents.toml", "sign", Sign)

if {row.track for row in SIGNS} != set(Track):
    raise TableError("documents.toml: every other track needs its signs.")


def holdings(day: date) -> tuple[Holding, ...]:
    """What is held on ``day``, in the table's order."""
    found = (
        in_force((row for row in HOLDINGS if row.key == key), day) for key in dict.fromkeys(r.key for r in HOLDINGS)
    )
    return tuple(row for row in found if row is not None)


def other_tracks(text: str) -> tuple[Track, ...]:
    """Which other tracks the words of a request speak of; width, case and kana make no difference."""
    said = search_key(text)
    found = (row.track for row in SIGNS if any(search_key(word) in said for word in row.words if search_key(word)))
    marked = [*found, *([Track.QUESTION] if text.rstrip().endswith(("?", "？")) else [])]
    return tuple(track for track in Track if track in marked)


def describe(text: str, *, since: date | None, until: date | None, about: tuple[str, ...] = ()) -> str:
    """What is asked for in one text, as the letter names it: the words as typed, then span and what it is about."""
    lines = [text.strip()]
    if since or until:
        first, last = (format_wareki(day) if day else "" for day in (since, until))
        span = f"{first}から{last}まで" if since and until else f"{first}から" if since else f"{last}まで"
        lines.append(f"（期間：{span}）")
    if about:
        lines.append("（関係するもの：" + "、".join(about) + "）")
    return "\n".join(lines)
