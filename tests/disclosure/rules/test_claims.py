"""Claims after a disclosure: until when, by which clocks, decided how under each regime."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disclosure.rules import claims, deadlines
from disclosure.rules.claims import Measure, alleged, claim, claim_law, window
from disclosure.rules.decisions import DecisionType, Reason, choices, label, needs_reasons, problems
from disclosure.rules.grounds import available
from disclosure.rules.kinds import CaseKind
from disclosure.rules.regimes import regime

DAY = date(2026, 4, 1)
ONE = timedelta(days=1)
CORRECTION, SUSPENSION = CaseKind.CORRECTION, CaseKind.SUSPENSION
KNOWN = [(row.regime, row.kind) for row in claims.ROWS]


@pytest.mark.parametrize(
    ("disclosed_on", "raw", "binding"),
    [
        ("2026-04-01", "2026-06-30", "2026-06-30"),
        ("2026-01-31", "2026-05-01", "2026-05-01"),  # 28 days of February
        ("2028-01-31", "2028-04-30", "2028-05-01"),  # 29 days of February, and a Sunday
        ("2027-11-30", "2028-02-28", "2028-02-28"),
        ("2027-12-01", "2028-02-29", "2028-02-29"),  # ends on a leap day
        ("2026-10-05", "2027-01-03", "2027-01-04"),  # over the year's end, and the third of January
        ("2026-12-01", "2027-03-01", "2027-03-01"),
    ],
)
def test_a_claim_is_in_time_for_ninety_days_after_the_day_of_the_disclosure(disclosed_on, raw, binding):
    row = claim(CORRECTION, "P2", DAY)
    last = date.fromisoformat(binding)
    found = window(row, date.fromisoformat(disclosed_on), last, DAY)
    assert found.due is not None
    assert (found.due.due_on.isoformat(), found.due.rolled_on.isoformat(), found.late) == (raw, binding, False)
    assert window(row, date.fromisoformat(disclosed_on), last + ONE, DAY).late


def test_a_business_sets_no_window_and_an_unknown_disclosure_is_not_late():
    assert not window(claim(CORRECTION, "P1", DAY), date(2020, 1, 1), DAY, DAY).late
    assert not window(claim(CORRECTION, "P2", DAY), None, DAY, DAY).late


@pytest.mark.parametrize(
    ("code", "kind", "clocks", "types", "disposition"),
    [
        ("P2", CORRECTION, ("D8", "D8X", "D8S"), "ABCF", True),
        ("P2", SUSPENSION, ("D8U", "D8UX", "D8US"), "ABCF", True),
        ("P5", CORRECTION, ("D8", "D8X", "D8S"), "ABCF", True),
        ("P1", CORRECTION, ("T2", "", ""), "ABCF", False),
        ("P1", SUSPENSION, ("T2", "", ""), "ABCF", False),
        ("P3", CORRECTION, ("T2", "", ""), "ABCF", False),
        ("P4", CORRECTION, ("T2", "", ""), "ABCF", False),
    ],
)
def test_the_law_of_a_claim_has_its_own_clocks_and_decisions(code, kind, clocks, types, disposition):
    law = claim_law(kind, code, DAY)
    assert (law.decision_clock, law.extension_clock, law.special_clock) == clocks
    assert "".join(sorted(choices(law))) == types
    assert (law.method_clock, law.claim_clock) == ("", "")
    assert law.disposition is disposition
    assert bool(law.appeal_clock) is disposition
    assert bool(law.suit_clock) is disposition


def test_exactly_these_claims_are_known():
    assert len(KNOWN) == 7
    assert [row.kind for row in claims.offered("P5", DAY)] == [CORRECTION]
    assert claims.offered("P6", DAY) == ()
    assert claim_law(CaseKind.DISCLOSURE, "P2", DAY) == regime("P2", DAY)
    with pytest.raises(KeyError):
        claim_law(SUSPENSION, "P5", DAY)


def test_only_public_bodies_transfer_corrections_and_tell_recipients():
    found = {
        (row.regime, row.kind): (bool(row.transfer_citation), bool(row.recipients_citation)) for row in claims.ROWS
    }
    assert [key for key, (transfers, _) in found.items() if transfers] == [("P2", CORRECTION)]
    assert [key for key, (_, tells) in found.items() if tells] == [("P2", CORRECTION), ("P5", CORRECTION)]


@pytest.mark.parametrize(("code", "kind"), KNOWN)
def test_every_outcome_of_every_claim_has_its_grounds(code, kind):
    law = claim_law(kind, code, DAY)
    by_type = {one: available(law, one, DAY) for one in "ABCF"}
    assert by_type["A"]
    assert all(row.grants for row in by_type["A"])
    assert {row.grants for row in by_type["B"]} == {True, False}
    assert by_type["C"]
    assert not any(row.grants for row in (*by_type["C"], *by_type["F"]))
    assert alleged(law, DAY) == by_type["A"]
    if kind is SUSPENSION:
        assert all(set(row.measures) <= set(Measure) and row.measures for row in by_type["A"])


@pytest.mark.parametrize(("code", "kind"), KNOWN)
@pytest.mark.parametrize("decision", "ABCF")
def test_a_decision_on_a_claim_says_why_part_by_part_whatever_it_is(code, kind, decision):
    law, chosen = claim_law(kind, code, DAY), DecisionType(decision)
    assert needs_reasons(law, chosen)
    assert [row.field for row in problems(chosen, (), regime=law, day=DAY, records=0)] == ["reasons"]
    grounds = available(law, chosen, DAY)
    picked = {row.grants: Reason("氏名", row.code, "調べた結果", "理由") for row in grounds}
    assert problems(chosen, tuple(picked.values()), regime=law, day=DAY, records=0) == []
    if decision == "B":
        one_sided = problems(chosen, (picked[True],), regime=law, day=DAY, records=0)
        assert [(row.number, row.field) for row in one_sided] == [(0, "reasons")]
    empty = Reason("", "N2", " ", "")
    missing = {(row.number, row.field) for row in problems(chosen, (empty,), regime=law, day=DAY, records=0)}
    assert missing == {(1, "ground"), (1, "part"), (1, "nature"), (1, "harm")}


def test_grounds_of_claims_and_of_disclosures_never_mix():
    p2 = regime("P2", DAY)
    assert all(row.kind is CaseKind.DISCLOSURE for kind in "BCDEF" for row in available(p2, kind, DAY))
    assert label(CORRECTION, DecisionType.FULL) == "Granted in full"
    assert label(CaseKind.DISCLOSURE, DecisionType.FULL) == "Full disclosure"
    assert label(SUSPENSION, DecisionType.FORM) == "Dismissed for a defect of form"


@pytest.mark.parametrize(
    ("code", "received", "more", "due"),
    [
        ("D8", "2026-04-01", {}, "2026-05-01"),
        ("D8X", "2026-04-01", {"extended_days": 30}, "2026-05-31"),
        ("D8X", "2028-01-31", {"extended_days": 1}, "2028-03-02"),  # 29 days of February, then two
        ("D8S", "2026-04-01", {"until": date(2026, 9, 30)}, "2026-09-30"),
        ("D8U", "2027-01-31", {}, "2027-03-02"),
        ("D8UX", "2026-12-01", {"extended_days": 10}, "2027-01-10"),
        ("D8US", "2026-12-01", {"until": date(2027, 2, 26)}, "2027-02-26"),
        ("T2", "2026-12-01", {}, "2026-12-31"),
    ],
)
def test_claims_are_decided_within_their_own_periods(code, received, more, due):
    found = deadlines.compute(code, date.fromisoformat(received), law_day=DAY, **more)
    assert found.due_on.isoformat() == due
