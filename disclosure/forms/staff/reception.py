"""A request on paper, in the order of the paper: the questions of the web on one page, and what the desk adds."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField

from disclosure.forms.resident.questions import (
    COMPANY,
    DECEASED,
    MINE,
    REQUESTERS,
    ContactForm,
    DeliveryForm,
    PersonForm,
    RecordsForm,
    today,
)
from disclosure.forms.staff.reception_agent import AgentPart
from disclosure.operations.application import Application
from disclosure.operations.filing import Upload
from disclosure.operations.reception import WHO_WROTE, WHY_WROTE, PaperRequest
from disclosure.rules import agents, identity, reception
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind, Requester
from disclosure.rules.records import answered
from portal.core.errors import N_
from portal.core.files import Slot
from portal.core.wareki import parse_day
from portal.web.building import settings
from portal.web.fields import CheckField, ChoiceField, ChoicesField, DateField, TextField, UploadField
from portal.web.language import _l, choose

SCAN = Slot("request", max_pages=10)
CHANNELS = ((Channel.WINDOW, _l("At the window")), (Channel.POST, _l("By post")), (Channel.FAX, _l("By telefax")))
NO_RIGHT = N_(
    "Nobody can ask for the records of the dead or of a company in this procedure. Tell the sender where to turn."
)

ORDER = (
    "go_on", "channel", "received_on",
    "whose", "name", "kana", "birth_date", "postal_code", "address", "address_then",
    "capacity", "agent_name", "agent_kana", "agent_postal_code", "agent_address", "agent_telephone", "proofs_shown",
    "telephone", "email", "language", "protected", "records", "details", "delivery", "format",
    "shown", "drop_scan", "scan",
    "proxy_name", "proxy_reason",
)  # fmt: skip


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else -1


class ReceptionForm(PersonForm, AgentPart, ContactForm, RecordsForm, DeliveryForm):
    """``key`` files the request once; ``seen`` are the open cases of the same person that the officer was shown."""

    key = HiddenField()
    seen = HiddenField()
    channel = ChoiceField(
        _l("How it came"),
        choices=[(kind.value, label) for kind, label in CHANNELS],
        missing=_l("Say how the request came."),
    )
    received_on = DateField(
        _l("Arrived on"), required=False, hint=_l("Today, if left empty. The clock starts on this day.")
    )
    shown = ChoicesField(
        _l("Documents that were shown"),
        required=False,
        hint=_l("Only the kind of document. Do not note its number, and do not take in the back of a card."),
    )
    scan = UploadField(
        _l("Scan of the paper"),
        slot=SCAN,
        required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. It is checked and stored encrypted."),
    )
    drop_scan = CheckField(_l("Leave this scan out"))
    proxy_name = TextField(_l("Who wrote for the requester"), required=False, longest=100, hint=_l("Name and role."))
    proxy_reason = TextField(_l("Why somebody else wrote"), required=False, longest=200)
    go_on = CheckField(_l("This is another request. File it all the same."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Errors are listed in the order of the page.
        for name in sorted(self._fields, key=_place):
            self._fields[name] = self._fields.pop(name)
        self.offer_capacities()
        self.only(answered(settings().organisation.profile, today()))
        self.shown.choices = [(row.code, choose(row, "label")) for row in identity.accepted(today())]
        for field in self:
            if getattr(field, "autocomplete", ""):
                field.autocomplete = "off"  # the browser knows the officer, not the requester
        for field in (self.name, self.address, self.telephone, self.email, self.details, self.language, self.protected):
            field.hint = ""
        for offer in (self.records, self.delivery, self.format):
            offer.option_hints = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what the rules say of the day, of representatives, documents and of those who wrote for others."""
        super().validate(extra_validators)
        if self.whose.data in (DECEASED, COMPANY) and not self.whose.errors:
            self.refuse("whose", NO_RIGHT)
        elif not self.whose.errors:
            self.check_agent(REQUESTERS[self.whose.data])
        day = self.arrived_on()
        if not self.received_on.errors and (problem := reception.day_problem(day, today=today())):
            self.refuse("received_on", problem[0], **problem[1])
        if self.scan.clean and reception.names_a_back(self.scan.data.filename):
            self.refuse("scan", reception.BACK_OF_A_CARD)
        if not self.errors and (refused := self.too_old_or_young(REQUESTERS[self.whose.data], day)):
            at = "birth_date" if refused.part == "birth-date" else "capacity"
            self.refuse(at, refused.message, **refused.params)
        who, why = (self.proxy_name.data or "").strip(), (self.proxy_reason.data or "").strip()
        if why and not who:
            self.refuse("proxy_name", WHO_WROTE)
        if who and not why:
            self.refuse("proxy_reason", WHY_WROTE)
        return not self.errors

    def arrived_on(self) -> date:
        """The day on which the paper arrived."""
        return self.received_on.day or today()

    def person(self) -> tuple[str, date]:
        """Name and date of birth. Only of a valid form."""
        return self.name.data or "", parse_day(self.birth_date.data or "")

    def too_old_or_young(self, requester: Requester, day: date) -> agents.Refusal | None:
        """Why the age of the person concerned forbids it. Only of a form that is valid so far."""
        return agents.age_problem(requester, self.capacity.data or "", self.person()[1], day)

    def paper(self, files: tuple[Upload, ...] = ()) -> PaperRequest:
        """The request. Only of a valid form."""
        name, birth_date = self.person()
        email = (self.email.data or "").strip()
        application = Application(
            name=name,
            kana=self.kana.data or "",
            address=self.address.data or "",
            birth_date=birth_date,
            records=RecordKind(self.records.data),
            delivery=Delivery(self.delivery.data),
            format=Format(self.format.data),
            postal_code=self.postal_code.data or "",
            telephone=(self.telephone.data or "").strip(),
            email=email,
            details=self.details.data or "",
            language=self.language.data,
            wants_mail=bool(email),
            files=files,
            channel=Channel(self.channel.data),
            received_on=self.arrived_on(),
            address_then=self.address_then.data or "",
            agent=self.agent(REQUESTERS[self.whose.data]) if self.whose.data != MINE else None,
            protected=bool(self.protected.data),
        )
        who, why = (self.proxy_name.data or "").strip(), (self.proxy_reason.data or "").strip()
        proofs = tuple(self.proofs_shown.data or ()) if self.whose.data != MINE else ()
        return PaperRequest(application, tuple(self.shown.data or ()), who, why, proofs)
