"""Several cases of one cause are reported in one report (X17; paragraph 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discrepancy.rules.states import CaseState
from portal.core.errors import N_

NOT_DUE = N_("A report is not due for each of these cases.")
OTHER_CAUSER = N_("These cases were caused by different bodies.")
OTHER_CAUSE = N_("These cases do not have the same cause.")


@dataclass(frozen=True)
class Caused:
    """A case as it counts here: its state, the code of the body that caused it, the cause that it is filed under."""

    state: CaseState
    causer_code: str
    cause_id: str


def hinders_one_report(cases: Sequence[Caused]) -> str:
    """Why the cases cannot be reported in one; empty if they can."""
    if not cases or any(case.state is not CaseState.REPORT_DUE for case in cases):
        return NOT_DUE
    if len({case.causer_code for case in cases}) > 1:
        return OTHER_CAUSER
    if len(cases) > 1 and (len({case.cause_id for case in cases}) > 1 or not cases[0].cause_id):
        return OTHER_CAUSE
    return ""
