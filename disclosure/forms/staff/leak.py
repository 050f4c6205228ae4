"""A leak: opening it, writing down what is known, reporting, telling the person, closing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from disclosure.forms.staff.case import CaseForm, HintedChoice
from disclosure.rules.leaks import ITEMS, How, Outcome, Told, Trigger
from portal.core.errors import N_
from portal.web.fields import ChoicesField, DateField, SelectField, TextAreaField, TextField
from portal.web.language import _l, choose

HOWS = {
    How.WRONG_RECORD: _l("Another person's record was handed out"),
    How.WRONG_RECIPIENT: _l("It went to the wrong person or address"),
    How.TOO_MUCH: _l("More was handed out than was decided"),
    How.NOT_OUT_YET: _l("Found before it was handed out: to be assessed"),
    How.OTHER: _l("Otherwise"),
}
TOLD = {
    Told.NOT_YET: _l("Not told yet"),
    Told.TOLD: _l("The person was told"),
    Told.SUBSTITUTE: _l("Another measure instead, because telling is too difficult"),
    Told.EXCEPTED: _l("Need not be told"),
}
OUTCOMES = {
    Outcome.LEAK: _l("It was a leak"),
    Outcome.NO_LEAK: _l("It turned out to be none"),
}
MOST_PERSONS = 9


class OpenLeakForm(CaseForm):
    """The first step: what happened, and since when it is known. All else can follow."""

    how = SelectField(_l("What happened"), choices=[(key.value, text) for key, text in HOWS.items()])
    known_on = DateField(_l("Known since"))
    about = TextAreaField(
        _l("Whose record it was, as far as known"), longest=1000, rows=3, required=False,
        hint=_l("It is kept encrypted. Do not write a personal number."),
    )  # fmt: skip


class LeakForm(CaseForm):
    """What is known by now, with the items of the report."""

    persons = TextField(
        _l("How many persons are concerned"), longest=MOST_PERSONS, hint=_l("0 when it is not known yet."),
        render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    triggers = ChoicesField(_l("What makes it reportable"), required=False)
    about = TextAreaField(_l("Whose record it was, as far as known"), longest=1000, rows=3, required=False)

    items: tuple[str, ...] = tuple(item.key for item in ITEMS)

    def __init__(self, offered: Iterable[Trigger], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = [row for row in offered if not row.more_than]
        self.triggers.choices = [(row.code, choose(row, "label")) for row in rows]
        for item in ITEMS:
            self[f"item_{item.key}"].label.text = choose(item, "label")

    def count(self) -> int | None:
        """The number of persons; None when it cannot be read, and the form says so."""
        text = unicodedata.normalize("NFKC", self.persons.data or "").strip()
        if text.isdecimal():
            return int(text)
        self.refuse("persons", N_("Write a whole number."))
        return None

    def written(self) -> dict[str, str]:
        """The items of the report by their keys."""
        return {key: self[f"item_{key}"].data or "" for key in self.items}


for _item in ITEMS:
    setattr(LeakForm, f"item_{_item.key}", TextAreaField(_item.label_en, longest=2000, rows=2, required=False))


class ReportForm(CaseForm):
    """That a report was made."""

    report = HintedChoice(
        _l("Which report"), choices=[("quick", _l("The quick report")), ("full", _l("The full report"))]
    )
    reported_on = DateField(_l("Made on"))


class ToldForm(CaseForm):
    """Whether the person whose record it was has been told."""

    told = SelectField(_l("The person concerned"), choices=[(key.value, text) for key, text in TOLD.items()])
    told_on = DateField(_l("Told on"), required=False)


class DifferenceForm(CaseForm):
    """How a record that was wrong was put right."""

    why = TextAreaField(
        _l("What was wrong, and how it was put right"), longest=1000, rows=4,
        hint=_l("It is kept encrypted. Do not write a personal number."),
    )  # fmt: skip


class ClosingForm(CaseForm):
    """What it turned out to be."""

    outcome = HintedChoice(_l("Outcome"), choices=[(key.value, text) for key, text in OUTCOMES.items()])
