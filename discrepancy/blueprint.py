"""Every address of the room of discrepancy reports: for bodies below ``/bodies``, for the operator below ``/staff``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

import discrepancy.operations.outage_news
import discrepancy.queries.public_counts  # noqa: F401 - counts for the public record
from discrepancy import report_urls
from discrepancy.views import case, codes, desk, enquiries, outages, register, steps, typing

# People of bodies sign in where staff do. The operator's staff read the same pages of cases, as another party.
blueprint = Blueprint("discrepancy", __name__, template_folder="templates")
staff_blueprint = Blueprint("discrepancy_staff", __name__, template_folder="templates")

READ, WRITE, SEND = ("GET",), ("GET", "POST"), ("POST",)

Address = tuple[str, str, Callable[..., Any], tuple[str, ...]]

CASE = "/<number>"
CASES: tuple[Address, ...] = (
    ("", "cases", desk.cases, READ),
    ("/new", "new_case", desk.new_case, WRITE),
    (CASE, "case", case.case, READ),
    (f"{CASE}/check", "check", steps.check, WRITE),
    (f"{CASE}/outage", "outage", steps.outage, WRITE),
    (f"{CASE}/ask/<kind>", "ask", enquiries.ask, WRITE),
    (f"{CASE}/emergency", "emergency", enquiries.emergency, WRITE),
    (f"{CASE}/enquiries/<enquiry_id>", "enquiry", enquiries.enquiry, WRITE),
    (f"{CASE}/enquiries/<enquiry_id>/pass-on", "send_on", enquiries.send_on, SEND),
    (f"{CASE}/cause/<action>", "cause", steps.cause, WRITE),
    (f"{CASE}/steps/<action>", "step", steps.step, WRITE),
    (f"{CASE}/remedy", "remedy", steps.remedy, WRITE),
    (f"{CASE}/papers", "papers", steps.papers, WRITE),
    (f"{CASE}/others", "others", steps.others, WRITE),
)
OTHERS: tuple[Address, ...] = (
    ("/passing-on", "bundles", desk.bundles, WRITE),
    ("/notices", "notices", desk.notices, READ),
    ("/notices/<notice_id>", "notice", desk.notice, READ),
    ("/register", "register", register.register, READ),
    ("/own", "own_body", register.own_body, WRITE),
    ("/typing", "keep_typing", typing.keep, SEND),
)
KEPT: tuple[Address, ...] = (
    ("/bodies", "bodies", register.bodies, READ),
    ("/bodies/<code>", "body", register.body, WRITE),
    ("/bodies/<code>/accounts/new", "new_correspondent", register.new_correspondent, WRITE),
    ("/codes", "code_tables", codes.tables, READ),
    ("/codes/<name>", "code_table", codes.table, WRITE),
    ("/outages", "outages", outages.outages, READ),
    ("/outages/<key>", "outage_cases", outages.outage_cases, WRITE),
)

for rule, name, view, methods in CASES:
    blueprint.add_url_rule(f"/bodies/cases{rule}", name, view, methods=methods)
for rule, name, view, methods in OTHERS:
    blueprint.add_url_rule(f"/bodies{rule}", name, view, methods=methods)
for rule, name, view, methods in KEPT:
    staff_blueprint.add_url_rule(f"/staff{rule}", name, view, methods=methods)

report_urls.add(blueprint, staff_blueprint)
