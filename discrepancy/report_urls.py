"""The addresses of reports, of the other forms and of the operator's desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from discrepancy.views import forms, operator, report_files, reports

Address = tuple[str, str, Callable[..., Any], tuple[str, ...]]
READ, WRITE, SEND = ("GET",), ("GET", "POST"), ("POST",)
REPORTS: tuple[Address, ...] = (
    ("", "reports", reports.reports, READ),
    ("/begin", "begin_report", reports.begin, SEND),
    ("/files", "import_reports", report_files.take_files, WRITE),
    ("/<report_id>", "report", reports.show, READ),
    ("/<report_id>/edit", "report_edit", reports.edit, WRITE),
    ("/<report_id>/book", "report_book", report_files.from_book, WRITE),
    ("/<report_id>/cases", "link_report", reports.link, SEND),
    ("/<report_id>/discard", "discard_report", reports.discard, SEND),
    ("/<report_id>/report.xlsx", "report_sheet", report_files.sheet, READ),
    ("/<report_id>/report.pdf", "report_pdf", report_files.pdf, READ),
)
FORMS: tuple[Address, ...] = (
    ("", "forms", forms.forms, READ),
    ("/<kind>", "form", forms.fill, WRITE),
    ("/<kind>/book", "form_book", forms.from_book, SEND),
    ("/<kind>.xlsx", "blank_form", report_files.blank, READ),
)
OPERATOR: tuple[Address, ...] = (
    ("", "discrepancies", operator.desk, READ),
    ("/reports/<report_id>/accept", "accept_report", operator.accept, SEND),
    ("/reports/<report_id>/return", "return_report", operator.give_back, SEND),
    ("/trends", "trends", operator.trends, READ),
    ("/trends.csv", "trends_table", operator.trends_table, READ),
    ("/clusters", "clusters", operator.clusters, READ),
    ("/lesson", "lesson", operator.lesson, WRITE),
)


def add(bodies: Blueprint, staff: Blueprint) -> None:
    """Put them into the room's two parts."""
    for rule, name, view, methods in REPORTS:
        bodies.add_url_rule(f"/bodies/reports{rule}", name, view, methods=methods)
    for rule, name, view, methods in FORMS:
        bodies.add_url_rule(f"/bodies/forms{rule}", name, view, methods=methods)
    for rule, name, view, methods in OPERATOR:
        staff.add_url_rule(f"/staff/discrepancies{rule}", name, view, methods=methods)
