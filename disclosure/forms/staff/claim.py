"""Working on a claim: that it was carried out, who is told of it, and a claim that came on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField, SubmitField

from disclosure.forms.resident.questions import MINE, REQUESTERS, WHOSE, today
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.reception import CHANNELS
from disclosure.forms.staff.reception_agent import AgentPart
from disclosure.operations.application import Application, Claimed
from disclosure.operations.claims import Wanted
from disclosure.operations.filing import Upload
from disclosure.operations.reception import PaperRequest
from disclosure.operations.recipients import Told
from disclosure.rules import identity, reception
from disclosure.rules.claims import MEASURES, Measure
from disclosure.rules.grounds import Ground
from disclosure.rules.kinds import CaseKind, Channel, Delivery, Format, RecordKind
from disclosure.rules.records import is_described
from portal.core.files import Slot
from portal.core.wareki import parse_day
from portal.web.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    KanaField,
    NameField,
    SelectField,
    TextAreaField,
    TextField,
    UploadField,
)
from portal.web.language import _, _l, choose

SCAN = Slot("request", max_pages=10)


class CarryOutForm(CaseForm):
    """What was changed, and when."""

    text = TextAreaField(
        _l("What was changed"), longest=2000, rows=6, missing=_l("Say what was changed."),
        hint=_l("In which system, from what to what. The requester reads it."),
    )  # fmt: skip
    done_on = DateField(_l("On which day"))


class RecipientForm(CaseForm):
    """A body that was given the data, and what it is told."""

    name = TextField(_l("Name of the body"), longest=100, autocomplete="off", missing=_l("Please fill in this field."))
    department = TextField(_l("Department"), longest=100, required=False, autocomplete="off")
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off", missing=_l("Please fill in this field."))
    given = TextAreaField(
        _l("When and by which letter it was given"), longest=500, rows=2, missing=_l("Please fill in this field.")
    )
    changed = TextAreaField(
        _l("What was changed"), longest=2000, rows=6, missing=_l("Please fill in this field."),
        hint=_l("Only what this body needs to correct its own data."),
    )  # fmt: skip

    def told(self) -> Told:
        """The letter's values. Only of a valid form."""
        return Told(
            name=self.name.data or "",
            address=self.address.data or "",
            given=self.given.data or "",
            changed=self.changed.data or "",
            department=self.department.data or "",
            postal_code=self.postal_code.data or "",
        )


