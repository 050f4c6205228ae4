"""Issuing, releasing, closing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from disclosure.models.decision import DecisionState
from disclosure.models.letter import Letter
from disclosure.operations.hand_out import take
from disclosure.operations.issue import issue
from disclosure.operations.look import read_file, read_letter
from disclosure.operations.release import Handing, choose_method, close, release
from disclosure.queries.handovers import standing_handout
from disclosure.queries.keys import case_files, case_key, latest_decision, letter_context
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.status import status
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import State
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from portal.core.jobs import Job
from portal.letters.models.numbers import LetterNumber
from portal.letters.operations.numbers import void_number
from tests.factories.disclosure import APPROVER, NOON, NOT_HELD, OFFICER, RECEPTION, a_case

LATER = NOON + timedelta(days=7)  # 8 April


@pytest.fixture
def issued(session, settings, office):
    """Issues a letter for a fresh case."""

    def do(decision=DecisionType.FULL, reasons=(), **more):
        case = a_case(session, settings, office, state=State.APPROVED, decision=decision, reasons=reasons, **more)
        return case, issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)

    return do


def test_the_letter_gets_the_next_number_and_the_case_is_decided(session, issued):
    case, letter = issued()
    _, second = issued()
    assert (letter.number, second.number) == ("見情機第1号", "見情機第2号")
    assert (case.state, case.notified_on, case.decision_type) == (State.NOTIFIED, date(2026, 4, 8), DecisionType.FULL)
    assert case.next_due_on == date(2026, 4, 22), "until then the desk waits for the letter to be opened"
    assert latest_decision(session, case).state is DecisionState.ISSUED


def test_a_void_number_is_skipped_and_explained(session, issued):
    void_number(session, fiscal_year=2026, reason="見本", by=APPROVER, at=LATER)
    issued()
    rows = session.scalars(select(LetterNumber).order_by(LetterNumber.sequence)).all()
    assert [(row.sequence, row.letter_id is None, row.void_reason) for row in rows] == [
        (1, True, "見本"),
        (2, False, None),
    ]


def test_the_letter_is_sealed_and_opens_again(session, issued, office):
    case, letter = issued()
    key = case_key(office, case)
    _, pdf = read_letter(session, case, letter.id, key=key, by=resident(case), at=LATER)
    assert pdf.startswith(b"%PDF")
    assert b"%PDF" not in letter.pdf_sealed
    assert letter_context(key, letter)["addressee"] == "髙橋　見本"


def test_the_requester_is_told_once(session, issued):
    case, letter = issued()
    keys = [job.key for job in session.scalars(select(Job)) if job.payload.get("case") == case.id]
    assert keys == [
        f"disclosure.notify_resident:{case.id}:received",
        f"disclosure.notify_resident:{case.id}:letter:{letter.id}",
    ]


def test_an_unprintable_name_stops_the_letter_and_takes_no_number(database, settings, office):
    with database.session(write=True) as session:
        number = a_case(session, settings, office, state=State.APPROVED, name="見本𒀀").number
    with pytest.raises(Invalid, match=r"U\+12000"), database.session(write=True) as session:  # noqa: PT012
        from disclosure.queries.find import find

        case = find(session, number, actor=OFFICER)
        issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
    with database.session(write=False) as session:
        assert session.scalars(select(Letter)).all() == []
        assert find(session, number, actor=OFFICER).state is State.APPROVED


def test_only_an_approved_decision_is_issued_and_only_by_the_desk(session, settings, office):
    case = a_case(session, settings, office, state=State.APPROVAL)
    with pytest.raises(Conflict):
        issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
    with pytest.raises(Forbidden):
        issue(session, case, settings=settings, vault=office, signer=None, by=RECEPTION, at=LATER)


def test_records_are_read_only_after_the_release(session, issued, office):
    case, letter = issued()
    (record,) = case_files(session, case, FileKind.RECORD)
    key, me = case_key(office, case), resident(case)
    read_letter(session, case, letter.id, key=key, by=me, at=LATER)
    with pytest.raises(NotFound):
        read_file(session, case, record.id, key=key, by=me, at=LATER)
    release(session, case, compared=True, by=OFFICER, at=LATER)
    with pytest.raises(Invalid, match="one-time code"):
        take(session, case, record.id, confirmed="", by=me, at=LATER)
    offer = standing_handout(session, case)
    assert take(session, case, record.id, confirmed=offer.id, by=me, at=LATER).id == record.id
    page = status(session, OpenedCase(case, key, me), today=date(2026, 4, 9))
    assert [file.id for file in page.records_files] == [record.id]
    assert page.letters[0].number == "見情機第1号"
    assert [clock.due.code for clock in page.clocks] == ["D1", "D7", "D9", "D10"]


def test_nothing_is_released_uncompared(session, issued):
    case, _ = issued()
    with pytest.raises(Invalid):
        release(session, case, compared=False, by=OFFICER, at=LATER)


def test_paper_is_not_downloaded(session, issued, office):
    case, _ = issued(delivery=Delivery.POST, format=Format.PAPER)
    posted = Handing(mail_number="123-45-67890-1", posted_on=LATER.date())
    release(session, case, compared=True, by=OFFICER, at=LATER, handing=posted)
    (record,) = case_files(session, case, FileKind.RECORD)
    with pytest.raises(NotFound):
        take(session, case, record.id, confirmed="", by=resident(case), at=LATER)
    with pytest.raises(NotFound):
        read_file(session, case, record.id, key=case_key(office, case), by=resident(case), at=LATER)


def test_the_requester_may_choose_another_way_after_the_notice(session, issued):
    case, _ = issued()
    choose_method(session, case, Delivery.POST, Format.PAPER, by=resident(case), at=LATER)
    assert (case.state, case.delivery) == (State.METHOD_CHOICE, Delivery.POST)


def test_a_refusal_releases_nothing_and_waits_for_the_appeal(session, issued, office):
    case, letter = issued(DecisionType.NOT_HELD, [NOT_HELD])
    assert letter.kind == "f5"
    read_letter(session, case, letter.id, key=case_key(office, case), by=resident(case), at=LATER)
    assert case.next_due_on == date(2026, 7, 8)
    for act in (
        lambda: release(session, case, compared=True, by=OFFICER, at=LATER),
        lambda: choose_method(session, case, Delivery.POST, Format.PAPER, by=resident(case), at=LATER),
    ):
        with pytest.raises(Conflict):
            act()
    page = status(session, OpenedCase(case, case_key(office, case), resident(case)), today=date(2026, 4, 9))
    assert page.can == frozenset()
    assert State.IMPLEMENTED not in [stage.state for stage in page.stages]
    close(session, case, by=OFFICER, at=LATER)
    assert (case.state, case.ended_on) == (State.CLOSED, date(2026, 4, 8))


def test_a_disclosure_is_not_closed_while_its_requester_can_choose(session, issued, office):
    case, letter = issued()
    with pytest.raises(Conflict, match="not arrived"):
        close(session, case, by=OFFICER, at=NOON + timedelta(days=40))
    read_letter(session, case, letter.id, key=case_key(office, case), by=resident(case), at=LATER)
    with pytest.raises(Conflict, match="can still choose"):
        close(session, case, by=OFFICER, at=LATER)
    close(session, case, by=OFFICER, at=NOON + timedelta(days=40))
    assert case.state is State.CLOSED


def test_after_the_notice_nothing_can_be_withdrawn(session, issued):
    from disclosure.operations.withdraw import withdraw

    case, _ = issued()
    with pytest.raises(Conflict):
        withdraw(session, case, by=resident(case), at=LATER)
