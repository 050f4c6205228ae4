"""Who may ask for whom, and by which papers it is shown."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import agents
from disclosure.rules.agents import COPY, DIFFERS, MISSING, NO_DAY, NO_SUPPORT, STALE, UNFIT, Seen
from disclosure.rules.defects import Problem
from disclosure.rules.kinds import Requester
from disclosure.rules.regimes import REGIMES

DAY = date(2026, 4, 1)
PERSON, STATUTORY, MANDATED = Requester.PERSON, Requester.STATUTORY, Requester.MANDATED
CHILD, ADULT = date(2015, 5, 5), date(1990, 1, 1)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2008, 4, 1), date(2026, 4, 1), 18),
        (date(2008, 4, 2), date(2026, 4, 1), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_an_age_is_counted_in_full_years(born, day, years):
    assert agents.age(born, day) == years
    assert agents.is_minor(born, day) is (years < 18)


@pytest.mark.parametrize(
    ("regime", "statutory", "mandated"),
    [("P1", True, True), ("P2", True, True), ("P3", True, False), ("P4", True, False), ("P5", True, True)],
)
def test_each_regime_says_who_may_ask_for_another(regime, statutory, mandated):
    assert agents.may_ask(regime, PERSON, DAY)
    assert agents.may_ask(regime, STATUTORY, DAY) is statutory
    assert agents.may_ask(regime, MANDATED, DAY) is mandated


def test_nobody_asks_for_another_where_the_table_is_silent():
    assert not agents.may_ask("P6", MANDATED, DAY)
    assert {row.regime for row in agents.ENTITLEMENTS} <= {row.code for row in REGIMES}


@pytest.mark.parametrize(
    ("requester", "capacity", "born", "regime", "part"),
    [
        (PERSON, "", date(2011, 4, 1), "P2", None),
        (PERSON, "", date(2011, 4, 2), "P2", "birth-date"),
        (STATUTORY, "parent", CHILD, "P2", None),
        (STATUTORY, "parent", date(2008, 4, 1), "P2", "agent-capacity"),
        (STATUTORY, "parent", date(2008, 4, 2), "P1", None),
        (STATUTORY, "adult-guardian", ADULT, "P2", None),
        (STATUTORY, "curator", ADULT, "P2", "agent-capacity"),
        (STATUTORY, "curator", ADULT, "P3", None),
        (STATUTORY, "mandate", ADULT, "P2", "agent-capacity"),
        (STATUTORY, "", CHILD, "P2", "agent-capacity"),
        (MANDATED, "mandate", ADULT, "P2", None),
        (MANDATED, "mandate", ADULT, "P3", "whose"),
        (MANDATED, "mandate", ADULT, "P4", "whose"),
        (MANDATED, "company", ADULT, "P2", "agent-capacity"),
    ],
)
def test_standing_depends_on_who_asks_for_whom_under_which_law(requester, capacity, born, regime, part):
    found = agents.standing_problem(requester, capacity, born, DAY, regime=regime)
    assert (found.part if found else None) == part


@pytest.mark.parametrize(
    ("made", "fresh"),
    [
        (date(2026, 3, 1), False),
        (date(2026, 3, 2), True),
        (date(2026, 4, 1), True),
        (date(2026, 4, 2), False),
    ],
)
def test_a_proof_is_made_within_the_thirty_days_before_the_request(made, fresh):
    assert agents.is_fresh(made, DAY, agents.terms(DAY).proof_days) is fresh


MADE = date(2026, 3, 20)
REGISTER = Seen("family-register", MADE, original=False)
MANDATE = Seen("mandate", MADE, original=True)
SEAL = Seen("seal-certificate", MADE, original=True)
COPY_OF_ID = Seen("mandator-identity", None, original=False)


@pytest.mark.parametrize(
    ("capacity", "seen", "found"),
    [
        ("parent", [REGISTER], []),
        ("parent", [], [MISSING]),
        ("parent", [MANDATE], [UNFIT]),
        ("parent", [Seen("family-register", date(2026, 1, 1), original=True)], [STALE]),
        ("parent", [Seen("family-register", None, original=True)], [Problem(NO_DAY, "agency-stale")]),
        ("parent", [Seen("family-register", MADE, original=True, names_agree=False)], [DIFFERS]),
        ("adult-guardian", [REGISTER], [UNFIT]),
        ("mandate", [MANDATE, SEAL], []),
        ("mandate", [MANDATE, COPY_OF_ID], []),
        ("mandate", [MANDATE], [NO_SUPPORT]),
        ("mandate", [SEAL], [UNFIT]),
        ("mandate", [Seen("mandate", MADE, original=False), COPY_OF_ID], [COPY]),
        ("mandate", [Seen("mandate", date(2025, 1, 1), original=False)], [STALE, COPY, NO_SUPPORT]),
    ],
)
def test_papers_show_a_capacity_or_say_what_is_amiss(capacity, seen, found):
    assert list(agents.problems(seen, capacity, days_asked=[DAY], law_day=DAY)) == found


def test_a_paper_that_came_with_a_correction_may_be_younger_than_the_request():
    later = Seen("family-register", date(2026, 4, 10), original=True)
    assert agents.problems([later], "parent", days_asked=[DAY], law_day=DAY) == (STALE,)
    assert agents.problems([later], "parent", days_asked=[DAY, date(2026, 4, 12)], law_day=DAY) == ()
