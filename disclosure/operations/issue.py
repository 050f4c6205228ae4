"""Issuing the decision: the letter gets its number, is made and sealed, and the requester is told."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.letters import decision_letter
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.models.letter import Letter, LetterNumber
from disclosure.models.sealed import seal_json
from disclosure.operations import numbers
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.operations.notify import notify_resident
from disclosure.queries.keys import case_key, decision_in_work, fields, reasons
from disclosure.rules import numbering
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict
from portal.core.settings import Settings
from portal.core.vault import OfficeVault


def issue(session: Session, case: Case, *, settings: Settings, vault: OfficeVault, by: Actor, at: datetime) -> Letter:
    """Issue the approved decision. Invalid names a character that no font has, and where; nothing is changed then."""
    state = begin(session, case, Action.ISSUE, by=by)
    decision = decision_in_work(session, case)
    if decision is None or decision.approved_by is None:
        raise Conflict(N_("The decision has not been approved."))
    today, key = day_in_japan(at), case_key(vault, case)
    fiscal = numbering.fiscal_year(today)
    sequence = numbers.take(session, numbers.LETTERS, fiscal)
    number = numbering.letter_number(settings.organisation.letter_mark, sequence)
    context = decision_letter.context(
        case,
        decision.type,
        fields(key, case),
        reasons(key, decision),
        number=number,
        issued_on=today,
        organisation=settings.organisation,
        sample=settings.sample,
    )
    template = LETTERS.current(decision_letter.kind(decision.type), today)
    pdf = LETTERS.render(template, context)
    letter = Letter(
        id=new_id(),
        case_id=case.id,
        decision_id=decision.id,
        kind=template.kind,
        number=number,
        fiscal_year=fiscal,
        template=template.name,
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_on=today,
        issued_at=at,
        issued_by=by.id,
    )
    letter.context_sealed = seal_json(key, Letter.__tablename__, "context", letter.id, context)
    letter.pdf_sealed = key.seal(Letter.__tablename__, "pdf", letter.id, pdf)
    session.add(letter)
    session.flush()
    session.add(
        LetterNumber(
            series=numbers.LETTERS, fiscal_year=fiscal, sequence=sequence, letter_id=letter.id, void_reason=None, at=at
        )
    )
    decision.state = DecisionState.ISSUED
    case.state, case.decision_type, case.notified_on = state, decision.type, today
    session.flush()
    reckon(session, case, today=today)
    notify_resident(session, case, f"letter:{letter.id}", at=at)
    tell(session, case, "decision-issued", by=by, at=at, type=decision.type.value, number=number)
    book(session, case, "issue", by=by, at=at, letter=letter.id, number=number, sha256=letter.sha256)
    return letter
