"""A question refers to an incident, a system or an earlier question."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.incidents import Incident
from content.models.letter_work import QuestionLink
from content.models.questions import Question
from content.models.systems import System
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner
from portal.core import audit
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Invalid


def link_question(
    session: Session,
    question: Question,
    *,
    incident: str = "",
    system: str = "",
    earlier: str = "",
    by: Actor,
    at: datetime,
) -> QuestionLink:
    """Say what a question is about; one of the three is given. What is there is left as it is. Invalid: ``field``."""
    policy.check_assign(by)
    about = Incident if incident else System if system else Question
    target = session.get(about, incident or system or earlier)
    hidden = isinstance(target, Incident) and target.withdrawn
    if target is None or hidden or target is question:
        raise Invalid(N_("Nothing of this record has this address."), field="key")
    values = {"incident_key": incident or None, "system_key": system or None, "earlier_id": earlier or None}
    known = session.scalar(select(QuestionLink).filter_by(question_id=question.id, **values))
    if known is not None:
        return known
    row = QuestionLink(id=new_id(), question_id=question.id, **values)
    session.add(row)
    _told(session, question, row, "link", by=by, at=at)
    return row


def unlink_question(session: Session, question: Question, link_id: str, *, by: Actor, at: datetime) -> None:
    """Take such a reference away; nothing happens where there is none."""
    policy.check_assign(by)
    row = session.get(QuestionLink, link_id)
    if row is not None and row.question_id == question.id:
        session.delete(row)
        _told(session, question, row, "unlink", by=by, at=at)


def _told(session: Session, question: Question, row: QuestionLink, what: str, *, by: Actor, at: datetime) -> None:
    session.flush()
    keys = [record_key(Owner.LETTER, question.letter_key)]
    if row.incident_key:
        keys.append(record_key(Owner.INCIDENT, row.incident_key))
    if row.system_key:
        keys.append(record_key(Owner.SYSTEM, row.system_key))
    public_changed(session, keys, at=at, alone=True)
    about = row.incident_key or row.system_key or row.earlier_id
    detail: dict[str, audit.Value] = {"question": question.id, "about": about}
    audit.record(
        session, at=at, actor=by, action=f"content.question.{what}", subject=question.letter_key, detail=detail
    )
