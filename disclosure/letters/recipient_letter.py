"""The context of F22, the notice of a correction to a body that was given the data (第97条)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.letters import claim_letter
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.rules.claims import claim
from disclosure.rules.kinds import Field
from disclosure.rules.regimes import cited
from disclosure.rules.statutes import STATUTES
from portal.core.wareki import format_wareki
from portal.letters.engine import Context


@dataclass(frozen=True)
class Recipient:
    """To whom the data had been given, how that is identified (``given``), and what is now different (``changed``)."""

    name: str
    department: str
    postal_code: str
    address: str
    given: str
    changed: str
    done_on: date


def context(
    case: Case,
    recipient: Recipient,
    values: Mapping[Field, str],
    *,
    paper: Paper,
) -> Context:
    """Everything that the letter prints. It names the person, for the recipient has to find the data.

    A protected address goes to nobody else: the name and what had been given have to be enough.
    """
    law = case_law(case)
    row = claim(law.kind, law.code, case.law_day)
    if row is None or not row.recipients_citation:
        raise KeyError(f"No notice to recipients under {law.code}")
    citation = cited(law, row.recipients_citation, case.law_day)
    shared = frame(
        case,
        law,
        values,
        title=f"提供した{law.information_ja}の{row.noun_ja}について（通知）",
        statute=STATUTES[citation.statute],
        article=citation.ja,
        paper=paper,
    )
    return {
        **shared,
        "addressee": f"{recipient.name}　{recipient.department}".strip("　"),
        "addressee_postal_code": recipient.postal_code,
        "addressee_address": recipient.address,
        "honorific": "御中",
        "claim": claim_letter.words(case, law),
        "person": values[Field.NAME],
        "person_address": "" if case.protected else values[Field.ADDRESS],
        "given": _lines(recipient.given),
        "changed": _lines(recipient.changed),
        "done": format_wareki(recipient.done_on),
    }


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
