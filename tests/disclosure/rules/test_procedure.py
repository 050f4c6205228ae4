"""What each regime has of the procedure; an old case keeps the procedure of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules import procedure, regimes
from disclosure.rules.procedure import possible, refusal, states, table
from disclosure.rules.regimes import REGIMES, regime
from disclosure.rules.states import TABLE, Action, State
from portal.core.law_tables import TableError

DAY = date(2026, 4, 1)
ALL = ("P1", "P2", "P3", "P4", "P5", "P6", "P6-own")


@pytest.mark.parametrize(
    ("action", "known"),
    [
        (Action.TRANSFER, {"P2", "P6"}),
        (Action.LAPSE, {"P2", "P5", "P6"}),
        (Action.ACCEPT_LATE, {"P2", "P5", "P6"}),
        (Action.EXTEND, {"P2", "P3", "P4", "P5", "P6", "P6-own"}),
        (Action.APPLY_SPECIAL_PERIOD, {"P2", "P5", "P6"}),
        (Action.ASK_FURTHER, {"P6", "P6-own"}),
        (Action.CHOOSE_METHOD, set(ALL)),
        (Action.WITHDRAW, set(ALL)),
    ],
)
def test_a_law_knows_its_own_steps(action, known):
    assert {code for code in ALL if not refusal(regime(code, DAY), action)} == known
    for code in set(ALL) - known:
        assert refusal(regime(code, DAY), action).startswith("The law of this request")
        assert not any(action in row for row in table(regime(code, DAY)).values())


def test_the_law_of_public_bodies_has_the_whole_table():
    further = {Action.ASK_FURTHER}
    whole = {state: {one: after for one, after in row.items() if one not in further} for state, row in TABLE.items()}
    assert table(regime("P2", DAY)) == whole
    assert states(regime("P2", DAY)) == tuple(State)


@pytest.mark.parametrize("code", ["P6", "P6-own"])
def test_whoever_asks_for_documents_is_not_asked_who_they_are(code):
    steps = table(regime(code, DAY))
    assert State.IDENTITY_CHECK not in steps
    assert steps[State.RECEIVED][Action.START_IDENTITY_CHECK] is State.SEARCH
    assert steps[State.CORRECTION][Action.ANSWER_CORRECTION] is State.SEARCH
    assert steps[State.IMPLEMENTED][Action.ASK_FURTHER] is State.METHOD_CHOICE
    assert Action.CONFIRM_IDENTITY not in {action for row in steps.values() for action in row}


def test_a_business_has_no_transfer_no_special_period_and_nothing_lapses():
    law = regime("P1", DAY)
    assert set(State) - set(states(law)) == {State.TRANSFERRED, State.LAPSED}
    found = possible(law, State.SEARCH)
    assert Action.DRAFT in found
    assert not {Action.TRANSFER, Action.EXTEND, Action.APPLY_SPECIAL_PERIOD} & set(found)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"states": ("received", "nowhere")}, "names the unknown state nowhere"),
        ({"states": tuple(state for state in State if state is not State.TRANSFERRED)}, "a transfer, or neither"),
        ({"states": tuple(state for state in State if state is not State.LAPSED)}, "a time to choose in"),
        ({"states": tuple(state for state in State if state is not State.DRAFTING)}, "no step leads to the state"),
        ({"decision_clock": "D99"}, "unknown clock D99"),
        ({"withhold_citation": "nowhere"}, "unknown citation nowhere"),
        ({"letters": ("F30",)}, "unknown form F30"),
        ({"decision_types": ("A", "G", "Z")}, "unknown type Z"),
        ({"decision_types": ("A", "G", "J"), "grounds_without": ("J1",)}, "no ground for the type J"),
    ],
)
def test_a_regime_that_cannot_work_stops_the_start_and_is_named(change, fault):
    with pytest.raises(TableError, match=f"regimes.toml: P2.*{fault}"):
        procedure._check(replace(regime("P2", DAY), **change))


def test_a_later_law_without_transfers_leaves_old_cases_theirs(monkeypatch):
    row = regime("P2", DAY)
    later = replace(
        row,
        effective_from=date(2027, 4, 1),
        states=tuple(state for state in row.states if state != State.TRANSFERRED),
        decision_types=tuple(kind for kind in row.decision_types if kind != "G"),
    )
    procedure._check(later)
    monkeypatch.setattr(regimes, "REGIMES", (*REGIMES, later))
    assert not refusal(regimes.regime("P2", date(2027, 3, 31)), Action.TRANSFER)
    assert refusal(regimes.regime("P2", date(2027, 4, 1)), Action.TRANSFER)
