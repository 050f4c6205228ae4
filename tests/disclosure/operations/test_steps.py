"""The verbs of the desk and of the resident, up to the decision's approval."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from disclosure.models.decision import DecisionState
from disclosure.models.file import CaseFile
from disclosure.models.identity import IdentityCheck
from disclosure.operations.assign import assign, note
from disclosure.operations.correct import answer_correction, ask_correction, give_up_correction
from disclosure.operations.decide import approve, draft, send_back, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.records import attach_record, remove_record
from disclosure.operations.withdraw import withdraw
from disclosure.queries.keys import case_files, case_key, corrections, decision_in_work, fields, reasons
from disclosure.queries.opening import resident
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.states import State
from portal.core import audit
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories.disclosure import (
    APPROVER,
    LICENCE,
    NOON,
    NOT_HELD,
    OFFICER,
    REASON,
    RECEPTION,
    a_case,
    an_upload,
)

DAY = timedelta(days=1)


@pytest.fixture
def bring(session, settings, office):
    """Brings a fresh case to a state."""

    def to(state: State, **more):
        return a_case(session, settings, office, state=state, **more)

    return to


def answer(session, case, office, *, by=None, at=NOON + 12 * DAY, **more):
    answer_correction(
        session,
        case,
        key=case_key(office, case),
        vault=office,
        by=by or resident(case),
        at=at,
        **{"answer": "送ります。", **more},
    )


def test_whoever_starts_the_check_takes_the_case(session, bring):
    case = bring(State.RECEIVED)
    start_identity_check(session, case, by=RECEPTION, at=NOON)
    assert (case.state, case.assignee_id) == (State.IDENTITY_CHECK, RECEPTION.id)


def test_identity_is_recorded_without_a_document_number(session, bring):
    case = bring(State.SEARCH)
    row = session.scalars(select(IdentityCheck)).one()
    assert (row.document, row.checked_by, row.expires_on) == ("driving-licence", RECEPTION.id, date(2029, 1, 1))
    assert case.identity_confirmed_at is not None


def test_a_document_that_does_not_fit_changes_nothing(session, bring):
    case = bring(State.IDENTITY_CHECK)
    with pytest.raises(Invalid):
        confirm_identity(session, case, [], by=RECEPTION, at=NOON)
    assert case.state is State.IDENTITY_CHECK


def test_a_skipped_step_is_refused(session, bring):
    case = bring(State.RECEIVED)
    with pytest.raises(Conflict):
        confirm_identity(session, case, [LICENCE], by=RECEPTION, at=NOON)


def test_a_correction_stops_the_clock_and_its_answer_starts_it_again(session, bring, office):
    case = bring(State.CORRECTION)  # asked on 3 April
    assert (case.state, case.next_due_on) == (State.CORRECTION, date(2026, 4, 17))
    answer(session, case, office, at=NOON + 12 * DAY)  # 13 April: ten days are left out
    assert (case.state, case.due_on, case.next_due_on) == (State.IDENTITY_CHECK, date(2026, 5, 11), date(2026, 5, 11))


def test_a_correction_changes_values_and_keeps_what_was_there_before(session, bring, office):
    case = bring(State.CORRECTION)
    name = "高橋　見本"
    answer(session, case, office, changes={Field.NAME: name}, uploads=[an_upload("免許証2.png")])
    assert fields(case_key(office, case), case)[Field.NAME] == name
    assert [row.kind for row in case_files(session, case, FileKind.CORRECTION)] == [FileKind.CORRECTION]
    assert corrections(session, case)[0].answer_sealed


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": ""},
        {"answer": "番号は123456789018です"},
        {"answer": "", "changes": {Field.EMAIL: "a@kaiji.example"}},
        {"answer": "", "changes": {Field.NAME: "1234 5678 9018"}},
        {"uploads": [an_upload("123456789018.png")]},
        {"arrived_on": date(2026, 4, 2)},
        {"arrived_on": date(2026, 4, 14)},
    ],
)
def test_a_wrong_answer_is_refused(session, bring, office, wrong):
    case = bring(State.CORRECTION)
    with pytest.raises(Invalid):
        answer(session, case, office, **wrong)


def test_another_residents_case_does_not_exist(session, bring, office):
    case, other = bring(State.CORRECTION), bring(State.RECEIVED)
    with pytest.raises(NotFound):
        answer(session, case, office, by=resident(other))
    with pytest.raises(NotFound):
        withdraw(session, case, by=resident(other), at=NOON)


@pytest.mark.parametrize(("defects", "text"), [([], ""), (["nonsense"], ""), (["other"], " ")])
def test_a_correction_says_what_is_wrong(session, bring, office, defects, text):
    case = bring(State.IDENTITY_CHECK)
    with pytest.raises(Invalid):
        ask_correction(session, case, defects, note=text, vault=office, by=RECEPTION, at=NOON)


def test_waiting_for_a_correction_ends_only_after_its_day(session, bring, office):
    case = bring(State.CORRECTION)
    with pytest.raises(Conflict):
        give_up_correction(session, case, by=OFFICER, at=NOON + 16 * DAY)
    give_up_correction(session, case, by=OFFICER, at=NOON + 17 * DAY)
    assert case.state is State.DRAFTING
    with pytest.raises(Invalid):
        draft(session, case, DecisionType.FULL, vault=office, by=OFFICER, at=NOON + 18 * DAY)


@pytest.mark.parametrize(
    "state",
    [
        State.RECEIVED,
        State.IDENTITY_CHECK,
        State.CORRECTION,
        State.SEARCH,
        State.DRAFTING,
        State.APPROVAL,
        State.APPROVED,
    ],
)
def test_a_request_can_be_withdrawn_until_it_is_decided(session, bring, state):
    case = bring(state)
    withdraw(session, case, by=resident(case), at=NOON + 8 * DAY)
    session.flush()
    assert (case.state, case.ended_on, case.next_due_on) == (State.WITHDRAWN, date(2026, 4, 9), None)
    assert decision_in_work(session, case) is None


def test_records_come_in_order_and_go_without_trace_of_their_content(session, bring, office):
    case = bring(State.SEARCH)
    rows = [attach_record(session, case, an_upload(f"{n}.png"), vault=office, by=OFFICER, at=NOON) for n in range(3)]
    remove_record(session, case, rows[1].id, by=OFFICER, at=NOON)
    assert [row.position for row in case_files(session, case, FileKind.RECORD)] == [1, 3]
    assert session.get(CaseFile, rows[1].id) is None
    assert audit.entries(session, subject=case.number)[-1].detail["file"] == rows[1].id


def test_a_file_of_another_kind_or_case_is_no_record(session, bring, office):
    case, other = bring(State.SEARCH), bring(State.SEARCH)
    foreign = attach_record(session, other, an_upload(), vault=office, by=OFFICER, at=NOON)
    (identity,) = case_files(session, case, FileKind.IDENTITY)
    for file_id in (foreign.id, identity.id, "nonsense"):
        with pytest.raises(NotFound):
            remove_record(session, case, file_id, by=OFFICER, at=NOON)


def test_a_draft_can_be_rewritten_and_its_reasons_are_sealed(session, bring, office):
    case = bring(State.DRAFTING, decision=DecisionType.PARTIAL, reasons=[REASON])
    first = decision_in_work(session, case)
    draft(session, case, DecisionType.NONE, [REASON, REASON], vault=office, by=OFFICER, at=NOON + 5 * DAY)
    decision = decision_in_work(session, case)
    assert decision is first
    assert reasons(case_key(office, case), decision) == [REASON, REASON]
    assert REASON.part.encode() not in decision.reasons_sealed


def test_an_incomplete_draft_goes_nowhere(session, bring, office):
    case = bring(State.DRAFTING, decision=DecisionType.PARTIAL)
    with pytest.raises(Invalid) as caught:
        send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 5 * DAY)
    assert caught.value.params["field"] == "reasons"
    assert case.state is State.DRAFTING


def test_a_personal_number_in_a_reason_is_refused(session, bring, office):
    case = bring(State.SEARCH)
    wrong = type(REASON)("個人番号１２３４５６７８９０１８", "N2", "番号", "漏えい")
    with pytest.raises(Invalid):
        draft(session, case, DecisionType.NONE, [wrong], vault=office, by=OFFICER, at=NOON + 5 * DAY)
    assert decision_in_work(session, case) is None


def test_nobody_approves_their_own_draft(session, bring):
    case = bring(State.APPROVAL)
    both = type(OFFICER)(OFFICER.kind, OFFICER.id, OFFICER.roles | APPROVER.roles, OFFICER.name)
    with pytest.raises(Forbidden, match="Somebody else"):
        approve(session, case, by=both, at=NOON + 6 * DAY)


def test_the_database_itself_refuses_one_pair_of_eyes(session, bring):
    case = bring(State.APPROVAL)
    decision = decision_in_work(session, case)
    decision.state, decision.approved_by, decision.approved_at = DecisionState.APPROVED, OFFICER.id, NOON
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_draft_is_sent_back_with_its_reason(session, bring, office):
    case = bring(State.APPROVED)
    send_back(session, case, "理由を具体的に", vault=office, by=APPROVER, at=NOON + 7 * DAY)
    session.flush()
    decision = decision_in_work(session, case)
    assert (case.state, decision.state, decision.approved_by) == (State.DRAFTING, DecisionState.DRAFT, None)
    assert len(decision.returns) == 1
    send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 8 * DAY)
    assert case.state is State.APPROVAL


def test_sending_back_needs_a_reason(session, bring, office):
    case = bring(State.APPROVAL)
    with pytest.raises(Invalid):
        send_back(session, case, " ", vault=office, by=APPROVER, at=NOON)


def test_not_held_needs_no_record(session, bring):
    case = bring(State.APPROVED, decision=DecisionType.NOT_HELD, reasons=[NOT_HELD])
    assert case.state is State.APPROVED


def test_the_wrong_role_is_refused(session, bring, office):
    case = bring(State.APPROVAL)
    with pytest.raises(Forbidden):
        approve(session, case, by=OFFICER, at=NOON)
    with pytest.raises(Forbidden):
        note(session, case, "x", vault=office, by=type(OFFICER)(OFFICER.kind, "nobody"), at=NOON)


def test_a_case_is_given_to_a_colleague_or_to_nobody(session, bring):
    case = bring(State.RECEIVED)
    assign(session, case, assignee_id=OFFICER.id, assignee_name=OFFICER.name, by=RECEPTION, at=NOON)
    assert case.assignee_name == OFFICER.name
    assign(session, case, assignee_id=None, assignee_name="x", by=RECEPTION, at=NOON)
    assert (case.assignee_id, case.assignee_name) == (None, "")


def test_two_officers_never_overwrite_each_other(database, session, bring, office):
    number = bring(State.SEARCH).number
    session.commit()
    from sqlalchemy.orm.exc import StaleDataError

    from disclosure.queries.find import find

    with database.open(write=False) as reader:
        stale = find(reader, number, actor=OFFICER)
    fresh = find(session, number, actor=OFFICER)
    draft(session, fresh, DecisionType.FULL, vault=office, by=OFFICER, at=NOON + 5 * DAY)
    session.commit()
    session.expunge_all()
    session.add(stale)
    stale.assignee_name = "x"
    with pytest.raises(StaleDataError):
        session.flush()


def test_every_step_is_in_the_audit_chain(session, bring):
    case = bring(State.APPROVED)
    session.commit()
    done = [entry.action.removeprefix("disclosure.case.") for entry in audit.entries(session, subject=case.number)]
    assert done == [
        "submit",
        "start-identity-check",
        "confirm-identity",
        "assign",
        "attach-record",
        "draft",
        "send-for-approval",
        "approve",
        "compare",
    ]
    assert audit.verify(session).ok
