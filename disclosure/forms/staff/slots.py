"""Opening times at the office, and entering an appointment for somebody."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from disclosure.forms.resident.offers import OfferField
from disclosure.forms.staff.case import CaseForm
from disclosure.operations.slots import MOST_PEOPLE, MOST_WEEKS, Series
from portal.core.errors import N_
from portal.web.fields import ChoicesField, DateField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l

WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"))
_TIME = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~〜]\s*(\d{1,2}):(\d{2})")
NOT_A_TIME = N_("Write one time a line, like 10:00-10:30.")
NOT_A_COUNT = N_("Write a whole number.")
MOST_TIMES = 20
DIGITS = {"inputmode": "numeric"}


class SlotsForm(Form):
    """A series: the same times on the same weekdays for some weeks. Holidays are left out."""

    first_on = DateField(_l("From"))
    weeks = TextField(_l("For how many weeks"), longest=2, hint=_l("At most %(n)s.", n=MOST_WEEKS), render_kw=DIGITS)
    weekdays = ChoicesField(_l("On"), choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)])
    times = TextAreaField(_l("Times"), longest=400, rows=4, hint=_l("One a line, for example 10:00-10:30."))
    place = TextField(_l("Place"), longest=100)
    capacity = TextField(_l("People at once"), longest=2, hint=_l("At most %(n)s.", n=MOST_PEOPLE), render_kw=DIGITS)

    def series(self) -> Series | None:
        """The series, None when something cannot be read; the form then says what."""
        weeks, capacity, times = self._number("weeks"), self._number("capacity"), self._times()
        if self.errors or self.first_on.day is None or times is None:
            return None
        chosen = {int(day) for day in self.weekdays.data or ()}
        return Series(self.first_on.day, weeks, chosen, times, (self.place.data or "").strip(), capacity)

    def _number(self, name: str) -> int:
        text = unicodedata.normalize("NFKC", self[name].data or "").strip()
        if not text.isdecimal():
            self.refuse(name, NOT_A_COUNT)
            return 0
        return int(text)

    def _times(self) -> list[tuple[time, time]] | None:
        found = []
        lines = [line.strip() for line in unicodedata.normalize("NFKC", self.times.data or "").splitlines()]
        for line in [line for line in lines if line][: MOST_TIMES + 1]:
            read = _TIME.fullmatch(line)
            try:
                h1, m1, h2, m2 = (int(part) for part in read.groups()) if read else (-1, 0, 0, 0)
                found.append((time(h1, m1), time(h2, m2)))
            except ValueError:
                read = None
            if read is None:
                self.refuse("times", NOT_A_TIME)
                return None
        if len(found) > MOST_TIMES:
            self.refuse("times", NOT_A_TIME)
            return None
        return found


class AppointmentForm(CaseForm):
    """One of the free times, taken for somebody who asked on paper or by telephone."""

    slot = OfferField(_l("Time"), missing=_l("Choose a time."))
