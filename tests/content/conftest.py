"""The whole application over a database that holds the archive, and browsers that look at every page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from content.cli import load
from portal import services
from portal.app import create_app
from portal.core.actor import Role
from portal.core.db import Database
from portal.core.settings import Settings
from tests.client import Browser
from tests.content.mail_office import START, Office
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.content import load as load_for_tests
from tests.factories.smtp import smtp_server


@pytest.fixture(scope="session")
def loaded_sqlite(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """A database file with the archive, that tests copy."""
    path = tmp_path_factory.mktemp("archive") / "loaded.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}")
    load(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def archive_sqlite(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """A database file that holds the archive as :func:`tests.factories.content.load` loads it, that tests copy."""
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}")
    with database.session(write=True) as session:
        load_for_tests(session)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def archive(home: Path, archive_sqlite: Path) -> None:
    """The test's database holds the archive from the beginning; name it before ``session`` or ``database``."""
    shutil.copy(archive_sqlite, home / "kaiji.db")


@pytest.fixture
def app(settings: Settings, loaded_sqlite: Path) -> Iterator[Flask]:
    """The application with the archive."""
    shutil.copy(loaded_sqlite, settings.home / "kaiji.db")
    services.make_keys(settings)
    made = create_app(settings)
    yield made
    made.extensions["kaiji"].database.close()


@pytest.fixture
def store(app: Flask) -> Database:
    """The application's database."""
    found: Database = app.extensions["kaiji"].database
    return found


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with smtp_server() as box, time_machine.travel(START, tick=False) as moment:
        yield Office(app, box, moment)


class Staff(Browser):
    """A browser in which somebody is signed in, its pages in English."""

    def sign_in(self, login: str) -> Staff:
        self.get("/en/staff/sign-in")
        form = self.page.form() if self.page else None
        assert form is not None
        self.post("/en/staff/sign-in", {**form.values, "login": login, "password": PASSWORD})
        return self


@pytest.fixture
def publisher(app: Flask, store: Database) -> Staff:
    """A publisher at the desk."""
    with store.session(write=True) as session:
        an_account(session, Role.PUBLISHER, login="sample-publisher")
    return Staff(app, address="192.0.2.21").sign_in("sample-publisher")


@pytest.fixture
def approver(app: Flask, store: Database) -> Staff:
    """An approver at the desk."""
    with store.session(write=True) as session:
        an_account(session, Role.APPROVER, login="sample-approver", name="見本　一郎")
    return Staff(app, address="192.0.2.22").sign_in("sample-approver")
