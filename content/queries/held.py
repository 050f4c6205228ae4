"""What is read from the whole record once in a process, and brought up to date by what each revision changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
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


def reads(session: Session) -> bool:
    """Whether it is a reading session of the engine's own: it sees what others committed, and nothing else."""
    bind = session.get_bind()
    return not isinstance(bind, Connection) and not bind.get_execution_options().get(WRITES)


def number_of(session: Session, key: str) -> int:
    """The latest revision of the thing with this search key, as this reading session sees it."""
    known: dict[str, int] = session.info.setdefault(number_of, {})
    if key not in known:
        known[key], seen = revision.numbers(session, key)
        session.info.setdefault(NUMBER, seen)
    return known[key]


def _changes(session: Session, after: int) -> tuple[int, set[str] | None]:
    """The same for all that is brought up to date by this reading session."""
    known: dict[int, tuple[int, set[str] | None]] = session.info.setdefault(_changes, {})
    if after not in known:
        known[after] = revision.changes(session, after)
    return known[after]


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
            if not reads(session):
                return None
            session.info[self] = self._latest(session, cast(Engine, session.get_bind()))
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
            latest, keys = _changes(session, kept.number)
            if keys is not None:
                changed = {key.removeprefix(self._start) for key in keys if key.startswith(self._start)}
                return _Kept(latest, self._renew(session, kept.thing, changed) if changed else kept.thing)
        whole = self._read(session)
        collector.keep()
        return _Kept(number, whole)


class Lately(Generic[Thing]):
    """What was read last of single things, ``most`` of them: of an incident that is in the news its pages in all
    languages, its feeds and its data tell the same.

    ``read`` reads the thing of a session, a key and other values; it is never changed once it was made. It depends on
    the thing of ``owner`` with this key alone; None: on the whole record.
    """

    def __init__(self, read: Callable[..., Thing], owner: Owner | None, *, most: int = 8) -> None:
        self._read, self._owner, self._most = read, owner, most
        self._lately: WeakKeyDictionary[Dialect, OrderedDict[Any, _Kept[Thing]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, session: Session, key: str, *more: Any) -> Thing:
        """The thing as the session sees it."""
        if not reads(session):
            return self._read(session, key, *more)
        number = number_of(session, f"{self._owner}/{key}") if self._owner else seen_number(session)
        asked = (key, *more)
        with self._lock:
            known = self._lately.setdefault(session.get_bind().dialect, OrderedDict())
            if (found := known.get(asked)) is not None and found.number == number:
                known.move_to_end(asked)
                return found.thing
        thing = self._read(session, key, *more)
        with self._lock:
            known[asked] = _Kept(number, thing)
            known.move_to_end(asked)
            while len(known) > self._most:
                known.popitem(last=False)
        return thing
