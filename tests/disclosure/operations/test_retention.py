"""What need not be kept any longer is destroyed when somebody says so, never before its day, never under a hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.erase import erase
from disclosure.operations.retention import destroy, lift_hold, place_hold
from disclosure.operations.withdraw import withdraw
from disclosure.queries.keys import case_files, case_key
from disclosure.queries.opening import resident
from disclosure.queries.retention import certificates, count, expired, holds
from disclosure.rules import retention as rules
from disclosure.rules.kinds import FileKind
from disclosure.rules.periods import last_day_of_months
from disclosure.rules.retention import HoldGround, Kept, expiries, keep_until
from portal.core import audit
from portal.core.actor import Actor, ActorKind, Role
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Forbidden, Gone, Invalid
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories.disclosure import NOON, OFFICER, submitted

ADMINISTRATOR = Actor(ActorKind.STAFF, "staff-administrator", frozenset({Role.ADMINISTRATOR}), "見本 管子")
CLOSED = day_in_japan(NOON)
LAST_OF_COPIES = keep_until(Kept.IDENTITY_COPY, CLOSED, law_day=CLOSED)
LAST_OF_CASE = keep_until(Kept.CASE_FILE, CLOSED, law_day=CLOSED)
ONE = timedelta(days=1)
NOTE = "見本地方裁判所 令和8年（行ウ）第1号"


@pytest.fixture
def case(session: Session, settings: Settings, office: OfficeVault) -> Case:
    """A case that ended on ``CLOSED``, with a copy of an identity document."""
    filed = submitted(session, settings, office).case
    session.flush()
    session.refresh(filed)
    withdraw(session, filed, by=resident(filed), at=NOON)
    session.flush()
    return filed


def destroy_on(session: Session, case: Case, kept: Kept, day: date, by: Actor = ADMINISTRATOR) -> None:
    destroy(session, case, kept, today=day, by=by, at=NOON)
    session.flush()


@pytest.mark.parametrize(("kept", "last"), [(Kept.IDENTITY_COPY, LAST_OF_COPIES), (Kept.CASE_FILE, LAST_OF_CASE)])
def test_records_are_listed_from_the_day_after_their_last(session: Session, case: Case, kept: Kept, last: date) -> None:
    assert expired(session, kept, today=last) == []
    (row,) = expired(session, kept, today=last + ONE)
    assert (row.number, row.kept_until, row.files, row.held) == (case.number, last, 1, False)
    assert count(session, kept, today=last + ONE) == 1


def test_copies_go_by_themselves_and_leave_a_certificate(session: Session, case: Case, office: OfficeVault) -> None:
    with pytest.raises(Conflict):
        destroy_on(session, case, Kept.IDENTITY_COPY, LAST_OF_COPIES)
    destroy_on(session, case, Kept.IDENTITY_COPY, LAST_OF_COPIES + ONE)
    assert case_files(session, case, FileKind.IDENTITY) == []
    assert case_key(office, case), "the case itself stays readable"
    (row,) = certificates(session)
    assert (row.number, row.kept, row.files, row.kept_until) == (case.number, Kept.IDENTITY_COPY, 1, LAST_OF_COPIES)
    assert audit.verify(session).ok
    with pytest.raises(Conflict):
        destroy_on(session, case, Kept.IDENTITY_COPY, LAST_OF_COPIES + ONE)


def test_a_case_file_goes_by_its_key(session: Session, case: Case, office: OfficeVault) -> None:
    destroy_on(session, case, Kept.CASE_FILE, LAST_OF_CASE + ONE)
    with pytest.raises(Gone):
        case_key(office, case)
    assert [row.kept for row in certificates(session)] == [Kept.CASE_FILE]
    assert expired(session, Kept.IDENTITY_COPY, today=LAST_OF_CASE + ONE) == [], "nothing of it is left to destroy"


def test_a_hold_keeps_everything_until_it_is_lifted(session: Session, case: Case, office: OfficeVault) -> None:
    hold = place_hold(
        session, case, HoldGround.SUIT, "見本地方裁判所 令和8年（行ウ）第1号", vault=office, by=OFFICER, at=NOON
    )
    session.flush()
    assert [row.held for row in expired(session, Kept.CASE_FILE, today=LAST_OF_CASE + ONE)] == [True]
    for kept in Kept:
        with pytest.raises(Conflict):
            destroy_on(session, case, kept, LAST_OF_CASE + ONE)
    with pytest.raises(Conflict):
        erase(session, case, reason="by hand", by=ADMINISTRATOR, at=NOON)
    assert [row.note for row in holds(session, case, case_key(office, case))] == [NOTE]
    lift_hold(session, case, hold.id, by=OFFICER, at=NOON)
    session.flush()
    with pytest.raises(Conflict):
        lift_hold(session, case, hold.id, by=OFFICER, at=NOON)
    destroy_on(session, case, Kept.CASE_FILE, LAST_OF_CASE + ONE)


def test_an_open_case_is_never_listed(session: Session, settings: Settings, office: OfficeVault) -> None:
    submitted(session, settings, office)
    session.flush()
    assert expired(session, Kept.CASE_FILE, today=date(2099, 1, 1)) == []


def test_only_the_right_people_destroy_and_hold(session: Session, case: Case, office: OfficeVault) -> None:
    with pytest.raises(Forbidden):
        destroy_on(session, case, Kept.CASE_FILE, LAST_OF_CASE + ONE, by=OFFICER)
    with pytest.raises(Forbidden):
        place_hold(session, case, HoldGround.OTHER, "", vault=office, by=ADMINISTRATOR, at=NOON)
    with pytest.raises(Invalid):
        place_hold(session, case, HoldGround.OTHER, "個人番号 123456789018", vault=office, by=OFFICER, at=NOON)


def test_a_case_keeps_the_period_of_its_own_day(session: Session, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    later = rules.Period("case-file", "", "", 1, "closing", "", case.law_day + ONE, "practice")
    monkeypatch.setattr(rules, "PERIODS", (*rules.PERIODS, later))
    assert expired(session, Kept.CASE_FILE, today=LAST_OF_CASE) == [], "the shorter period is not for this case"
    assert len(expired(session, Kept.CASE_FILE, today=LAST_OF_CASE + ONE)) == 1


@pytest.mark.parametrize(
    "day", [date(2028, 2, 29), date(2027, 2, 28), date(2026, 12, 31), date(2027, 1, 1), date(2028, 3, 1)]
)
def test_the_last_closing_day_is_exact(day: date) -> None:
    for months in (1, 12, 60):
        found = rules._closed_until(months, day)
        assert last_day_of_months(found, months) < day <= last_day_of_months(found + ONE, months)
    assert {row.period.key for row in expiries(Kept.CASE_FILE, day)} == {"case-file"}
