"""By which law a case is answered: a request by its regime, a claim by the claim's own row under that regime."""

from __future__ import annotations

from disclosure.models.case import Case
from disclosure.rules.claims import claim_law
from disclosure.rules.clocks import clock
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import CaseKind
from disclosure.rules.regimes import Regime


def kind_of(case: Case) -> CaseKind:
    """What the case asks for. One not stored yet, as a sample, asks for a disclosure unless it says so."""
    return case.kind or CaseKind.DISCLOSURE


def is_claim(case: Case) -> bool:
    """Whether it asks for a correction or a suspension of use."""
    return kind_of(case) is not CaseKind.DISCLOSURE


def case_law(case: Case) -> Regime:
    """Clocks, articles, decisions and remedies of this case, as the law stood on its day."""
    return claim_law(kind_of(case), case.regime, case.law_day)


def discloses(case: Case) -> bool:
    """Whether the decision hands out records."""
    return case.decision_type in DISCLOSES and not is_claim(case)


def grants(case: Case) -> bool:
    """Whether the decision grants a claim, whole or in part, so that it must be carried out."""
    return case.decision_type in DISCLOSES and is_claim(case)


def stands_still(case: Case) -> bool:
    """Whether the clock of the decision stands still while a correction is awaited: not under every law."""
    return clock(case_law(case).decision_clock, case.law_day).pauses
