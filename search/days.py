"""Days, months and years in folded text, in either calendar: 平成28年1月28日 is 2016-01-28."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search import numerals

# Search reads leniently: 平成31年12月 is understood although the era had ended, so only each era's year zero is needed.
_ERA_ZERO = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "r": 2018, "h": 1988, "s": 1925}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}\\.?" for name in _MONTHS) + "|sept\\.?)"
_N = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_FORMS = re.compile(
    rf"(?P<jera>令和|平成|昭和|大正|明治) ?(?P<jey>元|{_N}) ?年(?: ?(?P<jem>{_N}) ?月(?: ?(?P<jed>{_N}) ?日)?)?"
    rf"|(?<![0-9])(?P<jy>[12][0-9]{{3}}|[一二][〇一二三四五六七八九]{{3}}) ?年"
    rf"(?: ?(?P<jm>{_N}) ?月(?: ?(?P<jd>{_N}) ?日)?)?"
    r"|(?<![0-9.])(?P<wy>[12][0-9]{3})(?P<sep>[-/.])(?P<wm>[0-9]{1,2})(?:(?P=sep)(?P<wd>[0-9]{1,2}))?(?![0-9]|[./-][0-9])"
    r"|(?<![a-z0-9])(?P<sera>[rhs])(?P<sey>[0-9]{1,2})[./-](?P<sem>[0-9]{1,2})(?:[./-](?P<sed>[0-9]{1,2}))?(?![0-9])"
    rf"|(?<![0-9])(?P<ed>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<em>{_MONTH}),? (?P<ey>[12][0-9]{{3}})(?![0-9])"
    rf"|(?<![a-z])(?P<am>{_MONTH}) (?:(?P<ad>[0-9]{{1,2}})(?:st|nd|rd|th)?,? )?(?P<ay>[12][0-9]{{3}})(?![0-9])"
)


@dataclass(frozen=True, order=True)
class Moment:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def name(self) -> str:
        """2016, 2016-01 or 2016-01-28."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)])

    def names(self) -> tuple[str, ...]:
        """The moment and everything that it lies in, widest first."""
        steps = [Moment(self.year), Moment(self.year, self.month), self]
        return tuple(dict.fromkeys(step.name() for step in steps))


def of(day: date) -> Moment:
    return Moment(day.year, day.month, day.day)


def find(text: str) -> Iterator[tuple[int, int, Moment]]:
    """Each day, month or year of a folded text as (start, end, moment)."""
    for found in _FORMS.finditer(text):
        moment = _moment(found)
        if moment is not None:
            yield found.start(), found.end(), moment


def spellings(moment: Moment) -> list[str]:
    """Regular expressions, without groups, for the usual ways to write a moment in folded text.

    Each begins with a plain character, so that a search for any of them runs from one such character to the next.
    """
    numbered = f"2(?<![0-9]2){str(moment.year)[1:]}" if moment.year >= 2000 else f"1(?<![0-9]1){str(moment.year)[1:]}"
    years = [f"{numbered} ?年", f"{_kanji_year(moment.year)}年"]
    short = [numbered]
    for era, zero in _ERA_ZERO.items():
        count = moment.year - zero
        if not 1 <= count <= 64:
            continue
        if len(era) == 1:
            short.append(f"{era}(?<![a-z0-9]{era})0?{count}")
        else:
            years.append(f"{era} ?(?:0?{count}|{numerals.kanji(count)}{'|元' if count == 1 else ''}) ?年")
    if moment.month is None:
        return [f"{numbered}(?![0-9])", *years[1:]]
    name = _MONTHS[moment.month - 1]
    english = f"{name[:3]}(?:{name[3:]}|\\.)?"
    month = f" ?(?:0?{moment.month}|{numerals.kanji(moment.month)}) ?月"
    if moment.day is None:
        dated = [f"{year}[-/.]0?{moment.month}(?![0-9])" for year in short]
        return [*(year + month for year in years), *dated, f"{english} {moment.year}"]
    day = f" ?(?:0?{moment.day}|{numerals.kanji(moment.day)}) ?日"
    dated = [f"{year}[-/.]0?{moment.month}[-/.]0?{moment.day}(?![0-9])" for year in short]
    ordinal = f"{moment.day}(?:st|nd|rd|th)?"
    return [
        *(year + month + day for year in years),
        *dated,
        f"{ordinal} {english},? {moment.year}",
        f"{english} {ordinal},? {moment.year}",
    ]


def _moment(found: "re.Match[str]") -> Moment | None:
    parts = found.groupdict()
    era = parts["jera"] or parts["sera"]
    if era:
        count = parts["jey"] or parts["sey"]
        year = _ERA_ZERO[era] + (1 if count == "元" else _number(count))
    else:
        year = _number(parts["jy"] or parts["wy"] or parts["ey"] or parts["ay"])
    named = parts["em"] or parts["am"]
    month: int | None
    if named:
        month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(named[:3]))
    else:
        month = _optional(parts["jem"] or parts["jm"] or parts["wm"] or parts["sem"])
    day = _optional(parts["jed"] or parts["jd"] or parts["wd"] or parts["sed"] or parts["ed"] or parts["ad"])
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return Moment(year, month, day)


def _optional(text: str | None) -> int | None:
    return None if text is None else _number(text)


def _number(text: str) -> int:
    value = numerals.read(text)
    return int(value) if value else 0


def _kanji_year(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
