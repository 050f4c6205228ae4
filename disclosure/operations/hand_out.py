"""The download of the records: offered, confirmed by a one-time code, counted, renewed, stopped."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.file import CaseFile
from disclosure.models.handout import Handout, Handover, Stopped
from disclosure.operations.history import book, tell
from disclosure.operations.look import What, look
from disclosure.operations.moving import reckon
from disclosure.policy import Right
from disclosure.queries.handovers import entries, standing, standing_handout
from disclosure.queries.keys import case_file
from disclosure.queries.leaks import open_leak
from disclosure.queries.methods import methods_of
from disclosure.rules.arrival import Basis, Step
from disclosure.rules.handouts import CODE_DIGITS, expires_on, terms
from disclosure.rules.kinds import Delivery, FileKind
from portal.core import jobs
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound, TooMany
from portal.core.vault import CaseKey

KIND = "disclosure.send_code"
AGAIN = timedelta(seconds=60)
OVER = N_("The download is no longer offered. Ask us to offer it again.")
USED_UP = N_("The records were downloaded as often as is offered. Ask us to offer them again.")
WRONG = N_("This is not the code that we sent last, or its time has passed. Have another one sent.")
STOPPED = N_("The download is stopped for the moment. We will tell you more.")


def offer(session: Session, case: Case, *, by: Actor, at: datetime) -> Handout:
    """Offer the records for download, in the place of an offer that stood before."""
    today = day_in_japan(at)
    stop(session, case, Stopped.RENEWED, by=by, at=at)
    row = Handout(
        id=new_id(), case_id=case.id, expires_on=expires_on(today), most=terms(today).downloads, taken=0,
        confirms=case.wants_mail, code_tries=0, made_at=at, made_by=by.id, made_name=by.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def renew(session: Session, case: Case, *, by: Actor, at: datetime) -> Handout:
    """Offer the download anew, after its time or its count. Conflict before the release or during a leak."""
    policy.check(by, Right.HAND_OUT, case)
    if case.released_at is None or Delivery.DOWNLOAD not in {way for way, _form in methods_of(session, case).values()}:
        raise Conflict(N_("These records are not offered for download."))
    if open_leak(session, case) is not None:
        raise Conflict(STOPPED)
    row = offer(session, case, by=by, at=at)
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "handout-renewed", by=by, at=at, until=row.expires_on.isoformat())
    book(session, case, "renew-handout", by=by, at=at, handout=row.id)
    return row


def stop(session: Session, case: Case, why: Stopped, *, by: Actor, at: datetime) -> None:
    """End the offer that stands, if there is one."""
    row = standing_handout(session, case)
    if row is None:
        return
    row.stopped_at, row.stopped_by, row.stop_why = at, by.id, why
    row.code_sealed = row.code_until = None
    session.flush()
    if why is Stopped.LEAK:
        tell(session, case, "handout-stopped", by=by, at=at, audience=Audience.STAFF)


def standing_offer(session: Session, case: Case, *, at: datetime) -> Handout:
    """The offer that can be used now; Conflict says why there is none."""
    row = standing_handout(session, case)
    if row is None:
        raise Conflict(STOPPED if open_leak(session, case) is not None else OVER)
    if day_in_japan(at) > row.expires_on:
        raise Conflict(OVER)
    return row


def send_code(session: Session, case: Case, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Make a one-time code and have it mailed to the declared address; the one before is void.

    Conflict when no code is asked for; TooMany within a minute of the last one.
    """
    policy.check(by, Right.READ_FILES, case)
    row = standing_offer(session, case, at=at)
    if not row.confirms:
        raise Conflict(N_("No code is needed for this download."))
    valid = timedelta(minutes=terms(day_in_japan(at)).code_minutes)
    if row.code_until is not None and row.code_until - valid + AGAIN > at:
        raise TooMany(retry_after=int(AGAIN.total_seconds()))
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    row.code_sealed = key.seal(Handout.__tablename__, "code", row.id, code.encode("ascii"))
    row.code_until, row.code_tries = at + valid, 0
    session.flush()
    sent = at.isoformat()
    jobs.enqueue(session, KIND, due_at=at, key=f"{KIND}:{row.id}:{sent}", case=case.id, handout=row.id, sent=sent)
    book(session, case, "send-code", by=by, at=at, handout=row.id)


