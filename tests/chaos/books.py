"""Looks through everything that the site has stored, when the killing is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

import content.jobs  # noqa: F401 - registers its handlers
import disclosure.jobs as notices
import search.jobs  # noqa: F401 - the same
from disclosure.models.case import Case, CaseField, CaseKeys
from disclosure.models.decision import Decision, DecisionState
from disclosure.models.event import CaseEvent
from disclosure.models.file import CaseFile
from disclosure.models.letter import Letter
from disclosure.queries.keys import case_files, case_key, fields, file_data, letter_context, letter_pdf
from disclosure.queries.opening import open_with_code
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.states import State
from portal.core import audit, clock, jobs, triggers
from portal.core.jobs import Job, JobState
from portal.letters.models.numbers import LetterNumber, Series
from portal.letters.operations.numbers import LETTERS, RECEIPTS
from portal.letters.queries import whole_tree
from portal.services import Services
from tests.chaos.residents import Receipt

MAIL = notices.NOTIFY
FIELDS = {Field.NAME, Field.KANA, Field.ADDRESS, Field.BIRTH_DATE, Field.POSTAL_CODE, Field.DETAILS}
LATER = timedelta(days=1)  # beyond every lease and every pause between tries


def finish_jobs(building: Services) -> None:
    """Do what killed workers left behind, as a worker would once their leases have run out."""
    values = {"vault": building.office, "mailer": building.mailer, "settings": building.settings}
    for _ in range(10_000):
        context = jobs.Context(database=building.database, now=clock.now() + LATER, services=values)
        if jobs.run_one(context) is None:
            return
    raise AssertionError("the jobs never end")


def check_cases(session: Session, building: Services, receipts: Collection[Receipt], issued: Collection[str]) -> None:
    """Each receipt's request is there once, whole, with everything that belongs to it, and nothing else is."""
    cases = {case.number: case for case in session.scalars(select(Case))}
    assert sorted(cases) == sorted(receipt.number for receipt in receipts)
    assert len({case.submission_key for case in cases.values()}) == len(cases)
    marks: Counter[str] = Counter()
    for receipt in receipts:
        case = cases[receipt.number]
        opened = open_with_code(
            session, receipt.number, receipt.code, receipt_mark=building.settings.organisation.receipt_mark
        )
        assert opened is not None, f"{receipt.number} does not open with its code"
        key = case_key(building.office, case)
        assert key.secret == opened.key.secret
        values, person = fields(key, case), receipt.person
        marks[values[Field.DETAILS].split()[-1]] += 1
        assert values.keys() == FIELDS | ({Field.EMAIL} if person.wants_mail else set())
        assert values[Field.NAME] == person.name
        assert values[Field.DETAILS].endswith(person.mark)
        files = case_files(session, case, FileKind.IDENTITY)
        assert len(files) == 1
        for file in case_files(session, case):
            assert sha256(file_data(key, file)).hexdigest() == file.sha256
        assert case.name_index
        assert case.kana_index
        _check_traces(session, case, person.wants_mail, issued=case.number in issued)
    assert set(marks.values()) == {1}
    _check_nothing_stray(session, {case.id for case in cases.values()}, set(cases))


def _check_traces(session: Session, case: Case, mail: bool, *, issued: bool) -> None:
    events = Counter(session.scalars(select(CaseEvent.code).where(CaseEvent.case_id == case.id)))
    steps = {"received"}
    if issued:
        steps |= {"identity-check-started", "identity-confirmed", "record-attached", "drafted"}
        steps |= {"decision-being-approved", "approved", "decision-issued"}
        assert events.pop("arrived-electronic", 0) <= 1, case.number  # where the requester came back for the letter
    assert events == dict.fromkeys(steps, 1), case.number
    booked = Counter(entry.action for entry in audit.entries(session, subject=case.number))
    verbs = ["submit"]
    if issued:
        verbs += ["start-identity-check", "confirm-identity", "attach-record", "draft"]
        verbs += ["send-for-approval", "approve", "issue"]
    assert {verb: booked[f"disclosure.case.{verb}"] for verb in verbs} == dict.fromkeys(verbs, 1), case.number
    keys = {job.key for job in session.scalars(select(Job)) if job.kind == MAIL and job.payload["case"] == case.id}
    wanted = {f"{MAIL}:{case.id}:received"}
    if issued:
        wanted |= {f"{MAIL}:{case.id}:letter:{letter}" for letter in _letters(session, case)}
    assert keys == (wanted if mail else set()), case.number


def _letters(session: Session, case: Case) -> list[str]:
    return list(session.scalars(select(Letter.id).where(Letter.case_id == case.id)))


def _check_nothing_stray(session: Session, ids: set[str], numbers: set[str]) -> None:
    for model in (CaseField, CaseKeys, CaseFile, CaseEvent, Decision, Letter):
        assert set(session.scalars(select(model.case_id))) <= ids, model.__tablename__
    subjects = set(session.scalars(select(audit.Entry.subject).where(audit.Entry.action.like("disclosure.case.%"))))
    assert subjects == numbers


def check_letters(session: Session, building: Services, issued: Iterable[str]) -> None:
    """Each issued decision has one letter with its number; the numbers run from 1 without an unexplained gap."""
    for number in issued:
        case = session.scalars(select(Case).where(Case.number == number)).one()
        assert case.state is State.NOTIFIED
        decision = session.scalars(select(Decision).where(Decision.case_id == case.id)).one()
        assert decision.state is DecisionState.ISSUED
        assert decision.approved_by not in (None, decision.drafted_by)
        letter = session.scalars(select(Letter).where(Letter.case_id == case.id)).one()
        key = case_key(building.office, case)
        pdf = letter_pdf(key, letter)
        assert pdf.startswith(b"%PDF")
        assert sha256(pdf).hexdigest() == letter.sha256
        assert letter_context(key, letter)["number"] == letter.number
        row = session.scalars(select(LetterNumber).where(LetterNumber.letter_id == letter.id)).one()
        assert letter.number.endswith(f"第{row.sequence}号")
    for series in session.scalars(select(Series).where(Series.series == LETTERS)):
        used = session.scalars(
            select(LetterNumber.sequence)
            .where(LetterNumber.series == LETTERS, LetterNumber.fiscal_year == series.fiscal_year)
            .order_by(LetterNumber.sequence)
        ).all()
        assert list(used) == list(range(1, series.last + 1))
    taken = session.scalar(select(func.sum(Series.last)).where(Series.series == RECEIPTS))
    assert taken == session.scalar(select(func.count()).select_from(Case))


def check_mail(session: Session, building: Services) -> int:
    """Every notice has gone out at least once; returns how many were sent more than once."""
    notices_sent = [job for job in session.scalars(select(Job)) if job.kind == MAIL]
    outbox = {path.stem for path in building.settings.outbox.glob("*.eml")}
    for job in notices_sent:
        assert job.state == JobState.DONE, (job.state, job.last_error)
        assert job.id in outbox
    assert not jobs.dead(session)
    assert len(outbox) >= len(notices_sent)
    return sum(job.tries > 1 for job in notices_sent)


def check_foundations(session: Session) -> int:
    """The chain is whole, its guards are there, the database itself is sound; returns the number of entries."""
    report = audit.verify(session)
    assert report.ok, report
    record = whole_tree.verify(session)
    assert record.ok, record
    assert not triggers.missing(session)
    if session.get_bind().dialect.name == "sqlite":
        assert session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        assert not session.execute(text("PRAGMA foreign_key_check")).all()
    return report.entries
