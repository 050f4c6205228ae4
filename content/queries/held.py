"""What is read from the whole record once in a process, and brought up to date by what each revision changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.orm import Session

from content.queries import revision
from content.rules.owners import Owner
from portal.core import collector
from portal.core.db import WRITES

Thing = TypeVar("Thing")


NUMBER = "content.revision"


def seen_number(session: Session) -> int:
    """The revision at this reading session's first look."""
    if NUMBER not in session.info:
        session.info[NUMBER] = revision.number(session)
    number: int = session.info[NUMBER]
    return number


@dataclass(frozen=True)
class _Kept(Generic[Thing]):
    number: int
    thing: Thing


class Held(Generic[Thing]):
    """``read`` reads the thing whole; ``renew`` makes another one when some incidents (or what ``owner`` says), by key,
    are different.

    A thing is never changed once it was made, so that threads share it.
    """

    def __init__(
        self,
        read: Callable[[Session], Thing],
        renew: Callable[[Session, Thing, Collection[str]], Thing],
        owner: Owner = Owner.INCIDENT,
    ) -> None:
        self._read, self._renew, self._start = read, renew, f"{owner}/"
        # By the database's dialect: each engine has its own one, which its reading and writing sessions share.
        self._kept: WeakKeyDictionary[Dialect, _Kept[Thing]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, session: Session) -> Thing:
        """The thing as of this session's first look at it, so that all parts of a page tell of one revision.

        A session that may have changed the record itself gets one of its own, which is not kept.
        """
        thing = self.at_hand(session)
        return self._read(session) if thing is None else thing

    def at_hand(self, session: Session) -> Thing | None:
        """The same, and None for a session that may have changed the record itself."""
        if self not in session.info:
            bind = session.get_bind()
            if isinstance(bind, Connection) or bind.get_execution_options().get(WRITES):
                return None
            session.info[self] = self._latest(session, bind)
        thing: Thing = session.info[self]
        return thing

    def _latest(self, session: Session, bind: Engine) -> Thing:
        kept, number = self._kept.get(bind.dialect), seen_number(session)
        if kept is not None and kept.number >= number:
            return kept.thing
        with self._lock:
            kept = self._kept.get(bind.dialect)
            if kept is None or kept.number < number:
                kept = self._kept[bind.dialect] = self._renewed(session, kept, number)
        return kept.thing

    def _renewed(self, session: Session, kept: _Kept[Thing] | None, number: int) -> _Kept[Thing]:
        if kept is not None:
            latest, keys = revision.changes(session, kept.number)
            if keys is not None:
                changed = {key.removeprefix(self._start) for key in keys if key.startswith(self._start)}
                return _Kept(latest, self._renew(session, kept.thing, changed) if changed else kept.thing)
        whole = self._read(session)
        collector.keep()
        return _Kept(number, whole)
