"""How and when the records are to be disclosed, and the one-time code for their download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from disclosure.forms.resident.offers import OfferField
from disclosure.forms.resident.questions import DELIVERIES, FORMATS, DeliveryForm, label
from disclosure.operations.choose import Wished
from disclosure.rules.handouts import plain_code
from disclosure.rules.kinds import Delivery, Format
from disclosure.rules.methods import FITTING
from portal.web.fields import CodeField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l

MOST_RECORDS = 20
SAME = ""


@dataclass(frozen=True)
class OneRecord:
    """The fields of one record: how it is wanted if otherwise than the rest, and which parts of it."""

    file_id: str
    way: str
    parts: str


def _ways() -> list[tuple[str, str]]:
    pairs = ((delivery, form) for delivery, forms in FITTING.items() for form in forms)
    return [
        (f"{delivery.value} {form.value}", f"{label(DELIVERIES, delivery)} – {label(FORMATS, form)}")
        for delivery, form in pairs
    ]


class MethodForm(DeliveryForm):
    """The method for all records, and for single ones what differs."""

    wished_on = TextField(
        _l("Days that suit you"), longest=100, required=False,
        hint=_l("Only if you come to our office: you can also take a free time on the next page."),
    )  # fmt: skip
    postage = TextField(
        _l("Postage"), longest=100, required=False,
        hint=_l("Only for copies by mail: how you send the postage, for example stamps in a letter."),
    )  # fmt: skip

    def otherwise(self) -> dict[str, tuple[Delivery, Format]]:
        """What differs, by the record's id."""
        typed = {row.file_id: self[row.way].data.split() for row in self.records if self[row.way].data}
        return {file: (Delivery(delivery), Format(form)) for file, (delivery, form) in typed.items()}

    def parts(self) -> dict[str, str]:
        """The parts that are wanted, by the record's id; a record of which all is wanted is not in it."""
        typed = {row.file_id: (self[row.parts].data or "").strip() for row in self.records}
        return {file: text for file, text in typed.items() if text}

    def wished(self) -> Wished:
        """Everything that is wished."""
        return Wished(
            Delivery(self.delivery.data), Format(self.format.data), self.otherwise(), self.parts(),
            self.wished_on.data or "", self.postage.data or "",
        )  # fmt: skip

    records: Sequence[OneRecord] = ()


def method_form(files: Sequence[tuple[str, str]], base: type[MethodForm] = MethodForm, **more: Any) -> MethodForm:
    """The form for these records, given as id and name."""
    rows: list[OneRecord] = []
    fields: dict[str, Any] = {}
    for number, (file_id, name) in enumerate(files[:MOST_RECORDS], start=1):
        row = OneRecord(file_id, f"way_{number}", f"parts_{number}")
        rows.append(row)
        fields[row.way] = SelectField(
            _("%(name)s: how", name=name), choices=[(SAME, _("As chosen above")), *_ways()], required=False
        )
        fields[row.parts] = TextAreaField(
            _("%(name)s: which parts", name=name), longest=500, rows=2, required=False,
            hint=_("Leave it empty if you want all of it."),
        )  # fmt: skip
    kind = type("MethodForm", (base,), {**fields, "records": rows})
    form: MethodForm = kind(**more)
    return form


class AppointmentForm(Form):
    """One of the free times."""

    slot = OfferField(_l("Time"), missing=_l("Choose a time."))


class SendCodeForm(Form):
    """Asks for a new code; has no field of its own."""


class HandoutCodeForm(Form):
    """The code that was mailed."""

    code = CodeField(
        _l("One-time code"),
        hint=_l("6 digits, from our mail. Any width is read."),
        missing=_l("Enter the one-time code."),
        autocomplete="one-time-code",
        render_kw={"inputmode": "numeric"},
    )

    def typed(self) -> str:
        """The digits in plain width, without spaces and hyphens."""
        return plain_code(self.code.data or "")
