"""A question letter reaches the organisation: filed once, its days counted, everything of its sender sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake, IntakeFile
from content.models.letters import Letter
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.rules.archive.kinds import Channel
from content.rules.question_letters import clock
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.filing import Filing, letter_case
from content.rules.question_letters.states import FileRole, LetterState, StepKind
from content.rules.question_letters.structure import as_json, says_the_same, structure
from portal.core import audit, code_lock, screening
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Forbidden, Invalid
from portal.core.files import CleanFile
from portal.core.sealed import open_text, seal_json, seal_text
from portal.core.vault import CaseKey, PublicVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

SERIES = "question"
TABLE, FILES = Intake.__tablename__, IntakeFile.__tablename__
# Graphemes and code points of a whole letter: some 60 pages.
LETTER = (60_000, 120_000)


@dataclass(frozen=True)
class Enclosed:
    """A file of a letter as it was taken in: the letter itself on paper or by fax, or what came with it."""

    role: FileRole
    name: str
    file: CleanFile


@dataclass(frozen=True)
class Filed:
    """The receipt. ``repeated``: this submission had been filed before; nothing was added then.

    ``access_code`` is empty for a repeated submission whose code is another.
    """

    letter: Letter
    access_code: str
    repeated: bool


def file_letter(
    session: Session,
    filing: Filing,
    *,
    submission_key: str,
    access_code: str,
    vault: PublicVault,
    by: Actor,
    at: datetime,
    files: Sequence[Enclosed] = (),
) -> Filed:
    """File a letter once: the same ``submission_key`` gives the same letter, however often it is sent.

    Raises Invalid with ``field`` for what cannot be taken; nothing is stored then.
    """
    _check(filing, by=by, today=day_in_japan(at))
    received = filing.received_on or day_in_japan(at)
    year = fiscal_year(received)
    # Holding the series first makes simultaneous submissions queue up, so that the second one sees the first.
    numbers.hold(session, SERIES, year)
    known = session.scalar(select(Intake).where(Intake.submission_key == submission_key))
    if known is not None:
        letter = session.get_one(Letter, known.letter_key)
        return Filed(letter, access_code if _fits(known, access_code) else "", repeated=True)
    sequence = numbers.take(session, SERIES, year)
    letter = Letter(
        key=f"q-{year}-{sequence:04d}",
        filed=True,
        state=LetterState.RECEIVED,
        title_ja="",
        title_en="",
        language=filing.language,
        sender_kind=filing.sender_kind,
        sender_name=None,
        sent_on=filing.sent_on,
        received_on=received,
        asked_due_on=filing.wished_on,
        answer_due_on=clock.period(Duty.ANSWER, received).due(received),
        channel=filing.channel,
        wishes=[str(wish) for wish in filing.wishes],
        original_sha256=hashlib.sha256(filing.text.encode("utf-8")).hexdigest(),
        fiscal_year=year,
        sequence=sequence,
    )
    session.add(letter)
    session.flush()
    sealing, wrap = vault.new_case(letter_case(letter.key))
    session.add(_intake(filing, letter.key, submission_key, access_code, (sealing, wrap), at))
    session.flush()
    session.add_all(_file(one, letter.key, sealing, at) for one in files)
    step(session, letter, StepKind.FILED, at=at)
    letter_changed(session, letter, at=at)
    tell_sender(session, letter, Notice.FILED, at=at)
    questions = len(structure(filing.blocks).questions)
    audit.record(
        session,
        at=at,
        actor=by,
        action="content.letter.file",
        subject=letter.key,
        detail={"channel": str(filing.channel), "questions": questions},
    )
    return Filed(letter, access_code, repeated=False)


def _intake(
    filing: Filing, key: str, submission_key: str, access_code: str, made: tuple[CaseKey, bytes], at: datetime
) -> Intake:
    sealing, wrap = made
    lock = code_lock.lock_with_code(sealing, letter_case(key), access_code)
    return Intake(
        letter_key=key,
        submission_key=submission_key,
        filed_at=at,
        publish_name=filing.publish_name,
        original=seal_text(sealing, TABLE, "original", key, filing.text),
        contact=seal_json(sealing, TABLE, "contact", key, asdict(filing.contact)),
        reading=seal_json(sealing, TABLE, "reading", key, {"title": filing.title, "blocks": as_json(filing.blocks)}),
        office_wrap=wrap,
        code_salt=lock.salt,
        code_verifier=lock.verifier,
        code_wrap=lock.wrap,
        mail_confirmed_at=at if filing.mail_confirmed and filing.contact.mail else None,
    )


def _file(one: Enclosed, key: str, sealing: CaseKey, at: datetime) -> IntakeFile:
    row_id, name = new_id(), screening.file_name(one.name)
    return IntakeFile(
        id=row_id,
        letter_key=key,
        role=one.role,
        name=seal_text(sealing, FILES, "name", row_id, name),
        media_type=one.file.media_type,
        size=len(one.file.data),
        sha256=one.file.sha256,
        content=sealing.seal(FILES, "content", row_id, one.file.data),
        added_at=at,
    )


def _fits(intake: Intake, access_code: str) -> bool:
    return code_lock.open_with_code(letter_case(intake.letter_key), code_lock.lock_of(intake), access_code) is not None


def sent_text(intake: Intake, access_code: str) -> str | None:
    """The letter's text as it came, opened with its sender's code; None where the code does not fit."""
    key = code_lock.open_with_code(letter_case(intake.letter_key), code_lock.lock_of(intake), access_code)
    return open_text(key, TABLE, "original", intake.letter_key, intake.original) if key else None


def _check(filing: Filing, *, by: Actor, today: date) -> None:
    if by.kind is ActorKind.STAFF:
        policy.check_receive(by)
    elif filing.channel is not Channel.ONLINE or filing.received_on is not None:
        raise Forbidden
    screening.line(filing.title, field="title")
    screening.lines(filing.text, field="text", limits=LETTER)
    for name, value in asdict(filing.contact).items():
        screening.line(value, field=name)
    if not filing.title.strip():
        raise Invalid(N_("Give the letter a title."), field="title")
    if not filing.contact.name.strip():
        raise Invalid(N_("Say who sends the letter."), field="name")
    if not structure(filing.blocks).questions:
        raise Invalid(N_("No question was found in the letter. Mark at least one."), field="text")
    if not says_the_same(filing.blocks, filing.text):
        raise Invalid(N_("The parts do not say what the letter says. Read the letter again."), field="text")
    if filing.sent_on > today or (filing.received_on or today) > today:
        raise Invalid(N_("This day has not come yet."), field="sent_on")
    if filing.wished_on is not None and filing.wished_on < filing.sent_on:
        raise Invalid(N_("The day wished for is before the letter's own day."), field="wished_on")
