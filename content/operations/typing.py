"""Keep what stands in an open form of the desk, and throw it away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from content import policy
from content.models.typings import Typing
from portal.core import detectors
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Invalid

PLACE = re.compile(
    r"new|incidents/[a-z0-9-]{1,80}/(?:bulletin|correction)|drafts/(?P<draft>[0-9a-f-]{36})/edit"
    r"|questions/[a-z0-9-]{1,80}/replies/[0-9]{1,5}/(?:answers/[0-9a-f-]{36}|edit)"
)
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HASH = "-sha256"
MOST_VALUES = 2_000
MOST_CHARACTERS = 400_000
FORGOTTEN_AFTER = timedelta(days=90)


def keep_typed(
    session: Session,
    place: str,
    values: Mapping[str, Sequence[str]],
    *,
    typing_id: str | None,
    version: int,
    title: str,
    by: Actor,
    at: datetime,
) -> tuple[Typing, list[str]]:
    """Keep a form as it is typed; returns it with the names of the fields that were left out.

    ``typing_id`` is the name that the form was given when it was opened. A field that holds a personal number is left
    out. A form that was kept at another ``version`` since, or by somebody else, is not written over: this one becomes
    a form of its own.
    """
    policy.check_write(by)
    read = PLACE.fullmatch(place)
    if read is None:
        raise Invalid(N_("This form cannot be kept."))
    clean, refused = screened(values)
    typing = session.get(Typing, typing_id) if typing_id else None
    if typing is None or typing.version != version or typing.written_by != by.id or typing.place != place:
        free = typing is None and typing_id is not None and version == 0 and ID.fullmatch(typing_id) is not None
        typing = Typing(
            id=typing_id if free else new_id(),
            place=place,
            draft_id=read["draft"],
            written_by=by.id,
            written_by_name=by.name,
            created_at=at,
        )
        session.add(typing)
    typing.values, typing.changed_at = clean, at
    typing.title = "" if _is_personal(title) else title[:300]
    session.flush()
    return typing, refused


def screened(values: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """The fields of a form that may be kept, and the names of those with a personal number. Invalid if too long."""
    if len(values) > MOST_VALUES or sum(len(text) for texts in values.values() for text in texts) > MOST_CHARACTERS:
        raise Invalid(N_("This is too long to be kept."))
    refused = [name for name, texts in values.items() if not name.endswith(HASH) and any(map(_is_personal, texts))]
    return {name: list(texts) for name, texts in values.items() if name not in refused}, refused


def _is_personal(text: str) -> bool:
    return detectors.scan(text).verdict == "block"


def throw_away(session: Session, typing_id: str, *, by: Actor) -> None:
    """Forget one's own form; nothing happens where there is none."""
    session.execute(delete(Typing).where(Typing.id == typing_id, Typing.written_by == by.id))


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget forms that nobody touched for three months."""
    session.execute(delete(Typing).where(Typing.changed_at < now - FORGOTTEN_AFTER))
