"""Taking a step of a case: checked, written down for ever, recorded in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseBody, CaseStep, Discrepancy
from discrepancy.models.enquiries import Enquiry
from discrepancy.operations.tell import Told, tell
from discrepancy.queries.access import parties
from discrepancy.rules import states
from discrepancy.rules.enquiry import EnquiryKind
from discrepancy.rules.states import CaseAction, CaseState, Party
from discrepancy.rules.waiting import TURN, waits_until
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.sealed import open_text, seal_text
from portal.core.vault import CaseKey, OfficeVault

TABLE, STEPS = Discrepancy.__tablename__, CaseStep.__tablename__
ENDS = frozenset({CaseState.ACCEPTED, CaseState.CLOSED_WITHOUT_REPORT})


def vault_case(number: str) -> str:
    """What the vault binds a case's key to."""
    return f"discrepancy/{number}"


def case_key(case: Discrepancy, vault: OfficeVault) -> CaseKey:
    """The key of what is sealed of a case."""
    return vault.open_case(vault_case(case.number), case.office_wrap)


def take_step(
    session: Session,
    case: Discrepancy,
    action: CaseAction,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
    day: date | None = None,
    detail: Mapping[str, str] | None = None,
) -> None:
    """Move the case by the table; ``note`` is kept sealed. Forbidden, Conflict, Invalid(``note``)."""
    policy.check(by, action, case, parties(session, case, by))
    move(session, case, action, vault=vault, by=by, at=at, note=note, day=day, detail=detail)


def move(
    session: Session,
    case: Discrepancy,
    action: CaseAction,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
    day: date | None = None,
    detail: Mapping[str, str] | None = None,
) -> None:
    """The same where the caller has checked who may: a report that others hand in for the body. Conflict, Invalid."""
    case.state = states.way(CaseState(case.state), action).to
    if case.state in ENDS:
        case.closed_on = day_in_japan(at)
    write_down(session, case, action, vault=vault, by=by, at=at, note=note, day=day)
    record(session, case, action, by=by, at=at, detail=detail)
    mover = next_mover(case)
    if mover and mover != by.body:
        tell(session, mover, Told.STEP, case.number, at=at)


def next_mover(case: Discrepancy) -> str:
    """The code of the body whose move it is now; empty where it is the operator's or nobody's."""
    codes = {Party.INQUIRER: case.inquirer_code, Party.PROVIDER: case.provider_code, None: case.causer_code}
    state = CaseState(case.state)
    return codes.get(TURN[state]) or "" if state in TURN else ""


def write_down(
    session: Session,
    case: Discrepancy,
    action: str,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
    day: date | None = None,
) -> None:
    """Write into the case's history what happened beside or by a step."""
    screening.lines(note, field="note")
    case.changed_at = at
    last = session.scalar(select(func.max(CaseStep.position)).where(CaseStep.case_number == case.number))
    step_id = new_id()
    sealed = seal_text(case_key(case, vault), STEPS, "note", step_id, note) if note.strip() else None
    session.add(
        CaseStep(
            id=step_id,
            case_number=case.number,
            position=(last or 0) + 1,
            at=at,
            action=action,
            state=case.state,
            body_code=by.body or None,
            account_id=by.id,
            day=day,
            note=sealed,
        )
    )
    session.flush()
    settle(session, case)


def settle(session: Session, case: Discrepancy) -> None:
    """Write down until when the case waits now; after whatever changes that: a step, an enquiry, an answer, a cause."""
    provider = Enquiry.kind == EnquiryKind.PROVIDER
    open_until = select(func.min(Enquiry.due_on)).where(
        Enquiry.case_number == case.number, Enquiry.answered_at.is_(None)
    )
    case.due_on = waits_until(
        CaseState(case.state),
        provider_due_on=session.scalar(open_until.where(provider)),
        others_due_on=session.scalar(open_until.where(~provider)),
        report_due_on=case.report_due_on,
    )


def record(
    session: Session,
    case: Discrepancy,
    action: str,
    *,
    by: Actor,
    at: datetime,
    detail: Mapping[str, str] | None = None,
) -> None:
    """The journal's entry; its detail holds codes and keys only."""
    audit.record(
        session, at=at, actor=by, action=f"discrepancy.case.{action}", subject=case.number, detail=dict(detail or {})
    )


def note_of(step: CaseStep, key: CaseKey) -> str:
    """What was written with a step; empty where nothing was."""
    return "" if step.note is None else open_text(key, STEPS, "note", step.id, step.note)


def join(session: Session, case: Discrepancy, body: Body, party: Party) -> None:
    """Let a body see the case from now on, as ``party``."""
    if session.get(CaseBody, (case.number, body.code, party)) is None:
        session.add(CaseBody(case_number=case.number, body_code=body.code, party=party))
        session.flush()
