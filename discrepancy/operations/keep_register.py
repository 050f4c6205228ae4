"""Keeping the register of bodies: their contact desks, and the people who act for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.operations.open_case import CLOSED_BODY
from discrepancy.rules.desks import Desk, desk_faults
from portal.accounts.models import StaffAccount
from portal.accounts.operations.create_account import create_account
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.errors import Conflict, Forbidden, Invalid


class DeskFaults(Invalid):
    """What is wrong with a desk, by its fields."""

    def __init__(self, faults: dict[str, str]) -> None:
        first = next(iter(faults))
        super().__init__(faults[first], field=first)
        self.faults = faults


def change_desk(session: Session, body: Body, desk: Desk, *, by: Actor, at: datetime) -> bool:
    """Change the contact desk; a body changes its own. Returns whether anything is different. Forbidden, DeskFaults."""
    if not (policy.acts_for_a_body(by) and by.body == body.code):
        policy.check_keep_register(by)
    screening.line(desk.section, field="section")
    if faults := desk_faults(desk):
        raise DeskFaults(faults)
    if desk == desk_of(body):
        return False
    body.desk_section, body.desk_telephone = desk.section, desk.telephone
    body.desk_fax, body.desk_mail = desk.fax, desk.mail
    session.flush()
    audit.record(session, at=at, actor=by, action="discrepancy.body.change_desk", subject=body.code)
    return True


def desk_of(body: Body) -> Desk:
    """The contact desk of a body."""
    return Desk(body.desk_section, body.desk_telephone, body.desk_fax, body.desk_mail)


def add_correspondent(
    session: Session, body: Body, *, login: str, name: str, by: Actor, at: datetime
) -> tuple[StaffAccount, str]:
    """An account of a body with its one-time password; it sees that body's cases only.

    Forbidden but for administrators of accounts, Conflict for a closed body or a login that is taken, Invalid.
    """
    if policy.acts_for_a_body(by):
        raise Forbidden
    if body.closed_on is not None:
        raise Conflict(CLOSED_BODY)
    return create_account(session, login=login, name=name, roles=(), by=by, at=at, body_code=body.code)
