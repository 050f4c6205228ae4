"""Holding on to a case, and destroying what need not be kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from disclosure.forms.staff.case import CaseForm
from disclosure.queries.retention import Expired
from disclosure.rules.retention import HoldGround, Kept
from portal.web.fields import CheckField, ChoiceField, ChoicesField, TextAreaField
from portal.web.forms import Form
from portal.web.language import _, _l

KEPT = {
    Kept.CASE_FILE: _l("Case files"),
    Kept.IDENTITY_COPY: _l("Copies of identity documents"),
}
GROUNDS = {
    HoldGround.APPEAL: _l("An appeal or a complaint"),
    HoldGround.SUIT: _l("A court case"),
    HoldGround.INQUIRY: _l("An audit or an inquiry"),
    HoldGround.LEAK: _l("A leak that is being looked into"),
    HoldGround.OTHER: _l("Another reason"),
}


class HoldForm(CaseForm):
    """Why nothing of the case may be destroyed."""

    ground = ChoiceField(_l("Why it must be kept"), choices=[(key.value, text) for key, text in GROUNDS.items()])
    note = TextAreaField(
        _l("Note for colleagues"),
        longest=1000,
        rows=3,
        required=False,
        hint=_l("For example the number of the court case. It is kept encrypted."),
    )


class DestroyForm(Form):
    """The cases whose records are destroyed, and that somebody means it. ``step`` is ``ask`` or ``do``."""

    cases = ChoicesField(_l("Cases"), missing=_l("Choose at least one case."))
    step = HiddenField()
    sure = CheckField(_l("I have looked at this list. The records can never be read again."))

    def __init__(self, rows: Sequence[Expired], **more: Any) -> None:
        super().__init__(**more)
        self.offered = [row.number for row in rows if not row.held]
        self.cases.choices = [(number, number) for number in self.offered]

    def confirmed(self) -> bool:
        """Whether the list was confirmed; says so in the form when the box is not ticked."""
        if self.step.data != "do":
            return False
        if not self.sure.data:
            self.refuse("sure", _("Tick the box when you have looked at the list."))
        return not self.errors
