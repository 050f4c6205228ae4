"""The columns of a table of another archive (:mod:`content.rules.importing`), and how each cell is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from content.rules.archive.kinds import CauseStatus, Certainty, FactField, IncidentState, Unit
from content.rules.numbering import is_key
from portal.core import names
from portal.core.errors import N_, Invalid
from portal.core.wareki import parse_day

NOT_A_WORD = N_("Write one of these: %(words)s")
NOT_A_KEY = N_("Write a key: small letters, digits and single hyphens.")
NOT_A_DAY = N_("Write a day, like 2016-10-13.")
NOT_A_NUMBER = N_("Write a number that is not below zero.")
NOT_WHOLE = N_("Write a whole number from 1.")
TOO_LONG = N_("This is too long. It may have at most %(n)s characters.")
YES, NO = ("yes", "true", "1", "はい"), ("no", "false", "0", "いいえ")
SHORT, LONG = 300, 20_000


class Part(StrEnum):
    """What a column tells of."""

    INCIDENT = "incident"
    BULLETIN = "bulletin"
    FACT = "fact"


@dataclass(frozen=True)
class Column:
    """``read`` gives the value of a text, or raises Invalid."""

    name: str
    part: Part
    read: Callable[[str], Any]
    required: bool = False
    words: tuple[str, ...] = ()


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise Invalid(TOO_LONG, n=longest)
        if (found := names.problem(text, lines=True)) is not None:
            raise Invalid(found)
        return text

    return read


def _key(text: str) -> str:
    if not is_key(text):
        raise Invalid(NOT_A_KEY)
    return text


def day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError:
        raise Invalid(NOT_A_DAY) from None


def _flag(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise Invalid(NOT_A_WORD, words=", ".join((YES[0], NO[0])))
    return text.lower() in YES


def number(text: str) -> float:
    plain = text.replace(",", "")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > 15:
        raise Invalid(NOT_A_NUMBER)
    return float(plain)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0):
        raise Invalid(NOT_WHOLE)
    return int(text)


def _words(kind: type[StrEnum]) -> dict[str, Any]:
    words = tuple(word.value for word in kind)

    def read(text: str) -> StrEnum:
        if text not in words:
            raise Invalid(NOT_A_WORD, words=", ".join(words))
        return kind(text)

    return {"read": read, "words": words}


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


_I, _B, _F = Part.INCIDENT, Part.BULLETIN, Part.FACT
COLUMNS = {
    column.name: column
    for column in (
        Column("incident", _I, _key, required=True),
        Column("incident_title_ja", _I, _text(SHORT), required=True),
        Column("incident_title_en", _I, _text(SHORT), required=True),
        Column("state", _I, **_words(IncidentState), required=True),
        Column("severity", _I, _whole, required=True),
        Column("cause", _I, _key, required=True),
        Column("cause_status", _I, **_words(CauseStatus), required=True),
        Column("systems", _I, _list),
        Column("areas", _I, _list, required=True),
        Column("occurred_on", _I, day),
        Column("occurred_until", _I, day),
        Column("occurred_text_ja", _I, _text(SHORT)),
        Column("occurred_text_en", _I, _text(SHORT)),
        Column("exercise", _I, _flag),
        Column("number", _B, _whole, required=True),
        Column("day", _B, day),
        Column("period", _B, _text(40)),
        Column("final", _B, _flag),
        Column("publisher", _B, _key, required=True),
        Column("title_ja", _B, _text(SHORT), required=True),
        Column("title_en", _B, _text(SHORT), required=True),
        Column("body_ja", _B, _text(LONG), required=True),
        Column("body_en", _B, _text(LONG), required=True),
        Column("source", _B, _key, required=True),
        Column("source_title_ja", _B, _text(SHORT)),
        Column("source_title_en", _B, _text(SHORT)),
        Column("source_place", _B, _text(200), required=True),
        Column("field", _F, **_words(FactField)),
        Column("value", _F, _text(LONG)),
        Column("unit", _F, **_words(Unit)),
        Column("certainty", _F, **_words(Certainty)),
        Column("area", _F, _text(6)),
        Column("text_ja", _F, _text(LONG)),
        Column("text_en", _F, _text(LONG)),
    )
}
EVERY_ROW = ("incident", "number")
