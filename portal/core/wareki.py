"""Days in Japanese eras (和暦): written for people, read from whatever they type."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from portal.core.errors import N_

NOT_A_DAY = N_("This is not a day. Write it like 2016-10-13 or 平成28年10月13日.")
NO_SUCH_DAY = N_("There is no such day in the calendar.")
NOT_IN_ERA = N_("The era does not have this day.")
BEFORE_1873 = N_("Days before 1 January 1873 (明治6年) cannot be converted. Write them in the Gregorian calendar.")

TABLE = "portal/core/data/eras.toml"
_KANJI = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"元": 1}


@dataclass(frozen=True)
class Era:
    """One era: its kanji name, its letter, and its days (Gregorian, both ends included)."""

    name: str
    letter: str
    first: date
    last: date
    convertible_from: date
    accepted_until: date

    @property
    def is_open(self) -> bool:
        """Whether the era has no last day yet."""
        return self.last == date.max


@cache
def eras() -> tuple[Era, ...]:
    """All eras that can be converted, oldest first."""
    table = tomllib.loads((files("portal.core") / "data" / "eras.toml").read_text(encoding="utf-8"))
    return tuple(
        Era(
            name=row["name"],
            letter=row["letter"],
            first=row["first"],
            last=row.get("last", date.max),
            convertible_from=row.get("convertible_from", row["first"]),
            accepted_until=row.get("also_until", row.get("last", date.max)),
        )
        for row in table["era"]
    )


def era_year(day: date) -> tuple[Era, int]:
    """The era of a day and the year in it (1 for 元年). ValueError before 1873."""
    for era in eras():
        if era.convertible_from <= day <= era.last:
            return era, day.year - era.first.year + 1
    raise ValueError(BEFORE_1873)


def format_wareki(day: date) -> str:
    """`平成28年10月13日`, `令和元年5月1日`. ValueError before 1873."""
    era, year = era_year(day)
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def parse_day(text: str) -> date:
    """Read a day in any width, in an era or in the Gregorian calendar.

    Reads 2016-10-13, 2016/10/13, 2016.10.13, 20161013, 2016年10月13日, 平成28年10月13日, H28.10.13,
    令和元年5月1日 and 二〇一六年十月十三日, with or without spaces. Anything else, a day without its year and
    an impossible day raise ValueError with a plain message (an English message id without parameters).
    """
    if len(text) > 60:
        raise ValueError(NOT_A_DAY)
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    found = next((m for pattern in _patterns() if (m := pattern.fullmatch(plain))), None)
    if found is None:
        raise ValueError(NOT_A_DAY)
    year, month, day = (_number(found[part]) for part in ("year", "month", "day"))
    if not found["era"]:
        if len(found["year"]) != 4:
            raise ValueError(NOT_A_DAY)
        return _day(year, month, day)
    if year < 1 or len(found["year"]) > 3:
        raise ValueError(NOT_IN_ERA)
    era = next(e for e in eras() if found["era"] in (e.name, e.letter))
    read = _day(era.first.year + year - 1, month, day)
    if era.first <= read < era.convertible_from:
        raise ValueError(BEFORE_1873)
    if not era.first <= read <= era.accepted_until:
        raise ValueError(NOT_IN_ERA)
    return read


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(name for era in eras() for name in (era.name, era.letter))
    era = f"(?P<era>{names})?"
    kanji = "〇一二三四五六七八九十"
    return (
        re.compile("(?P<era>!)?(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
        re.compile(f"{era}(?P<year>[0-9]{{1,4}}|元)(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}})"),
        re.compile(f"{era}(?P<year>[0-9]{{1,4}}|元)年(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})日"),
        re.compile(f"{era}(?P<year>[{kanji}]{{1,4}}|元)年(?P<month>[{kanji}]{{1,3}})月(?P<day>[{kanji}]{{1,3}})日"),
    )


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    number = kanji_number(text)
    if number is None:
        raise ValueError(NOT_A_DAY)
    return number


def kanji_number(text: str) -> int | None:
    """〇 to 九十九 as it is said, or digit by digit (二〇一六), as a number; 元 is 1. None for what is none."""
    tens, ten, ones = text.rpartition("十")
    if not text or not set(tens + ones) <= _KANJI.keys():
        return None
    if not ten:
        return int("".join(str(_KANJI[digit]) for digit in text))
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_KANJI[tens] if tens else 1) * 10 + (_KANJI[ones] if ones else 0)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(NO_SUCH_DAY) from None
