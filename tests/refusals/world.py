"""What the refusals are tried on, and the proof that they left nothing behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import Flask
from sqlalchemy import func, select, text

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.operations.correct import ask_correction
from disclosure.operations.identity_check import start_identity_check
from disclosure.operations.issue import issue
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal import tables
from portal.core import clock
from portal.core.audit import Entry
from portal.services import Services
from portal.web.throttle import Window
from tests.client import Browser, Page
from tests.disclosure.views.desk import AGO, Desk
from tests.disclosure.views.journey import fill_in
from tests.factories import disclosure as make

# Looks are recorded whatever comes of them, and so is every refused attempt to sign in.
NOTED = ("disclosure.case.look", "accounts.session.refuse", "accounts.session.begin", "accounts.session.end")
PASSING = ("web_session", "throttle_window", "audit_entry")
CODE = "ABCD-EFGH-JKMN-PQRS"


@dataclass
class Sent:
    """What came back for a form: the page, and what had been typed."""

    page: Page
    typed: Mapping[str, Any] = field(default_factory=dict)

    def message_at(self, name: str) -> str:
        """The message next to a field."""
        found = self.page.tree.xpath("//*[@id=$id]", id=f"{name}-error")
        return " ".join(found[0].text_content().split()) if found else ""


class World:
    """The site and its people."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.building: Services = app.extensions["kaiji"]
        self.desk = Desk(app)
        self._addresses = 0

    def browser(self) -> Browser:
        """A new visitor, at an address of a network of its own."""
        self._addresses += 1
        return Browser(self.app, address=f"10.{self._addresses // 250}.{self._addresses % 250}.9")

    @cached_property
    def resident(self) -> Browser:
        """A visitor with a finished draft: every page of the journey is open."""
        browser = self.browser()
        fill_in(browser, prefix="/en")
        return browser

    @cached_property
    def asked(self) -> Browser:
        """A requester who is asked for a correction of everything."""
        number = self._case(State.CORRECTION, defects=["name", "address", "record", "other"])
        return self.open(number)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The receipt numbers of cases by what can be done with them."""
        return {
            "received": self._case(State.RECEIVED),
            "identity": self._case(State.IDENTITY_CHECK),
            "correction": self._case(State.CORRECTION, defects=["other"]),
            "search": self.desk.case(State.SEARCH),
            "drafting": self.desk.case(State.DRAFTING, decision=DecisionType.PARTIAL, reasons=[make.REASON]),
            "approval": self.desk.case(State.APPROVAL, decision=DecisionType.PARTIAL, reasons=[make.REASON]),
            "notified": self._issued(),
        }

    def open(self, number: str, code: str = CODE) -> Browser:
        """The requester of a case, who has opened it."""
        browser = self.browser()
        browser.get("/en/request/status")
        page = browser.send(number=number, code=code)
        assert page.path == "/en/request/case", page.errors
        return browser

    def _case(self, state: State, defects: list[str] | None = None) -> str:
        building = self.building
        with building.database.session(write=True) as session:
            made = make.submit(
                session, make.an_application(), submission_key=make.new_id(), access_code=CODE, vault=building.office,
                organisation=building.settings.organisation, by=make.PUBLIC, at=clock.now() - AGO,
            ).case  # fmt: skip
            session.flush()
            session.refresh(made)
            if state is not State.RECEIVED:
                start_identity_check(session, made, by=make.RECEPTION, at=clock.now() - AGO)
            if state is State.CORRECTION:
                ask_correction(
                    session, made, defects or [], vault=building.office, by=make.RECEPTION, at=clock.now() - AGO,
                    note="見本の注記",
                )  # fmt: skip
            return made.number

    def _issued(self) -> str:
        number, building = self.desk.case(State.APPROVED), self.building
        with building.database.session(write=True) as session:
            case = session.scalars(select(Case).where(Case.number == number)).one()
            issue(
                session, case, settings=building.settings, vault=building.office, signer=None, by=make.OFFICER,
                at=clock.now(),
            )  # fmt: skip
        return number

    def file_of(self, name: str) -> str:
        """The id of a file of a case."""
        with self.building.database.session(write=False) as session:
            wanted = select(CaseFile.id).join(Case, Case.id == CaseFile.case_id)
            return session.scalars(wanted.where(Case.number == self.numbers[name])).first() or ""

    def prepare(self) -> None:
        """Everything that makes rows, before any are counted."""
        assert self.resident.page
        assert self.asked.page
        assert self.numbers
        for login in self.desk.people:
            self.desk.of(login)

    # -- sending -----------------------------------------------------------------------------------------------

    def send(self, browser: Browser, path: str, typed: Mapping[str, Any], *, form: str = "") -> Sent:
        """Open a page, fill in its form (None leaves a control out), send it."""
        page = browser.get(path)
        assert (page.status, page.path) == (200, path)
        found = page.form(form, button="Add this file" if path.endswith("/request/identity") else "")
        values = {**found.values, **typed}
        sent = browser.post(found.action, {name: value for name, value in values.items() if value is not None})
        return Sent(sent, typed)

    # -- what is left behind -----------------------------------------------------------------------------------

    def rows(self) -> dict[str, int]:
        """How many rows each table has, without those that every visit leaves."""
        names = [name for name in tables.METADATA.tables if name not in PASSING]
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
        with self.building.database.session(write=False) as session:
            found = {name: int(number) for name, number in session.execute(text(counts))}
            deeds = select(func.count()).select_from(Entry).where(Entry.action.not_in(NOTED))
            return {**found, "deeds": session.scalar(deeds) or 0}

    def forget_tries(self) -> None:
        """Set all throttles back."""
        with self.building.database.session(write=True) as session:
            session.query(Window).delete()

    def stored(self) -> bytes:
        """Every byte on the disk: the database with its journal, the outbox."""
        home = self.building.settings.home
        files = [path for path in home.rglob("*") if path.is_file() and "keys" not in path.parts]
        return b"".join(path.read_bytes() for path in files)


def raw(browser: Browser, method: str, path: str, **more: Any) -> Any:
    """One request as it is, without following redirects."""
    return browser.client.open(path, method=method, environ_base={"REMOTE_ADDR": browser.address}, **more)


def form_of(browser: Browser, path: str, form: str = "") -> tuple[str, dict[str, str]]:
    found = browser.get(path).form(form)
    return found.action, found.values
