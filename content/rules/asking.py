"""Reading the list's address: filters, order and period as a reader types them, in either calendar."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from content.rules.areas import is_area
from content.rules.filters import Filters, Sort
from portal.core.errors import N_
from portal.core.wareki import eras, parse_day

LONGEST = 80
NOT_A_PERIOD = N_("Write a year, a month or a day, like 2016, 2016-10, 平成28年10月 or 2016-10-13.")
ENDS_EARLIER = N_("The end is before the beginning.")
YES, NO = "yes", "no"
# The parts of the address, in the order of the form.
NAMES = (
    "system", "from", "to", "area", "wide", "cause", "cause_status", "severity", "state", "kind", "exercise", "sort",
)  # fmt: skip
_ERAS = "|".join(name for era in eras() for name in (era.name, era.letter))
_PERIOD = re.compile(rf"(?P<era>{_ERAS})?(?P<year>\d{{1,4}}|元)(?:[-/.年](?P<month>\d{{1,2}})?月?)?")


@dataclass(frozen=True)
class Asked:
    """``typed``: each part as it was written; ``errors`` by part: what cannot be read is not asked."""

    filters: Filters
    sort: Sort
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def without(self, *names: str) -> dict[str, str]:
        """The address's parts but these."""
        return {name: value for name, value in self.typed.items() if name not in names}


def read(given: Mapping[str, str]) -> Asked:
    """The filters of an address; ``year`` of older addresses is a period. Never raises."""
    typed = {name: value for name in NAMES if (value := given.get(name, "").strip()[:LONGEST])}
    year = given.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4 and not typed.keys() & {"from", "to"}:
        typed["from"] = typed["to"] = year
    errors: dict[str, str] = {}
    ends: dict[str, date | None] = {}
    for name in ("from", "to"):
        try:
            ends[name] = bound(typed[name], last=name == "to") if name in typed else None
        except ValueError:
            ends[name], errors[name] = None, NOT_A_PERIOD
    first, last = ends["from"], ends["to"]
    if first and last and last < first:
        last, errors["to"] = None, ENDS_EARLIER
    severity, area = typed.get("severity", ""), typed.get("area", "")
    exercise = typed.get("exercise")
    sort = typed.get("sort", "")
    filters = Filters(
        system=typed.get("system"),
        cause=typed.get("cause"),
        cause_status=typed.get("cause_status"),
        state=typed.get("state"),
        kind=typed.get("kind"),
        first=first,
        last=last,
        severity=int(severity) if severity in ("1", "2", "3", "4") else None,
        area=area if is_area(area) else None,
        wide="wide" in typed,
        exercise={YES: True, NO: False}.get(exercise or ""),
    )
    return Asked(filters, Sort(sort) if sort in list(Sort) else Sort.DAY, typed, errors)


def bound(text: str, *, last: bool) -> date:
    """The first or last day of what was typed: a day, a month or a year, in an era or not. ValueError otherwise."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    found = _PERIOD.fullmatch(plain)
    if found is None or (not found["era"] and len(found["year"]) != 4):
        return parse_day(text)
    year = 1 if found["year"] == "元" else int(found["year"])
    era = next((one for one in eras() if found["era"] in (one.name, one.letter)), None)
    year += era.first.year - 1 if era else 0
    months = (int(found["month"]),) * 2 if found["month"] else (1, 12)
    start = date(year, months[0], 1)
    end = date(year, months[1], calendar.monthrange(year, months[1])[1])
    if era is not None:
        start, end = max(start, era.first), min(end, era.last)
    if end < start:
        raise ValueError(text)
    return end if last else start
