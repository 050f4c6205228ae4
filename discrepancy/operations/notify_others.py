"""The provider checks whether it gave others the same wrong data, and tells them (X4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from discrepancy.models.bodies import Body
from discrepancy.models.cases import Discrepancy
from discrepancy.models.notices import Notice
from discrepancy.operations.steps import case_key, record, write_down
from discrepancy.operations.tell import Told, tell
from discrepancy.queries.access import parties
from discrepancy.rules.enquiry import serial_fault
from discrepancy.rules.states import Party
from portal.core import screening
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.sealed import open_json, seal_json
from portal.core.vault import OfficeVault

TABLE = Notice.__tablename__
CHECKED, TOLD = "check-others", "tell-others"
NO_WRONG_DATA = N_("Others are told when the data provided were wrong.")
NOT_ONESELF = N_("Name other bodies: neither your own nor the one that asked.")
SAY_WHAT = N_("Write what was wrong, and what to do.")


def notify_others(
    session: Session,
    case: Discrepancy,
    others: Sequence[tuple[Body, str]],
    text: str,
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> list[Notice]:
    """Write down that others were checked, and tell each of them; none of them sees the case.

    ``others``: each body with the message serial number (処理通番) of what it received, empty where that is not known.
    Forbidden, Conflict, Invalid(``others``, ``text``).
    """
    if Party.PROVIDER not in parties(session, case, by):
        raise Forbidden
    if case.causer != Party.PROVIDER:
        raise Conflict(NO_WRONG_DATA)
    if any(body.code in (case.inquirer_code, case.provider_code) for body, _serial in others):
        raise Invalid(NOT_ONESELF, field="others")
    if others and not text.strip():
        raise Invalid(SAY_WHAT, field="text")
    screening.lines(text, field="text")
    for _body, serial in others:
        if serial and (fault := serial_fault(serial)):
            raise Invalid(fault, field="others")
    write_down(session, case, CHECKED, vault=vault, by=by, at=at)
    record(session, case, CHECKED, by=by, at=at, detail={"others": str(len(others))})
    made = [_send(session, case, body, serial, text, vault=vault, at=at) for body, serial in others]
    if made:
        write_down(session, case, TOLD, vault=vault, by=by, at=at, note=text)
        record(session, case, TOLD, by=by, at=at, detail={"to": " ".join(notice.to_code for notice in made)})
    return made


def _send(
    session: Session, case: Discrepancy, body: Body, serial: str, text: str, *, vault: OfficeVault, at: datetime
) -> Notice:
    notice_id = new_id()
    sealed = seal_json(case_key(case, vault), TABLE, "said", notice_id, {"text": text, "serial": serial})
    notice = Notice(
        id=notice_id,
        case_number=case.number,
        from_code=case.provider_code or "",
        to_code=body.code,
        said=sealed,
        sent_at=at,
    )
    session.add(notice)
    session.flush()
    tell(session, body.code, Told.NOTICE, notice_id, at=at)
    return notice


def read_notice(session: Session, notice: Notice, *, vault: OfficeVault, by: Actor, at: datetime) -> dict[str, str]:
    """What a notice says (``text``, ``serial``), for the body that it went to; the first look is written down."""
    if by.body != notice.to_code:
        raise Forbidden
    case = session.get_one(Discrepancy, notice.case_number)
    if notice.seen_at is None:
        notice.seen_at, notice.seen_by = at, by.id
    said: dict[str, str] = open_json(case_key(case, vault), TABLE, "said", notice.id, notice.said)
    return said
