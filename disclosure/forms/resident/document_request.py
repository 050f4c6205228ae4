"""The questions of a request for documents. Nobody is asked why they want them, or to prove who they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from disclosure.forms.resident.questions import DELIVERIES, DeliveryForm, Question
from disclosure.operations.application import MOST_ITEMS, Application
from disclosure.rules.kinds import Delivery, Format, RecordKind
from portal.core.errors import N_
from portal.core.wareki import parse_day
from portal.web.fields import (
    ChoiceField,
    DateField,
    EmailField,
    NameField,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.language import LANGUAGES, _, _l

PERSON, BODY = "person", "body"
WAYS = {
    Delivery.DOWNLOAD: (_l("Electronic copy, downloaded here"), _l("With your receipt number and access code.")),
    Delivery.POST: (_l("Copy by mail"), _l("Sent to the address in your request. You pay the postage.")),
    Delivery.OFFICE: (_l("At our office"), _l("Look at them, or take a copy with you. We arrange a day with you.")),
}
FORMATS = (
    (Format.PDF, _l("PDF"), _l("For the download.")),
    (Format.TEXT, _l("Plain text"), _l("For the download, where a document has text that can be read out.")),
    (Format.PAPER, _l("Paper"), _l("By mail or at our office.")),
    (Format.LARGE_PRINT, _l("Large print"), _l("Letters at least 22 points high.")),
    (Format.CARRIER, _l("Data carrier (CD-R)"), _l("By mail or at our office.")),
    (Format.INSPECTION, _l("Only look at it"), _l("At our office.")),
)


class WhichForm(Question):
    """Which documents: words that identify them, a span of time, and what of the public record they are about."""

    documents = TextAreaField(
        _l("Which documents?"),
        longest=1500,
        rows=6,
        hint=_l(
            "Their names, or what they are about: one document a line. For example: the contract for the repair of the "
            "relay server; minutes of the meetings about the failure of November. You need not know the exact name."
        ),
        missing=_l("Say which documents you want to see."),
    )
    since = DateField(
        _l("Made from this day on"), required=False, hint=_l("If you know from when on. For example: 2025-04-01")
    )
    until = DateField(_l("Made until this day"), required=False)
    system = SelectField(_l("System that they are about"), required=False)
    incident = TextField(
        _l("Incident that they are about"), longest=120, required=False,
        hint=_l("The last part of its address on this site, if you came from its page."),
    )  # fmt: skip
    items = TextField(
        _l("How many documents"), longest=3,
        hint=_l("The fee is for each. Documents of one file, or that belong closely together, count as one."),
        missing=_l("Say how many documents you ask for."), render_kw={"inputmode": "numeric"},
    )  # fmt: skip

    def offer(self, systems: Iterable[tuple[str, str]]) -> None:
        """The systems of the public record, by key and name."""
        self.system.choices = [("", _("None, or I do not know")), *systems]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a span does not end before it begins, and so many documents can be asked for at once."""
        valid = super().validate(extra_validators)
        if valid and self.since.day and self.until.day and self.until.day < self.since.day:
            self.refuse("until", N_("This is before the first day."))
        if not self.items.errors and not 1 <= number(self.items.data) <= MOST_ITEMS:
            self.refuse("items", N_("Write a number between 1 and %(most)s."), most=MOST_ITEMS)
        return valid and not self.errors


def number(text: str | None) -> int:
    """A number as typed, in any width; 0 for what is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isdecimal() else 0


def day_of(text: str) -> date | None:
    """A day as typed; None where nothing was."""
    return parse_day(text) if text.strip() else None


class WhoForm(Question):
    """Who asks, and how to reach them (独立行政法人等情報公開法 第4条第1項第1号)."""

    kind = ChoiceField(
        _l("Who asks?"),
        choices=[(PERSON, _l("A person")), (BODY, _l("A company or group"))],
        missing=_l("Say whether a person asks, or a company or group."),
    )
    name = NameField(
        _l("Name of the person, company or group"), hint=_l("Your name, or that of the company or group."),
        missing=_l("Enter your name, or that of the company or group."),
    )  # fmt: skip
    representative = NameField(
        _l("Name of its representative"), required=False, hint=_l("Only for a company or group."), autocomplete="off"
    )
    contact_person = NameField(
        _l("Whom we may ask"), required=False, hint=_l("If it is somebody else: the person in charge, or your agent."),
        autocomplete="off",
    )  # fmt: skip
    postal_code = TextField(
        _l("Postal code"), longest=12, required=False, hint=_l("For example: 100-0001"), autocomplete="postal-code"
    )
    address = TextField(_l("Address"), longest=200, missing=_l("Enter your address."), autocomplete="street-address")
    telephone = TextField(_l("Telephone"), longest=40, required=False, autocomplete="tel")
    email = EmailField(
        _l("E-mail"), required=False, hint=_l("We write only that there is something new, never what."),
    )  # fmt: skip
    language = ChoiceField(_l("Language of our mails"), choices=list(LANGUAGES.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a company or group names its representative, a person has none."""
        valid = super().validate(extra_validators)
        named = bool((self.representative.data or "").strip())
        if self.kind.data == BODY and not named:
            self.refuse("representative", N_("Enter the name of the representative."))
        if self.kind.data == PERSON and named:
            self.refuse("representative", N_("Only a company or group has a representative here. Leave it empty."))
        return valid and not self.errors

    def answers(self) -> dict[str, str]:
        found = super().answers()
        return {**found, "telephone": found["telephone"].strip(), "email": found["email"].strip()}


class WayForm(DeliveryForm):
    """How the documents are to be disclosed, as wished; after the decision it can be chosen anew."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.delivery.offer((way, *WAYS[way]) for way, _label, _hint in DELIVERIES)
        self.format.offer(FORMATS)


def application(said: Mapping[str, str], *, details: str) -> Application:
    """The request of somebody who said which documents, who asks and in which way. Only of valid forms."""
    return Application(
        name=said["name"],
        kana="",
        address=said["address"],
        birth_date=None,
        records=RecordKind.DOCUMENTS,
        delivery=Delivery(said["delivery"]),
        format=Format(said["format"]),
        postal_code=said["postal_code"],
        telephone=said["telephone"],
        email=said["email"],
        details=details,
        language=said["language"],
        wants_mail=bool(said["email"]),
        representative=said["representative"],
        contact_person=said["contact_person"],
        items=number(said["items"]),
    )
