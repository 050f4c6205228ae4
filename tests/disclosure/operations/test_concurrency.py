"""Many at once, on both databases: one request per submission, series without gaps, no lost edit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from disclosure.models.case import Case
from disclosure.operations.decide import draft
from disclosure.operations.issue import issue
from disclosure.operations.rotate_keys import rotate
from disclosure.operations.submit import submit
from disclosure.queries.desk import Filter, counts, desk
from disclosure.queries.find import find
from disclosure.queries.keys import case_key, fields
from disclosure.queries.names import name_indexes
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from portal.core import audit, vault
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC, SYSTEM
from portal.core.errors import Conflict, Forbidden
from portal.letters.models.numbers import LetterNumber
from portal.letters.operations.numbers import LETTERS, take
from tests.factories import disclosure as make
from tests.factories.disclosure import APPROVER, NOON, OFFICER, a_case

LATER = NOON + timedelta(days=7)


def at_once(function: Callable[..., Any], items: Sequence[Any]) -> list[Any]:
    """The results of calling the function for all items in six threads."""
    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(function, items))


def test_a_submission_sent_many_times_at_once_is_filed_once(any_database, settings, office):
    codes = [new_access_code() for _ in range(4)]

    def post(n: int) -> tuple[int, str, str]:
        with any_database.session(write=True) as session:
            receipt = submit(
                session,
                make.an_application(),
                submission_key=f"submission-number-{n}",
                access_code=codes[n],
                vault=office,
                organisation=settings.organisation,
                by=PUBLIC,
                at=NOON,
            )
            return n, receipt.case_number, receipt.access_code

    receipts = set(at_once(post, [0, 1, 2, 3] * 5))
    assert len(receipts) == 4
    assert {code for _, _, code in receipts} == set(codes)
    assert sorted(number.split("-")[2] for _, number, _ in receipts) == ["000001", "000002", "000003", "000004"]
    with any_database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 4
        assert audit.verify(session).ok


def test_letters_issued_at_once_make_a_gapless_series(any_database, settings, office):
    with any_database.session(write=True) as session:
        numbers = [a_case(session, settings, office, state=State.APPROVED).number for _ in range(4)]

    def send(number: str) -> str:
        try:
            with any_database.session(write=True) as session:
                case = find(session, number, actor=OFFICER)
                return issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER).number
        except (Conflict, StaleDataError):
            return ""

    sent = [number for number in at_once(send, numbers * 2) if number]
    assert sorted(sent) == [f"見情機第{n}号" for n in range(1, 5)]
    with any_database.session(write=False) as session:
        ledger = session.scalars(select(LetterNumber.sequence).order_by(LetterNumber.sequence)).all()
        assert ledger == [1, 2, 3, 4]
        assert audit.verify(session).ok


def test_a_number_of_a_failed_transaction_is_given_again(any_database):
    with any_database.open(write=True) as session:
        assert take(session, LETTERS, 2026) == 1
        session.rollback()
    with any_database.session(write=True) as session:
        assert take(session, LETTERS, 2026) == 1


def test_the_second_of_two_officers_loses_nothing_but_is_refused(any_database, settings, office):
    with any_database.session(write=True) as session:
        number = a_case(session, settings, office, state=State.SEARCH).number
    with any_database.open(write=False) as reader:
        stale = find(reader, number, actor=OFFICER)
    with any_database.session(write=True) as session:
        case = find(session, number, actor=OFFICER)
        draft(session, case, DecisionType.FULL, vault=office, by=OFFICER, at=LATER)
    with any_database.open(write=True) as session:
        session.add(stale)
        stale.assignee_name = "x"
        with pytest.raises(StaleDataError):
            session.flush()


def test_desk_and_names_answer_the_same_on_both_databases(any_database, settings, office):
    with any_database.session(write=True) as session:
        case = a_case(session, settings, office, state=State.SEARCH)
        a_case(session, settings, office, name="別人　見本", kana="ベツジン　ミホン")
    with any_database.session(write=False) as session:
        today = date(2026, 4, 28)
        assert counts(session, actor=OFFICER, today=today).soon == 2
        assert desk(session, Filter(), actor=APPROVER, today=today).total == 2
        found = desk(session, Filter(name=name_indexes(office, "高橋見本")), actor=OFFICER, today=today)
        assert [row.number for row in found.rows] == [case.number]


def test_every_case_opens_after_the_keys_were_rotated(any_database, settings, tmp_path):
    folder = tmp_path / "keys"
    old = make.an_office(folder)
    with any_database.session(write=True) as session:
        number = a_case(session, settings, old).number
    vault.add_office_key(folder)
    new = vault.load_office(folder)
    with any_database.session(write=True) as session:
        with pytest.raises(Forbidden):
            rotate(session, vault=new, by=OFFICER, at=NOON)
        assert rotate(session, vault=new, by=SYSTEM, at=NOON) == 1
    with any_database.session(write=False) as session:
        case = find(session, number, actor=OFFICER)
        assert new.is_newest(case.keys.office_wrap)
        assert fields(case_key(new, case), case)[Field.NAME] == "髙橋　見本"
