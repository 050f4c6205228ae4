"""What a decision needs to be complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.decisions import DecisionType, Reason, choices, problems
from disclosure.rules.grounds import available
from disclosure.rules.regimes import of_profile, regime

DAY = date(2026, 4, 1)
BODY, BUSINESS = of_profile("public-body", DAY), of_profile("j-lis-like", DAY)
REASON = Reason("受付担当者の氏名", "N2", "個人に関する情報", "個人が識別される")


def fields(kind, reasons, *, law=BODY, records=1):
    return [
        (problem.number, problem.field) for problem in problems(kind, reasons, regime=law, day=DAY, records=records)
    ]


def test_a_full_disclosure_needs_a_record_and_no_reason():
    assert fields(DecisionType.FULL, []) == []
    assert fields(DecisionType.FULL, [], records=0) == [(0, "type")]
    assert fields(DecisionType.FULL, [REASON]) == [(0, "reasons")]


def test_a_partial_disclosure_needs_a_record_and_a_reason():
    assert fields(DecisionType.PARTIAL, [REASON]) == []
    assert fields(DecisionType.PARTIAL, []) == [(0, "reasons")]
    assert fields(DecisionType.PARTIAL, [REASON], records=0) == [(0, "type")]


@pytest.mark.parametrize("field", ["part", "ground", "nature", "harm"])
@pytest.mark.parametrize("empty", ["", "　\n"])
def test_each_part_of_each_reason_is_needed(field, empty):
    assert fields(DecisionType.NONE, [REASON, replace(REASON, **{field: empty})]) == [(2, field)]


def test_a_record_that_is_there_cannot_be_said_not_to_be_held():
    reason = replace(REASON, ground="N9")
    assert fields(DecisionType.NOT_HELD, [reason], records=0) == []
    assert fields(DecisionType.NOT_HELD, [reason], records=1) == [(0, "type")]


def test_a_ground_of_another_decision_or_law_is_refused():
    assert fields(DecisionType.NONE, [replace(REASON, ground="N9")]) == [(1, "ground")]
    assert fields(DecisionType.PARTIAL, [REASON], law=BUSINESS) == [(1, "ground")]
    assert fields(DecisionType.PARTIAL, [replace(REASON, ground="Q1")], law=BUSINESS) == []


def test_grounds_of_the_state_alone_are_not_offered_to_a_corporation():
    codes = {row.code for row in available(BODY, DecisionType.PARTIAL, DAY)}
    assert not {"N4", "N5"} & codes
    assert {"N1", "N2", "N3-a", "N7-b"} <= codes


def test_a_reason_has_an_end():
    assert fields(DecisionType.NONE, [replace(REASON, harm="あ" * 2001)]) == [(1, "harm")]


def test_a_law_offers_its_own_types_but_no_transfer_and_no_withdrawal():
    offered = {law: "".join(choices(regime(law, DAY))) for law in ("P1", "P2", "P3", "P4", "P5", "P6", "P6-own")}
    assert offered == {
        "P1": "ABCDEFJ", "P2": "ABCDEFI", "P3": "AFJ", "P4": "AFJ", "P5": "ABCDEFJ", "P6": "ABCDEF", "P6-own": "ABCEFJ",
    }  # fmt: skip


def test_nothing_held_is_a_disclosure_where_the_law_lists_no_ground_for_refusing():
    for code in ("P3", "P4"):
        assert fields(DecisionType.FULL, [], law=regime(code, DAY), records=0) == []
    assert fields(DecisionType.FULL, [], law=regime("P5", DAY), records=0) == [(0, "type")]


@pytest.mark.parametrize(("kind", "ground", "law"), [("D", "N8", "P2"), ("D", "Q6", "P1"), ("J", "J1", "P1")])
def test_nothing_is_attached_where_existence_stays_open_or_another_body_is_to_be_asked(kind, ground, law):
    reason, law = replace(REASON, ground=ground), regime(law, DAY)
    assert fields(DecisionType(kind), [reason], law=law, records=0) == []
    assert fields(DecisionType(kind), [reason], law=law, records=1) == [(0, "type")]


@pytest.mark.parametrize(
    ("kind", "grounds", "rest", "messages"),
    [
        ("A", ["C8"], "", []),
        ("A", ["C1"], "", ["withholds nothing"]),
        ("B", ["C1", "C8"], "", []),
        ("B", ["C8"], "", ["each part that is withheld"]),
        ("C", ["C1"], "", ["nothing beside it"]),
        ("C", ["C1"], "means-nothing", []),
        ("C", ["C1"], "whatever", ["nothing beside it"]),
    ],
)
def test_documents_are_disclosed_by_discretion_or_refused_with_the_rest(kind, grounds, rest, messages):
    reasons = [Reason("部分", ground, "性質", "おそれ", rest) for ground in grounds]
    found = problems(DecisionType(kind), reasons, regime=regime("P6", DAY), day=DAY, records=1)
    assert len(found) == len(messages)
    for problem, said in zip(found, messages, strict=True):
        assert said in problem.message
