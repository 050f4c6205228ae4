"""Each of the 42 fields of a report: when it must be filled in, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from discrepancy.rules import codes, report_checks
from discrepancy.rules.codes import CodeTable
from discrepancy.rules.fields import COUNT, FieldKind, FormField, fields
from discrepancy.rules.report_checks import Circumstances, check
from tests.discrepancy.rules.reports import INQUIRER_CAUSED, PROVIDER_CAUSED

TODAY = date(2026, 11, 2)
EMPTY, ONE = report_checks.EMPTY, report_checks.ONE_CAUSE
WRONG = Circumstances(wrong_data=True, wrong_elsewhere=True, slow=True)
P, I = PROVIDER_CAUSED, INQUIRER_CAUSED  # noqa: E741 - the two sides

# number, key, a whole report, what is put in the field, and what is said of it ("" where nothing is).
CASES = [
    (1, "filed_on", P, "", EMPTY),
    (1, "filed_on", P, "2026-11-03", report_checks.FUTURE),
    (1, "filed_on", P, "2026/11/02", report_checks.NOT_A_DAY),
    (2, "body_code", P, "", EMPTY),
    (2, "body_code", P, "011012", report_checks.NOT_A_BODY),
    (2, "body_code", P, "MIHON01", ""),
    (3, "body_name", P, "", EMPTY),
    (4, "department", P, "", EMPTY),
    (5, "position", P, "", ""),
    (6, "person", P, "", EMPTY),
    (7, "telephone", P, "", EMPTY),
    (7, "telephone", P, "電話なし", report_checks.NOT_A_TELEPHONE),
    (8, "fax", P, "", ""),
    (8, "fax", P, "ファクス", report_checks.NOT_A_TELEPHONE),
    (9, "mail", P, "", EMPTY),
    (9, "mail", P, "mihon", report_checks.NOT_A_MAIL),
    (10, "occurred_on", P, "", EMPTY),
    (10, "occurred_on", P, "2026-11-09", report_checks.FUTURE),
    (11, "occurred_at", P, "", EMPTY),
    (11, "occurred_at", P, "24:00", report_checks.NOT_A_TIME),
    (12, "recovered_on", P, "", ""),
    (12, "recovered_on", P, "2026-10-25", report_checks.BEFORE),
    (13, "recovered_at", P, "", ""),
    (13, "recovered_at", {**P, "recovered_on": "2026-10-26"}, "09:04", report_checks.BEFORE),
    (14, "affair", P, "", EMPTY),
    (14, "affair", P, "strange", report_checks.NOT_A_CHOICE),
    (15, "information", P, "", EMPTY),
    (15, "information", P, "employment-insurance", report_checks.NOT_UNDER),
    (16, "causer", P, "", EMPTY),
    (17, "system_cause", {**P, "human_cause": ""}, "", ONE),
    (17, "system_cause", P, "network", report_checks.NOT_UNDER),
    (17, "system_cause", {**P, "human_cause": ""}, "line", ""),
    (18, "human_cause", P, "", ONE),
    (18, "human_cause", I, "duplicate-late", report_checks.NOT_UNDER),
    (19, "layout_cause", {**P, "human_cause": ""}, "edition", ""),
    (20, "other_cause", {**P, "human_cause": ""}, "none-found", ""),
    (21, "cause_detail", P, "", EMPTY),
    (22, "asked_operator", P, "", EMPTY),
    (22, "asked_operator", P, "maybe", report_checks.YES_OR_NO),
    (23, "asked_others", P, "", EMPTY),
    (24, "asked_whom", P, "", EMPTY),
    (24, "asked_whom", {**P, "asked_others": "no"}, "", ""),
    (25, "told_ministry", P, "", EMPTY),
    (26, "ministry", P, "", EMPTY),
    (26, "ministry", {**P, "told_ministry": "no"}, "", ""),
    (27, "ministry_section", P, "", EMPTY),
    (28, "provider_kind", I, "", EMPTY),
    (28, "provider_kind", P, "municipality", report_checks.ELSEWHERE),
    (29, "provider_name", I, "", EMPTY),
    (30, "inquirer_effect", I, "", EMPTY),
    (31, "inquirer_kind", P, "", EMPTY),
    (32, "inquirer_name", P, "", EMPTY),
    (32, "inquirer_name", I, "青森県見本市", report_checks.ELSEWHERE),
    (33, "provider_effect", P, "", EMPTY),
    (34, "duplicate_fixed", P, "", EMPTY),
    (35, "inquirer_told", P, "", EMPTY),
    (35, "inquirer_told", {**P, "duplicate_fixed": "no"}, "", ""),
    (36, "others_checked", P, "", EMPTY),
    (37, "others_told", P, "", EMPTY),
    (38, "not_done_because", P, "", EMPTY),
    (38, "not_done_because", {**P, "others_told": "yes"}, "", ""),
    (39, "slow_told", P, "", EMPTY),
    (40, "slow_not_told_because", P, "", EMPTY),
    (40, "slow_not_told_because", {**P, "slow_told": "yes"}, "", ""),
    (41, "receipt_number", P, "26-000001", report_checks.OPERATORS),
    (42, "received_at", P, "2026-11-02 10:00", report_checks.OPERATORS),
]


@pytest.mark.parametrize("report", [PROVIDER_CAUSED, INQUIRER_CAUSED])
def test_a_whole_report_can_be_filed(report: dict[str, str]) -> None:
    assert check(report, codes.shipped(), today=TODAY) == []


@pytest.mark.parametrize(("number", "key", "report", "value", "said"), CASES)
def test_each_field_keeps_its_rule(number: int, key: str, report: dict[str, str], value: str, said: str) -> None:
    field = fields()[number - 1]
    assert (field.number, field.key) == (number, key)
    case = WRONG if report.get("causer") == "provider" else Circumstances(slow=True)
    found = check({**report, key: value}, codes.shipped(), today=TODAY, case=case)
    assert {fault.message for fault in found if fault.field == key or fault.message == ONE} == ({said} - {""})


def test_every_field_is_in_the_table_above() -> None:
    assert {number for number, *_ in CASES} == set(range(1, COUNT + 1))


TEXTS = [field for field in fields() if field.kind in (FieldKind.LINE, FieldKind.TEXT)]


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.key)
def test_a_personal_number_is_refused_in_every_text(field: FormField) -> None:
    found = check({**PROVIDER_CAUSED, field.key: "番号は123456789018です"}, codes.shipped(), today=TODAY)
    assert field.key in {fault.field for fault in found}


def test_a_choice_that_has_ended_is_refused_and_still_has_a_name() -> None:
    ended = [
        replace(row, until=date(2026, 10, 31)) if (row.table, row.key) == ("ministry", "soumu") else row
        for row in codes.shipped()
    ]
    found = check(PROVIDER_CAUSED, ended, today=TODAY)
    assert [(fault.field, fault.message) for fault in found] == [("ministry", report_checks.ENDED)]
    known = codes.find(ended, CodeTable.MINISTRY, "総務省")
    assert known is not None
    assert known.key == "soumu"
