"""Cases from the first doubt to the accepted report, by operations alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.models.cases import CaseStep, Cause, Discrepancy
from discrepancy.operations.ask import ANSWERED, NewEnquiry, answer_enquiry, answer_of, asked_of, enquire, pass_on
from discrepancy.operations.check_self import LOOK_FIRST, check_self, find_local_error, look_for_outage
from discrepancy.operations.investigate import Found, find_cause, go_on, remedy, use_papers
from discrepancy.operations.open_case import NewCase, open_case
from discrepancy.operations.report import (
    ReportFaults,
    accept_report,
    begin_report,
    content_of,
    file_report,
    name_of,
    return_report,
    returned_because,
    write_report,
)
from discrepancy.operations.steps import case_key, note_of
from discrepancy.queries.access import find_case, find_report, parties, visible
from discrepancy.queries.enquiries import enquiries_of
from discrepancy.rules.checking import OUTAGE, SELF, Check
from discrepancy.rules.emergency import CALL_FIRST, EmergencyKind
from discrepancy.rules.enquiry import EnquiryKind, FormKind
from discrepancy.rules.states import CaseAction, CaseKind, CaseState, Party
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from portal.core.vault import OfficeVault
from tests.discrepancy.operations.conftest import AOMORI, AT, AUDITOR, INQUIRER, MINISTRY, OPERATOR, PROVIDER, STRANGER
from tests.discrepancy.rules.reports import PROVIDER_CAUSED

A = CaseAction
SAID = {
    "occurred_on": "2026-10-26",
    "summary": "所得の額が課税証明書と異なる。",
    "affair": "child-allowance",
    "information": "local-tax",
    "serial_number": "20261026-ABC-000123",
    "request": "副本の確認をお願いします。",
}
NOTHING_FOUND = dict.fromkeys(SELF, False)


def new(kind: CaseKind = CaseKind.DIFFERENT, **changes: str) -> NewCase:
    texts = {"affair": "child-allowance", "information": "local-tax", "summary": "所得の額が異なる。", **changes}
    return NewCase(kind=kind, occurred_at=AT - timedelta(hours=2), serial="20261026-ABC-000123", **texts)


def to(kind: EnquiryKind, code: str, **said: str) -> NewEnquiry:
    return NewEnquiry(kind, code, {**SAID, **said}, frequent_searched=True, form=FormKind.ENQUIRY)


@pytest.fixture
def opened(bodies: Session, office: OfficeVault) -> Discrepancy:
    return open_case(bodies, new(), vault=office, by=INQUIRER, at=AT)


@pytest.fixture
def asked(bodies: Session, office: OfficeVault, opened: Discrepancy) -> Discrepancy:
    check_self(bodies, opened, NOTHING_FOUND, vault=office, by=INQUIRER, at=AT)
    enquire(bodies, opened, to(EnquiryKind.PROVIDER, "011011"), vault=office, by=INQUIRER, at=AT)
    return opened


@pytest.fixture
def due(bodies: Session, office: OfficeVault, asked: Discrepancy) -> Discrepancy:
    """The provider's duplicate was wrong; it is mended, asked for again, and the case put right."""
    keep = {"vault": office, "at": AT}
    go_on(bodies, asked, A.TAKE_UP, by=PROVIDER, **keep)
    found = Found(date(2026, 10, 26), quick=True, title="副本の登録遅延（10月分）")
    find_cause(bodies, asked, A.FIND_WRONG_DATA, found, by=PROVIDER, **keep)
    go_on(bodies, asked, A.FIX_DUPLICATE, by=PROVIDER, note="副本を直しました。", **keep)
    go_on(bodies, asked, A.REQUERY, by=INQUIRER, **keep)
    remedy(bodies, asked, done_on=date(2026, 10, 26), by=INQUIRER, **keep)
    return asked


