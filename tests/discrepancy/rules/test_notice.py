"""Rules X1 to X17 of the notice on discrepancies, each by its number."""

from __future__ import annotations

from datetime import date

import pytest

from discrepancy.rules.clock import report_due
from discrepancy.rules.emergency import CALL_FIRST, EMERGENCIES, Authority, EmergencyKind, may_post
from discrepancy.rules.enquiry import (
    ITEMS,
    LOOKS_PERSONAL,
    SEARCH_FIRST,
    BodyKind,
    EnquiryKind,
    FormKind,
    check_enquiry,
    route,
)
from discrepancy.rules.merging import NOT_DUE, OTHER_CAUSE, OTHER_CAUSER, Caused, hinders_one_report
from discrepancy.rules.states import (
    OPEN,
    PAPERS,
    TABLE,
    CaseAction,
    CaseKind,
    CaseState,
    Facts,
    Party,
    hindrance,
    may_take,
    used_papers,
    way,
)
from portal.core.errors import Conflict

S, A = CaseState, CaseAction
DIFFERENT, UNDELIVERED = Facts(CaseKind.DIFFERENT), Facts(CaseKind.UNDELIVERED)
ENQUIRY = {
    "occurred_on": "2026-10-26",
    "occurred_at": "09:05",
    "summary": "所得の額が課税証明書と異なる",
    "affair": "child-allowance",
    "information": "local-tax",
    "serial_number": "20261026-ABC-000123",
    "request": "副本の確認をお願いします",
}
TODAY = date(2026, 11, 2)


def faults(**changes: str) -> dict[str, str]:
    found = check_enquiry({**ENQUIRY, **changes}, today=TODAY, frequent_searched=True)
    return {fault.field: fault.message for fault in found}


def walk(facts: Facts, *steps: CaseAction) -> CaseState:
    state = S.DOUBT
    for step in steps:
        assert hindrance(step, facts) == "", step
        state = way(state, step).to
    return state


def test_x1_the_inquirer_looks_at_itself_first() -> None:
    assert list(TABLE[S.DOUBT]) == [A.LOOK_FOR_OUTAGE, A.CHECK_SELF]
    assert way(S.SELF_CHECK, A.FIND_OWN_CAUSE).to is S.CAUSE_INQUIRER
    with pytest.raises(Conflict):
        way(S.DOUBT, A.ASK_PROVIDER)


@pytest.mark.parametrize("item", ITEMS)
def test_x2_an_enquiry_has_its_six_items(item: str) -> None:
    assert faults() == {}
    assert list(faults(**{item: " "})) == [item]


@pytest.mark.parametrize("item", ["summary", "request", "serial_number"])
def test_x3_an_enquiry_never_has_a_personal_number(item: str) -> None:
    assert faults(**{item: "123456789018"})[item] == LOOKS_PERSONAL


def test_x4_the_provider_finds_the_cause_mends_the_duplicate_and_the_inquirer_asks_again() -> None:
    steps = (A.CHECK_SELF, A.ASK_PROVIDER, A.TAKE_UP, A.FIND_WRONG_DATA, A.FIX_DUPLICATE, A.REQUERY, A.REMEDY)
    assert walk(DIFFERENT, *steps) is S.REMEDIED
    assert way(S.CAUSE_PROVIDER, A.FIX_DUPLICATE).by == (Party.PROVIDER,)
    assert way(S.DUPLICATE_FIXED, A.REQUERY).by == (Party.INQUIRER,)


def test_x5_a_provider_that_cannot_be_quick_says_so_and_goes_on() -> None:
    assert walk(DIFFERENT, A.CHECK_SELF, A.ASK_PROVIDER, A.TAKE_UP, A.SAY_SLOW) is S.PROVIDER_SLOW
    assert way(S.PROVIDER_SLOW, A.GO_ON).to is S.INVESTIGATING


@pytest.mark.parametrize(
    ("asker", "kind", "passes"),
    [
        (BodyKind.MUNICIPALITY, EnquiryKind.MINISTRY, (BodyKind.PREFECTURE, BodyKind.MINISTRY)),
        (BodyKind.MUNICIPALITY, EnquiryKind.OTHERS_AFFECTED, (BodyKind.PREFECTURE, BodyKind.MINISTRY)),
        (BodyKind.PREFECTURE, EnquiryKind.MINISTRY, (BodyKind.MINISTRY,)),
        (
            BodyKind.MUNICIPALITY,
            EnquiryKind.OPERATOR,
            (BodyKind.PREFECTURE, BodyKind.AGGREGATOR, BodyKind.OPERATOR),
        ),
        (BodyKind.OTHER, EnquiryKind.OPERATOR, (BodyKind.OPERATOR,)),
        (BodyKind.MUNICIPALITY, EnquiryKind.AGGREGATOR, (BodyKind.AGGREGATOR,)),
        (BodyKind.MUNICIPALITY, EnquiryKind.PROVIDER, ()),
    ],
)
def test_x6_a_municipality_asks_through_its_prefecture(
    asker: BodyKind, kind: EnquiryKind, passes: tuple[BodyKind, ...]
) -> None:
    assert route(asker, kind).passes == passes


def test_x6_the_search_stands_while_others_are_asked() -> None:
    assert way(S.INVESTIGATING, A.ESCALATE).to is S.ESCALATED
    assert way(S.ESCALATED, A.HEAR_ANSWER).to is S.INVESTIGATING


