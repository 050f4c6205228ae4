"""The check of identity: the document, how long it is valid, and the officer's comparison."""

from __future__ import annotations

from datetime import date
from typing import Any

from disclosure.forms.staff.case import CaseForm
from disclosure.rules import identity
from portal.web.fields import CheckField, DateField, SelectField
from portal.web.language import _, _l, choose


class IdentityForm(CaseForm):
    """One document, or two when neither has a photo. What does not agree leads to a request for correction."""

    document = SelectField(_l("Document"))
    expires_on = DateField(_l("Valid until"), required=False)
    second = SelectField(_l("Second document"), required=False, hint=_l("Needed when the first one has no photo."))
    second_expires_on = DateField(_l("Second document valid until"), required=False)
    name_agrees = CheckField(_l("The name is the same."))
    address_agrees = CheckField(_l("The address is the same."))
    birth_date_agrees = CheckField(_l("The date of birth is the same."))
    genuine = CheckField(_l("The document is complete, readable and shows no sign of alteration."))

    def __init__(self, day: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [(row.code, choose(row, "label")) for row in identity.accepted(day)]
        self.document.choices = [("", _("Choose a document")), *kinds]
        self.second.choices = [("", _("None")), *kinds]

    def checked(self) -> list[identity.Checked]:
        """What the officer says to have seen."""
        agree = {"name_agrees": bool(self.name_agrees.data), "address_agrees": bool(self.address_agrees.data)}
        found = [identity.Checked(self.document.data or "", self.expires_on.day, **agree)]
        if self.second.data:
            found.append(identity.Checked(self.second.data, self.second_expires_on.day, **agree))
        return found
