"""An application of the toolkit and the accounts room."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.blueprint import staff_blueprint
from portal.accounts.models import StaffAccount
from portal.accounts.signed_in import find_staff
from portal.core.actor import Role
from portal.core.audit import Entry
from portal.core.db import Database
from portal.core.settings import Settings
from tests.factories.accounts import an_account
from tests.factories.web import toolkit_app


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    return toolkit_app(settings, database, staff_blueprint, find_staff=find_staff)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def officer(database: Database) -> StaffAccount:
    with database.session(write=True) as session:
        return an_account(session, Role.OFFICER)


@pytest.fixture
def administrator(database: Database) -> StaffAccount:
    with database.session(write=True) as session:
        return an_account(session, Role.ADMINISTRATOR, login="sample-admin", name="見本　一郎")


@pytest.fixture
def auditor(database: Database) -> StaffAccount:
    with database.session(write=True) as session:
        return an_account(session, Role.AUDITOR, login="sample-auditor", name="見本　二郎")


def journal(database: Database) -> list[Entry]:
    """All entries, oldest first."""
    with database.session(write=False) as session:
        return list(session.scalars(select(Entry).order_by(Entry.seq)))


def actions(database: Database) -> list[tuple[str, str]]:
    """What the journal says was done on what, without the creation of the test's own accounts."""
    return [
        (entry.action, entry.subject)
        for entry in journal(database)
        if entry.action != "accounts.account.create" or entry.actor_kind != "system"
    ]