def report_on(session: Session, office: OfficeVault, *cases: Discrepancy):
    values = {**PROVIDER_CAUSED, "filed_on": "2026-10-26", "recovered_on": "2026-10-26"}
    return begin_report(session, cases, values, vault=office, by=PROVIDER, at=AT)


def test_what_people_wrote_is_sealed(bodies: Session, opened: Discrepancy) -> None:
    stored = b"".join(value for value in (opened.summary, opened.serial or b"", opened.office_wrap))
    assert "所得".encode() not in stored
    assert b"ABC-000123" not in stored
    assert (opened.number, opened.state) == ("d-2026-000001", CaseState.DOUBT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"affair": "strange"}, "affair"),
        ({"information": "employment-insurance"}, "information"),
        ({"summary": " "}, "summary"),
        ({"summary": "番号は123456789018です"}, "summary"),
    ],
)
def test_what_cannot_be_taken_is_said_next_to_its_field(
    bodies: Session, office: OfficeVault, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        open_case(bodies, new(**changes), vault=office, by=INQUIRER, at=AT)
    assert caught.value.params["field"] == field


def test_only_a_body_opens_a_case(bodies: Session, office: OfficeVault) -> None:
    with pytest.raises(Forbidden):
        open_case(bodies, new(), vault=office, by=OPERATOR, at=AT)


def test_a_body_sees_the_cases_that_it_is_party_to_and_no_other(bodies: Session, asked: Discrepancy) -> None:
    seen = {
        actor.body or actor.id: list(bodies.scalars(select(Discrepancy.number).where(visible(actor))))
        for actor in (INQUIRER, PROVIDER, STRANGER, AOMORI, MINISTRY, OPERATOR, AUDITOR)
    }
    number = [asked.number]
    assert seen == {
        "022012": number,
        "011011": number,
        "022021": [],
        "020001": [],
        "MHLW": [],
        "staff-operator": number,
        "staff-auditor": number,
    }
    with pytest.raises(NotFound):
        find_case(bodies, asked.number, actor=STRANGER)
    assert parties(bodies, asked, PROVIDER) == {Party.PROVIDER}


def test_the_provider_is_asked_once_everything_at_home_was_looked_at(
    bodies: Session, office: OfficeVault, opened: Discrepancy
) -> None:
    check_self(bodies, opened, {Check.NUMBER: False}, vault=office, by=INQUIRER, at=AT)
    with pytest.raises(Conflict, match=LOOK_FIRST):
        enquire(bodies, opened, to(EnquiryKind.PROVIDER, "011011"), vault=office, by=INQUIRER, at=AT)
    assert opened.provider_code is None
    with pytest.raises(NotFound):
        find_case(bodies, opened.number, actor=PROVIDER)


@pytest.mark.parametrize("actor", [PROVIDER, STRANGER, OPERATOR, AUDITOR])
def test_only_the_inquirer_adds_to_what_was_looked_at_at_home(
    bodies: Session, office: OfficeVault, opened: Discrepancy, actor: Actor
) -> None:
    check_self(bodies, opened, {Check.NUMBER: False}, vault=office, by=INQUIRER, at=AT)
    with pytest.raises(Forbidden):
        check_self(bodies, opened, NOTHING_FOUND, vault=office, by=actor, at=AT)
    assert opened.checked == {Check.NUMBER: False}


def test_the_wrong_duplicate_runs_from_doubt_to_the_accepted_report(
    bodies: Session, office: OfficeVault, due: Discrepancy
) -> None:
    assert (due.state, due.report_due_on) == (CaseState.REPORT_DUE, date(2026, 10, 27))
    report = report_on(bodies, office, due)
    assert file_report(bodies, report, vault=office, by=PROVIDER, at=AT).title == (
        "26102601101-01 北海道見本市【顛末報告書】"
    )
    assert due.state == CaseState.REPORTED
    return_report(bodies, report, "原因の詳細を補ってください。", vault=office, by=OPERATOR, at=AT)
    assert due.state == CaseState.REPORT_DUE
    assert returned_because(report, office) == "原因の詳細を補ってください。"
    write_report(
        bodies, report, {**content_of(report, office), "cause_detail": "補いました。"}, vault=office, by=PROVIDER, at=AT
    )
    file_report(bodies, report, vault=office, by=PROVIDER, at=AT)
    assert name_of(bodies, report).nth == 1
    assert accept_report(bodies, report, vault=office, by=OPERATOR, at=AT) == "2026-000001"
    assert (due.state, due.closed_on) == (CaseState.ACCEPTED, date(2026, 10, 26))
    steps = list(bodies.scalars(select(CaseStep).order_by(CaseStep.position)))
    assert [step.action for step in steps] == [
        *("open", "check-self", "ask-provider", "take-up", "find-wrong-data", "fix-duplicate", "requery", "remedy"),
        *("owe-report", "report", "return", "report", "accept"),
    ]
    assert note_of(steps[5], case_key(due, office)) == "副本を直しました。"


def test_a_report_with_something_missing_is_not_filed_and_says_all_that_is(
    bodies: Session, office: OfficeVault, due: Discrepancy
) -> None:
    report = report_on(bodies, office, due)
    values = {key: value for key, value in content_of(report, office).items() if key not in ("person", "affair")}
    write_report(bodies, report, values, vault=office, by=PROVIDER, at=AT)
    with pytest.raises(ReportFaults) as caught:
        file_report(bodies, report, vault=office, by=PROVIDER, at=AT)
    assert {fault.field for fault in caught.value.faults} >= {"person", "affair"}
    assert due.state == CaseState.REPORT_DUE


def test_only_who_caused_it_reports_and_only_the_operator_accepts(
    bodies: Session, office: OfficeVault, due: Discrepancy
) -> None:
    with pytest.raises(Forbidden):
        begin_report(bodies, [due], {}, vault=office, by=INQUIRER, at=AT)
    report = report_on(bodies, office, due)
    with pytest.raises(NotFound):
        find_report(bodies, report.id, actor=INQUIRER)
    file_report(bodies, report, vault=office, by=PROVIDER, at=AT)
    assert find_report(bodies, report.id, actor=INQUIRER) is report
    for actor in (PROVIDER, INQUIRER, AUDITOR):
        with pytest.raises(Forbidden):
            accept_report(bodies, report, vault=office, by=actor, at=AT)


def test_cases_of_one_cause_are_one_report(bodies: Session, office: OfficeVault, due: Discrepancy) -> None:
    again = open_case(bodies, new(), vault=office, by=STRANGER, at=AT)
    keep = {"vault": office, "at": AT}
    check_self(bodies, again, NOTHING_FOUND, by=STRANGER, **keep)
    enquire(bodies, again, to(EnquiryKind.PROVIDER, "011011"), by=STRANGER, **keep)
    go_on(bodies, again, A.TAKE_UP, by=PROVIDER, **keep)
    cause = bodies.scalars(select(Cause)).one()
    find_cause(
        bodies, again, A.FIND_WRONG_DATA, Found(date(2026, 10, 26), quick=False, cause=cause), by=PROVIDER, **keep
    )
    assert again.state == CaseState.REPORT_DUE
    report = report_on(bodies, office, due, again)
    file_report(bodies, report, vault=office, by=PROVIDER, at=AT)
    assert {due.state, again.state} == {CaseState.REPORTED}


@pytest.mark.parametrize("papers", [True, False])
def test_a_local_error_is_reported_only_if_the_papers_were_used(
    bodies: Session, office: OfficeVault, papers: bool
) -> None:
    keep = {"vault": office, "by": INQUIRER, "at": AT}
    case = open_case(bodies, new(CaseKind.UNDELIVERED), **keep)
    look_for_outage(bodies, case, frozenset({Check.NOTICES}), **keep)
    with pytest.raises(Invalid, match=LOOK_FIRST):
        find_local_error(bodies, case, **keep)
    case.checked = dict.fromkeys(OUTAGE, False)
    find_local_error(bodies, case, **keep)
    if papers:
        use_papers(bodies, case, used_on=date(2026, 10, 26), **keep)
    find_cause(bodies, case, A.FIND_OWN_CAUSE, Found(date(2026, 10, 26), quick=True, title="回線の不調"), **keep)
    remedy(bodies, case, done_on=date(2026, 10, 26), **keep)
    assert case.state == (CaseState.REPORT_DUE if papers else CaseState.CLOSED_WITHOUT_REPORT)


def test_a_municipality_asks_a_ministry_through_its_prefecture(
    bodies: Session, office: OfficeVault, asked: Discrepancy
) -> None:
    go_on(bodies, asked, A.TAKE_UP, vault=office, by=PROVIDER, at=AT)
    enquiry = enquire(bodies, asked, to(EnquiryKind.MINISTRY, "MHLW"), vault=office, by=INQUIRER, at=AT)
    assert asked.state == CaseState.ESCALATED
    assert find_case(bodies, asked.number, actor=AOMORI) is asked
    with pytest.raises(NotFound):
        find_case(bodies, asked.number, actor=MINISTRY)
    for other in (INQUIRER, MINISTRY, OPERATOR):
        with pytest.raises(Forbidden):
            pass_on(bodies, asked, enquiry, vault=office, by=other, at=AT)
    pass_on(bodies, asked, enquiry, vault=office, by=AOMORI, at=AT)
    assert find_case(bodies, asked.number, actor=MINISTRY) is asked
    answer_enquiry(bodies, asked, enquiry, "様式は第3版です。", vault=office, by=MINISTRY, at=AT)
    assert answer_of(enquiry, asked, office)["text"] == "様式は第3版です。"
    assert asked_of(enquiry, asked, office)["request"] == SAID["request"]
    with pytest.raises(Conflict, match=ANSWERED):
        answer_enquiry(bodies, asked, enquiry, "もう一度", vault=office, by=MINISTRY, at=AT)
    go_on(bodies, asked, A.HEAR_ANSWER, vault=office, by=INQUIRER, at=AT)
    assert asked.state == CaseState.INVESTIGATING


def test_in_an_emergency_the_operator_is_called_first_and_written_to_directly(
    bodies: Session, office: OfficeVault, asked: Discrepancy
) -> None:
    keep = {"vault": office, "by": INQUIRER, "at": AT}
    leak = NewEnquiry(EnquiryKind.OPERATOR, "OPERATOR", SAID, frequent_searched=True, emergency=EmergencyKind.LEAK)
    with pytest.raises(Invalid, match=CALL_FIRST) as caught:
        enquire(bodies, asked, leak, **keep)
    assert caught.value.params["field"] == "called_at"
    sent = enquire(bodies, asked, replace(leak, called_at=AT - timedelta(minutes=9)), **keep)
    assert (sent.form, sent.urgent, asked.state) == (FormKind.OCCURRENCE, True, CaseState.PROVIDER_ASKED)
    [way] = [one for one in enquiries_of(bodies, asked) if one.enquiry.id == sent.id]
    assert [body.code for _leg, body in way.legs] == ["OPERATOR"]
    answer_enquiry(bodies, asked, sent, "受け付けました。", vault=office, by=OPERATOR, at=AT)


@pytest.mark.parametrize("actor", [STRANGER, AOMORI, MINISTRY, AUDITOR])
def test_nobody_else_moves_a_case(bodies: Session, office: OfficeVault, asked: Discrepancy, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        go_on(bodies, asked, A.TAKE_UP, vault=office, by=actor, at=AT)
    with pytest.raises(Forbidden):
        use_papers(bodies, asked, used_on=date(2026, 10, 26), vault=office, by=actor, at=AT)
    assert asked.state == CaseState.PROVIDER_ASKED
