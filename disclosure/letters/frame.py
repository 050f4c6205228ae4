"""What every letter about a request says, as plain values: whose it is, about which request, who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.models.case import Case
from disclosure.rules.kinds import RECORDS, Field
from disclosure.rules.regimes import Regime
from disclosure.rules.statutes import Statute
from portal.core.settings import Organisation, Settings
from portal.core.wareki import format_wareki
from portal.letters.contact import contact
from portal.letters.draft import Draft
from portal.letters.engine import Context


@dataclass(frozen=True)
class Paper:
    """What a letter is set with, besides what it says: its number and day, who sends it, what it is marked as."""

    number: str
    issued_on: date
    organisation: Organisation
    sample: bool
    draft: bool = False


def set_on(numbered: Draft, settings: Settings, *, draft: bool = False) -> Paper:
    """The paper of this organisation, with the number and day that a letter gets."""
    return Paper(numbered.number, numbered.issued_on, settings.organisation, settings.sample, draft)


def addressee_fields(values: Mapping[Field, str]) -> tuple[Field, Field, Field]:
    """Which values are the name, postal code and address to which letters go: the representative's, if there is one."""
    if values.get(Field.AGENT_NAME):
        return Field.AGENT_NAME, Field.AGENT_POSTAL_CODE, Field.AGENT_ADDRESS
    return Field.NAME, Field.POSTAL_CODE, Field.ADDRESS


def named(case: Case, law: Regime, values: Mapping[Field, str]) -> list[str]:
    """What is asked for, as letters name it: of documents, what the request says, line by line."""
    if case.records.personal:
        return [RECORDS[part].ja for part in case.records.parts]
    return [line.strip() for line in values.get(Field.DETAILS, "").splitlines() if line.strip()] or [law.information_ja]


def frame(
    case: Case,
    law: Regime,
    values: Mapping[Field, str],
    *,
    title: str,
    statute: Statute,
    article: str,
    paper: Paper,
) -> Context:
    """The values of ``_letter.html`` and of the opening sentence. ``article`` is the place in the statute.

    A representative is the addressee, and the letter names the person concerned; never that person's address.

    No letter of a protected case prints where its reader is (被害者の保護): a letter lies open at home, is shown to
    others and put before a court, and nothing in the law asks for the address of a notice's reader. The post needs it
    on the envelope alone, so it is kept as ``envelope``, which no letter prints.
    """
    sender = paper.organisation
    name, postal_code, address = addressee_fields(values)
    place = {"postal_code": values.get(postal_code, ""), "address": values[address]}
    return {
        "title": title,
        "number": paper.number,
        "date": format_wareki(paper.issued_on),
        "date_iso": paper.issued_on.isoformat(),
        "addressee": values[name],
        "addressee_postal_code": "" if case.protected else place["postal_code"],
        "addressee_address": "" if case.protected else place["address"],
        **({"envelope": place} if case.protected else {}),
        "agent": values[name] if name is Field.AGENT_NAME else "",
        "concerned": values.get(Field.NAME, "") if name is Field.AGENT_NAME else "",
        "honorific": "御中" if values.get(Field.REPRESENTATIVE) and name is Field.NAME else "様",
        "sender": sender.name,
        "sender_en": sender.name_en,
        "sender_title": sender.head_title,
        "sender_name": sender.head_name,
        "seal": "（公印省略）",
        "seal_image": False,
        "verify_url": "",
        "received": format_wareki(case.received_on),
        "case_number": case.number,
        "statute": f"{statute.name_ja}（{statute.number_ja}）" if statute.number_ja else statute.name_ja,
        "article": article,
        "information": law.information_ja,
        "records": named(case, law, values),
        **({} if case.records.personal else {"documents": True}),
        "record_kinds": [part.value for part in case.records.parts],
        "regime": law.code,
        "law_day": case.law_day.isoformat(),
        "contact": contact(sender),
        "sample": paper.sample,
        "draft": paper.draft,
    }