@pytest.mark.parametrize("state", list(CaseState))
def test_x7_the_papers_may_be_used_while_the_cause_is_sought(state: CaseState) -> None:
    if state in PAPERS:
        used_papers(state)
        assert state in OPEN
    else:
        with pytest.raises(Conflict):
            used_papers(state)


@pytest.mark.parametrize("causer", [Party.INQUIRER, Party.PROVIDER])
def test_x8_who_caused_it_reports(causer: Party) -> None:
    facts = Facts(CaseKind.DIFFERENT, causer=causer)
    assert [p for p in Party if may_take(A.REPORT, S.REPORT_DUE, facts, p)] == [causer]
    assert [p for p in Party if may_take(A.ACCEPT, S.REPORTED, facts, p)] == [Party.OPERATOR]


def test_x9_when_nothing_came_one_looks_for_an_outage_first() -> None:
    assert walk(UNDELIVERED, A.LOOK_FOR_OUTAGE) is S.OUTAGE_CHECK
    assert hindrance(A.CHECK_SELF, UNDELIVERED)
    assert hindrance(A.LOOK_FOR_OUTAGE, DIFFERENT)


def test_x10_a_local_error_needs_a_report_only_if_the_papers_were_used() -> None:
    steps = (A.LOOK_FOR_OUTAGE, A.FIND_LOCAL_ERROR, A.FIND_OWN_CAUSE, A.REMEDY)
    assert walk(UNDELIVERED, *steps, A.CLOSE_WITHOUT_REPORT) is S.CLOSED_WITHOUT_REPORT
    used = Facts(CaseKind.UNDELIVERED, papers_used=True)
    assert hindrance(A.CLOSE_WITHOUT_REPORT, used)
    assert walk(used, *steps, A.OWE_REPORT) is S.REPORT_DUE
    assert hindrance(A.OWE_REPORT, UNDELIVERED)


def test_x11_a_wide_outage_ends_without_report_even_if_the_papers_were_used() -> None:
    used = Facts(CaseKind.UNDELIVERED, papers_used=True)
    steps = (A.LOOK_FOR_OUTAGE, A.FIND_WIDE_OUTAGE, A.END_OUTAGE)
    assert walk(used, *steps) is S.CLOSED_WITHOUT_REPORT
    used_papers(S.WAITING_FOR_OPERATOR)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (EmergencyKind.SURVEY, FormKind.WORK),
        (EmergencyKind.OCCURRENCE, FormKind.OCCURRENCE),
        (EmergencyKind.SECURITY, FormKind.OCCURRENCE),
        (EmergencyKind.LEAK, FormKind.OCCURRENCE),
    ],
)
def test_x12_in_an_emergency_one_telephones_and_then_posts_the_form(kind: EmergencyKind, form: FormKind) -> None:
    assert EMERGENCIES[kind].form is form
    assert may_post(called=False) == CALL_FIRST
    assert may_post(called=True) == ""


def test_x13_a_leak_goes_to_the_commission_and_a_security_incident_to_the_ministry() -> None:
    assert Authority.COMMISSION in EMERGENCIES[EmergencyKind.LEAK].tell
    assert EMERGENCIES[EmergencyKind.SECURITY].tell == (Authority.LOCAL_SECURITY,)
    assert EMERGENCIES[EmergencyKind.SURVEY].tell == ()


@pytest.mark.parametrize("kind", [EnquiryKind.PROVIDER, EnquiryKind.OPERATOR])
def test_x14_one_looks_among_the_frequent_questions_first(kind: EnquiryKind) -> None:
    found = check_enquiry(ENQUIRY, today=TODAY, frequent_searched=False)
    assert [fault.message for fault in found] == [SEARCH_FIRST]
    assert route(BodyKind.OTHER, kind).forms == (FormKind.ENQUIRY, FormKind.WORK)


def test_x15_no_repeated_query_is_required() -> None:
    assert way(S.DUPLICATE_FIXED, A.REMEDY).to is S.REMEDIED


@pytest.mark.parametrize(
    ("quick", "remedied", "due"),
    [
        # Cause known on Monday 26 October 2026.
        (False, None, date(2026, 10, 27)),
        (True, None, date(2026, 11, 4)),  # a week, then the next business day after the holiday of 3 November
        (True, date(2026, 10, 28), date(2026, 10, 29)),
        (True, date(2026, 11, 20), date(2026, 11, 4)),  # a remedy that came late does not move the day
    ],
)
def test_x16_the_report_is_due_after_a_quick_remedy_or_when_the_cause_is_known(
    quick: bool, remedied: date | None, due: date
) -> None:
    found = report_due(date(2026, 10, 26), quick=quick, remedied_on=remedied)
    assert found.due_on == due
    assert found.periods


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([], ""),
        ([Caused(S.REPORT_DUE, "011011", "c1")], ""),
        ([Caused(S.INVESTIGATING, "011011", "c1")], NOT_DUE),
        ([Caused(S.REPORT_DUE, "022012", "c1")], OTHER_CAUSER),
        ([Caused(S.REPORT_DUE, "011011", "c2")], OTHER_CAUSE),
    ],
)
def test_x17_cases_of_one_cause_are_one_report(others: list[Caused], why: str) -> None:
    assert hinders_one_report([Caused(S.REPORT_DUE, "011011", "c1"), *others]) == why


def test_every_state_is_reached_and_every_step_names_its_rule() -> None:
    reached = {way.to for ways in TABLE.values() for way in ways.values()} | {S.DOUBT}
    assert reached == set(CaseState)
    assert all(way.rules for ways in TABLE.values() for way in ways.values())
