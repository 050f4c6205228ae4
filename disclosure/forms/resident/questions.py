"""The questions of a request, one form a page. ``answers()`` is what the draft keeps: exactly what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from disclosure.forms.resident.offers import OfferField
from disclosure.forms.resident.record_kinds import CARD, RECORDS
from disclosure.rules import methods
from disclosure.rules.agents import Capacity
from disclosure.rules.kinds import Delivery, Format, RecordKind, Requester
from disclosure.rules.records import is_described
from disclosure.rules.routing import Group, Route
from portal.core import clock
from portal.core.errors import N_
from portal.web.fields import (
    CheckField,
    ChoiceField,
    DateField,
    EmailField,
    KanaField,
    NameField,
    TextAreaField,
    TextField,
)
from portal.web.forms import Form
from portal.web.language import LANGUAGES, _l, choose

# Whose records: the first word is kept in the draft; the last two have no right here (rules/routing.py says where).
MINE, STATUTORY, MANDATED, DECEASED, COMPANY = "mine", "statutory", "mandated", "deceased", "company"
WHOSE = (
    (MINE, _l("My own")),
    (STATUTORY, _l("Those of my child, or of somebody whose guardian I am")),
    (MANDATED, _l("Those of somebody who has given me a mandate")),
    (DECEASED, _l("Those of somebody who has died")),
    (COMPANY, _l("Those of a company or group")),
)
REQUESTERS = {MINE: Requester.PERSON, STATUTORY: Requester.STATUTORY, MANDATED: Requester.MANDATED}

DELIVERIES = (
    (Delivery.DOWNLOAD, _l("Download here"), _l("With your receipt number and access code. No postage, no travel.")),
    (Delivery.POST, _l("Copy by mail"), _l("Sent to the address in your request.")),
    (
        Delivery.OFFICE,
        _l("Look at it in our office"),
        _l("You can also take a copy with you. We arrange a day with you."),
    ),
)
FORMATS = (
    (Format.PDF, _l("PDF"), _l("Can be read by a screen reader as far as the record allows.")),
    (Format.IMAGE, _l("Image file"), _l("The photo in its original size.")),
    (Format.PAPER, _l("Paper"), ""),
    (Format.LARGE_PRINT, _l("Large print"), _l("Letters at least 22 points high.")),
    (Format.TEXT, _l("Plain text"), _l("Only where the record has text that can be read out.")),
    (Format.CARRIER, _l("Data carrier (CD-R)"), ""),
    (Format.INSPECTION, _l("Only look at it"), _l("At our office.")),
)
FIRST_BIRTH = date(1873, 1, 1)


def today() -> date:
    """The day it is in Japan."""
    return clock.day_in_japan(clock.now())


class Question(Form):
    """A page of the journey."""

    def answers(self) -> dict[str, str]:
        """The answers as text, by field."""
        return {
            name: "y" if field.data is True else field.data or ""
            for name, field in self._fields.items()
            if name != "csrf_token"
        }


class ProcedureForm(Question):
    """Which record somebody looks for: the records of the routing table about oneself, as a question."""

    record = OfferField(_l("Record"), missing=_l("Choose the record that you are looking for."))

    def __init__(self, rows: Iterable[Route], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.record.offer(
            (row.record, choose(row, "label"), choose(row, "tell") if row.on_web else "")
            for row in rows
            if row.group is not Group.NOT_MINE
        )


class RecordsForm(Question):
    """Whose records, which, and what helps to find them."""

    whose = ChoiceField(
        _l("Whose records?"),
        choices=list(WHOSE),
        missing=_l("Say whose records you ask for."),
    )
    records = OfferField(
        _l("Which records?"),
        missing=_l("Choose the records."),
    )
    details = TextAreaField(
        _l("What helps us to find them"),
        longest=1000,
        rows=4,
        required=False,
        hint=_l(
            "For example when and how you applied, or your address at that time. Do not write your personal number."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.records.offer(RECORDS)

    def only(self, kinds: Iterable[str]) -> None:
        """Offer no other records than these; a single one needs no choice."""
        found = [row for row in RECORDS if row[0] in set(kinds)]
        self.records.offer(found)
        if len(found) == 1:
            self.records.data = self.records.data or found[0][0].value
        if all(is_described(kind) for kind, _label, _hint in found):
            self.details.required = True
        if not CARD & {kind for kind, _label, _hint in found}:
            self.details.hint = _l("When it was, and what it was about. Do not write your personal number.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a record that only words identify needs words."""
        valid = super().validate(extra_validators)
        chosen = self.records.data if self.records.data in set(RecordKind) else RecordKind.BOTH
        if is_described(RecordKind(chosen)) and not (self.details.data or "").strip() and not self.details.errors:
            self.refuse("details", N_("Say in words which record it is."))
            return False
        return valid


