"""More time for a decision: how many days and why, or the day by which the rest is decided and why."""

from __future__ import annotations

import unicodedata

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.extensions import GROUNDS, LONGEST_FACTS, ExtensionGround
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField
from portal.web.language import _, _l


class ExtensionForm(CaseForm):
    """An extension: its days, its ground, and the facts of this request."""

    days = TextField(_l("Extended by how many days"), longest=10, autocomplete="off")
    ground = ChoiceField(_l("Ground of the extension"), missing=_l("Choose the ground."))
    facts = TextAreaField(
        _l("What the reason is"),
        longest=LONGEST_FACTS,
        rows=5,
        missing=_l("Give the reason."),
        hint=_l(
            "The letter prints it. Say what in this request needs the time, for example how many records of what kind."
        ),
    )

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.ground.choices = [(row.value, _(text)) for row, text in GROUNDS.items()]

    @property
    def number(self) -> int | None:
        """The days as a number, in digits of any width; None for what is none."""
        text = unicodedata.normalize("NFKC", (self.days.data or "").strip())
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def chosen(self) -> ExtensionGround | None:
        """The ground."""
        return ExtensionGround(self.ground.data) if self.ground.data else None


class SpecialPeriodForm(CaseForm):
    """The special period: why the amount is great, and by which day the rest is decided."""

    facts = TextAreaField(
        _l("Why the amount is so great"),
        longest=LONGEST_FACTS,
        rows=5,
        missing=_l("Give the reason."),
        hint=_l(
            "The letter prints it. Say how much is asked for and why deciding about all of it would hinder the work."
        ),
    )
    rest_on = DateField(_l("Day by which the rest is decided"))