class ClaimReceptionForm(AgentPart, CaseForm):
    """A claim on paper, in the order of the paper. ``key`` files it once; ``origin`` is the number of the request.

    ``show`` asks for the page again, with what can be said to be wrong under the law of the record.
    """

    key = HiddenField()
    channel = ChoiceField(
        _l("How it came"), choices=[(kind.value, text) for kind, text in CHANNELS],
        missing=_l("Say how the request came."),
    )  # fmt: skip
    received_on = DateField(
        _l("Arrived on"), required=False, hint=_l("Today, if left empty. The clock starts on this day.")
    )
    origin = TextField(
        _l("Receipt number of the request that disclosed it"), longest=40, required=False, autocomplete="off",
        hint=_l("Empty if it is not known or was disclosed elsewhere."),
    )  # fmt: skip
    disclosed = TextField(
        _l("By which disclosure"), longest=200, required=False, autocomplete="off",
        hint=_l("Day and number of the notice, as the paper says."),
    )  # fmt: skip
    show = SubmitField(_l("Show what can be wrong with these records"))
    whose = ChoiceField(
        _l("Whose record is it?"), choices=[row for row in WHOSE if row[0] in REQUESTERS],
        missing=_l("Please choose one."),
    )  # fmt: skip
    name = NameField(_l("Name"), missing=_l("Enter the name."), autocomplete="off")
    kana = KanaField(_l("Reading of the name (furigana)"), missing=_l("Enter the reading."), autocomplete="off")
    birth_date = DateField(_l("Date of birth"), earliest=date(1873, 1, 1), latest=today)
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off", missing=_l("Enter the address."))
    telephone = TextField(_l("Telephone"), longest=40, required=False, autocomplete="off")
    records = SelectField(_l("Records"))
    claim = TextAreaField(
        _l("What is wanted"), longest=2000, rows=5, missing=_l("Say which part it is and what you want.")
    )
    grounds = ChoicesField(_l("What is wrong with it?"), required=False)
    measure = ChoiceField(_l("What should we do?"), required=False)
    reason = TextAreaField(_l("Why?"), longest=2000, rows=5, missing=_l("Give the reason."))
    shown = ChoicesField(
        _l("Documents that were shown"), required=False,
        hint=_l("Only the kind of document. Do not note its number, and do not take in the back of a card."),
    )  # fmt: skip
    scan = UploadField(
        _l("Scan of the paper"), slot=SCAN, required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. It is checked and stored encrypted."),
    )  # fmt: skip

    def __init__(
        self,
        kind: CaseKind,
        records: list[tuple[str, Any]],
        grounds: list[Ground],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        self.records.choices = records
        self.grounds.choices = [(row.code, choose(row, "label")) for row in grounds]
        self.measure.choices = [(one.value, _(text)) for one, text in MEASURES.items()]
        self.shown.choices = [(row.code, choose(row, "label")) for row in identity.accepted(today())]
        self.offer_capacities()
        if kind is CaseKind.CORRECTION:
            del self["grounds"]
            del self["measure"]
            del self["show"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what the rules say of the day and of representatives, and that nobody takes in the back of a card."""
        super().validate(extra_validators)
        if not self.whose.errors:
            self.check_agent(REQUESTERS[self.whose.data])
        problem = reception.day_problem(self.arrived_on(), today=today())
        if not self.received_on.errors and problem:
            self.refuse("received_on", problem[0], **problem[1])
        if self.scan.clean and reception.names_a_back(self.scan.data.filename):
            self.refuse("scan", reception.BACK_OF_A_CARD)
        return not self.errors

    def arrived_on(self) -> date:
        """The day on which the paper arrived."""
        return self.received_on.day or today()

    def wanted(self) -> Wanted:
        """The claim. Only of a valid form."""
        return Wanted(
            kind=self.kind,
            claim=self.claim.data or "",
            reason=self.reason.data or "",
            grounds=tuple(self.grounds.data or ()) if "grounds" in self else (),
            measure=Measure(self.measure.data) if "measure" in self and self.measure.data else None,
        )

    def paper(self, regime: str, origin_id: str | None, records: RecordKind) -> PaperRequest:
        """The paper, as a request of this kind. Only of a valid form."""
        files = (Upload(self.scan.data.filename, self.scan.clean),) if self.scan.clean else ()
        claimed = Claimed(
            kind=self.kind,
            regime=regime,
            claim=self.claim.data or "",
            reason=self.reason.data or "",
            disclosed=self.disclosed.data or "",
            origin_id=origin_id,
        )
        application = Application(
            name=self.name.data or "",
            kana=self.kana.data or "",
            address=self.address.data or "",
            birth_date=parse_day(self.birth_date.data or ""),
            records=records,
            delivery=Delivery.POST,
            format=Format.PAPER,
            postal_code=self.postal_code.data or "",
            telephone=self.telephone.data or "",
            details=(self.claim.data or "") if is_described(records) else "",
            files=files,
            channel=Channel(self.channel.data),
            received_on=self.arrived_on(),
            agent=self.agent(REQUESTERS[self.whose.data]) if self.whose.data != MINE else None,
            claimed=claimed,
        )
        proofs = tuple(self.proofs_shown.data or ()) if self.whose.data != MINE else ()
        return PaperRequest(application, tuple(self.shown.data or ()), proofs=proofs)
