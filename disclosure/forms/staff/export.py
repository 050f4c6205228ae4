"""Taking the whole case along: for what, and whether with the notes among colleagues."""

from __future__ import annotations

from typing import Any

from disclosure.forms.staff.case import CaseForm
from portal.web.fields import CheckField, ChoiceField
from portal.web.language import _l

PURPOSES = {
    "appeal": _l("For the review board or another body that decides on an appeal"),
    "court": _l("For a court"),
    "other": _l("For somebody else who may ask for it"),
}


class ExportForm(CaseForm):
    """The purpose is recorded with the look, which the requester sees."""

    purpose = ChoiceField(_l("What it is for"), missing=_l("Please choose one."))
    with_notes = CheckField(_l("With the notes among colleagues"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.purpose.choices = list(PURPOSES.items())
