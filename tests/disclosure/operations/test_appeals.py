"""Appeals without a browser: who may file, twice the same, against inaction, other ways, holds; complaints that go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.complaint import Complaint
from disclosure.models.legal_hold import LegalHold
from disclosure.operations import appeal_steps, complaints
from disclosure.operations.appeal_holds import lift_finished
from disclosure.operations.appeals import Filing, Statement, file_appeal
from disclosure.operations.complaints import Words
from disclosure.queries import complaints as complaint_queries
from disclosure.queries.appeals import hinders_closing, inactive_since
from disclosure.queries.keys import case_key
from disclosure.rules.appeals import Against, AppealState
from disclosure.rules.states import State
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC, SYSTEM, Actor, ActorKind
from portal.core.db import Database
from portal.core.errors import Conflict, Gone, Invalid, NotFound
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories import disclosure as make

SAID = Statement("髙橋　見本", "東京都千代田区見本町一丁目2番3号", "決定を求めます。", "期限を過ぎています。")
LATER = make.NOON + timedelta(days=60)
KEY = "a" * 32


@pytest.fixture
def overdue(database: Database, settings: Settings, office: OfficeVault) -> Any:
    """A case that was not decided in time, in a session."""
    with database.session(write=True) as session:
        yield session, make.a_case(session, settings, office, state=State.SEARCH)


def own(case: Case) -> Actor:
    return Actor(ActorKind.RESIDENT, case.id)


def filed(session: Session, case: Case, office: OfficeVault, by: Actor | None = None, key: str = KEY) -> Appeal:
    """An appeal against inaction."""
    return file_appeal(
        session, case, Filing(Against.INACTION), SAID,
        submission_key=key, key=case_key(office, case), by=by or own(case), at=LATER,
    )  # fmt: skip


def test_inaction_can_be_contested_once_the_day_has_passed(overdue: Any, office: OfficeVault) -> None:
    session, case = overdue
    assert inactive_since(case, case.due_on) is None
    assert inactive_since(case, case.due_on + timedelta(days=1)) == case.due_on
    row = filed(session, case, office)
    assert (row.in_time, row.known_on, row.letter_id) == (True, None, None)
    assert filed(session, case, office).id == row.id, "sent twice it is one"
    found = hinders_closing(session, case, date(2026, 6, 1))
    assert found is not None
    assert "open" in found.message
    with pytest.raises(NotFound):
        filed(session, case, office, by=Actor(ActorKind.RESIDENT, "another"))
    with pytest.raises(Invalid):
        file_appeal(
            session, case, Filing(Against.INACTION), replace(SAID, reason="番号は 1234 5678 9018 です。"),
            submission_key="b" * 32, key=case_key(office, case), by=own(case), at=LATER,
        )  # fmt: skip


@pytest.mark.parametrize(("regime", "ends"), [("P4", AppealState.FORWARDED), ("P1", None), ("P3", None)])
def test_the_regime_says_who_decides(overdue: Any, office: OfficeVault, regime: str, ends: AppealState | None) -> None:
    session, case = overdue
    case.regime = regime
    if regime == "P3":
        with pytest.raises(Conflict):
            filed(session, case, office)
        return
    row = filed(session, case, office)
    key = case_key(office, case)
    if ends is None:
        with pytest.raises(Conflict):
            appeal_steps.forward(session, case, row, "", key=key, by=make.OFFICER, at=LATER)
        return
    with pytest.raises(Conflict):
        appeal_steps.accept(session, case, row, "", key=key, by=make.OFFICER, at=LATER)
    appeal_steps.forward(session, case, row, "書留で送付", key=key, by=make.OFFICER, at=LATER)
    assert (row.state, row.forwarded_to) == (ends, "総務大臣")


def test_the_hold_of_an_appeal_is_lifted_by_itself_some_months_after_its_end(overdue: Any, office: OfficeVault) -> None:
    session, case = overdue
    row = filed(session, case, office)
    held = session.get(LegalHold, row.hold_id)
    assert lift_finished(session, today=date(2030, 1, 1), at=LATER) == 0, "it is open"
    appeal_steps.withdraw_appeal(session, case, row, "", key=case_key(office, case), by=own(case), at=LATER)
    assert lift_finished(session, today=date(2026, 11, 30), at=LATER) == 0
    assert lift_finished(session, today=date(2026, 12, 1), at=LATER) == 1
    assert held.lifted_by == SYSTEM.id
    assert lift_finished(session, today=date(2026, 12, 2), at=LATER) == 0


def test_a_complaint_goes_with_its_key_when_it_need_not_be_kept(database: Database, office: OfficeVault) -> None:
    code = new_access_code()
    with database.session(write=True) as session:
        made = complaints.file_complaint(
            session, Words("書類の扱いに不満があります。"), submission_key=KEY, code=code, vault=office, language="ja",
            by=PUBLIC, at=make.NOON,
        )  # fmt: skip
        again = complaints.file_complaint(
            session, Words("同じもの"), submission_key=KEY, code=code, vault=office, language="ja", by=PUBLIC,
            at=make.NOON,
        )  # fmt: skip
        assert (again.number, again.repeated) == (made.number, True)
        row = session.scalars(select(Complaint)).one()
        complaints.answer_complaint(session, row, "改めます。", vault=office, by=make.RECEPTION, at=make.NOON)
        assert complaints.erase_expired(session, by=SYSTEM, at=make.NOON + timedelta(days=3 * 365)) == []
        opened = complaint_queries.open_with_code(session, made.number, code)
        assert opened is not None
        assert complaint_queries.answer(opened[1], row) == "改めます。"
        assert complaints.erase_expired(session, by=SYSTEM, at=make.NOON + timedelta(days=3 * 366)) == [made.number]
        assert complaint_queries.open_with_code(session, made.number, code) is None
        with pytest.raises(Gone):
            complaint_queries.key_of(session, office, row)
