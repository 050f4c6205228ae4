"""Bring the register of bodies up to the lists: what is new is added, names and last days follow; desks stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.rules.register import Listed
from portal.core import audit
from portal.core.actor import Actor


def load_bodies(session: Session, bodies: Sequence[Listed], *, by: Actor, at: datetime) -> int:
    """Returns how many bodies were added or changed; nothing is dropped. Forbidden."""
    policy.check_keep_register(by)
    known = {body.code: body for body in session.scalars(select(Body))}
    touched = 0
    for one in bodies:
        body = known.get(one.code)
        if body is None:
            session.add(
                Body(
                    code=one.code,
                    kind=one.kind,
                    name_ja=one.name_ja,
                    name_en=one.name_en,
                    prefecture=one.prefecture,
                    closed_on=one.closed_on,
                )
            )
            touched += 1
        elif (body.name_ja, body.name_en, body.closed_on) != (one.name_ja, one.name_en, one.closed_on):
            body.name_ja, body.name_en, body.closed_on = one.name_ja, one.name_en, one.closed_on
            touched += 1
    session.flush()
    if touched:
        detail = {"bodies": touched}
        audit.record(session, at=at, actor=by, action="discrepancy.body.load", subject="bodies", detail=detail)
    return touched
