"""For whom a case waits in each state, and until which day."""

from __future__ import annotations

from datetime import date

from discrepancy.rules.states import CaseState, Party

_S = CaseState
# Whose move it is. ``None``: that of whoever caused it (X8). States that are not here wait for nobody of the bodies.
TURN: dict[CaseState, Party | None] = {
    _S.DOUBT: Party.INQUIRER,
    _S.OUTAGE_CHECK: Party.INQUIRER,
    _S.WAITING_FOR_OPERATOR: Party.OPERATOR,
    _S.SELF_CHECK: Party.INQUIRER,
    _S.PROVIDER_ASKED: Party.PROVIDER,
    _S.INVESTIGATING: Party.PROVIDER,
    _S.PROVIDER_SLOW: Party.PROVIDER,
    _S.CAUSE_INQUIRER: Party.INQUIRER,
    _S.CAUSE_PROVIDER: Party.PROVIDER,
    _S.DUPLICATE_FIXED: Party.INQUIRER,
    _S.REQUERIED: Party.INQUIRER,
    _S.REMEDIED: None,
    _S.REPORT_DUE: None,
    _S.REPORTED: Party.OPERATOR,
}
# The provider answers or says that it will take long (X5); others answer; the report is awaited (X16).
FIRST_ANSWER = frozenset({_S.PROVIDER_ASKED, _S.INVESTIGATING})
ANSWERS = frozenset({_S.ESCALATED})
REPORT = frozenset({_S.CAUSE_INQUIRER, _S.CAUSE_PROVIDER, _S.DUPLICATE_FIXED, _S.REQUERIED, _S.REMEDIED, _S.REPORT_DUE})


def waits_until(
    state: CaseState, *, provider_due_on: date | None, others_due_on: date | None, report_due_on: date | None
) -> date | None:
    """The day until which a case in this state waits; None where nothing fixes one.

    ``provider_due_on``: by when the provider says something; ``others_due_on``: by when the next of the others that
    were asked answers.
    """
    if state in FIRST_ANSWER:
        return provider_due_on
    if state in ANSWERS:
        return others_due_on
    return report_due_on if state in REPORT else None
