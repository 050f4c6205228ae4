"""The whole application with the archive loaded and one case, shared by tests that only read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from content.cli import load
from disclosure.rules.states import State
from portal import services
from portal.app import create_app
from portal.core import clock
from portal.core.actor import Role
from search.engines import engine
from search.operations import rebuild
from search.sources import SOURCES
from tests.conftest import make_settings
from tests.factories.accounts import an_account
from tests.factories.disclosure import a_case


@dataclass(frozen=True)
class Site:
    """A filled installation: one case in approval, one account a role (its login is the role's name)."""

    app: Flask
    case_number: str
    name: str


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    shutil.copy(empty_sqlite, home / "kaiji.db")
    settings = make_settings(home)
    services.make_keys(settings)
    app = create_app(settings)
    building = app.extensions["kaiji"]
    load(building.database)
    with building.database.session(write=True) as session:
        for role in Role:
            an_account(session, role, login=role.value)
        case = a_case(session, settings, building.office, state=State.APPROVAL, at=clock.now() - timedelta(days=9))
        number = case.number
    rebuild(building.database, SOURCES, engine(settings))
    yield Site(app, number, "髙橋　見本")
    building.database.close()
