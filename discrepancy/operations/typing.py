"""Keep what stands in an open form of a body, sealed; the rules are those of the desk's forms (content)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.operations.typing import FORGOTTEN_AFTER, ID, screened
from discrepancy import policy
from discrepancy.models.typings import TypedForm
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import Forbidden, NotFound
from portal.core.sealed import open_json, seal_json
from portal.core.vault import OfficeVault

TABLE = TypedForm.__tablename__
PLACE = re.compile(
    r"cases/new|cases/(?P<case>d-\d{4}-\d{6,8})/ask/[a-z-]{1,24}|reports/(?P<report>[0-9a-z-]{1,36})/edit"
)


def vault_typing(typing_id: str) -> str:
    """What the vault binds a form's key to."""
    return f"discrepancy-typing/{typing_id}"


def keep_typed(
    session: Session,
    place: str,
    values: Mapping[str, Sequence[str]],
    *,
    typing_id: str,
    version: int,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> tuple[TypedForm, list[str]]:
    """Keep a form as it is typed; returns it with the names of the fields that were left out. Forbidden, Invalid.

    A form that was kept at another ``version`` since, or by somebody else, is not written over: this one becomes a
    form of its own. The caller has looked whether the place is the actor's.
    """
    if not policy.acts_for_a_body(by) or PLACE.fullmatch(place) is None:
        raise Forbidden
    clean, refused = screened(values)
    found = session.get(TypedForm, typing_id) if typing_id else None
    if found is None or (found.version, found.written_by, found.place) != (version, by.id, place):
        free = found is None and version == 0 and ID.fullmatch(typing_id) is not None
        made = typing_id if free else new_id()
        _key, wrap = vault.new_case(vault_typing(made))
        found = TypedForm(id=made, place=place, office_wrap=wrap, written_by=by.id, created_at=at)
        session.add(found)
    key = vault.open_case(vault_typing(found.id), found.office_wrap)
    found.content, found.changed_at = seal_json(key, TABLE, "content", found.id, clean), at
    session.flush()
    return found, refused


def typed_of(session: Session, typing_id: str, place: str, *, vault: OfficeVault, by: Actor) -> dict[str, list[str]]:
    """The fields of one of the actor's own forms at a place. NotFound."""
    found = session.get(TypedForm, typing_id)
    if found is None or found.written_by != by.id or found.place != place:
        raise NotFound
    key = vault.open_case(vault_typing(found.id), found.office_wrap)
    values: dict[str, list[str]] = open_json(key, TABLE, "content", found.id, found.content)
    return values


def open_forms(session: Session, place: str, *, by: Actor) -> list[TypedForm]:
    """The actor's own forms at a place that were not sent, the last touched first."""
    query = select(TypedForm).where(TypedForm.written_by == by.id, TypedForm.place == place)
    return list(session.scalars(query.order_by(TypedForm.changed_at.desc(), TypedForm.id)))


def throw_away(session: Session, typing_id: str, *, by: Actor) -> None:
    """Forget one's own form; nothing happens where there is none."""
    session.execute(delete(TypedForm).where(TypedForm.id == typing_id, TypedForm.written_by == by.id))


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget forms that nobody touched for three months."""
    session.execute(delete(TypedForm).where(TypedForm.changed_at < now - FORGOTTEN_AFTER))
