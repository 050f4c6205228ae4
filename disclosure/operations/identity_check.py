"""Checking who is asking (本人確認)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.identity import IdentityCheck
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.queries.keys import corrections
from disclosure.rules import agents, identity
from disclosure.rules.defects import Problem
from disclosure.rules.kinds import Channel, Requester
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import Invalid

# On paper that nobody handed over in person (施行令 第22条第2項).
BY_MAIL = (Channel.POST, Channel.FAX)


def start_identity_check(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Begin to compare request and document; to look for the documents, where it does not matter who asks."""
    case.state = begin(session, case, Action.START_IDENTITY_CHECK, by=by)
    if case.assignee_id is None:
        case.assignee_id, case.assignee_name = by.id, by.name
    reckon(session, case, today=day_in_japan(at))
    step = "identity-check" if case.records.personal else "search"
    tell(session, case, f"{step}-started", by=by, at=at)
    book(session, case, f"start-{step}", by=by, at=at)


def identity_problems(
    session: Session, case: Case, checked: Sequence[identity.Checked], agency: agents.Shown | None = None
) -> tuple[Problem, ...]:
    """Everything that keeps documents and papers from showing who asks and that they may; each names its correction."""
    answered = [row.answered_on for row in corrections(session, case) if row.answered_on is not None]
    found = identity.problems(
        checked, received_on=case.received_on, days_asked=answered, by_mail=case.channel in BY_MAIL
    )
    if case.requester is Requester.PERSON:
        return found
    # The representative's name and address are mended as theirs, not as those of the person concerned.
    found = tuple(replace(row, defect="agent") if row in (identity.NAME, identity.ADDRESS) else row for row in found)
    shown = agency or agents.Shown("", ())
    days = [case.received_on, *answered]
    return found + agents.problems(shown.papers, shown.capacity, days_asked=days, law_day=case.law_day)


def confirm_identity(
    session: Session,
    case: Case,
    checked: Sequence[identity.Checked],
    *,
    by: Actor,
    at: datetime,
    agency: agents.Shown | None = None,
) -> None:
    """Record that the documents show who is asking, and ``agency`` that they may; Invalid says why they do not."""
    state = begin(session, case, Action.CONFIRM_IDENTITY, by=by)
    today = day_in_japan(at)
    for problem in identity_problems(session, case, checked, agency):
        raise Invalid(problem.message, field="checked")
    papers = agency.papers if agency is not None and case.requester is not Requester.PERSON else ()
    for paper in papers:
        session.add(
            IdentityCheck(
                id=new_id(),
                case_id=case.id,
                document=paper.proof,
                shows=identity.Shows.AGENCY,
                issued_on=paper.issued_on,
                original=paper.original,
                name_agrees=paper.names_agree,
                address_agrees=paper.names_agree,
                checked_by=by.id,
                checked_at=at,
            )
        )
    for row in checked:
        session.add(
            IdentityCheck(
                id=new_id(),
                case_id=case.id,
                document=row.document,
                expires_on=row.expires_on,
                issued_on=row.issued_on,
                name_agrees=row.name_agrees,
                address_agrees=row.address_agrees,
                checked_by=by.id,
                checked_at=at,
            )
        )
    case.state, case.identity_confirmed_at = state, at
    reckon(session, case, today=today)
    tell(session, case, "identity-confirmed", by=by, at=at)
    shown = [*(row.document for row in checked), *(row.proof for row in papers)]
    book(session, case, "confirm-identity", by=by, at=at, documents=",".join(shown))
