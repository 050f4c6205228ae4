"""Whoever asks whether an investigator asked about them is answered in one way, whatever there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from disclosure.models.letter import Letter
from disclosure.operations.assign import assign
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.extend import Wanted, draft_extension
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record
from disclosure.operations.replace_letter import as_it_stands, draft_replacement
from disclosure.queries.keys import case_key
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.status import status
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Invalid
from tests.factories.disclosure import APPROVER, LICENCE, NOON, OFFICER, RECEPTION, an_upload, submitted

DAY = timedelta(days=1)
ITS_DAY = NOON + 20 * DAY  # 21 April
OWN_WORDS = [Reason("照会文書", "N8", "照会がありました", "捜査の支障")]


@pytest.fixture
def filed(session, settings, office):
    def make(name="髙橋　見本"):
        case = submitted(session, settings, office, records=RecordKind.INQUIRY, name=name).case
        start_identity_check(session, case, by=RECEPTION, at=NOON + DAY)
        confirm_identity(session, case, [LICENCE], by=RECEPTION, at=NOON + 2 * DAY)
        assign(session, case, assignee_id=OFFICER.id, assignee_name=OFFICER.name, by=RECEPTION, at=NOON + 2 * DAY)
        return case

    return make


@pytest.fixture
def answered(session, settings, office, filed):
    """A request from receipt to letter."""

    def make(name):
        case, at = filed(name), NOON + 3 * DAY
        draft(session, case, DecisionType.NEITHER, vault=office, by=OFFICER, at=at)
        send_for_approval(session, case, vault=office, by=OFFICER, at=at)
        approve(session, case, by=APPROVER, at=at)
        issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=ITS_DAY)
        return case

    return make


@pytest.mark.parametrize("days", [1, 5, 12])
def test_on_the_way_everybody_sees_the_same_page_however_far_the_desk_is(session, office, filed, days):
    waiting, drafted = filed("見本　無子"), filed("見本　有男")
    at = NOON + (2 + days) * DAY
    draft(session, drafted, DecisionType.NEITHER, vault=office, by=OFFICER, at=at)
    send_for_approval(session, drafted, vault=office, by=OFFICER, at=at)
    pages = []
    for case in (waiting, drafted):
        shown = status(session, OpenedCase(case, case_key(office, case), resident(case)), today=day_in_japan(at))
        assert "search" not in repr(shown.stages).lower()
        assert shown.state is State.DRAFTING
        happened = [(row.code, row.at) for row in shown.history]
        pages.append(repr(replace(shown, number="", history=(), own_files=(), looks=())) + repr(happened))
    assert pages[0] == pages[1]


def test_it_goes_out_on_its_day_and_on_no_other(session, settings, office, filed):
    case = filed()
    draft(session, case, DecisionType.NEITHER, vault=office, by=OFFICER, at=NOON + 3 * DAY)
    send_for_approval(session, case, vault=office, by=OFFICER, at=NOON + 3 * DAY)
    approve(session, case, by=APPROVER, at=NOON + 4 * DAY)
    assert case.target_on == case.next_due_on == day_in_japan(ITS_DAY)
    for days in (5, 19, 21):
        with pytest.raises(Conflict, match="answered on a fixed day"), session.begin_nested():
            issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=NOON + days * DAY)
    issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=ITS_DAY + 7 * DAY)
    assert case.state is State.NOTIFIED


def test_no_step_that_would_tell_is_open_to_the_desk(session, office, filed):
    case = filed()
    assert case.state is State.DRAFTING, "nothing is searched for"
    more = Wanted(ExtensionKind.EXTENSION, "理由", 10, ExtensionGround.BURDEN)
    for step in (
        lambda: attach_record(session, case, an_upload(), vault=office, by=OFFICER, at=NOON + 3 * DAY),
        lambda: draft_extension(session, case, more, vault=office, by=OFFICER, at=NOON + 3 * DAY),
    ):
        with pytest.raises(Conflict, match="one answer in one way"):
            step()
    for kind in (DecisionType.NOT_HELD, DecisionType.NONE, DecisionType.FULL, DecisionType.FORM):
        with pytest.raises(Invalid):
            draft(session, case, kind, OWN_WORDS, vault=office, by=OFFICER, at=NOON + 3 * DAY)


def test_a_corrected_letter_keeps_the_words(session, office, answered):
    case = answered("見本　無子")
    (letter,) = session.scalars(select(Letter).where(Letter.case_id == case.id))
    start = as_it_stands(session, case, letter, key=case_key(office, case))
    words = tuple(replace(row, harm="照会はありません。") for row in start.reasons)
    changed = replace(start, reason="誤記", reasons=words)
    with pytest.raises(Invalid, match="the same answer"):
        draft_replacement(session, case, letter.id, changed, vault=office, by=OFFICER, at=ITS_DAY)


def test_a_defect_of_form_is_mended_as_in_any_request(session, settings, office):
    case = submitted(session, settings, office, records=RecordKind.INQUIRY).case
    start_identity_check(session, case, by=RECEPTION, at=NOON + DAY)
    ask_correction(session, case, ["identity-unreadable"], vault=office, by=RECEPTION, at=NOON + DAY)
    assert case.state is State.CORRECTION
