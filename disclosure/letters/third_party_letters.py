"""The contexts of F10, F11 第三者意見照会書 with the form F12 意見書, and of F13, the notice to whoever objected.

What the inquiry must say: 個人情報の保護に関する法律施行令 第25条. It says nothing of the requester unless an officer
found it necessary and said why. The layouts are practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosure.letters.form_sheet import enclosed
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.rules import remedies
from disclosure.rules.kinds import Field
from disclosure.rules.regimes import Regime, regime
from disclosure.rules.statutes import STATUTES, cite
from disclosure.rules.third_parties import InquiryRule, Item, inquiry_rule
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

# The form of the answer, and what of it stands on it already.
ANSWER = "F12"
SAID_BY_LETTER = frozenset({"date", "inquiry-date", "inquiry-number"})


@dataclass(frozen=True)
class Party:
    """To whom the letter goes."""

    name: str
    honorific: str
    postal_code: str
    address: str


@dataclass(frozen=True)
class Inquiry:
    """What a third party is asked. ``item`` and ``why`` where the law demands it; ``requester`` empty: not named."""

    content: str
    due_on: date
    item: Item | None = None
    why: str = ""
    requester: str = ""


@dataclass(frozen=True)
class Disclosure:
    """What an opponent is told: when it wrote, the decision's number and day, why, from when the records go out."""

    answered_on: date | None
    decided_on: date
    decision_number: str
    reasons: str
    release_on: date


def inquiry(
    case: Case,
    party: Party,
    asked: Inquiry,
    *,
    paper: Paper,
) -> Context:
    """F10, or F11 where the law demands to ask: with the form of the answer on a page of its own."""
    law, rule = _law(case)
    key = rule.required_citation if asked.item else rule.optional_citation
    shared = _shared(
        case,
        law,
        party,
        f"{law.information_ja}の開示請求に関する意見について（照会）",
        key,
        paper=paper,
    )
    return {
        **shared,
        "content": _lines(asked.content),
        "item": rule.item(asked.item, "ja") if asked.item else "",
        "why": _lines(asked.why),
        "requester": asked.requester,
        "due": format_wareki(asked.due_on),
        "you": "貴団体" if party.honorific == "御中" else "あなた",
        "answer": enclosed(ANSWER, SAID_BY_LETTER, day=paper.issued_on),
    }


def objection_notice(
    case: Case,
    party: Party,
    told: Disclosure,
    *,
    paper: Paper,
) -> Context:
    """F13: that it is disclosed all the same, why, from when, and what can be done against it."""
    law, rule = _law(case)
    shared = _shared(
        case,
        law,
        party,
        f"反対意見書に係る{law.information_ja}の開示決定について（通知）",
        rule.objection_citation,
        paper=paper,
    )
    return {
        **shared,
        "answered": format_wareki(told.answered_on) if told.answered_on else "",
        "decided": format_wareki(told.decided_on),
        "decision_number": told.decision_number,
        "why": _lines(told.reasons),
        "release": format_wareki(told.release_on),
        "remedies": remedies.paragraphs(law.remedies, case.law_day, paper.organisation),
        "you": "貴団体" if party.honorific == "御中" else "あなた",
    }


def _law(case: Case) -> tuple[Regime, InquiryRule]:
    law = regime(case.regime, case.law_day)
    rule = inquiry_rule(law, case.law_day)
    if rule is None:
        raise KeyError(f"No inquiry under {law.code}")
    return law, rule


def _shared(
    case: Case,
    law: Regime,
    party: Party,
    title: str,
    citation_key: str,
    *,
    paper: Paper,
) -> Context:
    citation = cite(citation_key, case.law_day)
    values = {Field.NAME: party.name, Field.ADDRESS: party.address, Field.POSTAL_CODE: party.postal_code}
    shared = frame(
        case,
        law,
        values,
        title=title,
        statute=STATUTES[citation.statute],
        article=citation.ja,
        paper=paper,
    )
    return {
        **shared,
        "addressee": party.name,
        "addressee_postal_code": party.postal_code,
        "addressee_address": party.address,
        "honorific": party.honorific,
    }


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
