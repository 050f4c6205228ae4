"""Fields of this room: numbers of any width, times of day, areas by name or code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from wtforms.validators import StopValidation

from content.queries.names import Area
from content.rules.moments import instant, parse_time
from portal.web.fields import DateField, TextField
from portal.web.language import _, _l, choose

Find = Callable[[str], tuple[str | None, list[Area]]]
_BETWEEN = re.compile(r"[,，、\n]")


class NumberField(TextField):
    """A number of any width, with or without separators; ``value`` is the number when it is one."""

    def __init__(self, label: Any, **more: Any) -> None:
        self.value: float | None = None
        super().__init__(label, longest=20, **more)

    def pre_validate(self, form: Any) -> None:
        self.value = None
        super().pre_validate(form)
        text = unicodedata.normalize("NFKC", self.data or "").replace(",", "").strip()
        if not text:
            return
        if not (text.isascii() and text.replace(".", "", 1).isdigit()):
            raise StopValidation(_("Please write a number, for example 26,000."))
        self.value = float(text)


class TimeField(TextField):
    """A time of day in Japan; ``time`` is it when it is one."""

    def __init__(self, label: Any, **more: Any) -> None:
        more.setdefault("hint", _l("For example: 14:05"))
        self.time: time | None = None
        super().__init__(label, longest=12, **more)

    def pre_validate(self, form: Any) -> None:
        self.time = None
        super().pre_validate(form)
        if not (self.data or "").strip():
            return
        try:
            self.time = parse_time(self.data or "")
        except ValueError:
            raise StopValidation(_("Please write a time of day like 14:05.")) from None


class AreaField(TextField):
    """One area, or with ``many`` several; ``codes`` are those that are meant. ``find`` is given by the page."""

    def __init__(self, label: Any, *, many: bool = False, **more: Any) -> None:
        more.setdefault("hint", _l("A name or a code: 札幌市, Hokkaido, 011002; JP for the whole country."))
        self.codes: tuple[str, ...] = ()
        self.many = many
        self.find: Find = lambda text: (text, [])
        super().__init__(label, longest=2000 if many else 80, **more)

    def pre_validate(self, form: Any) -> None:
        self.codes = ()
        super().pre_validate(form)
        said = [part.strip() for part in _BETWEEN.split(self.data or "") if part.strip()]
        if not self.many and len(said) > 1:
            raise StopValidation(_("Please write one area."))
        found = []
        for text in said:
            code, near = self.find(text)
            if code is None:
                raise StopValidation(_ambiguous(text, near))
            found.append(code)
        self.codes = tuple(dict.fromkeys(found))


def _ambiguous(text: str, near: list[Area]) -> str:
    if not near:
        return _("No area is known by this name: %(name)s.", name=text)
    names = _(", ").join(f"{choose(area, 'name')} ({area.code})" for area in near)
    return _("Several areas could be meant by %(name)s: %(names)s. Write the code.", name=text, names=names)


def moment(day: DateField, at: TimeField, *, default: time | None = None) -> datetime | None:
    """The instant that two fields say together; None where the day, or the time without a default, is missing."""
    chosen: date | None = day.day
    when = at.time or default
    return instant(chosen, when) if chosen and when else None
