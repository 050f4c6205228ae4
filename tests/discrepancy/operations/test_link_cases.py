"""A report that comes as a file is put to the cases that wait for it, or these are made; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.models.cases import CaseBody, CaseStep, Discrepancy
from discrepancy.models.figures import MonthSum
from discrepancy.operations.link_cases import FROM_REPORT, Linked, link_by_hand
from discrepancy.operations.open_case import open_case
from discrepancy.operations.report import (
    accept_report,
    begin_report,
    cases_of,
    file_report,
    return_report,
    write_report,
)
from discrepancy.operations.take_in import SentFile, TakenIn, read_files, take_in
from discrepancy.operations.tally import count_anew
from discrepancy.operations.tell import TELL, Told
from discrepancy.rules import linking
from discrepancy.rules.codes import shipped
from discrepancy.rules.merging import NOT_DUE
from discrepancy.rules.report_sheet import plan
from discrepancy.rules.states import CaseState, Party
from portal.core import press, workbook_forms
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.jobs import Job
from portal.core.vault import OfficeVault
from tests.discrepancy.operations.conftest import AUDITOR, INQUIRER, OPERATOR, PROVIDER, STRANGER
from tests.discrepancy.operations.test_cases import AT, asked, due, opened  # noqa: F401 - fixtures
from tests.discrepancy.operations.test_cases import new as new_case
from tests.discrepancy.rules.reports import INQUIRER_CAUSED, PROVIDER_CAUSED

LATER = AT.replace(month=11, day=3)
# As the case of the fixtures has it.
THAT = {
    "occurred_on": "2026-10-26",
    "occurred_at": "10:00",
    "body_name": "北海道見本市",
    "inquirer_name": "青森県見本町",
}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_is_child", True)


def sent(values: Mapping[str, str], nth: int = 1) -> SentFile:
    made = plan({**PROVIDER_CAUSED, **THAT, **values}, shipped(), day=date(2026, 11, 2))
    small = [type(one)(one.cell, one.value, long=one.long) for one in made.entries]
    book = workbook_forms.make(type(made)(**{**vars(made), "entries": small, "lists": {}, "lists_under": {}}))
    return SentFile(f"26110201101-{nth:02} 北海道見本市【顛末報告書】.xlsx", book)


def taken(session: Session, office: OfficeVault, *files: SentFile, by: Actor = PROVIDER) -> list[TakenIn]:
    return take_in(session, read_files(files), vault=office, by=by, at=LATER)


def one(session: Session, office: OfficeVault, values: Mapping[str, str], by: Actor = PROVIDER) -> Linked:
    return taken(session, office, sent(values), by=by)[0].linked


@pytest.mark.parametrize("by", [PROVIDER, OPERATOR])
def test_a_file_is_put_to_the_case_that_waits_for_it(
    bodies: Session,
    office: OfficeVault,
    due: Discrepancy,  # noqa: F811
    by: Actor,
) -> None:
    [found] = taken(bodies, office, sent({}), by=by)
    assert ([case.number for case in found.linked.cases], found.linked.made) == ([due.number], False)
    assert (due.state, found.report.cause_id) == (CaseState.REPORTED, due.cause_id)
    assert cases_of(bodies, found.report) == [due]
    accept_report(bodies, found.report, vault=office, by=OPERATOR, at=LATER)
    assert due.state == CaseState.ACCEPTED


def test_the_number_of_a_case_in_a_report_decides(bodies: Session, office: OfficeVault, due: Discrepancy) -> None:  # noqa: F811
    text = {
        "occurred_at": "23:00",
        "affair": "child-allowance",
        "cause_detail": f"（{due.number.upper()}）登録の遅れ。",
    }
    assert [case.number for case in one(bodies, office, text).cases] == [due.number]


def test_a_case_that_waits_for_no_report_is_left_alone(
    bodies: Session,
    office: OfficeVault,
    asked: Discrepancy,  # noqa: F811
) -> None:
    found = one(bodies, office, {})
    assert (list(found.cases), found.why, found.params) == ([], linking.NOT_DUE, {"number": asked.number})
    assert asked.state == CaseState.PROVIDER_ASKED


def test_a_report_that_somebody_is_writing_keeps_its_case(
    bodies: Session,
    office: OfficeVault,
    due: Discrepancy,  # noqa: F811
) -> None:
    draft = begin_report(bodies, [due], {}, vault=office, by=PROVIDER, at=AT)
    assert one(bodies, office, {}).why == linking.NOT_DUE
    assert cases_of(bodies, draft) == [due]


@pytest.mark.parametrize("by", [PROVIDER, OPERATOR])
def test_cases_are_made_where_the_report_says_enough(bodies: Session, office: OfficeVault, by: Actor) -> None:
    found = one(bodies, office, {"inquirer_name": "青森県見本町、青森県見本村"}, by)
    assert found.made
    assert [(case.inquirer_code, case.provider_code, case.causer, case.state) for case in found.cases] == [
        ("022012", "011011", Party.PROVIDER, CaseState.REPORTED),
        ("022021", "011011", Party.PROVIDER, CaseState.REPORTED),
    ]
    first = found.cases[0]
    assert len({case.cause_id for case in found.cases}) == 1  # X17: several cases of one cause, one report
    seen = select(CaseBody.body_code, CaseBody.party).where(CaseBody.case_number == first.number)
    assert set(bodies.execute(seen)) == {("022012", Party.INQUIRER), ("011011", Party.PROVIDER)}
    steps = select(CaseStep.action, CaseStep.account_id).where(CaseStep.case_number == first.number)
    assert list(bodies.execute(steps.order_by(CaseStep.position))) == [(FROM_REPORT, by.id), ("report", by.id)]
    report = found.cases[0]
    assert PROVIDER_CAUSED["cause_detail"].encode() not in report.summary
    bodies.flush()
    told = [job.payload for job in bodies.scalars(select(Job).where(Job.kind == TELL))]
    opened_for = sorted(told_of["body"] for told_of in told if told_of["what"] == Told.OPENED)
    assert opened_for == ["022012", "022021"], "the other bodies, not the one that reported"


def test_a_made_case_goes_back_with_its_report(bodies: Session, office: OfficeVault) -> None:
    [found] = taken(bodies, office, sent({}))
    return_report(bodies, found.report, "起因者の欄を直してください。", vault=office, by=OPERATOR, at=LATER)
    case = found.linked.cases[0]
    assert (case.state, case.report_due_on) == (CaseState.REPORT_DUE, case.due_on)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"inquirer_name": "どこかの町"}, linking.NO_OTHER),
        ({"inquirer_name": "青森県見本町、どこかの町"}, linking.NO_OTHER),
        ({"inquirer_name": "北海道見本市"}, linking.NO_OTHER),
    ],
)
def test_nothing_is_made_of_a_report_that_says_too_little(
    bodies: Session, office: OfficeVault, values: dict[str, str], why: str
) -> None:
    found = one(bodies, office, values)
    assert (list(found.cases), found.why) == ([], why)


def test_an_inquirer_names_its_provider(bodies: Session, office: OfficeVault) -> None:
    values = {**INQUIRER_CAUSED, **THAT, "provider_name": "青森県見本町"}
    assert linking.others(values) == ["青森県見本町"]
    assert linking.others({**values, "causer": "other"}) == []


def test_the_same_again_makes_no_second_case(bodies: Session, office: OfficeVault) -> None:
    first, second = taken(bodies, office, sent({}), sent({}, 2))
    assert (first.linked.made, second.linked.why) == (True, linking.NOT_DUE)


def test_two_cases_of_different_causes_are_not_guessed_between(
    bodies: Session,
    office: OfficeVault,
    due: Discrepancy,  # noqa: F811
) -> None:
    other = open_case(bodies, new_case(), vault=office, by=INQUIRER, at=AT)
    other.state, other.provider_code, other.causer = CaseState.REPORT_DUE, "011011", Party.PROVIDER
    other.causer_code, other.report_due_on = "011011", date(2026, 11, 5)
    bodies.flush()
    [found] = taken(bodies, office, sent({}))
    assert (list(found.linked.cases), found.linked.why) == ([], linking.SEVERAL)
    keep = {"vault": office, "at": LATER}
    for by in (STRANGER, INQUIRER, AUDITOR):
        with pytest.raises(Forbidden):
            link_by_hand(bodies, found.report, due.number, by=by, **keep)
    for said in ("", "d-2026-999999", f"{due.number} {other.number}"):
        with pytest.raises(Invalid):
            link_by_hand(bodies, found.report, said, by=PROVIDER, **keep)
    assert list(link_by_hand(bodies, found.report, f"　{due.number}", by=PROVIDER, **keep)) == [due]
    assert (due.state, other.state) == (CaseState.REPORTED, CaseState.REPORT_DUE)
    with pytest.raises(Conflict):
        link_by_hand(bodies, found.report, other.number, by=PROVIDER, **keep)


def test_a_case_of_another_body_cannot_be_named(bodies: Session, office: OfficeVault, due: Discrepancy) -> None:  # noqa: F811
    due.causer, due.causer_code = Party.INQUIRER, "022012"
    bodies.flush()
    [found] = taken(bodies, office, sent({"cause_detail": due.number, "inquirer_name": "どこかの町"}))
    assert list(found.linked.cases) == []
    with pytest.raises(Invalid, match=NOT_DUE):
        link_by_hand(bodies, found.report, due.number, vault=office, by=OPERATOR, at=LATER)


def sums(session: Session) -> set[tuple[str, str, str, int]]:
    columns = (MonthSum.by, MonthSum.key, MonthSum.month, MonthSum.reports)
    return {tuple(row) for row in session.execute(select(*columns).where(MonthSum.reports > 0))}


def test_sums_of_months_follow_each_change_of_a_report(
    bodies: Session,
    office: OfficeVault,
    due: Discrepancy,  # noqa: F811
) -> None:
    keep = {"vault": office, "at": LATER}
    draft = begin_report(bodies, [due], PROVIDER_CAUSED, by=PROVIDER, **keep)
    assert sums(bodies) == set()
    file_report(bodies, draft, by=PROVIDER, **keep)
    taken(bodies, office, sent({}, 2))
    assert ("cause", "human-cause/duplicate-late", "2026-11", 2) in sums(bodies)
    return_report(bodies, draft, "別の原因です。", by=OPERATOR, **keep)
    changed = {**PROVIDER_CAUSED, "filed_on": "2026-10-30", "human_cause": "", "system_cause": "line"}
    write_report(bodies, draft, changed, by=PROVIDER, **keep)
    assert ("cause", "system-cause/line", "2026-11", 1) in sums(bodies)
    file_report(bodies, draft, by=PROVIDER, **keep)
    accept_report(bodies, draft, by=OPERATOR, **keep)
    kept = sums(bodies)
    assert ("cluster", "system-cause/line/local-tax", "2026-10", 1) in kept
    count_anew(bodies)
    assert sums(bodies) == kept
