"""What in a query narrows instead of being looked for: field:value, and periods in either calendar."""

import re
from calendar import monthrange
from datetime import date

from search import days
from search.text import folded

FIELDS = {
    "kind": "kind", "種類": "kind", "種別": "kind",
    "system": "system", "システム": "system",
    "cause": "cause", "原因": "cause",
    "area": "area", "地域": "area", "市区町村": "area", "都道府県": "area",
    "year": "year", "年": "year",
    "language": "language", "lang": "language", "言語": "language",
}  # fmt: skip
_JAPANESE = "|".join(name for name in FIELDS if not name.isascii())
_FIELD = re.compile(rf"(?P<name>[a-z]+|{_JAPANESE})[:=](?P<value>.{{1,80}})", re.I)
_OPEN, _CLOSED, _WHOLE = "since from after", "until to before", "date day 日付 期間"
_END = re.compile(r"(?P<name>[a-z]+|日付|期間)[:=](?P<value>.{1,80})", re.I)
_ONWARDS, _UP_TO = re.compile("(?:以降|以後|から)$"), re.compile("(?:まで|以前)$")
_BETWEEN = re.compile(r"\.\.\.?|…|[~〜～]|から|/(?=[12][0-9]{3}-)")


def field(word: str) -> tuple[str, str] | None:
    """The facet and what was typed for it; None for a word that is no such thing."""
    found = _FIELD.fullmatch(word)
    name = FIELDS.get(found["name"].lower()) if found else None
    if found is None or name is None:
        return None
    value = found["value"].strip("\"'「」")
    if name == "year":
        moment = _moment(value) or _moment(value + "年")
        value = f"{moment.year:04}" if moment else value
    return (name, value) if value else None


def period(word: str) -> tuple[date | None, date | None] | None:
    """The first and last day of a period, either of them open; None for a word that is none.

    2016-01..2016-03, 平成28年1月〜3月, 平成28年4月以降, since:2016-04-01.
    """
    text = folded(word)
    if (named := _END.fullmatch(text)) and (bounds := _named(named["name"], named["value"])):
        return bounds
    if (shorter := _ONWARDS.sub("", text)) != text:
        return _bounds(shorter, "")
    if (shorter := _UP_TO.sub("", text)) != text and not _BETWEEN.search(shorter):
        return _bounds("", shorter)
    parts = _BETWEEN.split(_UP_TO.sub("", text))
    return _bounds(parts[0].strip(), parts[1].strip()) if len(parts) == 2 else None


def _named(name: str, value: str) -> tuple[date | None, date | None] | None:
    """since:…, until:…, date:… with a day or, the last, a period."""
    if name in _OPEN.split():
        return _bounds(value, "")
    if name in _CLOSED.split():
        return _bounds("", value)
    if name in _WHOLE.split():
        return period(value) or _bounds(value, value)
    return None


def _bounds(first: str, last: str) -> tuple[date | None, date | None] | None:
    begin = _moment(first) if first else None
    end = (_moment(last) or _moment(_completed(first, last))) if last else None
    if (first and begin is None) or (last and end is None) or (begin is None and end is None):
        return None
    return (first_day(begin) if begin else None, last_day(end) if end else None)


def first_day(moment: days.Moment) -> date:
    return date(moment.year, moment.month or 1, moment.day or 1)


def last_day(moment: days.Moment) -> date:
    month = moment.month or 12
    return date(moment.year, month, moment.day or monthrange(moment.year, month)[1])


def _moment(text: str) -> days.Moment | None:
    """The day, month or year that is the whole of a text."""
    text = folded(text).strip()
    if re.fullmatch(r"[12][0-9]{3}", text):
        text += "年"
    found = list(days.find(text))
    if len(found) == 1 and found[0][0] == 0 and found[0][1] >= len(text):
        return found[0][2]
    return None


def _completed(first: str, last: str) -> str:
    """The end of a period with the year and month that only its beginning has: 平成28年1月〜3月."""
    for unit in ("月", "年"):
        if unit not in last and unit in first and (unit == "年" or "年" not in last):
            return first[: first.index(unit) + 1] + last
    return last
