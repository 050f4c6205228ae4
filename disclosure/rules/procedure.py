"""What of the room's procedure a regime has: its states, and the steps that it does not know, each with a reason.

The table of all states is ``rules/states.py``; a regime names those that its requests can be in, and its clocks.
"""

from __future__ import annotations

import re

from disclosure.rules.clocks import CLOCKS
from disclosure.rules.decisions import NEEDS_REASONS, DecisionType
from disclosure.rules.grounds import GROUNDS
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.states import ENDED, TABLE, Action, State
from disclosure.rules.statutes import CITATIONS
from portal.core.errors import N_
from portal.core.law_tables import TableError

# Why a step is not known to a law, where a plain word helps more than that it is not possible.
UNKNOWN = {
    Action.TRANSFER: N_("The law of this request knows no transfer: tell the requester where to ask."),
    Action.LAPSE: N_("The law of this request sets no time to choose in, so nothing lapses."),
    Action.ACCEPT_LATE: N_("The law of this request sets no time to choose in, so nothing comes late."),
    Action.EXTEND: N_("The law of this request knows no extension: answer without delay."),
    Action.APPLY_SPECIAL_PERIOD: N_("The law of this request knows no special period."),
    Action.ASK_FURTHER: N_("The law of this request knows no further disclosure: ask anew."),
}
NOT_KNOWN = N_("The law of this request does not know this step.")
FORM = re.compile(r"F([1-9]|[12][0-9])|D4")


def states(law: Regime) -> tuple[State, ...]:
    """The states of a request under ``law``, in the order of the list of all."""
    return tuple(state for state in State if state in law.states)


def after(law: Regime, state: State) -> State:
    """Where a step leads that leads to ``state``: to the search, where it does not matter who asks."""
    return State.SEARCH if state is State.IDENTITY_CHECK and state not in law.states else state


def refusal(law: Regime, action: Action) -> str:
    """Why ``action`` does not exist under ``law``, as a message id; empty when it does."""
    clocks = {
        Action.EXTEND: law.extension_clock,
        Action.APPLY_SPECIAL_PERIOD: law.special_clock,
        Action.ACCEPT_LATE: law.method_clock,
        Action.ASK_FURTHER: law.further_clock,
    }
    targets = {after(law, row[action]) for row in TABLE.values() if action in row}
    if not clocks.get(action, "always") or not targets & set(states(law)):
        return UNKNOWN.get(action, NOT_KNOWN)
    return ""


def table(law: Regime) -> dict[State, dict[Action, State]]:
    """The table of states of ``law``: where each of its steps leads from each of its states."""
    known = states(law)
    return {
        state: {
            action: after(law, target)
            for action, target in TABLE[state].items()
            if after(law, target) in known and not refusal(law, action)
        }
        for state in known
    }


def possible(law: Regime, state: State) -> tuple[Action, ...]:
    """The actions that ``law`` knows in ``state``, in the order of the table."""
    return tuple(table(law).get(state, {}))


def _check(law: Regime) -> None:
    place = f"regimes.toml: {law.code}"
    if unknown := set(law.states) - set(State):
        raise TableError(f"{place} names the unknown state {min(unknown)}.")
    if unknown := set(law.decision_types) - set(DecisionType):
        raise TableError(f"{place} names the unknown type {min(unknown)}.")
    if (State.TRANSFERRED in law.states) != (DecisionType.TRANSFERRED in law.decision_types):
        raise TableError(f"{place} must have the state and the type of a transfer, or neither.")
    if (State.LAPSED in law.states) != bool(law.method_clock):
        raise TableError(f"{place}: a request lapses exactly where there is a time to choose in.")
    _check_reach(law, place)
    _check_names(law, place)


def _check_reach(law: Regime, place: str) -> None:
    steps = table(law)
    reached, left = {State.RECEIVED}, [State.RECEIVED]
    while left:
        for state in steps.get(left.pop(), {}).values():
            if state not in reached:
                reached.add(state)
                left.append(state)
    if lost := set(states(law)) - reached:
        raise TableError(f"{place}: no step leads to the state {min(lost)}.")
    for state in states(law):
        if state not in ENDED and not any(target is not state for target in steps[state].values()):
            raise TableError(f"{place}: no step leads out of the state {state}.")


def _check_names(law: Regime, place: str) -> None:
    clocks = (
        law.decision_clock, law.extension_clock, law.special_clock, law.method_clock, law.claim_clock,
        law.appeal_clock, law.suit_clock, law.further_clock,
    )  # fmt: skip
    if unknown := {code for code in clocks if code} - {row.code for row in CLOCKS}:
        raise TableError(f"{place} names the unknown clock {min(unknown)}.")
    places = (
        law.request_citation, law.disclose_citation, law.withhold_citation, law.period_citation, law.partial_citation,
        law.further_citation, law.method_citation,
    )  # fmt: skip
    if unknown := {key for key in places if key} - {row.key for row in CITATIONS}:
        raise TableError(f"{place} names the unknown citation {min(unknown)}.")
    if bool(law.further_clock) != bool(law.further_citation):
        raise TableError(f"{place} does not say where its further disclosure stands.")
    if unknown := {code for code in law.letters if not FORM.fullmatch(code)}:
        raise TableError(f"{place} names the unknown form {min(unknown)}.")
    grounds = {
        kind
        for row in GROUNDS
        if row.regime == (law.grounds_of or law.code) and row.code not in law.grounds_without
        for kind in row.types
    }
    if bare := NEEDS_REASONS & set(law.decision_types) - grounds:
        raise TableError(f"{place} has no ground for the type {min(bare)}.")


for _regime in REGIMES:
    _check(_regime)
