"""Keeping the tables of codes: a row is added, renamed from a day on, or ended; none is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.code_rows import CodeRow
from discrepancy.queries.codes import codes
from discrepancy.rules.codes import DEPENDS_ON, FIXED, Code, ended_by, fault_of
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid

NOT_CHANGED = N_("The steps of a case depend on this table. It cannot be changed.")
NO_CODE_ABOVE = N_("Choose from the list.")


def keep_code(session: Session, new: Code, *, by: Actor, at: datetime) -> None:
    """Keep a row; one of the same key and day gives way to it, earlier ones end the day before it begins.

    Forbidden, Conflict for a table that cannot be changed, Invalid with the field.
    """
    policy.check_keep_register(by)
    if new.table in FIXED:
        raise Conflict(NOT_CHANGED)
    for field in ("key", "name_ja", "name_en"):
        screening.line(getattr(new, field), field=field)
    rows = codes(session)
    above = {row.key for row in rows if row.table is DEPENDS_ON.get(new.table)}
    if not above.issuperset(new.within):
        raise Invalid(NO_CODE_ABOVE, field="within")
    if fault := fault_of(new, rows):
        field, message, values = fault
        raise Invalid(message, field=field, **values)
    for row in (*ended_by(new, rows), new):
        _put(session, row, by=by, at=at)
    session.flush()
    detail: dict[str, audit.Value] = {"from": new.effective_from.isoformat()}
    if new.until is not None:
        detail["until"] = new.until.isoformat()
    subject = f"{new.table}/{new.key}"
    audit.record(session, at=at, actor=by, action="discrepancy.code.keep", subject=subject, detail=detail)


def _put(session: Session, row: Code, *, by: Actor, at: datetime) -> None:
    session.merge(
        CodeRow(
            code_table=row.table,
            key=row.key,
            effective_from=row.effective_from,
            until=row.until,
            name_ja=row.name_ja,
            name_en=row.name_en,
            within=list(row.within),
            changed_by=by.id,
            changed_at=at,
        )
    )
