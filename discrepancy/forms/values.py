"""Reading what was typed: times of the clock, and a field for them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from wtforms.validators import StopValidation

from discrepancy.rules.report_checks import NOT_A_TIME
from portal.core.calendar import JAPAN
from portal.web.fields import TextField
from portal.web.language import _, _l

_CLOCK = re.compile(r"\s*(\d{1,2})[:時](\d{1,2})分?\s*")


def clock_time(text: str) -> time | None:
    """A time of the day as people write it (``9:05``, ``９：０５``, ``9時5分``); None where it is none."""
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(TextField):
    """A time of the day in Japan; ``time`` is read from it."""

    def __init__(self, label: Any, **more: Any) -> None:
        more.setdefault("hint", _l("For example: 09:05"))
        self.time: time | None = None
        super().__init__(label, longest=10, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        self.time = clock_time(self.data or "")
        if (self.data or "").strip() and self.time is None:
            raise StopValidation(_(NOT_A_TIME))


def moment(day: date | None, at: time | None) -> datetime | None:
    """A day and a time in Japan as a moment; midnight where no time is given, None without a day."""
    return datetime.combine(day, at or time(), JAPAN) if day is not None else None
