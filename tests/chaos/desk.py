"""The office: what leads to a draft is done by the verbs themselves, approving and issuing on the pages."""

from __future__ import annotations

import time
from random import Random
from urllib.parse import quote, unquote

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from disclosure.models.case import Case
from disclosure.operations.decide import draft, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.records import attach_record
from disclosure.rules.decisions import DecisionType
from portal.core import clock
from portal.core.actor import Actor
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.chaos.browser import Browser, Lost
from tests.client import Page
from tests.factories import disclosure as make
from tests.factories.accounts import PASSWORD

PATIENCE = 240


class Clerk:
    """A member of staff at a browser, who signs in again when asked to."""

    def __init__(self, browser: Browser, login: str, seed: int) -> None:
        self.browser, self.login, self.chance = browser, login, Random(seed)

    def press(self, number: str, step: str) -> None:
        """Press the button that leads to ``step`` on the letter's page, until it is not there any more."""
        case, until = f"/staff/cases/{quote(number)}", time.monotonic() + PATIENCE
        again: tuple[str, dict[str, str]] | None = None
        while True:
            assert time.monotonic() < until, f"{self.login} waits for ever at {step}"
            try:
                if again is not None and self.chance.random() < 0.5:
                    self.browser.post(*again)  # the same button once more, before looking again
                again = None
                page = self._open(f"{case}/letter")
                if not [form for form in page.tree.iter("form") if (form.get("action") or "").endswith(f"/{step}")]:
                    return
                form = page.form(f"/{step}")
                again = (form.action, form.values)
                page = self.browser.post(*again)
                assert page.status in (200, 409), f"{step} answers {page.status}: {page.text[:300]}"
                if unquote(page.path) == unquote(case):  # the step led back to the case, so it is done
                    return
            except Lost:
                time.sleep(self.chance.uniform(0.1, 1.2))

    def _open(self, path: str) -> Page:
        page = self.browser.get(path)
        if page.path.startswith("/staff/sign-in"):
            values = {**page.form().values, "login": self.login, "password": PASSWORD}
            page = self.browser.post(page.path, values)
            assert unquote(page.path) == unquote(path), page.text[:300]
        return page


class Desk:
    """Takes filed requests to their letters."""

    def __init__(self, building: Services, officer: Actor, approver: Clerk, issuer: Clerk) -> None:
        self.building, self.officer, self.approver, self.issuer = building, officer, approver, issuer

    def decide(self, number: str) -> None:
        """From the arrival to the issued letter."""
        self._draft(number, self.building.office)
        self.approver.press(number, "approve")
        self.issuer.press(number, "issue")

    def _draft(self, number: str, vault: OfficeVault) -> None:
        while True:
            try:
                with self.building.database.session(write=True) as session:
                    case = session.scalars(select(Case).where(Case.number == number)).one()
                    now, by = clock.now(), self.officer
                    start_identity_check(session, case, by=by, at=now)
                    confirm_identity(session, case, [make.LICENCE], by=by, at=now)
                    attach_record(session, case, make.an_upload("申請書.png"), vault=vault, by=by, at=now)
                    draft(session, case, DecisionType.FULL, vault=vault, by=by, at=now)
                    send_for_approval(session, case, vault=vault, by=by, at=now)
                return
            except StaleDataError:
                continue
