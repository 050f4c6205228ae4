"""Destroying what need not be kept any longer, and holding on to what somebody still needs."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.file import CaseFile
from disclosure.models.legal_hold import LegalHold
from disclosure.operations.erase import erase
from disclosure.operations.history import book, tell
from disclosure.queries.keys import case_files, case_key
from disclosure.queries.retention import expired
from disclosure.rules.kinds import FileKind
from disclosure.rules.retention import HoldGround, Kept
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, NotFound
from portal.core.sealed import seal_text
from portal.core.vault import CaseKey, OfficeVault


def place_hold(
    session: Session, case: Case, ground: HoldGround, note: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> LegalHold:
    """Let nothing of the case be destroyed until the hold is lifted. Invalid for a personal number in the note."""
    policy.check(by, policy.Right.HOLD, case)
    screening.lines(note, field="note")
    return keep_hold(session, case, ground, note, key=case_key(vault, case), by=by, at=at)


def keep_hold(
    session: Session, case: Case, ground: HoldGround, note: str, *, key: CaseKey, by: Actor, at: datetime
) -> LegalHold:
    """The hold that another step of the case brings with it: whoever takes that step may do so."""
    row = LegalHold(id=new_id(), case_id=case.id, ground=ground, placed_at=at, placed_by=by.id, placed_name=by.name)
    row.note_sealed = seal_text(key, LegalHold.__tablename__, "note", row.id, note)
    session.add(row)
    session.flush()
    tell(session, case, "hold-placed", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "place-hold", by=by, at=at, hold=row.id, ground=ground.value)
    return row


def lift_hold(session: Session, case: Case, hold_id: str, *, by: Actor, at: datetime) -> None:
    """End a hold. NotFound for another case's, Conflict when it was lifted before."""
    policy.check(by, policy.Right.HOLD, case)
    row = session.get(LegalHold, hold_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    if row.lifted_at is not None:
        raise Conflict(N_("This hold was lifted before."))
    row.lifted_at, row.lifted_by, row.lifted_name = at, by.id, by.name
    tell(session, case, "hold-lifted", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "lift-hold", by=by, at=at, hold=row.id)


def destroy(session: Session, case: Case, kept: Kept, *, today: date, by: Actor, at: datetime) -> None:
    """Destroy the records of one class of a case, and leave a certificate in the journal's chain.

    The case file goes by its key. Copies of identity documents go by themselves; the rest of the case stays readable.
    Conflict while the time is not over, or a legal hold stands.
    """
    policy.check(by, policy.Right.ERASE, case)
    found = expired(session, kept, today=today, numbers=[case.number])
    if not found:
        raise Conflict(N_("These records must still be kept, or are destroyed already."))
    if found[0].held:
        raise Conflict(N_("A legal hold stands on this case."))
    files = case_files(session, case, None if kept is Kept.CASE_FILE else FileKind.IDENTITY)
    digest = sha256("".join(sorted(file.sha256 for file in files)).encode()).hexdigest()
    if kept is Kept.CASE_FILE:
        erase(session, case, reason="retention", by=by, at=at)
    else:
        for file in files:
            session.expunge(file)
        session.execute(delete(CaseFile).where(CaseFile.case_id == case.id, CaseFile.kind == FileKind.IDENTITY))
        tell(session, case, "identity-copies-destroyed", by=by, at=at, files=str(len(files)))
    book(
        session,
        case,
        "destroy",
        by=by,
        at=at,
        **{"class": kept.value},
        files=len(files),
        kept_until=found[0].kept_until.isoformat(),
        citation=found[0].period.citation_ja,
        sha256=digest,
    )
