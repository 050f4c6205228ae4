"""What keeps a step from being taken now, although the table of states allows it. Each reason is in plain words.

A part of the room that can hold a step up adds its function here; the operation and its page ask the same list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.rules.states import Action


@dataclass(frozen=True)
class Hindrance:
    """Why not yet: a message id with its parameters (days as dates). ``since_on``: possible from that day on."""

    message: str
    params: dict[str, date | str] = field(default_factory=dict)
    since_on: date | None = None


Ask = Callable[[Session, Case, date], Hindrance | None]

ASKED: dict[Action, tuple[Ask, ...]] = {}


def hindrances(session: Session, case: Case, action: Action, *, today: date) -> tuple[Hindrance, ...]:
    """Everything that keeps ``action`` from being taken today; empty when nothing does."""
    found = (ask(session, case, today) for ask in ASKED.get(action, ()))
    return tuple(one for one in found if one is not None)
