"""The checklist before closing: what hinders, what is only to be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules.closing import ClosingFacts, checklist

TODAY = date(2026, 5, 1)
SETTLED = ClosingFacts(
    letter_arrived=True, open_yen=0, to_hand_out=True, handed_out=True, choice_until=date(2026, 7, 1), letters_in_work=0
)


def hindering(facts: ClosingFacts) -> list[str]:
    return [item.key for item in checklist(facts, today=TODAY) if item.hinders and not item.done]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"letter_arrived": False}, ["letter"]),
        ({"open_yen": 300}, ["fee"]),
        ({"handed_out": False}, ["records"]),
        ({"handed_out": False, "choice_until": date(2026, 5, 1)}, ["records"]),
        ({"handed_out": False, "choice_until": date(2026, 4, 30)}, []),
        ({"handed_out": False, "to_hand_out": False}, []),
        ({"letters_in_work": 2}, ["letters"]),
        ({"open_claims": ("開-R08-000001-A",)}, []),
        ({"held": True}, []),
        ({"letter_arrived": False, "open_yen": 1, "letters_in_work": 1}, ["letter", "fee", "letters"]),
    ],
)
def test_what_is_not_settled_hinders_and_comes_first(changes, found):
    facts = replace(SETTLED, **changes)
    assert hindering(facts) == found
    assert [item.key for item in checklist(facts, today=TODAY)][: len(found)] == found


def test_what_is_only_to_be_known_is_told_with_its_day():
    facts = replace(SETTLED, identity_copies=2, copies_until=date(2027, 5, 1), held=True, open_claims=("一", "二"))
    told = {item.key: item.params for item in checklist(facts, today=TODAY) if not item.hinders}
    assert told == {"copies": {"day": date(2027, 5, 1)}, "hold": {}, "claims": {"numbers": "一, 二"}}
