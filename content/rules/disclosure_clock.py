"""The disclosure clock: when an incident happened, when it was said, and how long that took.

The carriers' guideline (電気通信サービスにおける障害発生時の周知・広報に関するガイドライン, 2023) asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from content.rules.archive.kinds import CauseStatus, Certainty, FactField
from content.rules.moments import instant, local


@dataclass(frozen=True)
class Moment:
    """An instant; ``exact`` False: only its day is known, and ``at`` is noon of that day in Japan."""

    at: datetime
    exact: bool

    @property
    def day(self) -> date:
        """Its day in Japan."""
        return local(self.at)[0]


@dataclass(frozen=True)
class Said:
    """A fact as the clock reads it."""

    field: str
    certainty: str
    day: date | None
    at: datetime | None


@dataclass(frozen=True)
class Notice:
    """A bulletin as the clock reads it. ``at`` is when it went out; None for one put together from sources."""

    at: datetime | None
    day: date | None
    final: bool
    cause_status: str | None
    facts: tuple[Said, ...]


@dataclass(frozen=True)
class Times:
    """What is known; None: not told. ``longest_silence``: between two bulletins before the recovery was known."""

    occurred: Moment | None = None
    detected: Moment | None = None
    first_notice: Moment | None = None
    recovered: Moment | None = None
    cause: Moment | None = None
    final: Moment | None = None
    longest_silence: timedelta | None = None


def moment(day: date | None, at: datetime | None) -> Moment | None:
    """What a day, or an instant where it is known, says."""
    if at is not None:
        return Moment(at, exact=True)
    if day is None:
        return None
    return Moment(instant(day, time(12)), exact=False)


def times(notices: Sequence[Notice], *, occurred_on: date | None = None) -> Times:
    """The clock of an incident from its bulletins, the oldest first. The last bulletin that speaks of a time holds.

    ``occurred_on``: the day of the incident's record, for where no bulletin states when it occurred.
    """
    recovered = _stated(notices, FactField.RECOVERED)
    spoken = [one for notice in notices for one in _said_on(notice)]
    return Times(
        occurred=_stated(notices, FactField.OCCURRED) or moment(occurred_on, None),
        detected=_stated(notices, FactField.DETECTED),
        first_notice=min(spoken, key=lambda one: one.at, default=None),
        recovered=recovered,
        cause=_cause(notices),
        final=next((said for one in reversed(notices) if one.final for said in _said_on(one)), None),
        longest_silence=_silence(notices, recovered),
    )


def _said_on(notice: Notice) -> list[Moment]:
    """When a bulletin was said in public: the announcements that it states, or else when it went out here."""
    stated = [moment(fact.day, fact.at) for fact in notice.facts if fact.field == FactField.ANNOUNCED]
    known = [one for one in stated if one]
    return known or ([Moment(notice.at, exact=True)] if notice.at else [])


def _stated(notices: Sequence[Notice], field: FactField) -> Moment | None:
    for notice in reversed(notices):
        found = [moment(fact.day, fact.at) for fact in notice.facts if fact.field == field]
        known = [one for one in found if one]
        if known:
            return min(known, key=lambda one: one.at)
    return None


def _cause(notices: Sequence[Notice]) -> Moment | None:
    """When the cause was first said to be established."""
    for notice in notices:
        told = any(
            fact.field == FactField.CAUSE and fact.certainty == Certainty.CONFIRMED and (fact.day or fact.at)
            for fact in notice.facts
        )
        if notice.cause_status == CauseStatus.ESTABLISHED or told:
            return moment(notice.day, notice.at)
    return None


def _silence(notices: Sequence[Notice], recovered: Moment | None) -> timedelta | None:
    sent = [notice.at for notice in notices if notice.at and (recovered is None or notice.at <= recovered.at)]
    return max((later - earlier for earlier, later in pairwise(sent)), default=None)
