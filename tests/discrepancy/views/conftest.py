"""The whole application with a register of a few bodies, people who act for them, and one case in the making."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from discrepancy.operations.ask import enquire
from discrepancy.operations.check_self import check_self
from discrepancy.operations.investigate import go_on
from discrepancy.operations.load_bodies import load_bodies
from discrepancy.operations.open_case import open_case
from discrepancy.rules.enquiry import EnquiryKind
from discrepancy.rules.states import CaseAction
from portal.accounts.operations.create_account import create_account
from portal.core import press
from portal.core.actor import SYSTEM, Role
from portal.services import Services
from tests.client import Browser
from tests.discrepancy.operations.conftest import AOMORI, AT, BODIES, INQUIRER, PROVIDER, STRANGER
from tests.discrepancy.operations.test_cases import NOTHING_FOUND, new, to
from tests.factories.accounts import PASSWORD, an_account, sign_in
from tests.factories.whole import whole_app

PEOPLE = {
    "inquirer": INQUIRER,
    "provider": PROVIDER,
    "stranger": STRANGER,
    "prefecture": AOMORI,
}
STAFF = (Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Room:
    """``case``: asked of the provider, escalated to a ministry through the prefecture. ``enquiry``: that one."""

    app: Flask
    case: str
    enquiry: str

    @property
    def building(self) -> Services:
        found: Services = self.app.extensions["kaiji"]
        return found

    def browser(self, login: str) -> Browser:
        """A browser in which somebody is signed in."""
        browser = Browser(self.app)
        assert sign_in(browser.client, login).status_code == 303
        return browser


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("room")
    with whole_app(home, empty_sqlite) as app:
        building: Services = app.extensions["kaiji"]
        office = building.office
        with building.database.session(write=True) as session:
            load_bodies(session, BODIES, by=SYSTEM, at=AT)
            for login, actor in PEOPLE.items():
                create_account(
                    session,
                    login=login,
                    name="見本 係",
                    roles=(),
                    by=SYSTEM,
                    at=AT,
                    password=PASSWORD,
                    body_code=actor.body,
                )
            for role in STAFF:
                an_account(session, role, login=role.value)
            case = open_case(session, new(), vault=office, by=INQUIRER, at=AT)
            check_self(session, case, NOTHING_FOUND, vault=office, by=INQUIRER, at=AT)
            enquire(session, case, to(EnquiryKind.PROVIDER, "011011"), vault=office, by=INQUIRER, at=AT)
            go_on(session, case, CaseAction.TAKE_UP, vault=office, by=PROVIDER, at=AT)
            asked = enquire(session, case, to(EnquiryKind.MINISTRY, "MHLW"), vault=office, by=INQUIRER, at=AT)
            made = case.number, asked.id
        yield Room(app, *made)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child of the press would do, without one."""
    monkeypatch.setattr(press, "_is_child", True)
