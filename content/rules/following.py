"""What followers of the public record asked to hear of, and which bulletins that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from content.rules.areas import COUNTRY


class Pace(StrEnum):
    """How soon a follower by mail hears of a bulletin."""

    AT_ONCE = "at-once"
    DAILY = "daily"


class Event(StrEnum):
    """What happened to a bulletin."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Topic(StrEnum):
    """What somebody follows: bulletins of incidents, what happens to question letters, or what a search finds."""

    INCIDENTS = "incidents"
    LETTERS = "letters"
    SEARCH = "search"


class HookState(StrEnum):
    """A webhook waits until its receiver has answered the challenge; it stops after repeated failure."""

    WAITING = "waiting"
    ACTIVE = "active"
    STOPPED = "stopped"


class DeliveryState(StrEnum):
    """A delivery is due, arrived, or was given up."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Interest:
    """None: anything. ``severity``: at least this step of the scale. ``area``: JP, two digits or six.

    ``letter`` is asked of question letters, ``search`` (the parameters of its address) of the records of both, the
    other parts of incidents.
    """

    system: str | None = None
    cause: str | None = None
    area: str | None = None
    severity: int | None = None
    incident: str | None = None
    topic: Topic = Topic.INCIDENTS
    letter: str | None = None
    search: str | None = None


@dataclass(frozen=True)
class Subject:
    """What an incident is, as far as interests ask."""

    incident: str
    systems: frozenset[str]
    cause: str
    areas: frozenset[str]
    severity: int


def concerns(area: str, areas: frozenset[str]) -> bool:
    """Whether what is stated for ``areas`` concerns who lives in ``area``: the area, what holds it, what it holds."""
    if area == COUNTRY:
        return COUNTRY in areas
    return any(one in (COUNTRY, area) or one[:2] == area or one == area[:2] for one in areas)


def is_wanted(interest: Interest, subject: Subject) -> bool:
    """Whether a follower with this interest is told of the subject's bulletins."""
    return (
        interest.topic is Topic.INCIDENTS
        and interest.system in (None, *subject.systems)
        and interest.cause in (None, subject.cause)
        and (interest.area is None or concerns(interest.area, subject.areas))
        and (interest.severity is None or subject.severity >= interest.severity)
        and interest.incident in (None, subject.incident)
    )


def wants_letter(interest: Interest, letter: str) -> bool:
    """Whether a follower with this interest is told of what happens to a question letter."""
    return interest.topic is Topic.LETTERS and interest.letter in (None, letter)
