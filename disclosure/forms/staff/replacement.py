"""A letter in the place of another: the reason, and the values and words that were wrong."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms import FieldList, FormField
from wtforms.validators import Optional

from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.decision import TEXTS
from disclosure.operations.replace_letter import Content
from disclosure.rules.decisions import Reason
from disclosure.rules.grounds import Wording, ground
from portal.web.fields import NameField, TextAreaField, TextField
from portal.web.language import _, _l


class WordsForm(wtforms.Form):
    """The words of one reason; its ground stays."""

    part = TextAreaField(_l("Which part"), longest=200, rows=1)
    nature = TextAreaField(_l("Nature of the information"), longest=500, rows=2)
    harm = TextAreaField(_l("Harm that would follow"), longest=1000, rows=3)


class ReplacementForm(CaseForm):
    """Everything that a correction may change, as it stands. A protected address is not shown; left empty it stays."""

    reason = TextAreaField(
        _l("Reason for the correction"),
        longest=400,
        rows=3,
        hint=_l("The letter prints it. Say what was wrong, for example: the name was misspelt."),
        missing=_l("Give the reason."),
    )
    name = NameField(_l("Name"), autocomplete="off")
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off")
    rows = FieldList(FormField(WordsForm), max_entries=30)

    def __init__(self, start: Content, regime: str, *args: Any, hidden: bool = False, **more: Any) -> None:
        data = {
            "reason": start.reason,
            "name": start.name,
            "postal_code": "" if hidden else start.postal_code,
            "address": "" if hidden else start.address,
            "rows": [row.plain() for row in start.reasons],
        }
        super().__init__(*args, data=data, **more)
        self.start, self.hidden, known = start, hidden, len(start.reasons)
        if hidden:
            self.address.validators, self.address.required = [Optional()], False
            self.address.flags.required = False
            self.address.hint = _("It is protected and not shown. Leave it empty unless it changes.")
        for number, row in enumerate(self.rows, start=1):
            row.label.text = _("Part %(n)s", n=number)
            words = (
                TEXTS[ground(regime, start.reasons[number - 1].ground).wording]
                if number <= known
                else TEXTS[Wording.HARM]
            )
            row.form.nature.label.text, _hint, row.form.harm.label.text, _hint = words

    def content(self) -> Content:
        """What was typed."""
        reasons = tuple(
            Reason(row.form.part.data or "", old.ground, row.form.nature.data or "", row.form.harm.data or "")
            for row, old in zip(self.rows, self.start.reasons, strict=False)
        )
        kept = self.hidden and not (self.address.data or "").strip()
        return Content(
            reason=self.reason.data or "",
            name=self.name.data or "",
            postal_code=self.start.postal_code if kept else self.postal_code.data or "",
            address=self.start.address if kept else self.address.data or "",
            reasons=reasons,
        )
