"""The disclosure itself: choosing, coming to the office, downloading, posting, comparing; and a leak."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from disclosure.models.comparison import Comparison
from disclosure.models.handout import Handout
from disclosure.models.slot import Appointment, AppointmentState, Slot
from disclosure.operations import appoint, hand_out, leak, track
from disclosure.operations.breach_notice import Letter, draft_breach_notice
from disclosure.operations.choose import Wished, accept_late, choose, lapse
from disclosure.operations.compare import compare
from disclosure.operations.issue import issue
from disclosure.operations.look import read_letter
from disclosure.operations.notices import issue_notice
from disclosure.operations.release import Handing, close, release
from disclosure.operations.remind import remind
from disclosure.operations.resolve_difference import resolve_difference
from disclosure.operations.slots import Series, open_slots
from disclosure.queries import leaks as leak_queries
from disclosure.queries.clock import clocks
from disclosure.queries.find import find
from disclosure.queries.handovers import received_on, standing_handout
from disclosure.queries.keys import case_files, case_key, letter_context
from disclosure.queries.methods import methods_of, wish
from disclosure.queries.opening import resident
from disclosure.queries.retention import held
from disclosure.queries.statistics_appeals import happened
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format, RecordKind
from disclosure.rules.leaks import ITEMS, How, LeakState, Outcome, Told
from disclosure.rules.states import State
from disclosure.rules.statistics_appeals import LEAKS
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from tests.factories.disclosure import APPROVER, NOON, OFFICER, RECEPTION, a_case

LATER = NOON + timedelta(days=7)  # Wednesday, 8 April 2026
DAY = timedelta(days=1)
SECOND = Actor(ActorKind.STAFF, "staff-second", frozenset({Role.OFFICER}), "見本 次郎")
BOTH = Actor(ActorKind.STAFF, "staff-both", frozenset({Role.OFFICER, Role.APPROVER}), "見本 兼男")
CARD = Checked("driving-licence", date(2029, 1, 1), name_agrees=True, address_agrees=True)
AT_OFFICE = Handing(document=CARD, signed=True)
PLACE = "本部1階 開示室"


@pytest.fixture
def issued(session, settings, office):
    """A case whose letter was issued and read on 8 April, and its key."""

    def do(*, read=True, **more):
        case = a_case(session, settings, office, state=State.APPROVED, **more)
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        key = case_key(office, case)
        if read:
            read_letter(session, case, letter.id, key=key, by=resident(case), at=LATER)
        return case, key

    return do


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


@pytest.fixture
def offered(session, issued):
    case, key = issued()
    release(session, case, compared=True, by=OFFICER, at=LATER)
    (record,) = case_files(session, case, FileKind.RECORD)
    return case, key, record.id


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


def leaks_known(session) -> int:
    """How many leaks the public figures of a year would count."""
    return sum(row.count for row in happened(session) if row.line == LEAKS)


def test_a_difference_stops_the_release_until_it_is_assessed(session, issued, office):
    case, key = issued()
    with pytest.raises(Invalid, match="Say what differs"):
        compare(session, case, name_agrees=False, birth_agrees=True, key=key, by=SECOND, at=LATER)
    compare(session, case, name_agrees=False, birth_agrees=True, differs="姓が違う", key=key, by=SECOND, at=LATER)
    with pytest.raises(Conflict, match="not the requester's"):
        release(session, case, compared=True, by=OFFICER, at=LATER)
    row = opened(session, case, office, How.NOT_OUT_YET)
    with pytest.raises(Conflict):
        release(session, case, compared=True, by=OFFICER, at=LATER)
    leak.propose_closing(session, case, row, Outcome.NO_LEAK, by=OFFICER, at=LATER + DAY)
    leak.close_leak(session, case, row, by=APPROVER, at=LATER + DAY)
    with pytest.raises(Conflict, match="two people"):
        release(session, case, compared=True, by=OFFICER, at=LATER + 2 * DAY)
    compare(session, case, name_agrees=True, birth_agrees=True, by=SECOND, at=LATER + 2 * DAY)
    release(session, case, compared=True, by=OFFICER, at=LATER + 2 * DAY)
    assert leaks_known(session) == 0


def test_a_difference_is_put_right_by_somebody_else_without_a_leak(session, issued, office):
    case, key = issued()
    compare(session, case, name_agrees=False, birth_agrees=True, differs="姓が違う", key=key, by=SECOND, at=LATER)
    with pytest.raises(Forbidden, match="somebody else"):
        resolve_difference(session, case, "戸籍の訂正を反映", vault=office, by=SECOND, at=LATER + DAY)
    with pytest.raises(Invalid):
        resolve_difference(session, case, " ", vault=office, by=APPROVER, at=LATER + DAY)
    resolve_difference(session, case, "記録の姓の誤りを訂正した。", vault=office, by=APPROVER, at=LATER + DAY)
    with pytest.raises(Conflict, match="no difference"):
        resolve_difference(session, case, "見本", vault=office, by=APPROVER, at=LATER + DAY)
    compare(session, case, name_agrees=True, birth_agrees=True, by=SECOND, at=LATER + 2 * DAY)
    release(session, case, compared=True, by=OFFICER, at=LATER + 2 * DAY)
    assert leaks_known(session) == 0


def test_the_person_concerned_is_told_by_a_letter_that_a_second_person_issues(session, issued, settings, office):
    case, key = issued()
    row = opened(session, case, office)
    items = {item.key: "見本" for item in ITEMS}
    person = Letter("見本　三郎", "東京都千代田区見本町二丁目3番4号", items=items)
    who = {"vault": office, "by": OFFICER, "at": LATER}
    with pytest.raises(Invalid):
        draft_breach_notice(session, case, row, replace(person, items={"summary": "見本"}), **who)
    draft = draft_breach_notice(session, case, row, person, **who)
    making = {"settings": settings, "vault": office, "signer": None, "at": LATER}
    with pytest.raises(Forbidden):
        issue_notice(session, case, draft, by=OFFICER, **making)
    letter = issue_notice(session, case, draft, by=APPROVER, **making)
    assert (row.told, row.told_on, letter.to_requester) == (Told.TOLD, date(2026, 4, 8), False)
    context = letter_context(key, letter)
    assert context["told_items"][0]["ja"] == "概要"
    assert "髙橋" not in str(context), "nothing tells who asked"
    assert case.number not in str(context)


def opened(session, case, office, how=How.WRONG_RECORD):
    account = leak.Account(persons=1, about="別人の顔写真")
    return leak.open_leak(session, case, how, date(2026, 4, 8), account, vault=office, by=OFFICER, at=LATER)


def test_a_leak_stops_the_download_at_once_and_holds_the_case(session, offered, office):
    case, _key, record = offered
    me, offer = resident(case), standing_handout(session, case)
    row = opened(session, case, office)
    assert held(session, case)
    with pytest.raises(Conflict, match="stopped"):
        hand_out.take(session, case, record, confirmed=offer.id, by=me, at=LATER)
    for act in (
        lambda: hand_out.renew(session, case, by=RECEPTION, at=LATER),
        lambda: close(session, case, by=OFFICER, at=LATER),
        lambda: opened(session, case, office),
    ):
        with pytest.raises(Conflict):
            act()
    assert (row.quick_by, row.full_by) == (date(2026, 4, 12), date(2026, 5, 7))
    assert leaks_known(session) == 1


def test_a_leak_is_reported_whole_and_closed_by_a_second_person(session, offered, office):
    case, key, _record = offered
    row, who = opened(session, case, office), {"vault": office, "by": OFFICER, "at": LATER + DAY}
    items = {item.key: "見本" for item in ITEMS}
    leak.write(session, case, row, leak.Account(150, {"improper"}, "氏名不詳", {"summary": "見本"}), **who)
    assert row.triggers == ["improper", "many-100", "number-many"]
    assert row.full_by == date(2026, 6, 6), "60 days with an improper purpose"
    leak.report(session, case, row, date(2026, 4, 9), full=False, **who)
    with pytest.raises(Invalid, match="8"):
        leak.report(session, case, row, date(2026, 4, 9), full=True, **who)
    with pytest.raises(Conflict, match="full report first"):
        leak.propose_closing(session, case, row, Outcome.LEAK, by=OFFICER, at=LATER + DAY)
    leak.write(session, case, row, leak.Account(150, {"improper"}, "氏名不詳", items), **who)
    leak.report(session, case, row, date(2026, 4, 9), full=True, **who)
    assert row.state is LeakState.REPORTED
    leak.tell_person(session, case, row, Told.TOLD, date(2026, 4, 9), by=OFFICER, at=LATER + DAY)
    leak.propose_closing(session, case, row, Outcome.LEAK, by=OFFICER, at=LATER + DAY)
    with pytest.raises(Forbidden):
        leak.close_leak(session, case, row, by=OFFICER, at=LATER + DAY)
    leak.close_leak(session, case, row, by=APPROVER, at=LATER + DAY)
    assert row.state is LeakState.CLOSED
    assert leak_queries.said(key, row).about == "氏名不詳"


def test_the_database_itself_wants_two_people_to_close_a_leak(session, offered, office):
    row = opened(session, offered[0], office)
    row.outcome, row.proposed_by, row.proposed_at = Outcome.NO_LEAK, OFFICER.id, LATER
    row.state, row.closed_by, row.closed_at = LeakState.CLOSED, OFFICER.id, LATER
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_personal_number_is_refused_in_what_is_written_of_a_leak(session, offered, office):
    row = opened(session, offered[0], office)
    with pytest.raises(Invalid):
        leak.write(
            session, offered[0], row, leak.Account(1, (), "個人番号は 1234 5678 9018 です"), vault=office, by=OFFICER,
            at=LATER,
        )  # fmt: skip
