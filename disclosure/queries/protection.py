"""People whose whereabouts must not become known (被害者の保護): what is left out, and which cases to think of."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.queries.case_page import CasePage
from disclosure.rules.kinds import Field
from portal.core.actor import Actor

WHEREABOUTS = (
    Field.POSTAL_CODE,
    Field.ADDRESS,
    Field.ADDRESS_THEN,
    Field.TELEPHONE,
    Field.AGENT_POSTAL_CODE,
    Field.AGENT_ADDRESS,
    Field.AGENT_TELEPHONE,
)


def without_address(page: CasePage) -> CasePage:
    """The page without what says where the requester is, and without what stood there before a correction."""
    gone = {field.value for field in WHEREABOUTS}
    values = {field: text for field, text in page.values.items() if field not in WHEREABOUTS}
    corrections = tuple(
        replace(row, before={name: text for name, text in row.before.items() if name not in gone})
        for row in page.corrections
    )
    return replace(page, values=values, corrections=corrections, hidden=True)


def protected_namesakes(session: Session, case: Case, *, actor: Actor) -> tuple[str, ...]:
    """The numbers of protected cases about somebody of the same name; nothing is opened.

    A parent who asks for a child may be the person from whom the other parent and the child are protected.
    """
    policy.check(actor, policy.Right.READ)
    if case.name_index is None:
        return ()
    wanted = select(Case.number).where(Case.name_index == case.name_index, Case.protected, Case.id != case.id)
    return tuple(session.scalars(wanted.order_by(Case.number)))
