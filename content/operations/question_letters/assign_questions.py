"""Questions are given to the departments that answer them, and taken back; a department is told by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.letters.mail_text import text
from content.models.letter_work import Assignment
from content.models.letters import Letter
from content.models.questions import Question
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.rules.question_letters.states import READABLE, LetterState, StepKind
from portal.accounts.models import Department
from portal.core import audit, jobs
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.mail import Mail
from portal.core.settings import Settings

TELL = "content.tell_department"


def assign_questions(
    session: Session,
    letter: Letter,
    questions: Iterable[str],
    department_id: str,
    *,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> int:
    """Make questions (ids) the work of a department until ``due_on``; returns how many. Invalid with ``field``.

    A question that was another department's changes hands. The public reads that, and when, departments were asked;
    the department is told by mail where it has an address.
    """
    policy.check_assign(by)
    if LetterState(letter.state) not in READABLE:
        raise Conflict(N_("The letter is no longer in a state in which this can be done."))
    department = session.get(Department, department_id)
    if department is None or not department.open:
        raise Invalid(N_("Choose a department."), field="department")
    if due_on is not None and due_on < day_in_japan(at):
        raise Invalid(N_("This day is over."), field="due_on")
    wanted = set(questions)
    own = session.scalars(select(Question.id).where(Question.letter_key == letter.key, Question.id.in_(wanted))).all()
    if not own or len(own) != len(wanted):
        raise Invalid(N_("Choose at least one question."), field="questions")
    first = session.scalar(select(Assignment.question_id).where(Assignment.letter_key == letter.key).limit(1)) is None
    for question in own:
        row = session.get(Assignment, question)
        if row is None:
            row = Assignment(question_id=question, letter_key=letter.key)
            session.add(row)
        row.department_id, row.due_on, row.assigned_by, row.assigned_at = department.id, due_on, by.id, at
    session.flush()
    if first:
        step(session, letter, StepKind.ASSIGNED, at=at)
    letter_changed(session, letter, at=at)
    if department.email:
        jobs.enqueue(session, TELL, due_at=at, department=department.id, letter=letter.key, count=len(own))
    detail: dict[str, audit.Value] = {"department": department.id, "questions": len(own)}
    audit.record(session, at=at, actor=by, action="content.letter.assign", subject=letter.key, detail=detail)
    return len(own)


def take_back_questions(session: Session, letter: Letter, questions: Iterable[str], *, by: Actor, at: datetime) -> int:
    """Questions (ids) are nobody's work any more; returns how many were somebody's. Invalid where none was."""
    policy.check_assign(by)
    given = select(Assignment).where(Assignment.letter_key == letter.key, Assignment.question_id.in_(set(questions)))
    rows = session.scalars(given).all()
    if not rows:
        raise Invalid(N_("Choose at least one question."), field="questions")
    for row in rows:
        session.delete(row)
    session.flush()
    letter_changed(session, letter, at=at)
    detail: dict[str, audit.Value] = {"questions": len(rows)}
    audit.record(session, at=at, actor=by, action="content.letter.take-back", subject=letter.key, detail=detail)
    return len(rows)


def department_mail(
    session: Session, department_id: str, letter_key: str, count: int, *, job_id: str, settings: Settings
) -> Mail | None:
    """What a department is told of questions that were given to it: how many, of which letter. None: nowhere."""
    department = session.get(Department, department_id)
    if department is None or not department.email:
        return None
    values = {"letter": letter_key, "count": str(count), "department": department.name_ja}
    subject, body = text("questions-given", "ja", url=settings.public_url, **values)
    return Mail(job_id, department.email, subject, body)
