"""People whose whereabouts must not become known (被害者の保護): what is left out, and which cases to think of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

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


# What an appeal says of where the appellant is.
STATED = ("postal_code", "address", "telephone")
HIDDEN = "（住所の秘匿により記載しない）"
SHORTEST = 6


def whereabouts(values: Mapping[Field, str]) -> tuple[str, ...]:
    """The texts that say where somebody is, the longest first. A postal code alone says too little to look for."""
    wanted = (field for field in WHEREABOUTS if field not in (Field.POSTAL_CODE, Field.AGENT_POSTAL_CODE))
    texts = {values[field].strip() for field in wanted if values.get(field)}
    return tuple(sorted((text for text in texts if len(text) >= SHORTEST), key=len, reverse=True))


def without_whereabouts(value: Any, texts: Sequence[str]) -> Any:
    """A plain value without these texts, however deep they stand in it, and without where an envelope goes."""
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, HIDDEN)
        return value
    if isinstance(value, Mapping):
        return {name: without_whereabouts(one, texts) for name, one in value.items() if name != "envelope"}
    return [without_whereabouts(one, texts) for one in value] if isinstance(value, (list, tuple)) else value


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
