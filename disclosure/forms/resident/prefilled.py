"""The request form as it would be filled in by hand, from what somebody answered on the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from disclosure.rules.forms import Sheet, sheets
from disclosure.rules.kinds import RECORDS, Delivery, Format, RecordKind, Requester
from disclosure.rules.records import law_of
from portal.core.wareki import format_wareki, parse_day

METHODS = {Delivery.DOWNLOAD: "download", Delivery.POST: "post", Delivery.OFFICE: "office-copy"}
STATUS = {"parent": "minor", "minor-guardian": "minor", "adult-guardian": "ward", "mandate": "mandator"}
OF_AGENT = {
    "name": "agent_name", "kana": "agent_kana", "postal-code": "agent_postal_code", "address": "agent_address",
    "telephone": "agent_telephone",
}  # fmt: skip


def request_sheet(records: str, profile: str, day: date) -> Sheet | None:
    """The form by which these records are asked for on paper; None where there is none."""
    law = law_of(RecordKind(records), profile, day)
    asking = [row for row in sheets(profile, day) if row.form.code in ("F1", "F29")]
    return next((row for row in asking if law is not None and row.law.code == law.code), None)


def written(
    answers: Mapping[str, Mapping[str, str]], requester: Requester, documents: Iterable[str], *, day: date
) -> dict[str, str | Sequence[str]]:
    """The values of the form from the answers of each page; ``documents`` are codes of identity documents."""
    person, contact = answers["person"], answers["contact"]
    records, delivery = answers["records"], answers["delivery"]
    names = "、".join(RECORDS[part].ja for part in RecordKind(records["records"]).parts)
    inspects = delivery["format"] == Format.INSPECTION
    born = format_wareki(parse_day(person["birth_date"]))
    values: dict[str, str | Sequence[str]] = {
        "date": format_wareki(day),
        **{key.replace("_", "-"): person.get(key, "") for key in ("name", "kana", "postal_code", "address")},
        "address-then": person.get("address_then", ""),
        "telephone": contact.get("telephone", ""),
        "email": contact.get("email", ""),
        "birth-date": born,
        "record": "\n".join(text for text in (names, records.get("details", "")) if text),
        "method": ["inspection" if inspects else METHODS[Delivery(delivery["delivery"])]],
        "requester": [requester.value],
        "documents": list(dict.fromkeys(documents)),
    }
    if requester is Requester.PERSON:
        return values
    agent = answers["agent"]
    status = STATUS.get(agent["capacity"], "")
    return {
        **values,
        **{key: agent.get(name, "") for key, name in OF_AGENT.items()},
        "birth-date": "",
        "subject-name": person["name"],
        "subject-address": person["address"],
        "subject-birth": born,
        "subject-status": [status] if status else [],
    }
