"""The life of a discrepancy between what the network delivered and what an applicant's papers say, as one table.

Rules X1-X17 are those of the notice 総官参第11号 (16 June 2017): deciding on the papers (X7), asking others (X6) and
calling in an emergency (X12, X13) go on beside the states and move nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.core.errors import N_, Conflict


class CaseKind(StrEnum):
    """``different``: what was delivered and the papers differ (齟齬). ``undelivered``: nothing came, or an error."""

    DIFFERENT = "different"
    UNDELIVERED = "undelivered"


class CaseState(StrEnum):
    DOUBT = "doubt"
    OUTAGE_CHECK = "outage-check"
    WAITING_FOR_OPERATOR = "waiting-for-operator"
    SELF_CHECK = "self-check"
    PROVIDER_ASKED = "provider-asked"
    INVESTIGATING = "investigating"
    PROVIDER_SLOW = "provider-slow"
    ESCALATED = "escalated"
    CAUSE_INQUIRER = "cause-inquirer"
    CAUSE_PROVIDER = "cause-provider"
    DUPLICATE_FIXED = "duplicate-fixed"
    REQUERIED = "requeried"
    REMEDIED = "remedied"
    REPORT_DUE = "report-due"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    CLOSED_WITHOUT_REPORT = "closed-without-report"


class Party(StrEnum):
    """Who a body is in a case. ``prefecture``: that of a party, which passes on and reads.

    ``operator``: who runs the information-provision network.
    """

    INQUIRER = "inquirer"
    PROVIDER = "provider"
    PREFECTURE = "prefecture"
    OPERATOR = "operator"


class CaseAction(StrEnum):
    LOOK_FOR_OUTAGE = "look-for-outage"
    FIND_WIDE_OUTAGE = "find-wide-outage"
    FIND_LOCAL_ERROR = "find-local-error"
    END_OUTAGE = "end-outage"
    CHECK_SELF = "check-self"
    FIND_OWN_CAUSE = "find-own-cause"
    ASK_PROVIDER = "ask-provider"
    TAKE_UP = "take-up"
    SAY_SLOW = "say-slow"
    GO_ON = "go-on"
    ESCALATE = "escalate"
    HEAR_ANSWER = "hear-answer"
    FIND_WRONG_DATA = "find-wrong-data"
    FIND_INQUIRER_CAUSE = "find-inquirer-cause"
    FIX_DUPLICATE = "fix-duplicate"
    REQUERY = "requery"
    REMEDY = "remedy"
    OWE_REPORT = "owe-report"
    CLOSE_WITHOUT_REPORT = "close-without-report"
    REPORT = "report"
    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True)
class Way:
    """Where a step leads, who takes it, and the rules that it follows. ``by`` empty: whoever caused it (起因者, X8)."""

    to: CaseState
    by: tuple[Party, ...]
    rules: tuple[str, ...]


_S, _A = CaseState, CaseAction
_INQUIRER, _PROVIDER, _OPERATOR = (Party.INQUIRER,), (Party.PROVIDER,), (Party.OPERATOR,)
_EITHER = (Party.INQUIRER, Party.PROVIDER)
CAUSER: tuple[Party, ...] = ()

TABLE: dict[CaseState, dict[CaseAction, Way]] = {
    _S.DOUBT: {
        _A.LOOK_FOR_OUTAGE: Way(_S.OUTAGE_CHECK, _INQUIRER, ("X9",)),
        _A.CHECK_SELF: Way(_S.SELF_CHECK, _INQUIRER, ("X1",)),
    },
    _S.OUTAGE_CHECK: {
        _A.FIND_WIDE_OUTAGE: Way(_S.WAITING_FOR_OPERATOR, (*_INQUIRER, *_OPERATOR), ("X9", "X11")),
        _A.FIND_LOCAL_ERROR: Way(_S.SELF_CHECK, _INQUIRER, ("X10",)),
    },
    _S.WAITING_FOR_OPERATOR: {
        _A.END_OUTAGE: Way(_S.CLOSED_WITHOUT_REPORT, _OPERATOR, ("X11",)),
        _A.FIND_LOCAL_ERROR: Way(_S.SELF_CHECK, _INQUIRER, ("X10",)),
    },
    _S.SELF_CHECK: {
        _A.FIND_WIDE_OUTAGE: Way(_S.WAITING_FOR_OPERATOR, (*_INQUIRER, *_OPERATOR), ("X9", "X11")),
        _A.FIND_OWN_CAUSE: Way(_S.CAUSE_INQUIRER, _INQUIRER, ("X1",)),
        _A.ASK_PROVIDER: Way(_S.PROVIDER_ASKED, _INQUIRER, ("X2", "X3", "X14")),
    },
    _S.PROVIDER_ASKED: {
        _A.TAKE_UP: Way(_S.INVESTIGATING, _PROVIDER, ("X4",)),
        _A.FIND_OWN_CAUSE: Way(_S.CAUSE_INQUIRER, _INQUIRER, ("X1",)),
    },
    _S.INVESTIGATING: {
        _A.SAY_SLOW: Way(_S.PROVIDER_SLOW, _PROVIDER, ("X5",)),
        _A.ESCALATE: Way(_S.ESCALATED, _EITHER, ("X6", "X14")),
        _A.FIND_WRONG_DATA: Way(_S.CAUSE_PROVIDER, _PROVIDER, ("X4",)),
        _A.FIND_INQUIRER_CAUSE: Way(_S.CAUSE_INQUIRER, _EITHER, ("X4",)),
    },
    _S.PROVIDER_SLOW: {
        _A.GO_ON: Way(_S.INVESTIGATING, _PROVIDER, ("X5", "X7")),
        _A.ESCALATE: Way(_S.ESCALATED, _EITHER, ("X6", "X14")),
    },
    _S.ESCALATED: {_A.HEAR_ANSWER: Way(_S.INVESTIGATING, _EITHER, ("X6",))},
    _S.CAUSE_INQUIRER: {
        _A.REMEDY: Way(_S.REMEDIED, _INQUIRER, ("X16",)),
        _A.OWE_REPORT: Way(_S.REPORT_DUE, _INQUIRER, ("X8", "X16")),
    },
    _S.CAUSE_PROVIDER: {
        _A.FIX_DUPLICATE: Way(_S.DUPLICATE_FIXED, _PROVIDER, ("X4",)),
        _A.OWE_REPORT: Way(_S.REPORT_DUE, _PROVIDER, ("X8", "X16")),
    },
    _S.DUPLICATE_FIXED: {
        _A.REQUERY: Way(_S.REQUERIED, _INQUIRER, ("X4", "X15")),
        _A.REMEDY: Way(_S.REMEDIED, _INQUIRER, ("X15",)),
    },
    _S.REQUERIED: {_A.REMEDY: Way(_S.REMEDIED, _INQUIRER, ("X4",))},
    _S.REMEDIED: {
        _A.OWE_REPORT: Way(_S.REPORT_DUE, CAUSER, ("X8", "X16")),
        _A.CLOSE_WITHOUT_REPORT: Way(_S.CLOSED_WITHOUT_REPORT, _INQUIRER, ("X10",)),
    },
    _S.REPORT_DUE: {_A.REPORT: Way(_S.REPORTED, CAUSER, ("X8", "X16", "X17"))},
    _S.REPORTED: {
        _A.ACCEPT: Way(_S.ACCEPTED, _OPERATOR, ("X8",)),
        _A.RETURN: Way(_S.REPORT_DUE, _OPERATOR, ("X8",)),
    },
    _S.ACCEPTED: {},
    _S.CLOSED_WITHOUT_REPORT: {},
}

OPEN = frozenset(state for state, ways in TABLE.items() if ways)
# Where the inquirer may decide on the applicant's papers while the search for the cause goes on (X7; X11 in an outage).
PAPERS = frozenset(
    {
        _S.WAITING_FOR_OPERATOR,
        _S.SELF_CHECK,
        _S.PROVIDER_ASKED,
        _S.INVESTIGATING,
        _S.PROVIDER_SLOW,
        _S.ESCALATED,
        _S.CAUSE_PROVIDER,
    }
)


def way(state: CaseState, action: CaseAction) -> Way:
    """The way of a step; raises Conflict where the table has none."""
    try:
        return TABLE[state][action]
    except KeyError:
        raise Conflict(N_("The case is no longer in a state in which this can be done.")) from None


@dataclass(frozen=True)
class Facts:
    """What of a case decides over its steps besides its state. ``causer``: who caused it, once that is known."""

    kind: CaseKind
    papers_used: bool = False
    causer: Party | None = None


def hindrance(action: CaseAction, facts: Facts) -> str:
    """Why a step that the table has may not be taken in this case; empty if nothing hinders it."""
    if action is CaseAction.LOOK_FOR_OUTAGE and facts.kind is not CaseKind.UNDELIVERED:
        return N_("Something was delivered: check whether the number, the terminal or your own system is at fault.")
    if action is CaseAction.CHECK_SELF and facts.kind is CaseKind.UNDELIVERED:
        return N_("Nothing was delivered: look first whether a wide outage is published.")
    needless = needs_no_report(facts)
    if action is CaseAction.CLOSE_WITHOUT_REPORT and not needless:
        return N_("A report is needed: what was delivered differed, or the papers were used.")
    if action is CaseAction.OWE_REPORT and needless:
        return N_("No report is needed: nothing was delivered, and the papers were not used.")
    return ""


def needs_no_report(facts: Facts) -> bool:
    """Nothing was delivered for a local error, and the case was not decided on the papers (X10)."""
    return facts.kind is CaseKind.UNDELIVERED and not facts.papers_used


def may_take(action: CaseAction, state: CaseState, facts: Facts, party: Party) -> bool:
    """Whether a body that is ``party`` to the case takes this step, by the table."""
    by = way(state, action).by
    return party in by if by else party is facts.causer


def used_papers(state: CaseState) -> None:
    """Raise Conflict where deciding on the papers has no place (X7, X11)."""
    if state not in PAPERS:
        raise Conflict(N_("The papers may be used while the cause is not yet known."))
