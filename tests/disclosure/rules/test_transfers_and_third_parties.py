"""Where the law knows transfers and inquiries, and how long records wait for whoever objected."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.law import Part, law
from disclosure.rules.regimes import regime
from disclosure.rules.third_parties import answer_by, answer_day_problem, inquiry_problem, waiting
from disclosure.rules.transfers import transfer_problem

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("code", "transfer", "inquiry"),
    [
        ("P1", False, False),
        ("P2", True, True),
        ("P3", False, False),
        ("P4", False, False),
        ("P5", False, True),
        ("P6", True, True),
        ("P6-own", False, False),
    ],
)
def test_a_law_knows_transfers_and_inquiries_or_says_that_it_does_not(code, transfer, inquiry):
    law = regime(code, DAY)
    assert (transfer_problem(law, DAY, CaseKind.DISCLOSURE, RecordKind.OTHER) == "") is transfer
    assert (inquiry_problem(law, DAY, CaseKind.DISCLOSURE, RecordKind.OTHER) == "") is inquiry


def test_neither_is_used_where_everybody_gets_the_same_answer_or_for_claims():
    law = regime("P2", DAY)
    for problem in (transfer_problem, inquiry_problem):
        assert "one answer in one way" in problem(law, DAY, CaseKind.DISCLOSURE, RecordKind.INQUIRY)
        assert problem(law, DAY, CaseKind.SUSPENSION, RecordKind.FORM)


@pytest.mark.parametrize(
    ("decided", "last", "opens", "how"),
    [
        ("2026-04-28", "2026-05-12", "2026-05-13", "29 Apr is +1, 12 May +14, a Tuesday"),
        ("2026-01-31", "2026-02-14", "2026-02-17", "+14 is Saturday 14 Feb; Monday 16 Feb ends it"),
        ("2026-02-14", "2026-02-28", "2026-03-03", "28 Feb is a Saturday; it ends on Monday 2 Mar"),
        ("2028-02-15", "2028-02-29", "2028-03-01", "a leap day, a Tuesday"),
        ("2027-02-15", "2027-03-01", "2027-03-02", "28 Feb is +13"),
        ("2026-12-17", "2026-12-31", "2027-01-05", "31 Dec to 3 Jan are closed; 4 Jan ends it"),
        ("2026-04-19", "2026-05-03", "2026-05-08", "3 to 6 May are holidays; 7 May ends it"),
        ("2026-09-07", "2026-09-21", "2026-09-25", "21 to 23 Sep are holidays; 24 Sep ends it"),
    ],
)
def test_the_records_wait_for_two_weeks_at_least(decided, last, opens, how):
    due = waiting(regime("P2", DAY), DAY, date.fromisoformat(decided))
    assert (due.due_on.isoformat(), due.opens_on.isoformat()) == (last, opens), how
    assert (due.opens_on - date.fromisoformat(decided)).days > 14


def test_a_third_party_has_two_weeks_to_answer_and_its_day_is_a_business_day():
    assert answer_by(date(2026, 4, 19)) == date(2026, 5, 7)
    assert answer_day_problem(date(2026, 4, 19), today=date(2026, 4, 19))
    assert answer_day_problem(date(2027, 4, 19), today=date(2026, 4, 19))
    assert answer_day_problem(date(2026, 4, 20), today=date(2026, 4, 19)) == ""


def test_the_list_of_the_law_names_both_and_what_is_to_be_confirmed():
    rows = {(row.code, row.regimes): row for row in law(DAY) if row.part is Part.OTHERS}
    assert rows["transfer", ("P2",)].unconfirmed == ()
    assert rows["transfer", ("P6",)].unconfirmed == ("citation",)
    assert rows["third-party-days", ("P2", "P5", "P6")].unconfirmed == ("answer_days",)
