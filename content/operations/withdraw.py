"""Take a published bulletin back: its place, the reason and the day stay for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.bulletins import Bulletin, Withdrawal
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.operations.incident_times import renew_times
from content.operations.public_change import public_changed, record_key
from content.operations.reading import neighbours, put_incident
from content.operations.review import agree, ask
from content.rules import numbering
from content.rules.owners import Owner
from content.rules.states import DraftKind, Step
from content.rules.writing import WrittenIncident, WrittenWithdrawal
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid, NotFound


def ask_withdrawal(
    session: Session, key: str, text: WrittenWithdrawal, *, by: Actor, at: datetime, again: Draft | None = None
) -> Draft:
    """Ask another person to agree that a bulletin is taken back; it stays public until then.

    ``again``: the question that was sent back.
    """
    policy.check_write(by)
    bulletin = _bulletin(session, key, text.number)
    if not (text.reason_ja.strip() and text.reason_en.strip()):
        raise Invalid(N_("Say in both languages why it is withdrawn."))
    return ask(
        session,
        DraftKind.WITHDRAWAL,
        key,
        text.to_json(),
        base_number=bulletin.number,
        action="content.withdrawal.ask",
        by=by,
        at=at,
        again=again,
    )


def withdraw(session: Session, draft: Draft, *, by: Actor, at: datetime) -> Withdrawal:
    """Agree: the bulletin is no longer shown, and the incident is what the bulletins that are left say of it."""
    policy.check(by, Step.PUBLISH, draft)
    text = WrittenWithdrawal(**draft.payload)
    key = draft.incident_key
    bulletin = _bulletin(session, key, text.number)
    row = Withdrawal(
        bulletin_id=bulletin.id,
        incident_key=key,
        reason_ja=text.reason_ja,
        reason_en=text.reason_en,
        asked_by=draft.written_by,
        approved_by=by.id,
        withdrawn_at=at,
    )
    session.add(row)
    agree(draft, by=by, at=at)
    session.flush()
    touched = _read_anew(session, key, at)
    renew_times(session, [key])
    public_changed(session, [record_key(Owner.INCIDENT, key), *touched], at=at, alone=True)
    audit.record(session, at=at, actor=by, action="content.bulletin.withdraw", subject=bulletin.id)
    return row


def _bulletin(session: Session, key: str, number: int) -> Bulletin:
    bulletin = session.get(Bulletin, numbering.bulletin_id(key, number))
    if bulletin is None:
        raise NotFound
    if session.get(Withdrawal, bulletin.id) is not None:
        raise Conflict(N_("This bulletin is withdrawn already."))
    return bulletin


def _read_anew(session: Session, key: str, at: datetime) -> set[str]:
    incident = session.get_one(Incident, key)
    gone = select(Withdrawal.bulletin_id).where(Withdrawal.incident_key == key)
    left = select(Bulletin).where(Bulletin.incident_key == key, Bulletin.id.not_in(gone))
    latest = session.scalar(left.order_by(Bulletin.number.desc()).limit(1))
    incident.changed_at = at
    touched = neighbours(session, key)
    if latest is None:
        incident.withdrawn, incident.next_update_at = True, None
        return touched
    if latest.reading is not None:
        text, last = WrittenIncident.from_json(latest.reading), incident.last_number
        day = latest.day or day_in_japan(at)
        touched |= put_incident(session, key, text, number=last, day=day, at=at)
    incident.next_update_at = latest.next_update_at
    return touched
