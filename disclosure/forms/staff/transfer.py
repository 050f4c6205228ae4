"""Handing a request over to another body: whom we consulted, what it said, what goes along with the letter."""

from __future__ import annotations

from disclosure.forms.staff.case import CaseForm, HintedChoice
from portal.core.errors import N_
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField
from portal.web.language import _l

WHOLE, PART = "whole", "part"
AGREED, DECLINED = "agreed", "declined"


class TransferForm(CaseForm):
    """The consultation: the other body as the letters name it, and what of the request is meant."""

    body = TextField(_l("Name of the other body"), autocomplete="off")
    head = TextField(
        _l("Its head, as the letter addresses it"), autocomplete="off", hint=_l("For example: 見本市長　見本　次郎")
    )
    department = TextField(_l("Department in charge"), required=False, autocomplete="off")
    postal_code = TextField(_l("Postal code"), longest=20, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off")
    telephone = TextField(_l("Telephone"), longest=60, required=False, autocomplete="off")
    extent = HintedChoice(
        _l("What is transferred"), choices=[(WHOLE, _l("The whole request")), (PART, _l("A part of it"))]
    )
    part = TextAreaField(
        _l("Which part"), longest=500, rows=2, required=False, hint=_l("Only for a part. Both letters print it.")
    )
    reason = TextAreaField(
        _l("Why it is transferred"),
        longest=1000,
        rows=4,
        hint=_l("Both letters print it: for example that the body made the record and holds it."),
    )
    asked_of = TextField(_l("With whom you spoke"), required=False, autocomplete="off", hint=_l("For the file only."))
    consulted_on = DateField(_l("Consulted on"))

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.extent.option_hints = {
            WHOLE: _l("The case ends here; the other body decides."),
            PART: _l("The case goes on here for the rest."),
        }

    def whole(self) -> bool:
        """Whether a part is named where a part is meant; says so in the form when not."""
        if self.extent.data == PART and not (self.part.data or "").strip():
            self.refuse("part", N_("Say which part is transferred."))
            return False
        return True

    @property
    def meant(self) -> str:
        """The part, empty for the whole request."""
        return (self.part.data or "") if self.extent.data == PART else ""


class TransferAnswerForm(CaseForm):
    """What the other body said."""

    agreed = ChoiceField(
        _l("Does it take the request over?"),
        choices=[(AGREED, _l("Yes, it agrees")), (DECLINED, _l("No, it does not"))],
    )
    answered_on = DateField(_l("Answered on"))
    note = TextAreaField(
        _l("What it said"), longest=1000, rows=3, required=False, hint=_l("The requester does not see it.")
    )


class TransferLettersForm(CaseForm):
    """What goes along with the letter to the other body."""

    enclosed = TextAreaField(
        _l("What goes along with the letter"), longest=1000, rows=3, required=False, hint=_l("One thing a line.")
    )
