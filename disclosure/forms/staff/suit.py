"""Entering a suit and its end."""

from __future__ import annotations

from typing import Any

from disclosure.forms.staff.case import CaseForm
from disclosure.queries.appeal_wording import SUIT_RESULTS
from portal.core.clock import day_in_japan, now
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField
from portal.web.language import _, _l


def _today() -> Any:
    return day_in_japan(now())


class SuitForm(CaseForm):
    """That a suit was filed."""

    filed_on = DateField(_l("Filed on"), latest=_today)
    court = TextField(_l("Court"), autocomplete="off")
    note = TextAreaField(
        _l("Note for colleagues"),
        longest=2000,
        rows=3,
        required=False,
        hint=_l("For example the number of the court case. It is kept encrypted."),
    )


class SuitEndForm(CaseForm):
    """How it ended."""

    result = ChoiceField(_l("How it ended"), missing=_l("Please choose one."))
    ended_on = DateField(_l("Ended on"), latest=_today)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.result.choices = [(key.value, _(text)) for key, text in SUIT_RESULTS.items()]
