"""Series of numbers without gaps."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.core.errors import Forbidden, Invalid
from portal.letters.models.numbers import LetterNumber
from portal.letters.operations.numbers import LETTERS, take, void_number
from tests.factories.disclosure import APPROVER, NOON, OFFICER


def test_each_year_counts_from_one(session):
    assert [take(session, LETTERS, 2026) for _ in range(3)] == [1, 2, 3]
    assert take(session, LETTERS, 2027) == 1


def test_a_failed_transaction_gives_its_number_back(database):
    with database.session(write=True) as session:
        take(session, LETTERS, 2026)
    with database.open(write=True) as session:
        assert take(session, LETTERS, 2026) == 2
        session.rollback()
    with database.session(write=True) as session:
        assert take(session, LETTERS, 2026) == 2


def test_a_void_number_keeps_its_reason(session):
    assert void_number(session, fiscal_year=2026, reason="用紙が破損したため", by=APPROVER, at=NOON) == 1
    row = session.scalars(select(LetterNumber)).one()
    assert (row.sequence, row.letter_id, row.void_reason) == (1, None, "用紙が破損したため")


def test_only_an_approver_voids_a_number_and_says_why(session):
    with pytest.raises(Forbidden):
        void_number(session, fiscal_year=2026, reason="x", by=OFFICER, at=NOON)
    with pytest.raises(Invalid):
        void_number(session, fiscal_year=2026, reason=" ", by=APPROVER, at=NOON)
