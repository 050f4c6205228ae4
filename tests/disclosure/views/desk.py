"""Members of staff with their browsers, and the ways they go on the desk."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.rules.states import State
from portal.accounts.models import StaffAccount
from portal.core import audit, clock, passwords
from portal.core.actor import Actor, Role
from portal.core.db import new_id
from portal.services import Services
from tests.client import Browser, Page
from tests.disclosure.views.conftest import picture
from tests.factories import disclosure as make
from tests.factories.accounts import PASSWORD

PEOPLE = {
    "reception": ("見本 受子", (Role.RECEPTION,)),
    "officer": ("見本 担男", (Role.OFFICER,)),
    "second": ("見本 次郎", (Role.OFFICER, Role.APPROVER)),
    "approver": ("見本 決子", (Role.APPROVER,)),
    "auditor": ("見本 監男", (Role.AUDITOR,)),
    "publisher": ("見本 公子", (Role.PUBLISHER,)),
    "administrator": ("見本 管子", (Role.ADMINISTRATOR,)),
}
AGO = timedelta(days=10)


@cache
def _hash() -> str:
    """One hash of the tests' password for everybody: hashing is slow on purpose."""
    return passwords.hash_password(PASSWORD)


def _account(session: Session, login: str, name: str, roles: tuple[Role, ...]) -> Actor:
    account = StaffAccount(
        id=new_id(), login=login, name=name, roles=sorted(roles), password_hash=_hash(),
        password_changed_at=clock.now(), must_change_password=False, created_at=clock.now(),
    )  # fmt: skip
    session.add(account)
    return account.as_actor()


class Desk:
    """The office: its people's browsers, and cases in any state."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.building: Services = app.extensions["kaiji"]
        self._browsers: dict[str, Browser] = {}
        with self.building.database.session(write=True) as session:
            self.people = {login: _account(session, login, *row) for login, row in PEOPLE.items()}

    def of(self, login: str) -> Browser:
        """The browser of one person, signed in."""
        if login not in self._browsers:
            browser = Browser(self.app, address=f"198.51.100.{len(self._browsers) + 1}")
            browser.get("/en/staff/sign-in")
            browser.send(login=login, password=PASSWORD)
            self._browsers[login] = browser
        return self._browsers[login]

    def case(self, state: State = State.RECEIVED, **more: Any) -> str:
        """A case in this state; returns its number."""
        with self.building.database.session(write=True) as session:
            at = more.pop("at", clock.now() - AGO)
            case: Case = make.a_case(session, self.building.settings, self.building.office, state=state, at=at, **more)
            return case.number

    def path(self, number: str, rest: str = "") -> str:
        """The English address of a case's page."""
        return f"/en/staff/cases/{number}{rest}"

    def open(self, login: str, number: str, rest: str = "") -> Page:
        """Open a page of the case as this person."""
        return self.of(login).get(self.path(number, rest))

    def cover(self, number: str) -> None:
        """A box on the first record of a case, and the copy without what is under it."""
        with self.building.database.session(write=True) as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            make.covered(session, case, self.building.office, at=clock.now())

    def state(self, number: str) -> State:
        """Where the case stands in the database."""
        with self.building.database.session(write=False) as session:
            found: State = session.scalars(select(Case.state).where(Case.number == number)).one()
            return found


def scan(name: str = "見本.png") -> tuple[Any, str]:
    """A drawn picture as an upload."""
    return picture(), name


def count(desk: Desk, model: type) -> int:
    with desk.building.database.session(write=False) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def looks(desk: Desk, number: str) -> list[str]:
    with desk.building.database.session(write=False) as session:
        rows = audit.entries(session, subject=number)
        return [str(row.detail.get("what")) for row in rows if row.action == "disclosure.case.look"]
