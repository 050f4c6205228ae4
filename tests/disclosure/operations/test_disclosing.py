"""The disclosure itself: choosing, coming to the office, downloading, posting, comparing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from disclosure.models.comparison import Comparison
from disclosure.models.handout import Handout
from disclosure.models.slot import Appointment, AppointmentState, Slot
from disclosure.operations import appoint, hand_out, track
from disclosure.operations.choose import Wished, accept_late, choose, lapse
from disclosure.operations.compare import compare
from disclosure.operations.issue import issue
from disclosure.operations.release import Handing, release
from disclosure.operations.remind import remind
from disclosure.operations.slots import Series, open_slots
from disclosure.queries.clock import clocks
from disclosure.queries.find import find
from disclosure.queries.handovers import received_on, standing_handout
from disclosure.queries.keys import case_files
from disclosure.queries.methods import methods_of, wish
from disclosure.queries.opening import resident
from disclosure.rules.kinds import Delivery, FileKind, Format, RecordKind
from disclosure.rules.states import State
from portal.core.actor import Actor, ActorKind
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from tests.disclosure.operations.disclosing import AT_OFFICE, BOTH, CARD, DAY, LATER, PLACE, SECOND
from tests.factories.disclosure import APPROVER, OFFICER, RECEPTION, a_case


def slots(session, *, capacity=1, first_on=date(2026, 4, 13)):
    series = Series(first_on, 2, {0, 2}, [(time(10), time(10, 30))], PLACE, capacity)
    return open_slots(session, series, by=RECEPTION, at=LATER)


def test_slots_leave_holidays_out_and_are_opened_once(session):
    assert slots(session, first_on=date(2026, 4, 27)) == 1, "29 April, 4 and 6 May are holidays"
    assert slots(session, first_on=date(2026, 4, 27)) == 0
    with pytest.raises(Forbidden):
        open_slots(session, Series(LATER.date(), 1, {0}, [(time(9), time(10))], PLACE, 1), by=APPROVER, at=LATER)


def test_who_named_the_office_has_to_choose_in_time_or_the_case_lapses(session, issued):
    case, key = issued(delivery=Delivery.OFFICE, format=Format.INSPECTION)
    last = LATER + 30 * DAY
    with pytest.raises(Conflict):
        lapse(session, case, by=OFFICER, at=last)
    remind(session, at=last + DAY, today=date(2026, 5, 9))
    remind(session, at=last + 2 * DAY, today=date(2026, 5, 10))
    wanted = Wished(Delivery.OFFICE, Format.PAPER)
    with pytest.raises(Conflict, match="time to choose has passed"):
        choose(session, case, wanted, key=key, by=resident(case), at=last + 2 * DAY)
    with pytest.raises(Invalid, match="good reason"):
        choose(session, case, wanted, key=key, by=RECEPTION, at=last + 2 * DAY)
    lapse(session, case, by=OFFICER, at=last + 2 * DAY)
    assert (case.state, case.ended_on) == (State.LAPSED, date(2026, 5, 10))
    assert case.decision_type is not None, "the decision stays"


def test_a_good_reason_counts_even_after_the_case_has_lapsed(session, issued):
    case, key = issued(delivery=Delivery.OFFICE, format=Format.INSPECTION)
    at = LATER + 32 * DAY
    lapse(session, case, by=BOTH, at=at)
    wanted = Wished(Delivery.DOWNLOAD, Format.PDF, reason="入院していました")
    with pytest.raises(Forbidden):
        accept_late(session, case, wanted, key=key, by=BOTH, at=at)
    with pytest.raises(Forbidden):
        accept_late(session, case, wanted, key=key, by=OFFICER, at=at)
    with pytest.raises(Invalid, match="good reason"):
        accept_late(session, case, Wished(Delivery.DOWNLOAD, Format.PDF), key=key, by=APPROVER, at=at)
    accept_late(session, case, wanted, key=key, by=APPROVER, at=at + DAY)
    assert (case.state, case.ended_on, case.delivery) == (State.METHOD_CHOICE, None, Delivery.DOWNLOAD)
    said = wish(session, case, key)
    assert (said.late, said.reason) == (True, "入院していました")
    compare(session, case, name_agrees=True, birth_agrees=True, by=SECOND, at=at + DAY)
    release(session, case, compared=True, by=OFFICER, at=at + 2 * DAY)
    assert case.state is State.IMPLEMENTED


def test_a_late_choice_with_a_good_reason_is_taken(session, issued):
    case, key = issued(delivery=Delivery.OFFICE, format=Format.INSPECTION)
    wanted = Wished(Delivery.POST, Format.PAPER, postage="切手を送ります", reason="入院していました")
    choose(session, case, wanted, key=key, by=RECEPTION, at=LATER + 40 * DAY)
    assert (case.state, case.delivery) == (State.METHOD_CHOICE, Delivery.POST)
    kept = wish(session, case, key)
    assert (kept.late, kept.reason, kept.postage) == (True, "入院していました", "切手を送ります")


def test_a_method_that_the_request_named_needs_no_choice_and_never_lapses(session, issued):
    case, _key = issued()
    with pytest.raises(Conflict):
        lapse(session, case, by=OFFICER, at=LATER + 60 * DAY)


def test_one_record_can_be_wanted_otherwise_than_the_rest(session, issued):
    case, key = issued()
    (record,) = case_files(session, case, FileKind.RECORD)
    wanted = Wished(
        Delivery.DOWNLOAD, Format.PDF, {record.id: (Delivery.POST, Format.LARGE_PRINT)}, {record.id: "1枚目"}
    )
    choose(session, case, wanted, key=key, by=resident(case), at=LATER)
    assert methods_of(session, case) == {record.id: (Delivery.POST, Format.LARGE_PRINT)}
    assert wish(session, case, key).parts == {record.id: "1枚目"}
    with pytest.raises(Invalid):
        choose(
            session, case, Wished(Delivery.DOWNLOAD, Format.PDF, {record.id: (Delivery.POST, Format.PDF)}), key=key,
            by=resident(case), at=LATER,
        )  # fmt: skip
    with pytest.raises(Invalid, match="registered-mail"):
        release(session, case, compared=True, by=OFFICER, at=LATER)


def test_an_appointment_is_changed_missed_and_kept_with_identity_checked_again(session, issued):
    case, _key = issued(delivery=Delivery.OFFICE, format=Format.PAPER)
    slots(session)
    first, second = session.scalars(select(Slot).order_by(Slot.day)).all()[:2]
    me = resident(case)
    appoint.book(session, case, first.id, by=me, at=LATER)
    assert case.next_due_on == first.day
    appoint.book(session, case, second.id, by=me, at=LATER)
    assert (first.taken, second.taken) == (0, 1)
    with pytest.raises(Conflict, match="not come yet"):
        appoint.miss(session, case, by=RECEPTION, at=LATER)
    for handing in (Handing(), Handing(document=CARD), Handing(signed=True)):
        with pytest.raises(Invalid):
            release(session, case, compared=True, by=OFFICER, at=LATER + 20 * DAY, handing=handing)
    release(session, case, compared=True, by=OFFICER, at=LATER + 20 * DAY, handing=AT_OFFICE)
    states = session.scalars(select(Appointment.state).order_by(Appointment.booked_at, Appointment.state)).all()
    assert set(states) == {AppointmentState.CANCELLED, AppointmentState.KEPT}
    assert received_on(session, case) == date(2026, 4, 28)


def test_of_many_at_once_only_as_many_as_there_is_room_for_get_a_slot(any_database, settings, office):
    with any_database.session(write=True) as session:
        slots(session, capacity=2)
        slot = session.scalars(select(Slot).order_by(Slot.day)).first().id
        numbers = []
        for _ in range(4):
            case = a_case(
                session, settings, office, state=State.APPROVED, delivery=Delivery.OFFICE, format=Format.PAPER
            )
            issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
            numbers.append(case.number)

    def take(number: str) -> bool:
        try:
            with any_database.session(write=True) as session:
                appoint.book(session, find(session, number, actor=RECEPTION), slot, by=RECEPTION, at=LATER)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take, numbers)) == [False, False, True, True]
    with any_database.session(write=False) as session:
        assert session.get_one(Slot, slot).taken == 2


def code_of(session, case, key):
    offer = standing_handout(session, case)
    return key.open(Handout.__tablename__, "code", offer.id, offer.code_sealed).decode()


def test_a_code_is_valid_for_half_an_hour_and_five_tries(session, offered):
    case, key, _record = offered
    me = resident(case)
    hand_out.send_code(session, case, key=key, by=me, at=LATER)
    with pytest.raises(TooMany):
        hand_out.send_code(session, case, key=key, by=me, at=LATER + timedelta(seconds=30))
    code = code_of(session, case, key)
    late = LATER + timedelta(minutes=31)
    assert hand_out.confirm(session, case, code, key=key, by=me, at=late) is None
    for _ in range(5):
        assert hand_out.confirm(session, case, f"{code}0", key=key, by=me, at=LATER) is None
    assert hand_out.confirm(session, case, code, key=key, by=me, at=LATER) is None, "too many tries"
    hand_out.send_code(session, case, key=key, by=me, at=LATER + timedelta(minutes=2))
    code = code_of(session, case, key)
    done = hand_out.confirm(session, case, code, key=key, by=me, at=late)
    assert done == standing_handout(session, case).id
    assert hand_out.confirm(session, case, code, key=key, by=me, at=late) is None, "a code is used once"


def test_a_download_is_counted_ends_and_is_offered_anew(session, offered):
    case, _key, record = offered
    me, offer = resident(case), standing_handout(session, case)
    assert received_on(session, case) is None, "released is not yet received"
    assert case.next_due_on == offer.expires_on == date(2026, 5, 8)
    for _ in range(10):
        hand_out.take(session, case, record, confirmed=offer.id, by=me, at=LATER + DAY)
    with pytest.raises(Conflict, match="as often as"):
        hand_out.take(session, case, record, confirmed=offer.id, by=me, at=LATER + DAY)
    assert received_on(session, case) == date(2026, 4, 9)
    assert {row.due.code: row.due.start_on for row in clocks(session, case, today=date(2026, 4, 9))}["D7"] == date(
        2026, 4, 9
    )
    again = hand_out.renew(session, case, by=RECEPTION, at=LATER + 40 * DAY)
    with pytest.raises(Invalid, match="one-time code"):
        hand_out.take(session, case, record, confirmed=offer.id, by=me, at=LATER + 40 * DAY)
    assert hand_out.take(session, case, record, confirmed=again.id, by=me, at=LATER + 40 * DAY)
    with pytest.raises(Conflict, match="no longer offered"):
        hand_out.take(session, case, record, confirmed=again.id, by=me, at=LATER + 80 * DAY)
    with pytest.raises(NotFound):
        hand_out.take(session, case, record, confirmed=again.id, by=OFFICER, at=LATER)


def test_of_posted_records_the_time_runs_from_their_proven_arrival(session, issued):
    case, _key = issued(delivery=Delivery.POST, format=Format.PAPER, read=False)
    posted = Handing(mail_number="12345678901", posted_on=date(2026, 4, 8))
    release(session, case, compared=True, by=OFFICER, at=LATER, handing=posted)
    assert (received_on(session, case), case.next_due_on) == (None, date(2026, 4, 13))
    track.come_back(session, case, date(2026, 4, 12), by=RECEPTION, at=LATER + 4 * DAY)
    assert case.next_due_on == date(2026, 4, 12)
    track.post_again(session, case, "123-45-67890-2", date(2026, 4, 13), by=RECEPTION, at=LATER + 5 * DAY)
    with pytest.raises(Invalid):
        track.arrive(session, case, None, by=RECEPTION, at=LATER + 6 * DAY)
    track.arrive(session, case, date(2026, 4, 15), by=RECEPTION, at=LATER + 8 * DAY)
    assert received_on(session, case) == date(2026, 4, 15)
    assert case.next_due_on == date(2026, 7, 14)


def test_a_face_photo_leaves_only_after_two_different_people_compared_it(session, issued):
    case, _key = issued(records=RecordKind.PHOTO)
    assert len(session.scalars(select(Comparison)).all()) == 1, "the first comparison is the approver's"
    with pytest.raises(Conflict, match="second, different person"):
        release(session, case, compared=True, by=Actor(ActorKind.STAFF, APPROVER.id, OFFICER.roles), at=LATER)
    release(session, case, compared=True, by=SECOND, at=LATER)
    assert case.state is State.IMPLEMENTED
