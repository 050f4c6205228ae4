"""What a ruling asks for is decided, told and carried out as a first decision is, in a case of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disclosure.operations import appeal_steps, notices
from disclosure.operations.appeal_holds import lift_finished
from disclosure.operations.appeals import Filing, Statement, file_appeal
from disclosure.operations.carry_out import carry_out
from disclosure.operations.compare import compare
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.decide_anew import begin_anew
from disclosure.operations.draft_appeal_letters import draft_consultation, draft_ruling
from disclosure.operations.hand_out import confirm, take
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.look import read_letter
from disclosure.operations.release import release
from disclosure.operations.withdraw import withdraw
from disclosure.queries.anew import shown_anew
from disclosure.queries.appeals import hinders_closing, standing
from disclosure.queries.claims import claim_row
from disclosure.queries.clock import clocks
from disclosure.queries.handovers import received_on, standing_handout
from disclosure.queries.keys import case_files, case_key, fields, file_data, letter_context
from disclosure.queries.opening import open_with_code, resident
from disclosure.queries.redaction import standings
from disclosure.queries.statistics import report
from disclosure.queries.statistics_claims import claim_years
from disclosure.rules.appeals import Against
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.kinds import CaseKind, FileKind
from disclosure.rules.states import State
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Forbidden
from tests.factories import claims as a_claims
from tests.factories.disclosure import APPROVER, LICENCE, NOON, OFFICER, REASON, RECEPTION, a_case

DAY = timedelta(days=1)
AT = NOON + 10 * DAY
SAID = Statement("髙橋　見本", "東京都千代田区見本町一丁目2番3号", "取り消すことを求めます。", "誤りです。")
RULING = {"result": "upheld", "order": "本件決定を取り消す。", "outline": "略", "positions": "略", "why": "略"}
GRANT = Reason("氏名のフリガナ", "K1", "「タカハシ」を「タカバシ」に訂正します。", "旅券で確かめました。")
REFUSE = Reason("氏名のフリガナ", "K2", "申請書の画像を確かめました。", "申請時の内容と一致しています。")


@pytest.fixture
def office_of(session, settings, office):
    """The verbs of the desk that a walk through an appeal takes, for one case."""

    class Office:
        def issue(self, case, at):
            letter = issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=at)
            read_letter(session, case, letter.id, key=case_key(office, case), by=resident(case), at=at)
            return letter

        def decide(self, case, kind, reasons, at):
            draft(session, case, kind, reasons, vault=office, by=OFFICER, at=at)
            send_for_approval(session, case, vault=office, by=OFFICER, at=at)
            approve(session, case, by=APPROVER, at=at)
            return self.issue(case, at)

        def appeal(self, case, letter, at):
            filing = Filing(Against.DECISION, letter.id, day_in_japan(at))
            key = case_key(office, case)
            row = file_appeal(
                session, case, filing, SAID, submission_key="a" * 32, key=key, by=resident(case), at=at
            )  # fmt: skip
            appeal_steps.accept(session, case, row, "", key=key, by=OFFICER, at=at)
            return row

        def send(self, case, notice, at):
            signing = {"settings": settings, "vault": office, "signer": None}
            return notices.issue_notice(session, case, notice, **signing, by=APPROVER, at=at)

        def rule(self, case, row, at, result="upheld"):
            text = {**RULING, "result": result}
            return self.send(case, draft_ruling(session, case, row, text, vault=office, by=OFFICER, at=at), at)

        def begin(self, case, row, at, records=True, by=OFFICER):
            organisation = settings.organisation
            return begin_anew(
                session, case, row, records=records, vault=office, organisation=organisation, by=by, at=at
            )  # fmt: skip

    return Office()


def test_what_a_ruling_discloses_is_handed_out_with_all_clocks_and_proofs(session, settings, office, office_of):
    case = a_case(session, settings, office, state=State.APPROVED, decision=DecisionType.PARTIAL, reasons=[REASON])
    row = office_of.appeal(case, office_of.issue(case, AT), AT + DAY)
    with pytest.raises(Conflict, match="No ruling asks"):
        office_of.begin(case, row, AT + DAY)
    office_of.rule(case, row, AT + 2 * DAY)
    with pytest.raises(Forbidden):
        office_of.begin(case, row, AT + 3 * DAY, by=RECEPTION)
    before = report(session, 2026)
    new = office_of.begin(case, row, AT + 3 * DAY)
    with pytest.raises(Conflict, match="being prepared already"):
        office_of.begin(case, row, AT + 3 * DAY)
    assert (new.state, new.anew_of_id, new.received_on, new.law_day) == (
        State.SEARCH, case.id, case.received_on, case.law_day,
    )  # fmt: skip
    assert report(session, 2026) == before, "one request is counted once"
    ruled_on = day_in_japan(AT + 2 * DAY)
    (clock,) = clocks(session, new, today=ruled_on)
    assert (clock.label_en, clock.due.due_on) == ("Decided anew after the ruling", ruled_on + 30 * DAY)
    key, new_key = case_key(office, case), case_key(office, new)
    assert fields(new_key, new) == fields(key, case)
    (old,), (taken,) = (case_files(session, one, FileKind.RECORD) for one in (case, new))
    assert (file_data(new_key, taken), taken.id != old.id) == (file_data(key, old), True)
    ((shown,),) = ([(box.page, box.ground) for box in row.boxes] for row in standings(session, new))
    assert shown == (1, "N2")

    (link,) = shown_anew(session, case, key=key)
    opened = open_with_code(session, new.number, link.code, receipt_mark=settings.organisation.receipt_mark)
    assert opened.case is new
    found = hinders_closing(session, case, ruled_on)
    assert found is not None
    assert lift_finished(session, today=ruled_on + 1000 * DAY, at=AT) == 0

    for box in standings(session, new)[0].boxes:
        box.removed_at, box.removed_by = AT, OFFICER.id
    session.flush()
    letter = office_of.decide(new, DecisionType.FULL, [], AT + 5 * DAY)
    said = letter_context(new_key, letter)["anew"]
    assert (said["word"], said["result"], said["first_case"]) == ("裁決", "認容", case.number)
    assert (row.anew_on, hinders_closing(session, case, ruled_on)) == (letter.issued_on, None)
    assert not standing(session, case, row, today=ruled_on).decides_anew
    running = {one.due.code for one in clocks(session, new, today=letter.issued_on) if one.running}
    assert running == {"D5", "D9", "D10"}, "the requester's periods run from the new letter"

    compare(session, new, name_agrees=True, birth_agrees=True, by=APPROVER, at=AT + 6 * DAY)
    release(session, new, compared=True, by=OFFICER, at=AT + 6 * DAY)
    assert new.state is State.IMPLEMENTED
    offer = standing_handout(session, new)
    offer.confirms = False
    assert confirm(session, new, "000000", key=new_key, by=resident(new), at=AT + 6 * DAY) is None
    take(session, new, taken.id, confirmed="", by=resident(new), at=AT + 7 * DAY)
    assert received_on(session, new) == day_in_japan(AT + 7 * DAY)
    assert (case.state, case.decision_type) == (State.NOTIFIED, DecisionType.PARTIAL), "the first decision stays"


def test_a_new_case_that_its_requester_withdraws_leaves_nothing_to_do(session, settings, office, office_of):
    case = a_case(session, settings, office, state=State.APPROVED, decision=DecisionType.PARTIAL, reasons=[REASON])
    row = office_of.appeal(case, office_of.issue(case, AT), AT + DAY)
    office_of.rule(case, row, AT + 2 * DAY)
    new = office_of.begin(case, row, AT + 3 * DAY, records=False)
    assert case_files(session, new, FileKind.RECORD) == []
    withdraw(session, new, by=resident(new), at=AT + 4 * DAY)
    assert hinders_closing(session, case, day_in_japan(AT)) is None
    assert not standing(session, case, row, today=day_in_japan(AT)).decides_anew


def test_a_claim_that_was_refused_is_granted_after_board_and_ruling_and_carried_out(
    session, settings, office, office_of
):
    origin = a_claims.an_origin(session, settings, office).case
    case = a_claims.a_claim(session, settings, office, origin, a_claims.wanted(), at=NOON + DAY).case
    start_identity_check(session, case, by=RECEPTION, at=NOON + DAY)
    confirm_identity(session, case, [LICENCE], by=RECEPTION, at=NOON + DAY)
    years = claim_years(session, today=day_in_japan(NOON + 500 * DAY), least=1)
    refusal = office_of.decide(case, DecisionType.NONE, [REFUSE], AT)
    row = office_of.appeal(case, refusal, AT + DAY)
    text = {"view": "理由がありません。", "attachments": "審査請求書", "postal_code": "", "address": "東京都"}
    sent = draft_consultation(session, case, row, text, vault=office, by=OFFICER, at=AT + 2 * DAY)
    office_of.send(case, sent, AT + 2 * DAY)
    key = case_key(office, case)
    appeal_steps.report(
        session, case, row, "答申第1号", day_in_japan(AT + 3 * DAY), "認容", key=key, by=OFFICER, at=AT + 3 * DAY
    )  # fmt: skip
    office_of.rule(case, row, AT + 4 * DAY)
    new = office_of.begin(case, row, AT + 5 * DAY)
    assert (new.kind, new.origin_id) == (CaseKind.CORRECTION, origin.id)
    assert claim_row(session, new).disclosed_on == claim_row(session, case).disclosed_on
    letter = office_of.decide(new, DecisionType.FULL, [GRANT], AT + 6 * DAY)
    said = letter_context(case_key(office, new), letter)
    assert (letter.kind, said["anew"]["first_number"]) == ("f17", refusal.number)
    done = carry_out(
        session, new, "フリガナを訂正しました。", day_in_japan(AT + 7 * DAY), vault=office, by=OFFICER,
        at=AT + 7 * DAY,
    )  # fmt: skip
    assert (new.state, done.done_on) == (State.IMPLEMENTED, day_in_japan(AT + 7 * DAY))
    assert [y.kind for y in years] == [
        y.kind for y in claim_years(session, today=day_in_japan(NOON + 500 * DAY), least=1)
    ]
