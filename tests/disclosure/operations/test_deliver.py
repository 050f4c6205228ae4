"""How letters reach their requesters, and which clock begins then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from disclosure.letters.print_run import print_run
from disclosure.models.case import Case
from disclosure.models.delivery import DeliveryEntry
from disclosure.operations.deliver import enter_arrival, enter_return, hand_over, take_back
from disclosure.operations.issue import issue
from disclosure.operations.look import What, look, read_letter
from disclosure.operations.order_post import also_post, drop_order
from disclosure.operations.print_run import (
    BadNumbers,
    correct_posting,
    enter_posting,
    make_run,
    print_pieces,
    record_print,
)
from disclosure.operations.release import close
from disclosure.queries.clock import clocks
from disclosure.queries.deliveries import Stage, deliveries
from disclosure.queries.keys import case_key
from disclosure.queries.opening import resident
from disclosure.queries.print_queue import find_run, print_queue, run_letters
from disclosure.rules.arrival import Basis, Returned
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Delivery
from disclosure.rules.states import State
from portal import schema
from portal.core import audit
from portal.core.actor import SYSTEM
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories.disclosure import APPROVER, AUDITOR, NOON, NOT_HELD, OFFICER, RECEPTION, a_case

LATER = NOON + timedelta(days=7)  # Wednesday, 8 April 2026
DAY = timedelta(days=1)
NUMBERS = {1: "123-45-67890-1", 2: "１２３４５６７８９０２"}


@pytest.fixture
def issued(session, settings, office):
    """Issues a letter for a fresh case; by default one that says that nothing is held."""

    def do(decision=DecisionType.NOT_HELD, reasons=(NOT_HELD,), **more):
        case = a_case(session, settings, office, state=State.APPROVED, decision=decision, reasons=reasons, **more)
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        return case, letter

    return do


@pytest.fixture
def posted(session, issued):
    """A letter that was posted on 9 April."""
    case, letter = issued(delivery=Delivery.POST)
    run = make_run(session, by=RECEPTION, at=LATER)
    enter_posting(session, run, {1: "123-45-67890-1"}, date(2026, 4, 9), by=RECEPTION, at=LATER + DAY)
    return case, letter, run


def way(session, case):
    (found,) = deliveries(session, case)
    return found


def test_opening_a_letter_is_its_arrival_and_starts_the_clocks(session, issued, office):
    case, letter = issued()
    today = date(2026, 4, 10)
    assert [row.due.code for row in clocks(session, case, today=today)] == ["D1"], "nothing runs before it arrives"
    opened_at = LATER + 2 * DAY
    read_letter(session, case, letter.id, key=case_key(office, case), by=resident(case), at=opened_at)
    look(session, case, What.LETTER, by=resident(case), at=opened_at + DAY, letter=letter.id)
    entry = way(session, case).arrival
    assert (entry.day, entry.basis, entry.entered_by) == (today, Basis.ELECTRONIC, case.id)
    assert session.scalar(select(func.count()).select_from(DeliveryEntry)) == 1, "only the first time counts"
    assert case.next_due_on == date(2026, 7, 10)
    assert [(row.due.code, row.due.start_on) for row in clocks(session, case, today=today)][1:] == [
        ("D9", today),
        ("D10", today),
    ]


def test_a_look_by_staff_is_no_arrival(session, issued, office):
    case, letter = issued()
    read_letter(session, case, letter.id, key=case_key(office, case), by=OFFICER, at=LATER)
    assert way(session, case).stage is Stage.ONLINE
    assert case.next_due_on == date(2026, 4, 22), "until then the desk waits for the letter to be opened"


def test_a_letter_handed_over_at_the_window_has_arrived(session, issued):
    case, letter = issued(DecisionType.FULL, ())
    with pytest.raises(Invalid):
        hand_over(session, case, letter.id, date(2026, 4, 7), by=RECEPTION, at=LATER)
    with pytest.raises(Forbidden):
        hand_over(session, case, letter.id, date(2026, 4, 8), by=APPROVER, at=LATER)
    hand_over(session, case, letter.id, date(2026, 4, 8), by=RECEPTION, at=LATER)
    assert case.next_due_on == date(2026, 5, 8)


def test_who_wanted_no_download_gets_the_letter_by_post(session, issued):
    case, letter = issued(delivery=Delivery.OFFICE)
    found = way(session, case)
    assert (found.stage, case.next_due_on) == (Stage.WAITING, date(2026, 4, 9))
    (waiting,) = print_queue(session, actor=RECEPTION, today=date(2026, 4, 10)).waiting
    assert (waiting.letter_id, waiting.late) == (letter.id, True)
    with pytest.raises(Conflict, match="has not been sent"):
        close(session, case, by=OFFICER, at=LATER)


def test_the_post_tells_when_it_was_delivered(session, posted):
    case, letter, run = posted
    assert case.next_due_on == date(2026, 4, 14), "the desk asks the post when it should have arrived"
    with pytest.raises(Invalid, match="still be on its way"):
        enter_arrival(session, case, letter.id, None, by=RECEPTION, at=LATER + DAY)
    enter_arrival(session, case, letter.id, None, by=RECEPTION, at=LATER + 6 * DAY)
    assert way(session, case).arrival.basis is Basis.PRESUMED
    enter_arrival(session, case, letter.id, date(2026, 4, 10), by=RECEPTION, at=LATER + 7 * DAY)
    found = way(session, case)
    assert (found.arrival.basis, found.arrival.day) == (Basis.PROOF, date(2026, 4, 10)), "proof goes before presumption"
    assert case.next_due_on == date(2026, 7, 10)
    assert len(found.entries) == 3
    assert run_letters(session, run, actor=RECEPTION)[0].outcome.day == date(2026, 4, 10)


def test_the_earlier_of_two_arrivals_counts(session, posted, office):
    case, letter, _ = posted
    enter_arrival(session, case, letter.id, date(2026, 4, 11), by=RECEPTION, at=LATER + 3 * DAY)
    look(session, case, What.LETTER, by=resident(case), at=LATER + 4 * DAY, letter=letter.id)
    assert way(session, case).arrival.day == date(2026, 4, 11)


def test_a_returned_letter_is_due_on_the_desk_and_goes_out_again(session, posted):
    case, letter, _ = posted
    enter_return(
        session, case, letter.id, date(2026, 4, 13), Returned.UNKNOWN_ADDRESS, by=RECEPTION, at=LATER + 5 * DAY
    )
    assert (way(session, case).stage, case.next_due_on) == (Stage.RETURNED, date(2026, 4, 13))
    also_post(session, case, letter.id, by=RECEPTION, at=LATER + 6 * DAY)
    with pytest.raises(Conflict, match="waits for the post already"):
        also_post(session, case, letter.id, by=RECEPTION, at=LATER + 6 * DAY)
    again = make_run(session, by=RECEPTION, at=LATER + 6 * DAY)
    with pytest.raises(BadNumbers):
        enter_posting(session, again, {1: "123-45-67890-1"}, date(2026, 4, 14), by=RECEPTION, at=LATER + 6 * DAY)
    enter_posting(session, again, {1: "123-45-67890-3"}, date(2026, 4, 14), by=RECEPTION, at=LATER + 6 * DAY)
    enter_arrival(session, case, letter.id, date(2026, 4, 15), by=RECEPTION, at=LATER + 9 * DAY)
    assert way(session, case).arrival.day == date(2026, 4, 15)


def test_a_mistake_is_corrected_by_a_new_entry(session, posted):
    case, letter, _ = posted
    enter_arrival(session, case, letter.id, date(2026, 4, 10), by=RECEPTION, at=LATER + 3 * DAY)
    correct_posting(session, case, letter.id, "123-45-67890-9", date(2026, 4, 9), by=OFFICER, at=LATER + 3 * DAY)
    found = way(session, case)
    assert found.stage is Stage.ARRIVED, "what became of the posting goes along"
    assert found.postings[0].entry.mail_number == "123-45-67890-9"
    take_back(session, case, letter.id, found.arrival.id, by=OFFICER, at=LATER + 4 * DAY)
    found = way(session, case)
    assert (found.stage, len(found.entries)) == (Stage.POSTED, 4)
    with pytest.raises(Conflict):
        take_back(session, case, letter.id, found.entries[1].id, by=OFFICER, at=LATER + 4 * DAY)
    with pytest.raises(NotFound):
        take_back(session, case, letter.id, "none", by=OFFICER, at=LATER + 4 * DAY)


def test_that_somebody_opened_a_letter_cannot_be_taken_back_by_hand(session, issued):
    case, letter = issued()
    look(session, case, What.LETTER, by=resident(case), at=LATER, letter=letter.id)
    with pytest.raises(Conflict):
        take_back(session, case, letter.id, way(session, case).arrival.id, by=OFFICER, at=LATER)


def test_the_ledger_only_grows(any_database, settings, office):
    with any_database.session(write=True) as session:
        case = a_case(
            session, settings, office, state=State.APPROVED, decision=DecisionType.NOT_HELD, reasons=[NOT_HELD]
        )
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        hand_over(session, case, letter.id, date(2026, 4, 8), by=RECEPTION, at=LATER)
    for change in ("UPDATE disclosure_delivery SET day = '2026-04-01'", "DELETE FROM disclosure_delivery"):
        with pytest.raises(DatabaseError, match="append-only"), any_database.session(write=True) as session:
            session.connection().exec_driver_sql(change)


def test_a_run_takes_what_waits_once_and_is_printed_with_recorded_looks(session, issued, settings, office):
    cases = [issued(delivery=Delivery.POST)[0] for _ in range(2)]
    dropped, letter = issued(delivery=Delivery.POST)
    drop_order(session, dropped, letter.id, by=RECEPTION, at=LATER)
    run = make_run(session, by=RECEPTION, at=LATER)
    assert (run.label, run.letters) == ("2026-04-08-1", 2)
    assert find_run(session, "2026-04-08-1", actor=RECEPTION) is run
    for nonsense in ("2026-04-08-2", "2026-04-08-01", "x", "2026-04-08-"):
        with pytest.raises(NotFound):
            find_run(session, nonsense, actor=RECEPTION)
    with pytest.raises(Conflict):
        make_run(session, by=RECEPTION, at=LATER)
    also_post(session, dropped, letter.id, by=OFFICER, at=LATER)
    assert make_run(session, by=OFFICER, at=LATER).label == "2026-04-08-2"
    pieces = print_pieces(session, run, vault=office, by=RECEPTION)
    pdf = print_run(run.label, run.day, run.made_name, pieces, settings)
    record_print(session, run, by=RECEPTION, at=LATER)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 2 + 2 * 2
    for case in cases:
        looks = [row for row in audit.entries(session, subject=case.number) if row.detail.get("run") == run.label]
        assert [row.actor_id for row in looks] == [RECEPTION.id]
    for actor in (AUDITOR, APPROVER):
        with pytest.raises(Forbidden):
            print_pieces(session, run, vault=office, by=actor)


def test_wrong_and_double_numbers_are_all_named_and_nothing_is_entered(session, issued):
    for _ in range(3):
        issued(delivery=Delivery.POST)
    run = make_run(session, by=RECEPTION, at=LATER)
    typed = {1: "123-45-67890-1", 2: "12345678901", 3: "123"}
    with pytest.raises(BadNumbers) as refused:
        enter_posting(session, run, typed, date(2026, 4, 8), by=RECEPTION, at=LATER)
    assert sorted(refused.value.problems) == [1, 2, 3]
    assert session.scalar(select(func.count()).select_from(DeliveryEntry)) == 0
    with pytest.raises(Invalid):
        enter_posting(session, run, NUMBERS, date(2026, 4, 7), by=RECEPTION, at=LATER)
    with pytest.raises(Invalid):
        enter_posting(session, run, {1: "  "}, date(2026, 4, 8), by=RECEPTION, at=LATER)
    assert enter_posting(session, run, NUMBERS, date(2026, 4, 8), by=RECEPTION, at=LATER) == 2
    (row,) = print_queue(session, actor=RECEPTION, today=date(2026, 4, 10)).runs
    assert (row.letters, row.posted, row.settled, row.late) == (3, 2, 0, True)
    with pytest.raises(Conflict):
        enter_posting(session, run, {1: "123-45-67890-7"}, date(2026, 4, 8), by=RECEPTION, at=LATER)


def test_runs_made_at_the_same_time_never_take_a_letter_twice(any_database, settings, office):
    with any_database.session(write=True) as session:
        case = a_case(
            session, settings, office, state=State.APPROVED, decision=DecisionType.NOT_HELD, reasons=[NOT_HELD]
        )
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        also_post(session, case, letter.id, by=OFFICER, at=LATER)

    def one(at: datetime) -> str:
        try:
            with any_database.session(write=True) as session:
                return make_run(session, by=SYSTEM, at=at).label
        except Conflict:
            return ""

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(one, [LATER] * 4))
    assert sorted(made) == ["", "", "", "2026-04-08-1"]


def test_letters_opened_before_there_was_a_ledger_are_in_it(any_database, settings, office):
    with any_database.session(write=True) as session:
        case = a_case(
            session, settings, office, state=State.APPROVED, decision=DecisionType.NOT_HELD, reasons=[NOT_HELD]
        )
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        look(session, case, What.LETTER, by=OFFICER, at=LATER, letter=letter.id)
        for days in (2, 3):
            look(session, case, What.LETTER, by=resident(case), at=LATER + days * DAY, letter=letter.id)
        case_id = case.id
    schema.downgrade(any_database, "0002")
    schema.upgrade(any_database)
    with any_database.session(write=False) as session:
        (entry,) = way(session, session.get_one(Case, case_id)).entries
        assert (entry.day, entry.basis, entry.entered_by) == (date(2026, 4, 10), Basis.ELECTRONIC, case_id)
        assert entry.entered_at == LATER + 2 * DAY
