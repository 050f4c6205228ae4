"""A leak: a difference that stops the release, who is told, how it is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from disclosure.operations import hand_out, leak
from disclosure.operations.breach_notice import Letter, draft_breach_notice
from disclosure.operations.compare import compare
from disclosure.operations.notices import issue_notice
from disclosure.operations.release import close, release
from disclosure.operations.resolve_difference import resolve_difference
from disclosure.queries import leaks as leak_queries
from disclosure.queries.handovers import standing_handout
from disclosure.queries.keys import letter_context
from disclosure.queries.opening import resident
from disclosure.queries.retention import held
from disclosure.queries.statistics_appeals import happened
from disclosure.rules.leaks import ITEMS, How, LeakState, Outcome, Told
from disclosure.rules.statistics_appeals import LEAKS
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.disclosure.operations.disclosing import DAY, LATER, SECOND
from tests.factories.disclosure import APPROVER, OFFICER, RECEPTION


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
