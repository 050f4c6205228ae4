"""Somebody else whose information is in the records: asking them, and waiting when they object.

第三者に対する意見書提出の機会の付与等: 個人情報の保護に関する法律 第86条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disclosure.rules import deadlines
from disclosure.rules.deadlines import Due
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.statutes import cite
from disclosure.rules.tables import read
from disclosure.rules.transfers import UNIFORM
from portal.core.calendar import roll_forward
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force

NOT_UNDER_THIS_LAW = N_("The law of this request knows no inquiry to third parties.")
NOT_A_REQUEST = N_("Third parties are asked about requests for disclosure only.")
LONGEST_ANSWER = timedelta(days=92)


class PartyState(StrEnum):
    """How far it has come with one third party. ``skipped``: whereabouts unknown."""

    LISTED = "listed"
    SKIPPED = "skipped"
    ASKED = "asked"
    ANSWERED = "answered"
    DROPPED = "dropped"


class Answer(StrEnum):
    """What a third party said: nothing by the day, no objection, or an objection (反対意見書)."""

    NONE = "none"
    CONSENT = "consent"
    OPPOSED = "opposed"


class Item(StrEnum):
    """Why a third party must be asked (第86条第2項): the provision that outweighs it (第1号), or discretion (第2号)."""

    OUTWEIGHED = "1"
    DISCRETION = "2"


ANSWERS = {
    Answer.NONE: N_("No answer by the day"),
    Answer.CONSENT: N_("No objection"),
    Answer.OPPOSED: N_("Objects to the disclosure"),
}
PARTY_STATES = {
    PartyState.LISTED: N_("Not asked yet"),
    PartyState.SKIPPED: N_("Not asked: whereabouts unknown"),
    PartyState.ASKED: N_("Asked"),
    PartyState.ANSWERED: N_("Answered"),
    PartyState.DROPPED: N_("Taken off the list"),
}


@dataclass(frozen=True)
class InquiryRule:
    """Where a law allows and where it demands the inquiry, and how long records wait after an objection."""

    regime: str
    clock: str
    optional_citation: str
    required_citation: str
    objection_citation: str
    items_ja: tuple[str, ...]
    items_en: tuple[str, ...]
    effective_from: date
    source: str

    def item(self, item: Item, language: str) -> str:
        """Why the law demands the inquiry, in words."""
        return (self.items_ja if language == "ja" else self.items_en)[int(item) - 1]


@dataclass(frozen=True)
class Terms:
    """How many days a third party has to answer."""

    answer_days: int
    effective_from: date
    source: str


INQUIRIES = read("third_parties.toml", "inquiry", InquiryRule)
TERMS = read("third_parties.toml", "terms", Terms)

for _row in INQUIRIES:
    for _key in (_row.optional_citation, _row.required_citation, _row.objection_citation):
        cite(_key, _row.effective_from)
    if len(_row.items_ja) != len(Item) or len(_row.items_en) != len(Item):
        raise TableError(f"third_parties.toml: {_row.regime} names an item too few or too many.")
    if _row.regime not in {law.code for law in REGIMES}:
        raise TableError(f"third_parties.toml: {_row.regime} is no regime.")


def inquiry_rule(law: Regime, day: date) -> InquiryRule | None:
    """The rule in force on ``day``; None where the law knows no inquiry."""
    return in_force((row for row in INQUIRIES if row.regime == law.code), day)


def inquiry_problem(law: Regime, day: date, kind: CaseKind, records: RecordKind) -> str:
    """What forbids asking third parties about such a request, as a message id; empty when nothing does."""
    if kind is not CaseKind.DISCLOSURE:
        return NOT_A_REQUEST
    if inquiry_rule(law, day) is None:
        return NOT_UNDER_THIS_LAW
    return UNIFORM if records is RecordKind.INQUIRY else ""


def answer_by(today: date) -> date:
    """The day that is offered for the answer: a business day, counted from today."""
    row = in_force(TERMS, today)
    if row is None:
        raise KeyError(f"No terms of inquiries on {today}")
    return roll_forward(today + timedelta(days=row.answer_days))


def answer_day_problem(day: date | None, *, today: date) -> str:
    """What is wrong with a day for the answer, as a message id; empty when nothing is."""
    if day is None or day <= today:
        return N_("Choose a day after today.")
    return N_("This day is too far away.") if day > today + LONGEST_ANSWER else ""


def waiting(law: Regime, law_day: date, start_on: date) -> Due:
    """How long the records wait (第86条第3項), from the day of the decision, or of a later notice to the opponent.

    ``opens_on`` is the first day on which they may be handed out. KeyError where the law knows no such wait.
    """
    row = inquiry_rule(law, law_day)
    if row is None:
        raise KeyError(f"No inquiry under {law.code} on {law_day}")
    return deadlines.compute(row.clock, start_on, law_day=law_day)
