"""The answers on one page, and sending them: once, whatever the browser does."""

from __future__ import annotations

from typing import Any

from flask import render_template
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import DELIVERIES, FORMATS, WHOSE, label
from disclosure.forms.resident.record_kinds import RECORDS
from disclosure.forms.resident.sending import SendForm
from disclosure.operations.application import Agent, Application
from disclosure.operations.filing import Upload
from disclosure.rules import agents, identity
from disclosure.rules.kinds import Delivery, Format, RecordKind, Requester
from disclosure.views.resident import draft as drafts
from disclosure.views.resident import guide
from disclosure.views.resident.draft import Draft
from disclosure.views.resident.send_once import Sending
from portal.core.errors import N_, Invalid
from portal.core.files import CleanFile
from portal.core.wareki import format_wareki, parse_day
from portal.web.access import public
from portal.web.language import LANGUAGES, _, choose, current
from portal.web.throttle import Limit, throttled

# The page on which a value that the rules refuse can be mended.
PAGE_OF = {
    "name": "person", "kana": "person", "postal-code": "person", "address": "person", "birth-date": "person",
    "telephone": "contact", "email": "contact", "language": "contact", "details": "records", "files": "identity",
    "address-then": "person", "whose": "records", "records": "records", "agent-name": "agent", "agent-kana": "agent",
    "agent-postal-code": "agent", "agent-address": "agent", "agent-telephone": "agent", "agent-capacity": "agent",
}  # fmt: skip


@public
@throttled(Limit("disclosure.submit", count=300, seconds=3600))
def check() -> Response | tuple[str, int] | str:
    """Show all answers; on POST file the request and go to its receipt."""
    form = SendForm()
    if (draft := drafts.current()) is not None and draft.requester is not Requester.PERSON:
        form.for_another()

    def show(found: Draft) -> str:
        return render_template("disclosure/check.html", form=form, groups=_groups(found), place=guide.place("check"))

    return Sending(guide.arrive, guide.address, PAGE_OF, _application).page(form, show)


def _application(found: Draft) -> Application:
    records, person = found.answer("records"), found.answer("person")
    contact, delivery = found.answer("contact"), found.answer("delivery")
    agent = _agent(found) if found.requester is not Requester.PERSON else None
    return Application(
        name=person["name"],
        kana=person["kana"],
        address=person["address"],
        birth_date=parse_day(person["birth_date"]),
        records=RecordKind(records["records"]),
        delivery=Delivery(delivery["delivery"]),
        format=Format(delivery["format"]),
        postal_code=person["postal_code"],
        telephone="" if agent else contact["telephone"],
        email=contact["email"],
        details=records["details"],
        language=contact["language"],
        wants_mail=bool(contact["email"]),
        files=tuple(_upload(file) for file in found.files),
        address_then=person.get("address_then", ""),
        agent=agent,
        protected=bool(contact.get("protected")),
    )


def _agent(found: Draft) -> Agent:
    said = found.answer("agent")
    return Agent(
        requester=found.requester,
        capacity=said["capacity"],
        name=said["agent_name"],
        kana=said["agent_kana"],
        address=said["agent_address"],
        postal_code=said["agent_postal_code"],
        telephone=said["agent_telephone"].strip(),
        proofs=tuple(_upload(file) for file in found.proofs),
    )


def _upload(file: drafts.KeptFile) -> Upload:
    data = drafts.web().kept_file(file.id)
    if data is None:
        raise Invalid(N_("A file of the draft is missing. Please add it again."), field="files")
    return Upload(f"{_paper(file, 'ja')} – {file.name}", CleanFile(file.media_type, data, file.pages, file.sha256))


def _paper(file: drafts.KeptFile, language: str) -> str:
    """What was uploaded, with the day on which it was made."""
    row = agents.PROOFS[file.document] if file.page == "agency" else identity.DOCUMENTS[file.document]
    label = str(getattr(row, f"label_{language}"))
    if not file.made_on:
        return label
    day = parse_day(file.made_on)
    return f"{label}（{format_wareki(day)}）" if language == "ja" else f"{label} ({day.isoformat()})"


def _groups(found: Draft) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """Heading, page to change it on, and the rows of each group of answers."""
    records, person = found.answer("records"), found.answer("person")
    contact, delivery = found.answer("contact"), found.answer("delivery")
    files = [_paper(file, current()) + _(": ") + file.name for file in found.files]
    return [
        (
            _("Records"),
            "records",
            [
                (_("Whose records"), str(dict(WHOSE)[records["whose"]])),
                (_("Records"), label(RECORDS, records["records"])),
                (_("What helps us to find them"), records["details"]),
            ],
        ),
        (
            _("Person concerned") if found.requester is not Requester.PERSON else _("Person"),
            "person",
            [
                (_("Name"), person["name"]),
                (_("Reading of the name (furigana)"), person["kana"]),
                (_("Postal code"), person["postal_code"]),
                (_("Address"), person["address"]),
                (_("Address when the card was applied for"), person.get("address_then", "")),
                (_("Date of birth"), parse_day(person["birth_date"])),
            ],
        ),
        *([_agent_group(found)] if found.requester is not Requester.PERSON else []),
        (
            _("Contact"),
            "contact",
            [
                *([(_("Telephone"), contact["telephone"])] if found.requester is Requester.PERSON else []),
                (_("E-mail"), contact["email"]),
                *([(_("Protection"), _("My address is to be kept secret."))] if contact.get("protected") else []),
                (_("Language of our mails"), LANGUAGES[contact["language"]]),
            ],
        ),
        (
            _("How you receive it"),
            "delivery",
            [
                (_("Way of receiving it"), label(DELIVERIES, delivery["delivery"])),
                (_("Form of the copy"), label(FORMATS, delivery["format"])),
            ],
        ),
        (_("Identity document"), "identity", [(_("Files"), "\n".join(files))]),
        *([_agency_group(found)] if found.requester is not Requester.PERSON else []),
    ]


def _agent_group(found: Draft) -> tuple[str, str, list[tuple[str, Any]]]:
    said = found.answer("agent")
    return (
        _("Representative"),
        "agent",
        [
            (_("Capacity"), choose(agents.CAPACITIES[said["capacity"]], "label")),
            (_("Name"), said["agent_name"]),
            (_("Reading of the name (furigana)"), said["agent_kana"]),
            (_("Postal code"), said["agent_postal_code"]),
            (_("Address"), said["agent_address"]),
            (_("Telephone"), said["agent_telephone"]),
        ],
    )


def _agency_group(found: Draft) -> tuple[str, str, list[tuple[str, Any]]]:
    sent = [_paper(file, current()) + _(": ") + file.name for file in found.proofs]
    if found.answer("agency").get("by_post"):
        sent.append(_("I send them by post"))
    return _("Proof of representation"), "agency", [(_("Files"), "\n".join(sent))]
