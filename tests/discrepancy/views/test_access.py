"""Every address of the room × body × role: no body can ever read another's case."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.core.audit import Entry
from tests.discrepancy.views.conftest import PEOPLE, STAFF, Room

WHO = (*PEOPLE, *(role.value for role in STAFF))
# Of addresses of a case, what those get who see it: the inquirer, the provider, the prefecture, the officer, the
# auditor. 403: not theirs to do; 409: not in this state.
SEEN = ("inquirer", "provider", "prefecture", "officer", "auditor")
CASE: dict[str, tuple[int, int, int, int, int]] = {
    "case": (200, 200, 200, 200, 200),
    "enquiry": (200, 200, 200, 200, 200),
    "check": (409, 403, 403, 403, 403),
    "outage": (409, 409, 409, 409, 403),
    "ask": (200, 200, 403, 403, 403),
    "emergency": (200, 200, 403, 403, 403),
    "send_on": (403, 403, 302, 403, 403),
    "cause": (409, 409, 409, 403, 403),
    "step": (200, 200, 403, 403, 403),
    "remedy": (409, 409, 409, 403, 403),
    "papers": (200, 403, 403, 403, 403),
    "others": (403, 200, 403, 403, 403),
}
# Of other addresses, who opens them.
BODIES = frozenset(PEOPLE)
OPEN: dict[str, frozenset[str]] = {
    "discrepancy.cases": BODIES | {"officer", "auditor"},
    "discrepancy.new_case": BODIES,
    "discrepancy.bundles": BODIES | {"officer"},
    "discrepancy.notices": BODIES,
    "discrepancy.register": BODIES,
    "discrepancy.own_body": BODIES,
    "discrepancy.reports": BODIES,
    "discrepancy.begin_report": BODIES,
    "discrepancy.forms": BODIES,
    "discrepancy.import_reports": BODIES | {"officer"},
    "discrepancy_staff.discrepancies": frozenset({"officer", "auditor"}),
    "discrepancy_staff.trends": frozenset({"officer", "auditor"}),
    "discrepancy_staff.clusters": frozenset({"officer", "auditor"}),
    "discrepancy_staff.trends_table": frozenset({"officer", "auditor"}),
    "discrepancy_staff.bodies": frozenset({"officer", "administrator"}),
    "discrepancy_staff.body": frozenset({"officer", "administrator"}),
    "discrepancy_staff.code_tables": frozenset({"officer", "administrator"}),
    "discrepancy_staff.code_table": frozenset({"officer", "administrator"}),
    "discrepancy_staff.new_correspondent": frozenset({"administrator"}),
    "discrepancy_staff.outages": frozenset({"officer", "auditor"}),
}
# What names something that is not here: 404 for these, 403 for others.
NOWHERE: dict[str, frozenset[str]] = {
    "discrepancy.notice": BODIES,
    "discrepancy.report": BODIES | {"officer", "auditor"},
    "discrepancy.report_edit": BODIES | {"officer", "auditor"},
    "discrepancy.report_book": BODIES | {"officer", "auditor"},
    "discrepancy.report_sheet": BODIES | {"officer", "auditor"},
    "discrepancy.report_pdf": BODIES | {"officer", "auditor"},
    "discrepancy.discard_report": BODIES,
    "discrepancy.keep_typing": BODIES,
    "discrepancy.link_report": BODIES | {"officer"},
    "discrepancy.blank_form": BODIES | {"officer", "auditor"},
    "discrepancy.form": BODIES | {"officer", "auditor"},
    "discrepancy.form_book": BODIES,
    "discrepancy_staff.accept_report": frozenset({"officer"}),
    "discrepancy_staff.return_report": frozenset({"officer"}),
    "discrepancy_staff.lesson": frozenset(),
    "discrepancy_staff.outage_cases": frozenset({"officer", "auditor"}),
}
VALUES = {
    "kind": "operator",
    "action": "hear-answer",
    "code": "022012",
    "notice_id": "none",
    "key": "none",
    "report_id": "none",
    "name": "effect",
}


def rules(room: Room) -> list[Rule]:
    return [
        rule for rule in room.app.url_map.iter_rules() if rule.endpoint.startswith(("discrepancy.", "discrepancy_"))
    ]


def address(room: Room, rule: Rule) -> str:
    values = {**VALUES, "number": room.case, "enquiry_id": room.enquiry}
    if rule.endpoint == "discrepancy.cause":
        values["action"] = "find-wrong-data"
    wanted = {name: values[name] for name in rule.arguments}
    return str(room.app.url_map.bind("localhost").build(rule.endpoint, wanted))


def expected(rule: Rule, who: str) -> int:
    room_name, _dot, name = rule.endpoint.partition(".")
    if room_name == "discrepancy" and name in CASE:
        if who in SEEN:
            return CASE[name][SEEN.index(who)]
        return 404 if who in PEOPLE else 403
    if rule.endpoint in NOWHERE:
        return 404 if who in NOWHERE[rule.endpoint] else 403
    return 200 if who in OPEN[rule.endpoint] else 403


def test_every_address_is_in_the_table(room: Room) -> None:
    known = {f"discrepancy.{name}" for name in CASE} | set(OPEN) | set(NOWHERE)
    assert {rule.endpoint for rule in rules(room)} == known


@pytest.mark.parametrize("who", WHO)
def test_nobody_reads_more_than_is_theirs(room: Room, who: str) -> None:
    browser = room.browser(who)
    token = browser.get("/staff/sessions").tree.xpath("//input[@name='csrf_token']/@value")[0]
    wrong = {}
    for rule in rules(room):
        if "GET" in (rule.methods or ()):
            status = browser.get(address(room, rule)).status
        elif expected(rule, who) >= 400:  # what is allowed is tried elsewhere, for it changes something
            status = browser.client.post(address(room, rule), data={"csrf_token": token}).status_code
        else:
            continue
        if status != expected(rule, who):
            wrong[rule.endpoint] = (status, expected(rule, who))
    assert wrong == {}


def test_every_look_at_a_case_is_in_the_journal(room: Room) -> None:
    room.browser("provider").get(f"/bodies/cases/{room.case}")
    room.browser("stranger").get(f"/bodies/cases/{room.case}")
    with room.building.database.session(write=False) as session:
        looks = select(Entry).where(Entry.subject == room.case, Entry.action == "discrepancy.case.look")
        bodies = {entry.detail["body"] for entry in session.scalars(looks)}
    assert PEOPLE["provider"].body in bodies
    assert PEOPLE["stranger"].body not in bodies
