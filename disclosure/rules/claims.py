"""Claims about what was disclosed: correction (訂正) and suspension of use (利用停止), as rows of data.

個人情報の保護に関する法律 第90条から第103条まで, for businesses 第34条 and 第35条.
住民基本台帳法 第30条の35, 公的個人認証法 第61条.
A claim is answered under the regime of the disclosure. :func:`claim_law` puts the claim's own clocks, articles and
decisions in the place of the regime's, so that whatever asks a regime asks for a claim in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from disclosure.rules import deadlines, procedure
from disclosure.rules.clocks import clock
from disclosure.rules.deadlines import Due
from disclosure.rules.decisions import DecisionType
from disclosure.rules.grounds import GROUNDS, Ground, Wording, available
from disclosure.rules.kinds import CaseKind
from disclosure.rules.regimes import REGIMES, Regime, regime
from disclosure.rules.states import Action
from disclosure.rules.statutes import cite
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force


class Measure(StrEnum):
    """What is asked for in a suspension: no more use (利用の停止), erasure (消去), not given to others (提供の停止)."""

    STOP_USE = "stop-use"
    ERASE = "erase"
    STOP_PROVIDING = "stop-providing"


MEASURES = {
    Measure.STOP_USE: N_("Stop using it"),
    Measure.ERASE: N_("Erase it"),
    Measure.STOP_PROVIDING: N_("Stop giving it to others"),
}
MEASURES_JA = {
    Measure.STOP_USE: "利用の停止",
    Measure.ERASE: "消去",
    Measure.STOP_PROVIDING: "提供の停止",
}
# What a case is, as pages say it.
KINDS = {
    CaseKind.DISCLOSURE: N_("Disclosure"),
    CaseKind.CORRECTION: N_("Correction"),
    CaseKind.SUSPENSION: N_("Suspension of use"),
}
CLAIMS = (CaseKind.CORRECTION, CaseKind.SUSPENSION)
# What belongs to handing out records.
NO_RECORDS = frozenset(
    {Action.ATTACH_RECORD, Action.REMOVE_RECORD, Action.CHOOSE_METHOD, Action.RELEASE, Action.LAPSE, Action.ACCEPT_LATE}
)
HANDS_OUT_NOTHING = N_("A claim hands out no records. Those that it is about are in the case that disclosed them.")


@dataclass(frozen=True)
class Claim:
    """What the law says of one kind of claim under one regime, from a day on.

    Clocks are codes of ``clocks.toml``, citations keys of ``statutes.toml``; empty where the law has none. Without a
    ``window_clock`` there is no time limit and no disclosure is needed before.
    """

    regime: str
    kind: CaseKind
    noun_ja: str
    request_ja: str
    decisions_ja: str
    request_en: str
    window_clock: str
    decision_clock: str
    extension_clock: str
    special_clock: str
    request_citation: str
    duty_citation: str
    grant_citation: str
    refuse_citation: str
    transfer_citation: str
    recipients_citation: str
    standard_ja: str
    standard_en: str
    decision_types: tuple[str, ...]
    remedies: str
    disposition: bool
    effective_from: date
    sources: tuple[str, ...]
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """Days of practice: within how many days what was granted is carried out (遅滞なく)."""

    effective_from: date
    carry_out_days: int
    source: str


@dataclass(frozen=True)
class Window:
    """Whether a claim came in time. ``due`` explains the last day; None where there is no limit."""

    due: Due | None
    late: bool


ROWS = read("claims.toml", "claim", Claim)
TERMS = read("claims.toml", "terms", Terms)


def claim(kind: CaseKind, regime_code: str, day: date) -> Claim | None:
    """The claim as the law of ``day`` has it; None where the regime does not know it."""
    return in_force((row for row in ROWS if (row.kind, row.regime) == (kind, regime_code)), day)


def offered(regime_code: str, day: date) -> tuple[Claim, ...]:
    """The claims that can be made about a disclosure under a regime."""
    found = (claim(kind, regime_code, day) for kind in CLAIMS)
    return tuple(row for row in found if row is not None)


def claim_law(kind: CaseKind, regime_code: str, day: date) -> Regime:
    """The law by which a case is answered: the regime, or for a claim the regime with the claim's own row.

    KeyError when there is none.
    """
    law = regime(regime_code, day)
    if kind is CaseKind.DISCLOSURE:
        return law
    row = claim(kind, regime_code, day)
    if row is None:
        raise KeyError(f"No {kind} under {regime_code} on {day}")
    return replace(
        law,
        kind=kind,
        decision_clock=row.decision_clock,
        extension_clock=row.extension_clock,
        special_clock=row.special_clock,
        method_clock="",
        claim_clock="",
        appeal_clock=law.appeal_clock if row.disposition else "",
        suit_clock=law.suit_clock if row.disposition else "",
        request_citation=row.request_citation,
        disclose_citation=row.grant_citation,
        withhold_citation=row.refuse_citation,
        period_citation="",
        decision_types=row.decision_types,
        remedies=row.remedies,
        period_ja=f"{row.decisions_ja}の期限",
        nothing_answers=False,
        disposition=row.disposition,
    )


def refusal(law: Regime, action: Action) -> str:
    """Why ``action`` does not exist for what is asked for under ``law``, as a message id; empty when it does."""
    if law.kind is CaseKind.DISCLOSURE:
        return procedure.NOT_KNOWN if action is Action.CARRY_OUT else procedure.refusal(law, action)
    if action in NO_RECORDS:
        return HANDS_OUT_NOTHING
    if action is Action.TRANSFER and DecisionType.TRANSFERRED not in law.decision_types:
        return procedure.UNKNOWN[action]
    return procedure.refusal(law, action)


def window(row: Claim, disclosed_on: date | None, received_on: date, day: date) -> Window:
    """Whether a claim that arrived on ``received_on`` came in time after the disclosure of ``disclosed_on``.

    A claim whose disclosure is not known cannot be found late: that it is proven is a matter of form.
    """
    if not row.window_clock or disclosed_on is None:
        return Window(None, late=False)
    due = deadlines.compute(row.window_clock, disclosed_on, law_day=day)
    return Window(due, late=received_on > due.binding_on)


def alleged(law: Regime, day: date) -> tuple[Ground, ...]:
    """What a requester can say is wrong: the grounds on which the claim would be granted."""
    return tuple(row for row in available(law, "A", day) if row.grants)


def carry_out_days(day: date) -> int:
    """Within how many days of the decision what was granted is to be carried out."""
    found = in_force(TERMS, day)
    return found.carry_out_days if found else TERMS[0].carry_out_days


def _check(row: Claim) -> None:
    since = row.effective_from
    if row.regime not in {one.code for one in REGIMES}:
        raise TableError(f"claims.toml: {row.regime} is not a known regime.")
    for code in (row.window_clock, row.decision_clock, row.extension_clock, row.special_clock):
        if code:
            clock(code, since)
    for key in (
        row.request_citation, row.duty_citation, row.grant_citation, row.refuse_citation, row.transfer_citation,
        row.recipients_citation,
    ):  # fmt: skip
        if key:
            cite(key, since)


for _row in ROWS:
    _check(_row)
for _ground in GROUNDS:
    if _ground.wording is Wording.CLAIM and _ground.kind is CaseKind.DISCLOSURE:
        raise TableError(f"claims.toml: the ground {_ground.code} belongs to no claim.")
    for _measure in _ground.measures:
        if _measure not in set(Measure):
            raise TableError(f"claims.toml: {_measure} is not a known measure.")
