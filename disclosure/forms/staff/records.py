"""The records: attaching one, and how they are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.kinds import RECORDS, Delivery, Format, RecordKind
from portal.core.errors import N_
from portal.core.files import Slot
from portal.web.fields import CheckField, ChoiceField, TextField, UploadField
from portal.web.language import _l, current

RECORD = Slot("record", max_bytes=20 * 1024 * 1024, max_pages=100)
OTHER_PERSON = N_(
    "Without both ticks nothing is attached. If name or date of birth differ, this is another person's record: "
    "do not attach it, put it aside, and tell your supervisor at once, because it may be a leak."
)


class RecordForm(CaseForm):
    """A record that was found, and the comparison that keeps another person's record out."""

    record = ChoiceField(_l("Which record is it?"))
    title = TextField(
        _l("Name of the document"), longest=120,
        hint=_l("As it stands on it. The requester reads this; no names of persons."),
        missing=_l("Enter the name of the document."),
    )  # fmt: skip
    file = UploadField(_l("The record"), slot=RECORD, hint=_l("JPEG, PNG, HEIC or PDF, at most 20 MB."))
    name_agrees = CheckField(_l("The name on the record is the requester's."))
    birth_date_agrees = CheckField(_l("The date of birth on the record is the requester's."))

    def __init__(self, parts: Iterable[RecordKind], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        parts = tuple(parts)
        self.record.choices = [(part.value, getattr(RECORDS[part], current())) for part in parts]
        if all(part.personal for part in parts):
            del self.title
            return
        del self.record, self.name_agrees, self.birth_date_agrees

    @property
    def is_of_documents(self) -> bool:
        """Whether what is attached is a document of the organisation's work, which is nobody's own."""
        return "title" in self

    def agrees(self) -> bool:
        """Whether the officer has compared both; says so in the form when not."""
        if self.is_of_documents:
            return True
        for field in (self.name_agrees, self.birth_date_agrees):
            if not field.data:
                self.refuse(field.name, OTHER_PERSON)
                return False
        return True


DELIVERIES = {
    Delivery.DOWNLOAD: _l("Download with receipt number and access code"),
    Delivery.POST: _l("Copy by post"),
    Delivery.OFFICE: _l("Look at it or take a copy at our office"),
}
FORMATS = {
    Format.PDF: _l("PDF"),
    Format.IMAGE: _l("Image as it is stored"),
    Format.PAPER: _l("Paper"),
    Format.LARGE_PRINT: _l("Large print"),
    Format.TEXT: _l("Plain text"),
    Format.CARRIER: _l("Data carrier (CD-R)"),
    Format.INSPECTION: _l("Only look at it"),
}
