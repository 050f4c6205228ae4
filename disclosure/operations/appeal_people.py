"""Who else takes part in an appeal and is to be told of the consultation (個人情報保護法 第105条第2項)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.appeal import Appeal, AppealParticipant, Part
from disclosure.models.case import Case
from disclosure.operations.appeals import MISSING
from disclosure.operations.history import book
from disclosure.policy import Right
from disclosure.rules.appeals import ENDED
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.sealed import seal_json
from portal.core.vault import CaseKey


def add_participant(
    session: Session,
    case: Case,
    row: Appeal,
    part: Part,
    *,
    name: str,
    postal_code: str,
    address: str,
    key: CaseKey,
    by: Actor,
    at: datetime,
) -> AppealParticipant:
    """Enter somebody who is to be told of the consultation (第105条第2項)."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    _still_open(row)
    for field, text in (("name", name), ("address", address)):
        if not text.strip():
            raise Invalid(MISSING, field=field)
    for field, text in (("name", name), ("postal_code", postal_code), ("address", address)):
        screening.line(text, field=field)
    one = AppealParticipant(id=new_id(), appeal_id=row.id, part=part, added_at=at, added_by=by.id)
    person = {"name": name, "postal_code": postal_code, "address": address}
    one.person_sealed = seal_json(key, AppealParticipant.__tablename__, "person", one.id, person)
    session.add(one)
    session.flush()
    book(session, case, "appeal-participant", by=by, at=at, appeal=row.id, part=part.value)
    return one


def remove_participant(session: Session, case: Case, row: Appeal, one_id: str, *, by: Actor, at: datetime) -> None:
    """Take somebody off again who was entered by mistake."""
    policy.check(by, Right.HANDLE_APPEAL, case)
    _still_open(row)
    one = session.get(AppealParticipant, one_id)
    if one is None or one.appeal_id != row.id or one.removed_at is not None:
        raise NotFound
    one.removed_at = at
    session.flush()
    book(session, case, "appeal-participant-removed", by=by, at=at, appeal=row.id)


def _still_open(row: Appeal) -> None:
    if row.state in ENDED:
        raise Conflict(N_("This appeal has ended."))
