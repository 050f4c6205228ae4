"""The identity document: which kind, and its picture."""

from __future__ import annotations

from typing import Any

from disclosure.forms.resident.offers import OfferField
from disclosure.forms.resident.questions import today
from disclosure.rules import identity, reception
from portal.core.files import Slot
from portal.web.fields import UploadField
from portal.web.forms import Form
from portal.web.language import _l, choose

DOCUMENT = Slot("identity", max_pages=4)


class IdentityForm(Form):
    """One document; the file is checked by content and re-encoded before anything is kept."""

    document = OfferField(_l("Which document?"), missing=_l("Choose the kind of document."))
    file = UploadField(
        _l("Picture of the document"),
        slot=DOCUMENT,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Front side only, all four corners in the picture."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = identity.accepted(today())
        self.document.offer((row.code, choose(row, "label"), choose(row, "note")) for row in rows)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: nobody sends the back of a card."""
        if not super().validate(extra_validators):
            return False
        if reception.names_a_back(self.file.data.filename):
            self.refuse("file", reception.BACK_OF_A_CARD)
        return not self.errors
