"""A request that was filed, and how it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.compare import compare
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record
from disclosure.operations.release import release
from disclosure.rules.decisions import DISCLOSES, DecisionType
from portal.core import clock
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser, Page
from tests.factories.disclosure import (
    APPROVER,
    LICENCE,
    NOT_HELD,
    OFFICER,
    REASON,
    RECEPTION,
    an_upload,
    covered,
)

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
Filed = tuple[str, str]


def open_case(browser: Browser, filed: Filed, prefix: str = "") -> Page:
    browser.get(f"{prefix}/request/status")
    return browser.send(number=filed[0], code=filed[1])


def work(building: Services, step: Callable[[Session, Case], object]) -> None:
    """Something that staff do meanwhile."""
    with building.database.session(write=True) as session:
        step(session, session.scalars(select(Case)).one())


def ask(building: Services, office: OfficeVault, *defects: str, note: str = "") -> None:
    def step(session: Session, case: Case) -> None:
        start_identity_check(session, case, by=RECEPTION, at=clock.now())
        ask_correction(session, case, defects, vault=office, by=RECEPTION, at=clock.now(), note=note)

    work(building, step)


def decide(building: Services, office: OfficeVault, kind: DecisionType, *, released: bool = False) -> None:
    def step(session: Session, case: Case) -> None:
        at = clock.now()
        start_identity_check(session, case, by=RECEPTION, at=at)
        confirm_identity(session, case, [LICENCE], by=RECEPTION, at=at)
        if kind is not DecisionType.NOT_HELD:
            attach_record(session, case, an_upload("交付申請書.png"), vault=office, by=OFFICER, at=at)
        reasons = {DecisionType.FULL: [], DecisionType.NOT_HELD: [NOT_HELD]}.get(kind, [REASON])
        draft(session, case, kind, reasons, vault=office, by=OFFICER, at=at)
        if kind is DecisionType.PARTIAL:
            covered(session, case, office, at=at)
        send_for_approval(session, case, vault=office, by=OFFICER, at=at)
        approve(session, case, by=APPROVER, at=at)
        issue(session, case, settings=building.settings, vault=office, signer=None, by=OFFICER, at=at)
        if kind in DISCLOSES:
            compare(session, case, name_agrees=True, birth_agrees=True, by=APPROVER, at=at)
        if released:
            release(session, case, compared=True, by=OFFICER, at=at)

    work(building, step)
