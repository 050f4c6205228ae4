"""More time for a decision, as both databases keep it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from disclosure.operations.deliver import opened_online
from disclosure.operations.extend import Wanted, draft_extension, issue_extension
from disclosure.queries.opening import resident
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.states import State
from portal import schema
from tests.factories.disclosure import APPROVER, NOON, OFFICER, a_case

AT = NOON + timedelta(days=7)
WANTED = Wanted(ExtensionKind.EXTENSION, "見本の理由です。", 20, ExtensionGround.BURDEN)


@pytest.fixture
def told(any_database, settings, office):
    """A database with an extension that was told and whose letter was opened."""
    with any_database.session(write=True) as session:
        case = a_case(session, settings, office, state=State.SEARCH)
        draft_extension(session, case, WANTED, vault=office, by=OFFICER, at=AT)
        letter = issue_extension(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=AT)
        opened_online(session, case, letter.id, by=resident(case), at=AT)
    return any_database


def test_the_database_refuses_what_makes_no_sense_and_goes_back_only_without_such_letters(told):
    columns = (
        "case_id, kind, state, days, ground, facts_sealed, letter_id, drafted_by, drafted_name, drafted_at,"
        " issued_by, issued_name, issued_at, issued_on"
    )
    for statement in (
        "UPDATE disclosure_extension SET days = NULL",
        "UPDATE disclosure_extension SET days = 0",
        "UPDATE disclosure_extension SET ground = 'weather'",
        "UPDATE disclosure_extension SET rest_on = '2026-09-30'",
        "UPDATE disclosure_extension SET kind = 'special'",
        "UPDATE disclosure_extension SET state = 'drafted'",
        "UPDATE disclosure_extension SET issued_on = NULL",
        "UPDATE disclosure_extension SET issued_by = drafted_by",
        "UPDATE disclosure_letter SET kind = 'f4'",
        f"INSERT INTO disclosure_extension (id, {columns}) SELECT 'x', {columns} FROM disclosure_extension",
    ):
        with told.open(write=True) as session, pytest.raises(IntegrityError):
            session.execute(text(statement))
    with pytest.raises(RuntimeError, match="tell no decision"):
        schema.downgrade(told, "0003")
    with told.session(write=False) as session:
        assert session.scalar(text("SELECT count(*) FROM disclosure_extension")) == 1
        assert session.scalar(text("SELECT count(*) FROM disclosure_delivery")) == 1


def test_letters_and_their_ledger_survive_the_way_there_and_back(told):
    with told.session(write=True) as session:
        session.execute(text("DELETE FROM disclosure_extension"))
        columns = "case_id, state, type, reasons_sealed, drafted_by, drafted_name, drafted_at, approved_name"
        session.execute(
            text(
                f"INSERT INTO disclosure_decision (id, {columns}) SELECT 'd', case_id, 'dropped', 'A', pdf_sealed,"
                " 'x', 'x', issued_at, '' FROM disclosure_letter"
            )
        )
        session.execute(text("UPDATE disclosure_letter SET decision_id = 'd'"))
    schema.downgrade(told, "0003")
    schema.upgrade(told)
    with told.session(write=False) as session:
        kept = "SELECT count(*) FROM disclosure_letter JOIN disclosure_delivery ON letter_id = disclosure_letter.id"
        assert session.scalar(text(kept)) == 1
    with told.open(write=True) as session, pytest.raises(IntegrityError):
        session.execute(text("UPDATE disclosure_letter SET kind = 'f5', decision_id = NULL"))
