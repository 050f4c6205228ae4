"""A bulletin as an alert of the Common Alerting Protocol 1.2 (OASIS): how our scales become its words.

The words are data with a first day (``data/cap.toml``). A chain only grows: a later message names the earlier ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

from content.rules.areas import COUNTRY
from portal.core.calendar import JAPAN

DATA = Path(__file__).parents[1] / "data" / "cap.toml"
GEOCODES = {2: "JIS X 0401", 6: "JIS X 0402"}


class Message(StrEnum):
    """What a message does to the ones before it."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"


@dataclass(frozen=True)
class Words:
    """The words of one date: CAP's ``severity`` by our step, the others by the incident's state."""

    effective_from: date
    severity: Mapping[str, str]
    urgency: Mapping[str, str]
    certainty: Mapping[str, str]
    response: Mapping[str, str]


@cache
def _all() -> tuple[Words, ...]:
    rows = tomllib.loads(DATA.read_text("utf-8"))["words"]
    return tuple(sorted((Words(**row) for row in rows), key=lambda words: words.effective_from))


def words(day: date) -> Words:
    """Those in force on a day; before the first ones, the first."""
    found = [words for words in _all() if words.effective_from <= day]
    return found[-1] if found else _all()[0]


def identifier(authority: str, bulletin: str, *, cancels: bool = False) -> str:
    """A message's name for ever, without spaces and commas: ``kaiji.example.jp:2026:key/1``."""
    return f"{authority.replace(',', ':')}:{bulletin}{'/withdrawal' if cancels else ''}"


def sent(at: datetime) -> str:
    """An instant as CAP writes it: to the second, with the offset of Japan."""
    return at.astimezone(JAPAN).isoformat(timespec="seconds")


def reference(sender: str, name: str, at: datetime) -> str:
    """How a later message names an earlier one."""
    return f"{sender},{name},{sent(at)}"


def geocode(area: str) -> tuple[str, str]:
    """The system of codes and the code of an area."""
    return ("ISO 3166-1", COUNTRY) if area == COUNTRY else (GEOCODES[len(area)], area)
