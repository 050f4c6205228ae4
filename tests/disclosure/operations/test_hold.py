"""Of two people who act at once the second one learns of the first."""

from __future__ import annotations

import pytest
from sqlalchemy.orm.exc import StaleDataError

from disclosure.models.case import Case
from disclosure.operations.hold import hold
from portal.core.db import Database
from portal.core.errors import Conflict
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories import disclosure as make


def test_holding_raises_the_version_even_when_the_case_itself_stays_as_it_is(
    database: Database, settings: Settings, office: OfficeVault
) -> None:
    with database.session(write=True) as session:
        case = make.a_case(session, settings, office)
        case_id, version = case.id, case.version
    with database.session(write=True) as session:
        hold(session, session.get_one(Case, case_id), version=str(version))
    with database.session(write=False) as session:
        assert session.get_one(Case, case_id).version == version + 1


@pytest.mark.parametrize("version", ["", "0", "none", "99"])
def test_another_version_is_a_conflict(
    database: Database, settings: Settings, office: OfficeVault, version: str
) -> None:
    with database.session(write=True) as session:
        case = make.a_case(session, settings, office)
        session.flush()
        with pytest.raises(Conflict):
            hold(session, case, version=version)


def test_a_case_changed_behind_an_open_session_cannot_be_written(
    database: Database, settings: Settings, office: OfficeVault
) -> None:
    with database.session(write=True) as session:
        case_id = make.a_case(session, settings, office).id
    with database.session(write=False) as reading:
        seen = reading.get_one(Case, case_id)
        reading.expunge(seen)
    with database.session(write=True) as session:
        session.get_one(Case, case_id).assignee_name = "見本"
    with database.open(write=True) as session:
        session.add(seen)
        seen.assignee_name = "別の見本"
        with pytest.raises(StaleDataError):
            session.flush()
