"""What a requester does in their own case: answer a request for correction, withdraw, choose the way of disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import Field as FormField
from wtforms import HiddenField

from disclosure.forms.resident.questions import FIRST_BIRTH, today
from disclosure.rules.kinds import Field
from portal.core.files import Slot
from portal.web.fields import CheckField, DateField, KanaField, NameField, TextAreaField, TextField, UploadField
from portal.web.forms import Form
from portal.web.language import _, _l

FILE = Slot("correction", max_pages=10)
# Which fields are shown for which defect; text and file are always there.
ASKED = {
    "name": ("name", "kana"),
    "address": ("postal_code", "address"),
    "name-differs": ("name", "kana"),
    "birth-date-differs": ("birth_date",),
    "agent": ("agent_name", "agent_kana", "agent_postal_code", "agent_address"),
    "agency-differs": ("name", "kana", "agent_name", "agent_kana"),
    "record": ("address_then", "details"),
    "documents": ("details",),
}
STORED = {
    "name": Field.NAME, "kana": Field.KANA, "postal_code": Field.POSTAL_CODE, "address": Field.ADDRESS,
    "birth_date": Field.BIRTH_DATE, "agent_name": Field.AGENT_NAME, "agent_kana": Field.AGENT_KANA,
    "agent_postal_code": Field.AGENT_POSTAL_CODE, "agent_address": Field.AGENT_ADDRESS,
    "address_then": Field.ADDRESS_THEN, "details": Field.DETAILS,
}  # fmt: skip


class AnswerForm(Form):
    """The answer; ``round`` names the request for correction that it answers."""

    round = HiddenField()
    name = NameField(_l("Name"), required=False)
    kana = KanaField(_l("Reading of the name (furigana)"), required=False)
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="postal-code")
    address = TextField(_l("Address"), required=False, autocomplete="street-address")
    birth_date = DateField(_l("Date of birth"), required=False, earliest=FIRST_BIRTH, latest=today)
    agent_name = NameField(_l("Representative's name"), required=False)
    agent_kana = KanaField(_l("Reading of the representative's name"), required=False)
    agent_postal_code = TextField(_l("Representative's postal code"), longest=12, required=False)
    agent_address = TextField(_l("Representative's address"), required=False)
    address_then = TextField(_l("Address when the card was applied for"), required=False)
    details = TextAreaField(_l("What helps us to find the record"), longest=2000, rows=4, required=False)
    file = UploadField(
        _l("File"),
        slot=FILE,
        required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Cover personal numbers first."),
    )
    answer = TextAreaField(
        _l("Message to us"), longest=2000, rows=5, required=False, hint=_l("Do not write your personal number here.")
    )

    def __init__(self, defects: Iterable[str], *args: Any, documents: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if documents:
            self.details.label.text = _("Which documents")
        shown = {name for code in defects for name in ASKED.get(code, ())} - ({"kana"} if documents else set())
        for name in STORED:
            if name not in shown:
                del self[name]

    def visible(self) -> Iterator[FormField]:
        """The fields that are shown, in their order."""
        return (field for field in self if field.name not in ("csrf_token", "round"))

    def changes(self, before: dict[Field, str]) -> dict[Field, str]:
        """The values that differ from what the case has."""
        typed = {stored: self[name].data or "" for name, stored in STORED.items() if name in self}
        if "birth_date" in self:
            typed[Field.BIRTH_DATE] = self.birth_date.day.isoformat() if self.birth_date.day else ""
        return {field: text for field, text in typed.items() if text and text != before.get(field, "")}


class WithdrawForm(Form):
    """Nobody withdraws by accident."""

    sure = CheckField(
        _l("I want to withdraw my request."), required=True, missing=_l("Tick the box if you really want to withdraw.")
    )
