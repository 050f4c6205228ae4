"""Issuing the decision: the letter is made, signed and registered, kept sealed, and the requester is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.letters import decision_letter
from disclosure.letters.frame import set_on
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.decision import Decision, DecisionState
from disclosure.models.letter import Letter
from disclosure.operations.decide_anew import finish_anew
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, drop_unissued, insist, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.order_post import post_if_wanted
from disclosure.operations.redact import check_unchanged
from disclosure.operations.release_wait import lock_release
from disclosure.queries.anew import ruling_behind
from disclosure.queries.case_law import case_law
from disclosure.queries.keys import case_files, case_key, decision_in_work, fields, reasons
from disclosure.queries.splits import shown_split
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict
from portal.core.sealed import seal_json
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import CaseKey, OfficeVault
from portal.letters.draft import Draft
from portal.letters.engine import Context
from portal.letters.operations.issue import Issued, issue_letter


def issue(
    session: Session,
    case: Case,
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Issue the approved decision. Invalid names a character that no font has, and where; nothing is changed then."""
    state = begin(session, case, Action.ISSUE, by=by)
    decision = decision_in_work(session, case)
    if decision is None or decision.approved_by is None:
        raise Conflict(N_("The decision has not been approved."))
    check_unchanged(session, case, decision)
    insist(session, case, Action.ISSUE, today=day_in_japan(at))
    today, key = day_in_japan(at), case_key(vault, case)
    values, why = fields(key, case), reasons(key, decision)
    found = bool(case_files(session, case, FileKind.RECORD))
    parts, ruling = shown_split(session, case, key=key), ruling_behind(session, case)

    def make(draft: Draft) -> Context:
        return decision_letter.context(
            case,
            decision.type,
            values,
            why,
            paper=set_on(draft, settings),
            found=found,
            split=parts,
            ruling=ruling,
        )

    issued = issue_letter(
        session,
        templates=LETTERS,
        kind=decision_letter.kind(decision.type, case_law(case)),
        make=make,
        settings=settings,
        signer=signer,
        at=at,
    )
    letter = keep_letter(session, case, decision, issued, key=key, by=by, at=at)
    decision.state = DecisionState.ISSUED
    case.state, case.decision_type, case.notified_on = state, decision.type, today
    session.flush()
    drop_unissued(session, case)
    finish_anew(session, case, letter, vault=vault, by=by, at=at)
    lock_release(session, case)
    post_if_wanted(session, case, letter, by=by, at=at)
    reckon(session, case, today=today)
    notify_resident(session, case, f"letter:{letter.id}", at=at)
    tell(session, case, "decision-issued", by=by, at=at, type=decision.type.value, number=letter.number)
    book(session, case, "issue", by=by, at=at, letter=letter.id, number=letter.number, sha256=letter.sha256)
    return letter


def keep_letter(
    session: Session,
    case: Case,
    decision: Decision | None,
    issued: Issued,
    *,
    key: CaseKey,
    by: Actor,
    at: datetime,
    to_requester: bool = True,
) -> Letter:
    """The issued letter as the case keeps it, its context and its file sealed. Not every letter tells a decision."""
    letter = Letter(
        id=issued.id,
        case_id=case.id,
        decision_id=decision.id if decision else None,
        kind=issued.kind,
        to_requester=to_requester,
        number=issued.number,
        fiscal_year=issued.fiscal_year,
        template=issued.template,
        sha256=issued.sha256,
        issued_on=issued.issued_on,
        issued_at=at,
        issued_by=by.id,
    )
    letter.context_sealed = seal_json(key, Letter.__tablename__, "context", letter.id, issued.context)
    letter.pdf_sealed = key.seal(Letter.__tablename__, "pdf", letter.id, issued.pdf)
    session.add(letter)
    session.flush()
    return letter
