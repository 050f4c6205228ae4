"""Drafting a decision, sending it for approval, approving it or sending it back: always two persons (決裁)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import Decision, DecisionReturn, DecisionState
from disclosure.models.event import Audience
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, insist, reckon
from disclosure.operations.redact import check_agrees, fingerprint_of
from disclosure.queries.case_law import case_law
from disclosure.queries.keys import case_files, case_key, corrections, decision_in_work
from disclosure.queries.keys import reasons as open_reasons
from disclosure.queries.procedure import decision_choices, uniform_answer
from disclosure.rules.decisions import DecisionType, Reason, needs_reasons, problems
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action
from disclosure.rules.uniform import FIXED
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import seal_json, seal_text
from portal.core.vault import OfficeVault


def draft(
    session: Session,
    case: Case,
    kind: DecisionType,
    reasons: Sequence[Reason] = (),
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> Decision:
    """Write or rewrite the draft. It may still be incomplete; ``send_for_approval`` insists on completeness.

    Where everybody gets the same answer its words come from the data, whatever ``reasons`` say.
    """
    state = begin(session, case, Action.DRAFT, by=by)
    if kind not in decision_choices(case):
        raise Invalid(N_("This decision is not available under this law."), field="type")
    unmended = any(row.given_up_on for row in corrections(session, case))
    if unmended and kind is not DecisionType.FORM:
        raise Invalid(N_("The defect of form was not mended: only a dismissal is possible."), field="type")
    one = uniform_answer(case)
    if one is not None and kind is one.type:
        reasons = one.reasons
    elif one is not None and not unmended:
        raise Invalid(FIXED, field="type")
    for reason in reasons:
        for field, text in reason.plain().items():
            screening.lines(text, field=field)
    key = case_key(vault, case)
    decision = decision_in_work(session, case)
    if decision is None:
        decision = Decision(id=new_id(), case_id=case.id, drafted_by=by.id, drafted_name=by.name, drafted_at=at)
        session.add(decision)
    decision.state, decision.type = DecisionState.DRAFT, kind
    decision.drafted_by, decision.drafted_name, decision.drafted_at = by.id, by.name, at
    rows = [reason.plain() for reason in reasons] if needs_reasons(case_law(case), kind) else []
    decision.reasons_sealed = seal_json(key, Decision.__tablename__, "reasons", decision.id, rows)
    case.state = state
    session.flush()
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "drafted", by=by, at=at, audience=Audience.STAFF, type=kind.value)
    book(session, case, "draft", by=by, at=at, type=kind.value, reasons=len(rows))
    return decision


def send_for_approval(session: Session, case: Case, *, vault: OfficeVault, by: Actor, at: datetime) -> Decision:
    """Hand the draft to an approver; Invalid with the first thing that is missing."""
    state = begin(session, case, Action.SEND_FOR_APPROVAL, by=by)
    insist(session, case, Action.SEND_FOR_APPROVAL, today=day_in_japan(at))
    decision = _in_work(session, case)
    why = open_reasons(case_key(vault, case), decision)
    found = problems(
        decision.type,
        why,
        regime=case_law(case),
        day=case.law_day,
        records=len(case_files(session, case, FileKind.RECORD)),
    )
    if found:
        raise Invalid(found[0].message, field=found[0].field, number=found[0].number)
    check_agrees(session, case, decision.type, {reason.ground for reason in why})
    decision.state, decision.sent_at = DecisionState.SENT, at
    case.state = state
    # When a draft is ready may depend on what was found, so nobody learns of it where all get the same answer.
    audience = Audience.RESIDENT if uniform_answer(case) is None else Audience.STAFF
    tell(session, case, "decision-being-approved", by=by, at=at, audience=audience)
    book(session, case, "send-for-approval", by=by, at=at, type=decision.type.value)
    return decision


def approve(session: Session, case: Case, *, by: Actor, at: datetime) -> Decision:
    """Approve the draft and what of the records is covered; never one's own."""
    state = begin(session, case, Action.APPROVE, by=by)
    decision = _in_work(session, case)
    if decision.drafted_by == by.id:
        raise Forbidden(N_("Somebody else must approve what you drafted."))
    check_agrees(session, case, decision.type)
    seen = fingerprint_of(session, case, decision)
    decision.state, decision.approved_by, decision.approved_name = DecisionState.APPROVED, by.id, by.name
    decision.approved_at, decision.fingerprint = at, seen
    case.state = state
    tell(session, case, "approved", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "approve", by=by, at=at, type=decision.type.value, decision=decision.id)
    return decision


def send_back(session: Session, case: Case, reason: str, *, vault: OfficeVault, by: Actor, at: datetime) -> Decision:
    """Return the draft to its author, saying why; an approval is taken back with it."""
    state = begin(session, case, Action.SEND_BACK, by=by)
    if not reason.strip():
        raise Invalid(N_("Give the reason."), field="reason")
    text = screening.lines(reason, field="reason")
    decision = _in_work(session, case)
    row_id = new_id()
    sealed = seal_text(case_key(vault, case), DecisionReturn.__tablename__, "reason", row_id, text)
    decision.returns.append(
        DecisionReturn(id=row_id, decision_id=decision.id, at=at, by_id=by.id, by_name=by.name, reason_sealed=sealed)
    )
    decision.state, decision.sent_at = DecisionState.DRAFT, None
    decision.approved_by, decision.approved_name, decision.approved_at = None, "", None
    decision.fingerprint = None
    case.state = state
    tell(session, case, "sent-back", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "send-back", by=by, at=at, decision=decision.id)
    return decision


def _in_work(session: Session, case: Case) -> Decision:
    decision = decision_in_work(session, case)
    if decision is None:
        raise Conflict(N_("There is no draft of a decision."))
    return decision
