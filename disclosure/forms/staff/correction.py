"""Asking for a correction, and entering an answer that came on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from disclosure.forms.resident.questions import FIRST_BIRTH, today
from disclosure.forms.staff.case import CaseForm, HintedChoices
from disclosure.rules.defects import fitting
from disclosure.rules.kinds import Field
from portal.core.files import Slot
from portal.web.fields import DateField, KanaField, NameField, TextAreaField, TextField, UploadField
from portal.web.language import _, _l

ANSWER_FILE = Slot("correction", max_pages=10)


class CorrectionForm(CaseForm):
    """What has to be mended, in ready words and in one's own, and until when. ``fee``: something is to be paid."""

    defects = HintedChoices(_l("What needs to be mended"), missing=_l("Choose what needs to be mended."))
    note = TextAreaField(
        _l("In your own words"),
        longest=1000,
        rows=4,
        required=False,
        hint=_l("The requester reads this as it stands. Say what would help to mend it."),
    )
    due_on = DateField(_l("Answer wanted by"))

    def __init__(self, *args: Any, fee: bool, personal: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.defects.choices = [(row.code, _(row.label)) for row in fitting(personal=personal)]
        if not fee:
            self.defects.choices = [choice for choice in self.defects.choices if choice[0] != "fee"]
        self.defects.option_hints = {row.code: _(row.help) for row in fitting(personal=personal) if row.code != "other"}


STORED = {
    "name": Field.NAME,
    "kana": Field.KANA,
    "postal_code": Field.POSTAL_CODE,
    "address": Field.ADDRESS,
    "birth_date": Field.BIRTH_DATE,
    "agent_name": Field.AGENT_NAME,
    "agent_kana": Field.AGENT_KANA,
    "agent_postal_code": Field.AGENT_POSTAL_CODE,
    "agent_address": Field.AGENT_ADDRESS,
    "address_then": Field.ADDRESS_THEN,
    "details": Field.DETAILS,
}
OF_AGENTS = ("agent_name", "agent_kana", "agent_postal_code", "agent_address")


class AnswerForm(CaseForm):
    """An answer by post, by telefax or at the window."""

    arrived_on = DateField(_l("Arrived on"))
    name = NameField(_l("Name"), required=False, autocomplete="off")
    kana = KanaField(_l("Reading of the name (furigana)"), required=False)
    postal_code = TextField(_l("Postal code"), longest=12, required=False)
    address = TextField(_l("Address"), required=False)
    birth_date = DateField(_l("Date of birth"), required=False, earliest=FIRST_BIRTH, latest=today)
    agent_name = NameField(_l("Representative's name"), required=False, autocomplete="off")
    agent_kana = KanaField(_l("Reading of the representative's name"), required=False)
    agent_postal_code = TextField(_l("Representative's postal code"), longest=12, required=False)
    agent_address = TextField(_l("Representative's address"), required=False)
    address_then = TextField(_l("Address when the card was applied for"), required=False)
    details = TextAreaField(_l("What helps us to find the record"), longest=2000, rows=3, required=False)
    file = UploadField(
        _l("Document"), slot=ANSWER_FILE, required=False, hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB.")
    )
    answer = TextAreaField(_l("What the requester wrote"), longest=2000, rows=4, required=False)

    def of_documents(self) -> None:
        """Leave out what only the person concerned has."""
        for name in ("kana", "birth_date", "address_then"):
            del self[name]
        self.details.label.text = _("Which documents")

    def without_agent(self) -> None:
        """Leave out what only a representative has."""
        for name in OF_AGENTS:
            del self[name]

    def changes(self, before: dict[Field, str]) -> dict[Field, str]:
        """The values that differ from what the case has."""
        typed = {field: self[name].data or "" for name, field in STORED.items() if name in self}
        if "birth_date" in self:
            typed[Field.BIRTH_DATE] = self.birth_date.day.isoformat() if self.birth_date.day else ""
        return {field: text for field, text in typed.items() if text and text != before.get(field, "")}

    def arrived(self) -> date | None:
        """The day on which the paper arrived."""
        return self.arrived_on.day