def confirm(session: Session, case: Case, typed: str, *, key: CaseKey, by: Actor, at: datetime) -> str | None:
    """The offer's id when the code is right; None when it is not, which is counted. A code is used once."""
    policy.check(by, Right.READ_FILES, case)
    row = standing_offer(session, case, at=at)
    session.refresh(row, with_for_update=True)
    most = terms(day_in_japan(at)).code_tries
    if row.code_sealed is None or row.code_until is None or at > row.code_until or row.code_tries >= most:
        return None
    row.code_tries += 1
    right = key.open(Handout.__tablename__, "code", row.id, row.code_sealed)
    agrees = hmac.compare_digest(right, typed.encode("utf-8"))
    if agrees:
        row.code_sealed = row.code_until = None
    session.flush()
    book(session, case, "confirm-code", by=by, at=at, handout=row.id, agrees=agrees)
    return row.id if agrees else None


def check_download(session: Session, case: Case, file_id: str, *, confirmed: str, by: Actor, at: datetime) -> CaseFile:
    """The record, when it can be downloaded now. ``confirmed``: the offer that a code was given for.

    NotFound for what is not offered to this person; Conflict says why it is over; Invalid asks for the code.
    """
    policy.check(by, Right.READ_FILES, case)
    file = case_file(session, case, file_id)
    if by.kind is not ActorKind.RESIDENT or file.kind is not FileKind.RECORD or case.released_at is None:
        raise NotFound
    if methods_of(session, case)[file.id][0] is not Delivery.DOWNLOAD:
        raise NotFound
    row = standing_offer(session, case, at=at)
    if row.taken >= row.most:
        raise Conflict(USED_UP)
    if row.confirms and confirmed != row.id:
        raise Invalid(N_("Enter the one-time code first."), field="code")
    return file


def take(session: Session, case: Case, file_id: str, *, confirmed: str, by: Actor, at: datetime) -> CaseFile:
    """Count a download and record the look; the first one proves that the records were received."""
    file = check_download(session, case, file_id, confirmed=confirmed, by=by, at=at)
    row = standing_offer(session, case, at=at)
    free = (Handout.id == row.id, Handout.stopped_at.is_(None), Handout.taken < Handout.most)
    if (
        session.execute(update(Handout).where(*free).values(taken=Handout.taken + 1).returning(Handout.id)).first()
        is None
    ):
        raise Conflict(USED_UP)
    session.refresh(row)
    look(session, case, What.FILE, by=by, at=at, file=file.id, kind=file.kind.value)
    before = standing(entries(session, case))
    if not any(one.way is Delivery.DOWNLOAD and one.step is Step.ARRIVED for one in before):
        session.refresh(case, with_for_update=True)
        enter(session, case, Step.ARRIVED, Delivery.DOWNLOAD, basis=Basis.ELECTRONIC, by=by, at=at)
    return file


def enter(
    session: Session, case: Case, step: Step, way: Delivery, *, by: Actor, at: datetime, **more: object
) -> Handover:
    """Write one line of the ledger of the records; ``more`` are further columns. Its day is today unless given."""
    values = {"day": day_in_japan(at), **more}
    row = Handover(
        id=new_id(), case_id=case.id, step=step, way=way, entered_at=at, entered_kind=by.kind.value, entered_by=by.id,
        entered_name=by.name, **values,
    )  # fmt: skip
    session.add(row)
    session.flush()
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, f"records-{step.value}", by=by, at=at, on=row.day.isoformat())
    book(session, case, f"records-{step.value}", by=by, at=at, entry=row.id, way=way.value, day=row.day.isoformat())
    return row
