"""The whole application with the archive loaded and one case, shared by tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from content.cli import load
from disclosure.rules.states import State
from portal.core import clock
from portal.core.actor import Role
from search.engines import engine
from search.operations import rebuild
from search.sources import SOURCES
from tests.factories.accounts import an_account
from tests.factories.disclosure import a_case
from tests.factories.whole import whole_app


@dataclass(frozen=True)
class Site:
    """A filled installation: one case in approval, one account a role (its login is the role's name)."""

    app: Flask
    case_number: str
    name: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    with whole_app(home, empty_sqlite) as app:
        building = app.extensions["kaiji"]
        load(building.database)
        with building.database.session(write=True) as session:
            for role in Role:
                an_account(session, role, login=role.value)
            case = a_case(
                session, building.settings, building.office, state=State.APPROVAL, at=clock.now() - timedelta(days=9)
            )
            number = case.number
        rebuild(building.database, SOURCES, engine(building.settings))
        yield Site(app, number, "髙橋　見本")
