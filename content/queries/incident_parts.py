"""Parts of an incident's page that are read out of its bulletins: who is affected where, and the cause's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.models.bulletins import Bulletin, Fact, StatedStatus
from content.queries.bulletin_views import BulletinView
from content.queries.names import Area
from content.rules import cause_history
from content.rules.archive.kinds import FactField
from content.rules.cause_history import Told
from content.rules.facts import Current
from content.rules.writing import WrittenIncident

REACH = (
    FactField.AFFECTED_PERSONS,
    FactField.AFFECTED_HOUSEHOLDS,
    FactField.AFFECTED_CARDS,
    FactField.AFFECTED_ITEMS,
    FactField.AFFECTED_MUNICIPALITIES,
    FactField.REPORTED_CASES,
    FactField.INQUIRIES,
    FactField.EFFECT,
)


@dataclass(frozen=True)
class Affected:
    """What holds today of one area: how many were affected, and how the systems work there as last stated."""

    area: Area
    facts: tuple[Fact, ...]
    statuses: tuple[StatedStatus, ...]


@dataclass(frozen=True)
class CauseStep:
    """What a bulletin said of the cause. ``cause_key`` and ``status`` None: it is silent about them."""

    bulletin: Bulletin
    cause_key: str | None
    status: str | None
    facts: tuple[Fact, ...]


def affected(
    own: Sequence[Area], names: dict[str, Area], today: Sequence[Current[Fact]], views: Sequence[BulletinView]
) -> tuple[Affected, ...]:
    """By area: those of the incident first, in their order, then others of which a number or a status is known."""
    facts: dict[str, list[Fact]] = {}
    for current in today:
        for fact in current.facts:
            if fact.field in REACH:
                facts.setdefault(fact.area, []).append(fact)
    for found in facts.values():
        found.sort(key=lambda fact: REACH.index(FactField(fact.field)))
    latest: dict[tuple[str, str | None, str], StatedStatus] = {}
    for view in views:
        for status in view.statuses:
            latest[status.system_key, status.component_key, status.area] = status
    statuses: dict[str, list[StatedStatus]] = {}
    for status in latest.values():
        statuses.setdefault(status.area, []).append(status)
    codes = dict.fromkeys([*(area.code for area in own), *facts, *statuses])
    return tuple(Affected(names[code], tuple(facts.get(code, ())), tuple(statuses.get(code, ()))) for code in codes)


def cause_steps(views: Iterable[BulletinView]) -> tuple[CauseStep, ...]:
    """What was said about the cause, the first first; withdrawn bulletins are left out."""
    shown = {view.bulletin.number: view.bulletin for view in views if not view.withdrawal}
    told = [
        Told(
            view.bulletin.number,
            view.bulletin.cause_key,
            view.bulletin.cause_status,
            tuple(fact for fact in view.facts if fact.field == FactField.CAUSE),
        )
        for view in views
        if not view.withdrawal
    ]
    return tuple(
        CauseStep(shown[one.number], one.cause_key, one.status, one.facts) for one in cause_history.history(told)
    )


def reading_of(views: Sequence[BulletinView]) -> WrittenIncident | None:
    """The incident as the last of these bulletins that is shown reads it; None where none carries a reading."""
    shown = [view.bulletin for view in views if not view.withdrawal]
    kept = next((bulletin.reading for bulletin in reversed(shown) if bulletin.reading is not None), None)
    return None if kept is None else WrittenIncident.from_json(kept)
