"""Every address of the desk for every role, for unknown cases, and without signing in."""

from __future__ import annotations

import pytest
from flask import Flask

from disclosure import policy
from disclosure.rules.states import Action, State
from portal.core.actor import Role
from portal.letters import policy as numbers
from portal.web.access import access_of
from tests.client import Browser
from tests.disclosure.views.desk import Desk

R, A = policy.Right, Action
# Endpoint, address below the case, method, what the policy has to allow.
PAGES: list[tuple[str, str, str, Action | policy.Right]] = [
    ("case", "", "GET", R.READ),
    ("identity", "/identity", "GET", A.CONFIRM_IDENTITY),
    ("correction", "/correction", "GET", A.ASK_CORRECTION),
    ("answer", "/correction/answer", "GET", A.ANSWER_CORRECTION),
    ("records", "/records", "GET", A.ATTACH_RECORD),
    ("release", "/release", "GET", A.RELEASE),
    ("compare", "/compare", "GET", R.SECOND_LOOK),
    ("lapse", "/lapse", "GET", A.LAPSE),
    ("late_choice", "/late-choice", "GET", A.ACCEPT_LATE),
    ("handover", "/handover", "GET", R.HAND_OUT),
    ("records_outcome", "/handover/outcome", "POST", R.HAND_OUT),
    ("post_records", "/handover/post", "POST", R.HAND_OUT),
    ("renew_handout", "/handover/renew", "POST", R.HAND_OUT),
    ("undo_handover", "/handover/none/take-back", "POST", R.HAND_OUT),
    ("appointment", "/appointment", "GET", R.APPOINT),
    ("cancel_appointment", "/appointment/cancel", "POST", R.APPOINT),
    ("miss_appointment", "/appointment/missed", "POST", R.HAND_OUT),
    ("open_leak", "/leak", "GET", R.HANDLE_LEAK),
    ("leak", "/leaks/none", "GET", R.HANDLE_LEAK),
    ("report_leak", "/leaks/none/report", "POST", R.HANDLE_LEAK),
    ("difference", "/compare/resolved", "GET", R.SECOND_LOOK),
    ("breach", "/leaks/none/notice", "GET", R.HANDLE_LEAK),
    ("tell_leak", "/leaks/none/told", "POST", R.HANDLE_LEAK),
    ("propose_closing_leak", "/leaks/none/outcome", "POST", R.HANDLE_LEAK),
    ("close_leak", "/leaks/none/close", "POST", R.HANDLE_LEAK),
    ("method", "/method", "GET", A.CHOOSE_METHOD),
    ("further", "/further", "GET", A.ASK_FURTHER),
    ("disclosure_fee", "/fees/disclosure", "GET", R.HANDLE_FEES),
    ("propose_document", "/records/none/publication", "GET", R.PROPOSE_DOCUMENT),
    ("publication", "/publications/none", "GET", R.DROP_DOCUMENT),
    ("publish_document", "/publications/none/publish", "POST", R.PUBLISH_DOCUMENT),
    ("drop_publication", "/publications/none/drop", "POST", R.DROP_DOCUMENT),
    ("decision", "/decision", "GET", A.DRAFT),
    ("letter", "/letter", "GET", R.READ),
    ("draft_pdf", "/letter/draft.pdf", "GET", R.READ),
    ("send_back", "/send-back", "GET", A.SEND_BACK),
    ("withdraw", "/withdrawal", "GET", A.WITHDRAW),
    ("file", "/files/none", "GET", R.READ_FILES),
    ("file_page", "/files/none/pages/1", "GET", R.READ_FILES),
    ("page_picture", "/files/none/pages/1.jpg", "GET", R.READ_FILES),
    ("issued_letter", "/letters/none", "GET", R.READ),
    ("reading", "/readings/none/large", "GET", R.READ),
    ("assign", "/assign", "POST", A.ASSIGN),
    ("note", "/notes", "POST", A.NOTE),
    ("close", "/close", "POST", A.CLOSE),
    ("start_identity", "/identity/start", "POST", A.START_IDENTITY_CHECK),
    ("give_up", "/correction/give-up", "POST", A.GIVE_UP_CORRECTION),
    ("remove_record", "/records/none/remove", "POST", A.REMOVE_RECORD),
    ("send_for_approval", "/approval", "POST", A.SEND_FOR_APPROVAL),
    ("approve", "/approve", "POST", A.APPROVE),
    ("issue", "/issue", "POST", A.ISSUE),
    ("way", "/letters/none/way", "GET", R.DELIVER),
    ("hand_over", "/letters/none/way/handed", "POST", R.DELIVER),
    ("post_outcome", "/letters/none/way/outcome", "POST", R.DELIVER),
    ("correct_posting", "/letters/none/way/posting", "POST", R.DELIVER),
    ("take_back", "/letters/none/way/none/take-back", "POST", R.DELIVER),
    ("also_post", "/letters/none/post", "POST", R.DELIVER),
    ("drop_post", "/letters/none/post/drop", "POST", R.DELIVER),
    ("replacement", "/letters/none/replacement", "GET", R.DRAFT_REPLACEMENT),
    ("replacement_letter", "/letters/none/replacement/letter", "GET", R.READ),
    ("drop_replacement", "/letters/none/replacement/drop", "POST", R.DROP_REPLACEMENT),
    ("issue_replacement", "/letters/none/replacement/issue", "POST", R.ISSUE_REPLACEMENT),
    ("extension", "/extension", "GET", A.EXTEND),
    ("special_period", "/special-period", "GET", A.APPLY_SPECIAL_PERIOD),
    ("split", "/split", "GET", A.APPLY_SPECIAL_PERIOD),
    ("rest_slip", "/split/slip.pdf", "GET", R.DELIVER),
    ("period_notice", "/period-notice", "GET", R.READ),
    ("issue_period_notice", "/period-notice/issue", "POST", R.ISSUE_EXTENSION),
    ("drop_period_notice", "/period-notice/drop", "POST", R.DROP_EXTENSION),
    ("redact", "/records/none/redact", "GET", A.ATTACH_RECORD),
    ("redact_picture", "/records/none/redact/pages/1.jpg", "GET", R.READ_FILES),
    ("make_copy", "/records/none/redact/make", "POST", A.ATTACH_RECORD),
    ("redacted", "/records/none/redacted", "GET", R.READ_FILES),
    ("redacted_copy", "/records/none/redacted/file", "GET", R.READ_FILES),
    ("redacted_picture", "/records/none/redacted/pages/1.jpg", "GET", R.READ_FILES),
    ("capacity_lost", "/representation-ended", "GET", A.DEEM_WITHDRAWN),
    ("protection", "/protection", "GET", R.PROTECT),
    ("notice", "/notices/none", "GET", R.READ_NOTICE),
    ("issue_notice", "/notices/none/issue", "POST", R.READ_NOTICE),
    ("drop_notice", "/notices/none/drop", "POST", R.READ_NOTICE),
    ("transfer", "/transfer", "GET", R.CONSULT),
    ("transfer_answer", "/transfer/answer", "POST", R.CONSULT),
    ("transfer_letters", "/transfer/letters", "POST", R.CONSULT),
    ("drop_transfer", "/transfer/drop", "POST", R.CONSULT),
    ("third_parties", "/third-parties", "GET", R.CONSULT),
    ("mark_decision", "/third-parties/mark", "POST", R.CONSULT),
    ("third_party", "/third-parties/none", "GET", R.CONSULT),
    ("ask_third_party", "/third-parties/none/inquiry", "POST", R.CONSULT),
    ("skip_third_party", "/third-parties/none/skip", "POST", R.CONSULT),
    ("drop_third_party", "/third-parties/none/drop", "POST", R.CONSULT),
    ("third_party_answer", "/third-parties/none/answer", "POST", R.CONSULT),
    ("tell_opponent", "/third-parties/none/objection", "POST", R.CONSULT),
    ("weigh_objection", "/third-parties/none/objection/followed", "POST", R.CONSULT),
    ("holds", "/holds", "GET", R.HOLD),
    ("claim_origin", "/claim/record", "GET", R.READ_FILES),
    ("carry_out", "/carry-out", "GET", A.CARRY_OUT),
    ("recipient", "/recipients", "GET", R.DRAFT_NOTICE),
    ("fees", "/fees", "GET", R.READ),
    ("charge_fee", "/fees/charge", "GET", R.HANDLE_FEES),
    ("pay_fee", "/fees/none/payment", "GET", R.HANDLE_FEES),
    ("strike_fee", "/fees/none/strike", "POST", R.HANDLE_FEES),
    ("refund_fee", "/fees/none/refund", "POST", R.HANDLE_FEES),
    ("fee_receipt_file", "/fees/none/receipt.pdf", "GET", R.HANDLE_FEES),
    ("ask_fee_waiver", "/fees/none/waiver", "GET", R.ASK_WAIVER),
    ("fee_waiver", "/fees/waivers/none", "GET", R.WAIVE_FEE),
    ("lift_hold", "/holds/none/lift", "POST", R.HOLD),
    ("new_appeal", "/appeals", "GET", R.FILE),
    ("appeal", "/appeals/none", "GET", R.READ),
    ("appeal_step", "/appeals/none/steps", "POST", R.HANDLE_APPEAL),
    ("appeal_people_page", "/appeals/none/people", "GET", R.HANDLE_APPEAL),
    ("remove_person", "/appeals/none/people/none/remove", "POST", R.HANDLE_APPEAL),
    ("consult", "/appeals/none/consultation", "GET", R.HANDLE_APPEAL),
    ("ruling", "/appeals/none/ruling", "GET", R.HANDLE_APPEAL),
    ("decide_anew", "/appeals/none/decision", "GET", R.HANDLE_APPEAL),
    ("withheld_csv", "/withheld.csv", "GET", R.READ),
    ("withheld_pdf", "/withheld.pdf", "GET", R.READ),
    ("suits", "/suits", "GET", R.HANDLE_APPEAL),
    ("end_suit", "/suits/none/end", "GET", R.HANDLE_APPEAL),
    ("export", "/export", "GET", R.EXPORT),
]
# Addresses of no single case: endpoint, address, method, who may.
OTHERS = [
    ("post", "/post", "GET", policy.STAFF[R.DELIVER]),
    ("slots", "/slots", "GET", policy.STAFF[R.KEEP_SLOTS]),
    ("close_slot", "/slots/none/close", "POST", policy.STAFF[R.KEEP_SLOTS]),
    ("leaks", "/leaks", "GET", policy.STAFF[R.HANDLE_LEAK]),
    ("retention", "/retention?of=case-file", "GET", policy.STAFF[R.ERASE]),
    ("certificates", "/retention/certificates", "GET", policy.STAFF[R.ERASE]),
    ("certificate", "/retention/certificates/1", "GET", policy.STAFF[R.ERASE]),
    ("make_run", "/post/runs", "POST", policy.STAFF[R.DELIVER]),
    ("print_run", "/post/runs/2026-04-01-1", "GET", policy.STAFF[R.DELIVER]),
    ("run_outcomes", "/post/runs/2026-04-01-1/outcomes", "POST", policy.STAFF[R.DELIVER]),
    ("run_file", "/post/runs/2026-04-01-1/run.pdf", "GET", policy.STAFF[R.DELIVER]),
    ("reception", "/reception", "GET", policy.STAFF[R.FILE]),
    ("reception_receipts", "/reception/receipts", "GET", policy.STAFF[R.FILE]),
    ("reception_all_handed_over", "/reception/receipts/handed-over", "POST", policy.STAFF[R.FILE]),
    ("reception_receipt", "/reception/receipts/x", "GET", policy.STAFF[R.FILE]),
    ("reception_slip", "/reception/receipts/x/slip.pdf", "GET", policy.STAFF[R.FILE]),
    ("reception_handed_over", "/reception/receipts/x/handed-over", "POST", policy.STAFF[R.FILE]),
    ("reception_claim", "/reception/claims/correction", "GET", policy.STAFF[R.FILE]),
    ("reception_documents", "/reception/documents", "GET", policy.STAFF[R.FILE]),
    ("reception_bulk", "/reception/table", "GET", policy.STAFF[R.FILE]),
    ("reception_template", "/reception/table/template.csv", "GET", policy.STAFF[R.FILE]),
    ("reception_table", "/reception/table/check", "GET", policy.STAFF[R.FILE]),
    ("reception_file_table", "/reception/table/file", "POST", policy.STAFF[R.FILE]),
    ("reception_drop_table", "/reception/table/drop", "POST", policy.STAFF[R.FILE]),
    ("save_filter", "/filters", "POST", policy.STAFF[R.SAVE_FILTER]),
    ("drop_filter", "/filters/none/drop", "POST", policy.STAFF[R.SAVE_FILTER]),
    ("workload", "/workload", "GET", policy.STAFF[R.SEE_DESK]),
    ("absences", "/absences", "GET", policy.STAFF[R.KEEP_ABSENCES]),
    ("end_absence", "/absences/none/end", "POST", policy.STAFF[R.KEEP_ABSENCES]),
    ("law", "/law", "GET", frozenset({Role.ADMINISTRATOR})),
    ("appeal_desk", "/appeals", "GET", policy.STAFF[R.SEE_DESK]),
    ("complaints", "/complaints", "GET", policy.STAFF[R.HANDLE_COMPLAINT]),
    ("new_complaint", "/complaints/new", "GET", policy.STAFF[R.HANDLE_COMPLAINT]),
    ("complaint", "/complaints/none", "GET", policy.STAFF[R.HANDLE_COMPLAINT]),
    ("numbers", "/letter-numbers", "GET", numbers.STAFF[numbers.Right.READ_NUMBERS]),
    ("void_number", "/letter-numbers/void", "GET", numbers.STAFF[numbers.Right.VOID_NUMBER]),
]
ROLES = {
    "reception": {Role.RECEPTION},
    "officer": {Role.OFFICER},
    "approver": {Role.APPROVER},
    "auditor": {Role.AUDITOR},
    "publisher": {Role.PUBLISHER},
    "administrator": {Role.ADMINISTRATOR},
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_the_table_below_names_every_address_of_a_case(unchanged_app: Flask) -> None:
    rules = {
        rule.endpoint for rule in unchanged_app.url_map.iter_rules() if rule.endpoint.startswith("disclosure_staff.")
    }
    assert rules - {"disclosure_staff.desk", "disclosure_staff.find_by_name"} == {
        f"disclosure_staff.{name}" for name, *_ in (*PAGES, *OTHERS)
    }


@pytest.mark.parametrize(("endpoint", "right"), [(name, right) for name, _p, _m, right in PAGES])
def test_an_address_is_marked_with_the_roles_of_the_policy(
    unchanged_app: Flask, endpoint: str, right: Action | policy.Right
) -> None:
    access = access_of(unchanged_app, f"disclosure_staff.{endpoint}")
    assert access is not None
    assert not access.everyone
    assert access.roles == policy.STAFF[right]


@pytest.mark.parametrize("login", ROLES)
def test_a_missing_role_is_403_and_an_unknown_case_404(desk: Desk, login: str) -> None:
    number, browser = desk.case(State.RECEIVED), desk.of(login)
    token = browser.get("/en/staff/sessions").tree.xpath("//input[@name='csrf_token']")[0].get("value")
    for name, path, method, right in PAGES:
        may = bool(ROLES[login] & policy.STAFF[right])
        for case, expected in ((number, None), ("開-R08-999999-A", 404)):
            address = desk.path(case, path)
            answer = browser.get(address) if method == "GET" else browser.post(address, {"csrf_token": token})
            if not may:
                assert answer.status == 403, (login, name)
            elif expected:
                assert answer.status == expected, (login, name)
            else:
                assert answer.status not in (403, 500), (login, name, answer.status)


@pytest.mark.parametrize("login", ROLES)
def test_queues_and_numbers_open_for_their_roles_only(desk: Desk, login: str) -> None:
    browser = desk.of(login)
    token = browser.get("/en/staff/sessions").tree.xpath("//input[@name='csrf_token']")[0].get("value")
    for name, path, method, roles in OTHERS:
        address = f"/en/staff{path}"
        answer = browser.get(address) if method == "GET" else browser.post(address, {"csrf_token": token})
        if ROLES[login] & roles:
            assert answer.status in (200, 404, 409), (login, name, answer.status)
        else:
            assert answer.status == 403, (login, name)


def test_the_desk_is_for_those_who_work_there_and_for_auditors(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)
    for login in ROLES:
        page = desk.of(login).get("/en/staff")
        if login in ("publisher", "administrator"):
            assert page.status == 403
            continue
        assert page.status == 200
        assert number in page.text
        assert "髙橋" not in page.text
        assert bool(page.links("/staff/cases/")) == (login != "auditor"), "an auditor sees no personal data"


def test_nobody_gets_in_without_signing_in(desk: Desk) -> None:
    number, stranger = desk.case(State.RECEIVED), Browser(desk.app)
    for path in ("/en/staff", desk.path(number), desk.path(number, "/letter")):
        assert "sign-in" in stranger.get(path).path


def test_personal_pages_are_stored_by_no_cache(desk: Desk) -> None:
    number = desk.case(State.RECEIVED)
    page = desk.open("officer", number)
    assert page.headers["Cache-Control"] == "no-store"
