"""A report as a workbook: out and in again without loss, and read as it was meant where others filled it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from discrepancy.rules import codes, report_checks, report_sheet
from discrepancy.rules.fields import FormField, FormKind, field, fields, form
from discrepancy.rules.report_sheet import MOVED, SHEET, ZERO_LOST, plan, read
from portal.core import detectors, form_sheets, sheets, workbook_forms
from portal.core.errors import Invalid
from portal.core.form_sheets import FormCell, FormPlan, FormSheet
from tests.discrepancy.rules.reports import INQUIRER_CAUSED, PROVIDER_CAUSED

DAY = date(2026, 11, 2)
REPORT = form(FormKind.REPORT)
CODES = codes.shipped()


def sheet_of(values: dict[str, str]) -> FormSheet:
    return workbook_forms.read(workbook_forms.make(plan(values, CODES, day=DAY)), SHEET)


@pytest.fixture(scope="module")
def filled() -> FormSheet:
    return sheet_of(PROVIDER_CAUSED)


@pytest.mark.parametrize("values", [PROVIDER_CAUSED, INQUIRER_CAUSED, {}])
def test_a_report_comes_back_as_it_went_out(values: dict[str, str]) -> None:
    found = read(sheet_of(values), CODES)
    assert found.faults == ()
    assert found.values == values


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    values = {**PROVIDER_CAUSED, "cause_detail": "=1+1 と入力された"}
    assert read(sheet_of(values), CODES).values == values


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("filed_on", FormCell("46328", is_number=True, day=date(2026, 11, 2)), "2026-11-02"),
        ("filed_on", FormCell("２０２６／１１／２"), "2026-11-02"),
        ("filed_on", FormCell("令和８年１１月２日"), "2026-11-02"),
        ("filed_on", FormCell("近日"), "近日"),
        ("occurred_at", FormCell("0.378", time=time(9, 5)), "09:05"),
        ("occurred_at", FormCell("９時５分"), "09:05"),
        ("occurred_at", FormCell("25:00"), "25:00"),
        ("body_code", FormCell("11011", is_number=True), "011011"),
        ("body_code", FormCell("０１１０１１"), "011011"),
        ("telephone", FormCell("０１１－０００－００００"), "011-000-0000"),
        ("asked_operator", FormCell("はい"), "yes"),
        ("asked_operator", FormCell("ＮＯ"), "no"),
        ("causer", FormCell("情報提供者"), "provider"),
        ("causer", FormCell("だれか"), "だれか"),
        ("person", FormCell("見本　太郎 "), "見本　太郎"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(filled: FormSheet, key: str, cell: FormCell, value: str) -> None:
    found = read(FormSheet({**filled.cells, field(key).cell: cell}), CODES)
    assert found.faults == ()
    assert found.values[key] == value


@pytest.mark.parametrize(
    ("key", "cell", "message"),
    [
        ("telephone", FormCell("110000000", is_number=True), ZERO_LOST),
        ("cause_detail", FormCell(fault=sheets.FORMULA), sheets.FORMULA),
        ("person", FormCell(fault=detectors.MESSAGE), detectors.MESSAGE),
        ("mail", FormCell(fault=form_sheets.COVERED), form_sheets.COVERED),
    ],
)
def test_what_cannot_be_read_names_its_cell(filled: FormSheet, key: str, cell: FormCell, message: str) -> None:
    found = read(FormSheet({**filled.cells, field(key).cell: cell}), CODES)
    assert [(fault.cell, fault.field, fault.message) for fault in found.faults] == [(field(key).cell, key, message)]
    assert found.values.get(key, "") in ("", cell.text)


def test_a_form_that_was_rearranged_is_not_guessed_at(filled: FormSheet) -> None:
    one = field("person")
    place = report_sheet.label_cell(REPORT, one)
    found = read(FormSheet({**filled.cells, place: FormCell("職名")}), CODES)
    assert [(fault.cell, fault.message, fault.name) for fault in found.faults] == [(place, MOVED, "氏名")]
    assert "person" not in found.values


@pytest.mark.parametrize("one", fields(), ids=lambda one: one.key)
def test_each_field_has_its_name_beside_it(filled: FormSheet, one: FormField) -> None:
    label = filled.cell(report_sheet.label_cell(REPORT, one)).text
    assert label == one.name_ja + report_sheet.mark(one)


def test_what_a_workbook_says_can_be_filed(filled: FormSheet) -> None:
    assert report_checks.check(read(filled, CODES).values, CODES, today=DAY) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda p: replace(p, sheet="報告書"), form_sheets.NO_SHEET),
        (
            lambda p: replace(p, widths={"ZZZ": 9}, labels=[*p.labels, form_sheets.Label("CZ400", "x")]),
            form_sheets.TOO_BIG,
        ),
    ],
)
def test_another_workbook_is_refused(change: Callable[[FormPlan], FormPlan], message: str) -> None:
    made = workbook_forms.make(change(plan(PROVIDER_CAUSED, CODES, day=DAY)))
    with pytest.raises(Invalid) as caught:
        workbook_forms.read(made, SHEET)
    assert caught.value.message == message
