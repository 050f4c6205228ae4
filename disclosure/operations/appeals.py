"""Filing an appeal (審査請求): by the requester on the web, or entered by the desk; and the ledger of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.appeal import Appeal, AppealParticipant, AppealStep, Part
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.retention import keep_hold
from disclosure.policy import Right
from disclosure.queries import appeals as queries
from disclosure.queries.third_parties import parties, who
from disclosure.rules.appeal_periods import judge
from disclosure.rules.appeals import Against, AppealState, route
from disclosure.rules.kinds import Channel, FileKind
from disclosure.rules.retention import HoldGround
from disclosure.rules.third_parties import Answer
from portal.core import screening
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.sealed import seal_json, seal_text
from portal.core.vault import CaseKey

TABLE = Appeal.__tablename__
MISSING = N_("Please fill in this field.")
NOT_THEN = N_("This cannot have been on that day.")
HELD_FOR = "審査請求・不服の申出"


@dataclass(frozen=True)
class Statement:
    """What an appeal says (行政不服審査法 第19条第2項): who, what, why, what they were told."""

    name: str
    address: str
    purport: str
    reason: str
    postal_code: str = ""
    telephone: str = ""
    instructed: bool = True
    instructed_text: str = ""
    late_reason: str = ""
    wants_to_speak: bool = False


@dataclass(frozen=True)
class Filing:
    """What an appeal is against, and when it came. ``known_on``: when the appellant learned of the decision."""

    against: Against
    letter_id: str | None = None
    known_on: date | None = None
    channel: Channel = Channel.WEB
    filed_on: date | None = None
    posted_on: date | None = None


def file_appeal(
    session: Session,
    case: Case,
    filing: Filing,
    statement: Statement,
    *,
    submission_key: str,
    key: CaseKey,
    by: Actor,
    at: datetime,
    uploads: Sequence[Upload] = (),
) -> Appeal:
    """File an appeal once: the same ``submission_key`` gives the same one. The case is held from now on.

    Invalid with ``field`` for what cannot be taken; one that came too late is taken all the same, and judged.
    """
    policy.check(by, Right.APPEAL if by.kind is ActorKind.RESIDENT else Right.FILE, case)
    if (known := session.scalar(select(Appeal).where(Appeal.submission_key == submission_key))) is not None:
        if known.case_id != case.id:
            raise NotFound
        return known
    today, rule = day_in_japan(at), route(case.regime, case.law_day)
    if not rule.offered:
        raise Conflict(N_("Under this law there is no appeal. A complaint is possible."))
    filed_on = filing.filed_on or today
    if not case.received_on <= filed_on <= today:
        raise Invalid(NOT_THEN, field="filed-on")
    if filing.posted_on is not None and not case.received_on <= filing.posted_on <= filed_on:
        raise Invalid(NOT_THEN, field="posted-on")
    letter, in_time = _against(session, case, filing, filed_on, today)
    _screen(statement)
    row = Appeal(
        id=new_id(),
        case_id=case.id,
        letter_id=letter.id if letter else None,
        submission_key=submission_key,
        against=filing.against,
        channel=filing.channel,
        state=AppealState.FILED,
        filed_on=filed_on,
        posted_on=filing.posted_on,
        known_on=filing.known_on if letter else None,
        in_time=in_time,
        filed_at=at,
        filed_kind=by.kind.value,
        filed_by=by.id,
        filed_name=by.name,
    )
    row.said_sealed = seal_json(key, TABLE, "said", row.id, asdict(statement))
    row.hold_id = keep_hold(session, case, HoldGround.APPEAL, HELD_FOR, key=key, by=by, at=at).id
    session.add(row)
    session.flush()
    _enter_opponents(session, case, row, key=key, by=by, at=at)
    if uploads:
        seal_files(session, case, key, uploads, FileKind.EVIDENCE, by=by, at=at)
    note_step(session, row, "filed", "", day=filed_on, key=key, by=by, at=at)
    tell(session, case, "appeal-filed", by=by, at=at, received_on=filed_on.isoformat())
    book(session, case, "file-appeal", by=by, at=at, appeal=row.id, against=filing.against.value, in_time=in_time)
    return row


def _enter_opponents(session: Session, case: Case, row: Appeal, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """The third parties who objected before the decision are to be told of the consultation (第105条第2項第3号)."""
    for party in parties(session, case):
        if party.answer is not Answer.OPPOSED:
            continue
        found = who(key, party)
        one = AppealParticipant(id=new_id(), appeal_id=row.id, part=Part.THIRD_PARTY, added_at=at, added_by=by.id)
        person = {"name": found.name, "postal_code": found.postal_code, "address": found.address}
        one.person_sealed = seal_json(key, AppealParticipant.__tablename__, "person", one.id, person)
        session.add(one)
    session.flush()


def _against(
    session: Session, case: Case, filing: Filing, filed_on: date, today: date
) -> tuple[Letter | None, bool]:  # fmt: skip
    if filing.against is Against.INACTION:
        if queries.inactive_since(case, today) is None:
            raise Invalid(N_("The time for the decision has not passed, or it has been made."), field="letter")
        return None, True
    found = next((row for row in queries.appealable(session, case) if row.letter.id == filing.letter_id), None)
    if found is None:
        raise Invalid(N_("Choose the decision that the appeal is against."), field="letter")
    known_on = filing.known_on
    if known_on is None:
        raise Invalid(MISSING, field="known-on")
    if not found.letter.issued_on <= known_on <= filed_on:
        raise Invalid(NOT_THEN, field="known-on")
    judgement = judge(
        route(case.regime, case.law_day),
        known_on=known_on,
        decided_on=found.letter.issued_on,
        filed_on=filed_on,
        posted_on=filing.posted_on,
        law_day=case.law_day,
    )
    return found.letter, judgement.in_time


def _screen(statement: Statement) -> None:
    for field in ("name", "address", "purport", "reason"):
        if not getattr(statement, field).strip():
            raise Invalid(MISSING, field=field)
    for field in ("name", "postal_code", "address", "telephone"):
        screening.line(getattr(statement, field), field=field)
    for field in ("purport", "reason", "instructed_text", "late_reason"):
        screening.lines(getattr(statement, field), field=field)


def note_step(
    session: Session,
    row: Appeal,
    code: str,
    note: str,
    *,
    key: CaseKey,
    by: Actor,
    at: datetime,
    day: date | None = None,
    inside: bool = False,
) -> AppealStep:
    """Add to the ledger of an appeal."""
    screening.lines(note, field="note")
    step = AppealStep(
        id=new_id(), appeal_id=row.id, code=code, day=day or day_in_japan(at), inside=inside, at=at,
        by_kind=by.kind.value, by_id=by.id, by_name=by.name,
    )  # fmt: skip
    step.note_sealed = seal_text(key, AppealStep.__tablename__, "note", step.id, note)
    session.add(step)
    session.flush()
    return step
