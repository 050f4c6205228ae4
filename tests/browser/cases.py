"""Sample cases brought into a state by the same verbs that the desk uses, without a browser."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record
from disclosure.operations.release import release
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import State
from portal.core import clock
from tests.browser.papers import drawing
from tests.browser.running import Site
from tests.factories import disclosure as make

AGO = timedelta(days=12)


def in_state(site: Site, state: State, **more: Any) -> str:
    """A case in this state, filed some days ago; returns its receipt number."""
    building = site.building
    with building.database.session(write=True) as session:
        return make.a_case(
            session, building.settings, building.office, state=state, at=clock.now() - AGO, wants_mail=False, **more
        ).number


def _filed(site: Site, session: Session, **more: Any) -> tuple[Case, str]:
    building = site.building
    made = make.submitted(session, building.settings, building.office, at=clock.now() - AGO, wants_mail=False, **more)
    session.flush()
    session.refresh(made.case)
    return made.case, made.access_code


def identified(site: Site, **more: Any) -> tuple[str, str]:
    """A case whose requester is known and whose record is being looked for; receipt number and access code."""
    with site.building.database.session(write=True) as session:
        case, code = _filed(site, session, **more)
        now = clock.now()
        start_identity_check(session, case, by=make.RECEPTION, at=now)
        confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=now)
        return case.number, code


def waiting_for_a_correction(site: Site) -> tuple[str, str]:
    """A case whose requester is asked to mend something; receipt number and access code."""
    with site.building.database.session(write=True) as session:
        case, code = _filed(site, session)
        vault, now = site.building.office, clock.now()
        start_identity_check(session, case, by=make.RECEPTION, at=now)
        ask_correction(
            session, case, ["address", "identity-unreadable"], note="四隅が写るように。", vault=vault,
            by=make.RECEPTION, at=now,
        )  # fmt: skip
        return case.number, code


def decided_in_part(site: Site, *, released: bool) -> tuple[str, str]:
    """A case whose letter is issued, and whose records are disclosed if ``released``; number and access code.

    In a thread of its own: the browser's driver keeps an event loop in this one, and signing starts its own.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_decide_in_part, site, released=released).result()


def letter_of(site: Site, number: str) -> str:
    """The id of the letter that was issued in a case."""
    with site.building.database.session(write=False) as session:
        return session.scalars(
            select(Letter.id).join(Case, Case.id == Letter.case_id).where(Case.number == number)
        ).one()


def _decide_in_part(site: Site, *, released: bool) -> tuple[str, str]:
    settings, vault, now = site.building.settings, site.building.office, clock.now()
    with site.building.database.session(write=True) as session:
        case, code = _filed(site, session, records=RecordKind.FORM)
        start_identity_check(session, case, by=make.RECEPTION, at=now)
        confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=now)
        attach_record(
            session, case, make.an_upload("申請書.png", drawing("RECORD")), vault=vault, by=make.OFFICER, at=now
        )
        draft(session, case, DecisionType.PARTIAL, [make.REASON], vault=vault, by=make.OFFICER, at=now)
        make.covered(session, case, vault, at=now)
        send_for_approval(session, case, vault=vault, by=make.OFFICER, at=now)
        approve(session, case, by=make.APPROVER, at=now)
        issue(session, case, settings=settings, vault=vault, signer=site.building.signer, by=make.APPROVER, at=now)
        if released:
            release(session, case, compared=True, by=make.OFFICER, at=now)
        return case.number, code
