"""The public calculator of periods: read from an address, so it has no token and stores nothing."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import StopValidation

from disclosure.rules.calculator import MOST_DAYS, Question, codes, row_for
from portal.core.errors import Invalid
from portal.web.fields import DateField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l, choose

CORRECTIONS = (1, 2, 3)
DAY_HINT = _l("For example: 令和8年4月1日 or 2026-04-01")


class DaysField(TextField):
    """A number of days in digits of any width; ``number`` is 0 when nothing was typed."""

    def __init__(self, label: Any, **more: Any) -> None:
        self.number = 0
        super().__init__(label, longest=10, required=False, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        self.number = 0
        text = unicodedata.normalize("NFKC", self.data or "").strip().removesuffix("日").strip()
        if not text:
            return
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
            raise StopValidation(_("Give a number of days from 1 to %(days)s.", days=MOST_DAYS))
        self.number = int(text)


def _day(label: Any, hint: Any = DAY_HINT) -> DateField:
    return DateField(label, required=False, hint=hint)


class DeadlineForm(Form):
    """Which period, from which day, and what happened meanwhile."""

    clock = SelectField(_l("Period"))
    day = DateField(
        _l("Day on which it begins"),
        missing=_l("Enter the day on which it begins."),
        hint=_l("Which day that is stands in the table below. For example: 令和8年4月1日 or 2026-04-01"),
    )
    sent_1, arrived_1 = _day(_l("Correction 1: asked for on")), _day(_l("Correction 1: answer arrived on"))
    sent_2, arrived_2 = _day(_l("Correction 2: asked for on")), _day(_l("Correction 2: answer arrived on"))
    sent_3, arrived_3 = _day(_l("Correction 3: asked for on")), _day(_l("Correction 3: answer arrived on"))
    extended = DaysField(_l("Days of the extension"), hint=_l("Only for periods that are extended."))
    until = _day(_l("Or the day that the notice names"), _l("For an extension without limit, or the special rule."))
    transit = DaysField(_l("Days in the mail"), hint=_l("Only for an appeal that was sent by post."))
    ordinance = DaysField(_l("Days of the ordinance"), hint=_l("Only for a municipality with a shorter period."))

    def __init__(self, args: MultiDict[str, str] | None, *, today: date) -> None:
        super().__init__(formdata=args, meta={"csrf": False})
        rows = [row_for(code, today) for code in codes()]
        self.clock.choices = [SelectChoice(value=row.code, label=f"{row.code}　{choose(row, 'label')}") for row in rows]

    @property
    def more(self) -> bool:
        """Whether anything besides clock and day was typed."""
        return any(field.data or field.errors for field in self if field.name not in ("clock", "day"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: an answer belongs to a correction and does not come before it."""
        fine = super().validate(extra_validators)
        for number in CORRECTIONS:
            sent, arrived = self[f"sent_{number}"], self[f"arrived_{number}"]
            if arrived.day and not sent.data:
                sent.errors = [_("Enter the day on which the correction was asked for.")]
            elif sent.day and arrived.day and arrived.day < sent.day:
                arrived.errors = [_("A correction cannot arrive before it was asked for.")]
            fine = fine and not (sent.errors or arrived.errors)
        return fine

    def question(self) -> Question:
        """What is asked; only after ``validate``."""
        pairs = [(self[f"sent_{number}"].day, self[f"arrived_{number}"].day) for number in CORRECTIONS]
        return Question(
            code=self.clock.data,
            start_on=self.day.day or date.min,
            corrections=tuple((sent, arrived) for sent, arrived in pairs if sent is not None),
            extended_days=self.extended.number,
            until=self.until.day,
            transit_days=self.transit.number,
            ordinance_days=self.ordinance.number,
        )

    def address(self) -> dict[str, str]:
        """The parameters of the lasting address: days as ISO, numbers as digits, nothing that is empty."""
        found = {"clock": self.clock.data}
        for field in self:
            if isinstance(field, DateField) and field.day:
                found[field.name] = field.day.isoformat()
            elif isinstance(field, DaysField) and field.number:
                found[field.name] = str(field.number)
        return found

    def refuse_rule(self, error: Invalid) -> None:
        """Put what a rule said next to the field that it concerns."""
        params = dict(error.params)
        name = str(params.pop("field", "day"))
        if name == "correction":
            name = self._wrong_correction()
        params = {key: value.isoformat() if isinstance(value, date) else value for key, value in params.items()}
        self.refuse(name, error.message, **params)

    def _wrong_correction(self) -> str:
        names = [f"sent_{number}" for number in CORRECTIONS if self[f"sent_{number}"].day]
        early = [name for name in names if self.day.day and self[name].day < self.day.day]
        return (early or names or ["sent_1"])[0]
