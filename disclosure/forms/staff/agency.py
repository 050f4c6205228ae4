"""The end of a representation, and the protection of an address."""

from __future__ import annotations

from disclosure.forms.resident.questions import today
from disclosure.forms.staff.case import CaseForm
from portal.web.fields import CheckField, DateField, TextAreaField
from portal.web.language import _l


class CapacityLostForm(CaseForm):
    """A representative, or the person concerned, said in writing that the representation ended."""

    lost_on = DateField(_l("The representation ended on"), latest=today)
    sure = CheckField(
        _l("This was said to us in writing."),
        required=True,
        missing=_l("Tick the box only when you have it in writing."),
    )


class ProtectForm(CaseForm):
    """Why an address is protected, or no longer."""

    reason = TextAreaField(
        _l("Why"), longest=500, rows=3, hint=_l("Kept sealed among the notes, for staff only. Do not write an address.")
    )
