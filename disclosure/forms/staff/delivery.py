"""How a letter reached its requester: handed over, delivered or returned by the post, or entered wrongly."""

from __future__ import annotations

from disclosure.forms.staff.case import CaseForm, HintedChoice
from disclosure.rules.arrival import Returned
from portal.core.errors import N_
from portal.web.fields import CheckField, DateField, SelectField, TextField
from portal.web.language import _, _l

RETURNS = {
    Returned.UNKNOWN_ADDRESS: _l("Not known at this address"),
    Returned.NOT_COLLECTED: _l("Not collected in time"),
    Returned.REFUSED: _l("Not accepted"),
    Returned.OTHER: _l("Another reason"),
}
DELIVERED, PRESUMED, CAME_BACK = "delivered", "presumed", "returned"
MAIL_NUMBER_HINT = _l("11 digits, for example 123-45-67890-1; with or without hyphens.")


class HandOverForm(CaseForm):
    """A letter given to the requester at the window."""

    handed_on = DateField(_l("Handed over on"))
    signed = CheckField(
        _l("The requester signed a receipt for this letter."),
        required=True,
        missing=_l("Tick the box only when you have the signed receipt."),
    )


class ArrivalForm(CaseForm):
    """What became of records that were posted."""

    outcome = HintedChoice(_l("What became of it"))
    told_on = DateField(_l("Delivered or returned on"), required=False)

    def __init__(self, presumed: str, **more: object) -> None:
        super().__init__(**more)
        self.outcome.choices = [
            (DELIVERED, _("Delivered, by the post's record")),
            (PRESUMED, _("Presumed to have arrived")),
            (CAME_BACK, _("Returned")),
        ]
        self.outcome.option_hints = {
            PRESUMED: _("Only when the post has no record: it then counts as arrived on %(day)s.", day=presumed)
        }

    def whole(self) -> bool:
        """Whether everything is there that this outcome needs; says so in the form when not."""
        if self.outcome.data != PRESUMED and self.told_on.day is None:
            self.refuse("told_on", N_("Please fill in this field."))
        return not self.errors


class OutcomeForm(ArrivalForm):
    """What became of a letter that was posted; one that came back has a reason."""

    why = SelectField(_l("Why it came back"), required=False)

    def __init__(self, presumed: str, **more: object) -> None:
        super().__init__(presumed, **more)
        self.why.choices = [("", _("Choose a reason")), *((key.value, text) for key, text in RETURNS.items())]

    def whole(self) -> bool:
        super().whole()
        if self.outcome.data == CAME_BACK and not self.why.data:
            self.refuse("why", N_("Please choose one."))
        return not self.errors


class PostingForm(CaseForm):
    """Another number or day in the place of what was entered."""

    mail_number = TextField(_l("Registered-mail number"), longest=60, hint=MAIL_NUMBER_HINT, autocomplete="off")
    posted_on = DateField(_l("Posted on"))
