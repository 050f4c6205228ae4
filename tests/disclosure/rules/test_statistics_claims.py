"""Claims in numbers: what is counted, and what stays hidden."""

from __future__ import annotations

import pytest

from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import CaseKind
from disclosure.rules.statistics_claims import LINES, Counted, publish

KIND = CaseKind.CORRECTION
A, B, C, F, G, H = (DecisionType(code) for code in "ABCFGH")


def rows(*counts: tuple[DecisionType | None, int, int | None, bool]) -> list[Counted]:
    return [Counted(count, 2024, KIND, kind, days, late) for kind, count, days, late in counts]


def test_each_outcome_has_its_line_and_other_years_and_kinds_are_left_out():
    found = publish(
        2024,
        KIND,
        [
            *rows((A, 10, 20, False), (B, 6, 30, False), (C, 8, 40, True), (F, 5, 10, False)),
            *rows((G, 2, None, False), (H, 2, None, False), (None, 1, None, False)),
            Counted(9, 2023, KIND, A, 3, False),
            Counted(9, 2024, CaseKind.SUSPENSION, A, 3, False),
        ],
        5,
    )
    assert [found.lines[line] for line in LINES] == [34, 10, 6, 8, 5, 5, 21, 8]
    assert found.took is not None
    assert found.took.median == 20


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([(A, 3, 20, False)], set(LINES)),
        ([(A, 20, 20, False), (C, 1, 20, False)], {"claims-granted-in-part", "claims-not-granted", "claims-dismissed",
                                                   "claims-not-decided-here", "claims-in-time", "claims-late"}),
        ([(A, 20, 20, False), (C, 6, 20, True)], set()),
        ([(A, 20, 20, False), (A, 1, 40, True)], {"claims-in-time", "claims-late"}),
    ],
)  # fmt: skip
def test_small_numbers_and_what_would_give_them_away_are_hidden(counts, hidden):
    found = publish(2024, KIND, rows(*counts), 5)
    assert {line for line, number in found.lines.items() if number is None} == hidden
    assert (found.took is None) == bool(hidden)
