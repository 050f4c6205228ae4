"""Claims after a disclosure, from filing to carrying out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from disclosure.models.case import Case
from disclosure.models.claim import Proof
from disclosure.models.file import CaseFile
from disclosure.operations.carry_out import carry_out
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.extend import Wanted as MoreTime
from disclosure.operations.extend import draft_extension
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.recipients import Told, draft_recipient
from disclosure.operations.release import close
from disclosure.operations.transfer import letters_of
from disclosure.queries.case_law import case_law, discloses, grants
from disclosure.queries.claims import carry_out_first, claim_row, claimable, done, may_take_over
from disclosure.queries.extensions import decision_due
from disclosure.queries.keys import case_files, case_key, fields
from disclosure.queries.procedure import possible
from disclosure.queries.status import status_letters
from disclosure.queries.transfers import transfer_obstacle
from disclosure.rules.claims import Measure
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.extensions import ExtensionKind
from disclosure.rules.kinds import CaseKind, Field, FileKind
from disclosure.rules.states import Action, State
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.factories import claims as claiming
from tests.factories import disclosure as make

NOON, DAY = make.NOON, timedelta(days=1)
GRANT = Reason("氏名のフリガナ", "K1", "「タカハシ」を「タカバシ」に訂正します。", "旅券で確かめました。")
REFUSE = Reason("住所", "K2", "申請書の画像を確かめました。", "申請時の内容と一致しています。")


@pytest.fixture
def origin(session: Any, settings: Any, office: Any) -> Case:
    return claiming.an_origin(session, settings, office).case


def file(session: Any, settings: Any, office: Any, origin: Case, *, at: Any = NOON + DAY, **changes: Any) -> Case:
    return claiming.a_claim(session, settings, office, origin, claiming.wanted(**changes), at=at).case


def granted(session: Any, settings: Any, office: Any, origin: Case) -> Case:
    """A correction, drafted, approved and told in part."""
    case = file(session, settings, office, origin)
    start_identity_check(session, case, by=make.RECEPTION, at=NOON + 2 * DAY)
    confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=NOON + 2 * DAY)
    draft(
        session, case, DecisionType.PARTIAL, (GRANT, REFUSE), vault=office, by=make.OFFICER, at=NOON + 3 * DAY
    )  # fmt: skip
    send_for_approval(session, case, vault=office, by=make.OFFICER, at=NOON + 3 * DAY)
    approve(session, case, by=make.APPROVER, at=NOON + 3 * DAY)
    case.state, case.decision_type, case.notified_on = State.NOTIFIED, DecisionType.PARTIAL, date(2026, 4, 5)
    session.flush()
    return case


def test_a_claim_is_a_case_of_its_own_with_the_requesters_values(session, settings, office, origin):
    evidence = (make.an_upload("旅券.png"),)
    case = file(session, settings, office, origin, evidence=evidence, address="見本県見本市見本町1番地")
    assert (case.kind, case.origin_id, case.regime, case.number != origin.number) == (
        CaseKind.CORRECTION, origin.id, "P2", True,
    )  # fmt: skip
    values = fields(case_key(office, case), case)
    assert values[Field.NAME] == "髙橋　見本"
    assert values[Field.ADDRESS] == "見本県見本市見本町1番地"
    assert values[Field.CLAIM] == claiming.CLAIM
    assert values[Field.CLAIM_REASON] == claiming.REASON
    assert [row.kind for row in case_files(session, case)] == [FileKind.EVIDENCE, FileKind.IDENTITY]
    assert case_law(case).decision_clock == "D8"
    assert case.due_on == date(2026, 5, 2)
    row = claim_row(session, case)
    assert (row.disclosed_on, row.window_on, row.late) == (date(2026, 4, 1), date(2026, 6, 30), False)
    assert not {Action.RELEASE, Action.CHOOSE_METHOD, Action.ATTACH_RECORD} & set(possible(case))


def test_filing_twice_files_once(session, settings, office, origin):
    first = claiming.a_claim(session, settings, office, origin, claiming.wanted(), at=NOON + DAY, key="k" * 20)
    again = claiming.a_claim(session, settings, office, origin, claiming.wanted(), at=NOON + DAY, key="k" * 20)
    assert (again.repeated, again.case_number) == (True, first.case_number)


def test_a_late_claim_is_taken_and_marked(session, settings, office, origin):
    case = file(session, settings, office, origin, at=NOON + 91 * DAY)
    assert claim_row(session, case).late
    assert not claim_row(session, file(session, settings, office, origin, at=NOON + 90 * DAY)).late


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"claim": " "}, "claim"),
        ({"reason": ""}, "reason"),
        ({"claim": "番号は 1234 5678 9018 です。"}, "claim"),
        ({"identity": ()}, "identity"),
        ({"kind": CaseKind.SUSPENSION}, "grounds"),
        ({"kind": CaseKind.SUSPENSION, "grounds": ("S5",), "measure": Measure.ERASE}, "measure"),
        ({"kind": CaseKind.SUSPENSION, "grounds": ("K1",), "measure": Measure.ERASE}, "grounds"),
        ({"take_over": True}, "identity"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(session, settings, office, origin, changes, field):
    with pytest.raises(Invalid) as error:
        file(session, settings, office, origin, **changes)
    assert error.value.params["field"] == field


def test_nothing_is_claimed_before_a_disclosure_or_by_somebody_else(session, settings, office, origin):
    other = make.submitted(session, settings, office).case
    assert claimable(other, date(2026, 4, 2)) == ()
    with pytest.raises(Conflict):
        file(session, settings, office, other)
    case = file(session, settings, office, origin)
    assert claimable(case, date(2026, 4, 2)) == ()


def test_documents_are_taken_over_only_while_they_are_valid(session, settings, office, origin):
    assert not may_take_over(session, origin, date(2026, 4, 2)), "nothing was checked yet"
    checked = make.a_case(session, settings, office, state=State.SEARCH)
    claiming.disclosed(session, checked, at=NOON + 3 * DAY)
    assert may_take_over(session, checked, date(2029, 1, 1))
    assert not may_take_over(session, checked, date(2029, 1, 2))
    case = file(session, settings, office, checked, at=NOON + 4 * DAY, identity=(), take_over=True)
    assert claim_row(session, case).proof is Proof.TAKEN_OVER
    (copied,) = [row for row in case_files(session, case) if row.kind is FileKind.IDENTITY]
    original = session.query(CaseFile).filter_by(case_id=checked.id, kind=FileKind.IDENTITY).one()
    assert copied.sha256 == original.sha256
    assert copied.sealed != original.sealed


def test_what_was_granted_is_carried_out_before_the_case_is_closed(session, settings, office, origin):
    case = granted(session, settings, office, origin)
    assert (grants(case), discloses(case)) == (True, False)
    assert carry_out_first(session, case, date(2026, 4, 6)) is not None
    with pytest.raises(Conflict):
        close(session, case, by=make.OFFICER, at=NOON + 6 * DAY)
    for text, day, field in (("", date(2026, 4, 6), "text"), ("直しました。", date(2026, 4, 4), "done-on")):
        with pytest.raises(Invalid) as error:
            carry_out(session, case, text, day, vault=office, by=make.OFFICER, at=NOON + 6 * DAY)
        assert error.value.params["field"] == field
    told = Told("見本県", "見本県見本市1番", "令和8年2月10日に提供", "カツラキ")
    with pytest.raises(Conflict):
        draft_recipient(session, case, told, vault=office, by=make.OFFICER, at=NOON + 6 * DAY)
    row = carry_out(session, case, "直しました。", date(2026, 4, 6), vault=office, by=make.OFFICER, at=NOON + 6 * DAY)
    assert case.state is State.IMPLEMENTED
    assert done(case_key(office, case), row).text == "直しました。"
    assert case.next_due_on == date(2026, 5, 7)
    assert carry_out_first(session, case, date(2026, 4, 7)) is None
    draft_recipient(session, case, told, vault=office, by=make.OFFICER, at=NOON + 7 * DAY)
    assert status_letters(session, case) == ()
    with pytest.raises(Conflict):
        carry_out(session, case, "もう一度", date(2026, 4, 7), vault=office, by=make.OFFICER, at=NOON + 7 * DAY)


def test_a_request_is_never_carried_out_and_only_an_officer_carries_out(session, settings, office, origin):
    with pytest.raises(Conflict):
        carry_out(session, origin, "x", date(2026, 4, 2), vault=office, by=make.OFFICER, at=NOON + DAY)
    case = file(session, settings, office, origin)
    with pytest.raises(Forbidden):
        carry_out(session, case, "x", date(2026, 4, 2), vault=office, by=make.RECEPTION, at=NOON + DAY)


def test_the_special_period_of_a_claim_ends_on_the_day_that_its_notice_names(session, settings, office, origin):
    case = file(session, settings, office, origin)
    start_identity_check(session, case, by=make.RECEPTION, at=NOON + DAY)

    def more(day: date) -> MoreTime:
        return MoreTime(ExtensionKind.SPECIAL, "記録を取り寄せます。", rest_on=day)

    with pytest.raises(Invalid) as error:
        draft_extension(session, case, more(date(2026, 5, 2)), vault=office, by=make.OFFICER, at=NOON + 2 * DAY)
    assert error.value.params["field"] == "rest-on"
    row = draft_extension(
        session, case, more(date(2026, 8, 31)), vault=office, by=make.OFFICER, at=NOON + 2 * DAY
    )  # fmt: skip
    assert decision_due(session, case, today=date(2026, 4, 3), by=[row]).due_on == date(2026, 8, 31)
    assert decision_due(session, case, today=date(2026, 4, 3)).due_on == date(2026, 5, 2)


def test_a_correction_that_was_transferred_is_carried_out_here(session, settings, office, origin):
    case = file(session, settings, office, origin)
    assert letters_of(case) == ("f8", "f21")
    assert transfer_obstacle(case) == ""
    assert transfer_obstacle(
        file(session, settings, office, origin, kind=CaseKind.SUSPENSION, grounds=("S5",),
             measure=Measure.STOP_PROVIDING)
    )  # fmt: skip
    case.state, case.decision_type, case.ended_on = State.TRANSFERRED, DecisionType.TRANSFERRED, date(2026, 4, 3)
    case.next_due_on = None
    session.flush()
    carry_out(session, case, "直しました。", date(2026, 4, 9), vault=office, by=make.OFFICER, at=NOON + 9 * DAY)
    assert (case.state, case.released_at, claim_row(session, case).done_on) == (
        State.TRANSFERRED, None, date(2026, 4, 9),
    )  # fmt: skip