class PersonForm(Question):
    """The person concerned. Nothing is folded or trimmed: names are kept as they were typed."""

    name = NameField(
        _l("Name"),
        hint=_l("As on your identity document. Old and rare characters are welcome."),
        missing=_l("Enter your name."),
    )
    kana = KanaField(
        _l("Reading of the name (furigana)"),
        hint=_l("In hiragana or katakana. For a name in Latin letters: as it is read in Japanese."),
        missing=_l("Enter the reading of your name."),
    )
    postal_code = TextField(
        _l("Postal code"), longest=12, required=False, hint=_l("For example: 100-0001"), autocomplete="postal-code"
    )
    address = TextField(
        _l("Address"),
        longest=200,
        hint=_l("As on your identity document, with the name of the building."),
        missing=_l("Enter your address."),
        autocomplete="street-address",
    )
    address_then = TextField(
        _l("Address when the card was applied for"), required=False, hint=_l("Only if it was another one.")
    )
    birth_date = DateField(
        _l("Date of birth"),
        earliest=FIRST_BIRTH,
        latest=today,
        missing=_l("Enter your date of birth."),
        autocomplete="bday",
    )

    def of_another(self) -> None:
        """Ask for somebody else: the browser knows whoever types, so it must not fill in their data."""
        self.name.hint = _l("As in the family register, the certificate or the mandate.")
        self.address.hint = _l("Where the person lives, with the name of the building.")
        for field in (self.name, self.postal_code, self.address, self.birth_date):
            field.autocomplete = "off"


class AgentForm(Question):
    """Who asks for another person, and in what capacity."""

    capacity = ChoiceField(_l("In what capacity do you ask?"), missing=_l("Say in what capacity you ask."))
    agent_name = NameField(_l("Your name"), hint=_l("As on your identity document."), missing=_l("Enter your name."))
    agent_kana = KanaField(
        _l("Reading of your name (furigana)"),
        hint=_l("In hiragana or katakana."),
        missing=_l("Enter the reading of your name."),
    )
    agent_postal_code = TextField(_l("Your postal code"), longest=12, required=False, autocomplete="postal-code")
    agent_address = TextField(
        _l("Your address"),
        hint=_l("As on your identity document, with the name of the building."),
        missing=_l("Enter your address."),
        autocomplete="street-address",
    )
    agent_telephone = TextField(_l("Your telephone"), longest=40, required=False, autocomplete="tel")

    def offer(self, rows: Iterable[Capacity]) -> None:
        """Offer the capacities of one sort of representative; a single one needs no question."""
        found = list(rows)
        self.capacity.choices = [(row.code, choose(row, "label")) for row in found]
        if len(found) == 1 and not self.capacity.data:
            self.capacity.data = found[0].code


class ContactForm(Question):
    """How to reach the person; nothing here is needed."""

    telephone = TextField(
        _l("Telephone"),
        longest=40,
        required=False,
        hint=_l("We call only when something is unclear."),
        autocomplete="tel",
    )
    email = EmailField(
        _l("E-mail"),
        required=False,
        hint=_l(
            "We write only that there is something new, never what. Without an address you look here from time to time."
        ),
    )
    language = ChoiceField(
        _l("Language of our mails"),
        choices=list(LANGUAGES.items()),
        hint=_l("Decision letters are always in Japanese. These pages explain them in both languages."),
    )
    protected = CheckField(
        _l("My address must not become known to somebody (violence, stalking, abuse)."),
        hint=_l("We put it on no list, and staff see it only when they open it on purpose. You need not say why."),
    )

    def answers(self) -> dict[str, str]:
        found = super().answers()
        return {**found, "telephone": found.get("telephone", "").strip(), "email": found["email"].strip()}


class DeliveryForm(Question):
    """How the disclosure is to be made, and in which form."""

    delivery = OfferField(
        _l("Way of receiving it"),
        missing=_l("Choose how you want to receive it."),
    )
    format = OfferField(
        _l("Form of the copy"),
        missing=_l("Choose a form."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.delivery.offer(DELIVERIES)
        self.format.offer(FORMATS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a download is a file, a letter is paper."""
        if not super().validate(extra_validators):
            return False
        delivery = Delivery(self.delivery.data)
        if methods.fits(delivery, Format(self.format.data)):
            return True
        self.refuse("format", methods.MESSAGES[delivery])
        return False


def label(rows: Any, value: str) -> str:
    """The label of a chosen value in one of the lists above."""
    return next((str(text) for kind, text, _hint in rows if kind == value), "")
