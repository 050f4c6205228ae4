"""An erased case can be opened by nobody, and its key is in no file any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.erase import erase
from disclosure.operations.withdraw import withdraw
from disclosure.queries.keys import case_key, fields
from disclosure.queries.opening import open_with_code, resident
from disclosure.queries.redaction import copy_data, standings
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core import audit
from portal.core.actor import Actor, ActorKind, Role
from portal.core.db import Database
from portal.core.errors import Conflict, Forbidden, Gone
from portal.core.settings import Settings
from portal.core.vault import CannotOpen, OfficeVault
from tests.factories.disclosure import NOON, OFFICER, REASON, a_case, submitted

ADMINISTRATOR = Actor(ActorKind.STAFF, "staff-administrator", frozenset({Role.ADMINISTRATOR}), "見本 管子")
LATER = NOON + timedelta(days=400)


def withdrawn(session: Session, settings: Settings, office: OfficeVault) -> tuple[str, str, str]:
    """Id, number and code of a case that has ended."""
    filed = submitted(session, settings, office)
    session.flush()
    session.refresh(filed.case)
    withdraw(session, filed.case, by=resident(filed.case), at=NOON)
    return filed.case.id, filed.case_number, filed.access_code


def test_what_was_sealed_opens_for_nobody(database: Database, settings: Settings, office: OfficeVault) -> None:
    with database.session(write=True) as session:
        case_id, number, code = withdrawn(session, settings, office)
    with database.session(write=True) as session:
        case = session.get_one(Case, case_id)
        assert fields(case_key(office, case), case)
        wraps = (bytes(case.keys.office_wrap), bytes(case.keys.code_wrap)) if case.keys else ()
    with database.session(write=True) as session:
        erase(session, session.get_one(Case, case_id), reason="retention ended", by=ADMINISTRATOR, at=LATER)
    database.forget_deleted()
    with database.session(write=False) as session:
        case = session.get_one(Case, case_id)
        with pytest.raises(Gone):
            case_key(office, case)
        assert open_with_code(session, number, code, receipt_mark="開") is None
        assert case.name_index is None
        assert audit.verify(session).ok
        assert audit.entries(session, subject=number)[-1].action == "disclosure.case.erase"
    assert len(wraps) == 2
    for path in settings.home.glob("kaiji.db*"):
        data = path.read_bytes()
        assert not any(wrap in data for wrap in wraps), path


def test_an_open_case_stays(session: Session, settings: Settings, office: OfficeVault) -> None:
    filed = submitted(session, settings, office)
    with pytest.raises(Conflict, match="still open"):
        erase(session, filed.case, reason="x", by=ADMINISTRATOR, at=LATER)


def test_an_officer_may_not(session: Session, settings: Settings, office: OfficeVault) -> None:
    case_id, _number, _code = withdrawn(session, settings, office)
    with pytest.raises(Forbidden):
        erase(session, session.get_one(Case, case_id), reason="x", by=OFFICER, at=LATER)


def test_twice_is_said(session: Session, settings: Settings, office: OfficeVault) -> None:
    case_id, _number, _code = withdrawn(session, settings, office)
    erase(session, session.get_one(Case, case_id), reason="x", by=ADMINISTRATOR, at=LATER)
    with pytest.raises(Conflict, match="erased before"):
        erase(session, session.get_one(Case, case_id), reason="x", by=ADMINISTRATOR, at=LATER)


def test_a_redacted_copy_opens_for_nobody_either(session: Session, settings: Settings, office: OfficeVault) -> None:
    case = a_case(session, settings, office, state=State.DRAFTING, decision=DecisionType.PARTIAL, reasons=[REASON])
    key = case_key(office, case)
    (covered,) = standings(session, case)
    assert covered.copy is not None
    assert copy_data(key, covered.copy).startswith(b"\x89PNG")
    withdraw(session, case, by=resident(case), at=LATER)
    erase(session, case, reason="x", by=ADMINISTRATOR, at=LATER)
    with pytest.raises(Gone):
        case_key(office, case)
    other, _wrap = office.new_case(case.id)
    with pytest.raises(CannotOpen):
        copy_data(other, covered.copy)
