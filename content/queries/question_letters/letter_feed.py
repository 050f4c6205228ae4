"""Feeds of question letters: what happened to them in public, cut into a newest part and archive pages that stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.queries.feeds import LEAST, PAGE, Paged
from content.rules.question_letters.states import TOLD
from portal.core.errors import NotFound


@dataclass(frozen=True)
class StepEntry:
    """A step and its letter as it stands today."""

    step: LetterStep
    letter: Letter


@dataclass(frozen=True)
class LetterFeed(Paged):
    """Entries, the newest first. ``letter``: the one that the feed is about; None: all of them."""

    letter: Letter | None
    entries: tuple[StepEntry, ...]

    @property
    def changed_at(self) -> datetime | None:
        """The latest step; None for an empty feed."""
        return max((entry.step.at for entry in self.entries), default=None)


def letter_feed(session: Session, key: str = "", *, archive: int | None = None) -> LetterFeed:
    """The newest part of a feed or an archive page: of one letter, or of all. Steps are only ever added.

    Raises NotFound for what is no letter of here, and for a page that is not full yet.
    """
    letter = session.get(Letter, key) if key else None
    if key and (letter is None or not letter.filed):
        raise NotFound
    total = session.scalar(_of(select(func.count()).select_from(LetterStep), key)) or 0
    archives = max(0, (total - LEAST) // PAGE)
    if archive is not None and not 1 <= archive <= archives:
        raise NotFound
    order = (LetterStep.at, LetterStep.letter_key, LetterStep.position)
    query = _of(select(LetterStep), key)
    if archive is None:
        query = query.order_by(*(one.desc() for one in order)).limit(total - PAGE * archives)
        steps = list(session.scalars(query))
    else:
        steps = list(session.scalars(query.order_by(*order).offset(PAGE * (archive - 1)).limit(PAGE)))[::-1]
    keys = {step.letter_key for step in steps}
    letters = {one.key: one for one in session.scalars(select(Letter).where(Letter.key.in_(keys)))}
    entries = tuple(StepEntry(step, letters[step.letter_key]) for step in steps)
    return LetterFeed(archive, archives, letter, entries)


def _of(query: Select[Any], key: str) -> Select[Any]:
    query = query.where(LetterStep.kind.in_(sorted(TOLD)))
    return query.where(LetterStep.letter_key == key) if key else query
