"""A decision that takes longer than the law's first period: who may have more days, and until when.

開示決定等の期限の延長: 個人情報の保護に関する法律 第83条第2項. 開示決定等の期限の特例: 同法 第84条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disclosure.rules import deadlines
from disclosure.rules.deadlines import Due, Step
from disclosure.rules.regimes import Regime
from disclosure.rules.statutes import cite
from portal.core.calendar import roll_back, roll_forward
from portal.core.errors import N_

LONGEST_FACTS = 1000
# Where the law sets no limit (amount 0), more than a year is a slip of the pen.
NO_LIMIT = 366
# The rest is decided within a reasonable time (相当の期間): a day further away than this is a slip of the pen.
LONGEST_REST = timedelta(days=3 * 366)


class ExtensionKind(StrEnum):
    """By which way the period gets longer."""

    EXTENSION = "extension"
    SPECIAL = "special"


class ExtensionGround(StrEnum):
    """Why a period is extended: difficulties in handling the work, or another just reason (第83条第2項)."""

    BURDEN = "burden"
    OTHER = "other"


GROUNDS_JA = {ExtensionGround.BURDEN: "事務処理上の困難", ExtensionGround.OTHER: "その他正当な理由"}
GROUNDS = {
    ExtensionGround.BURDEN: N_("Difficulties in handling the work"),
    ExtensionGround.OTHER: N_("Another just reason"),
}


@dataclass(frozen=True)
class Obstacle:
    """Why the period cannot be made longer: a message id with its parameters."""

    message: str
    params: dict[str, date | int]


def clock_code(law: Regime, kind: ExtensionKind) -> str:
    """The clock by which the period of this law gets longer; empty where it cannot."""
    return law.extension_clock if kind is ExtensionKind.EXTENSION else law.special_clock


def longest(law: Regime, day: date) -> int:
    """By how many days a decision can be extended at most; 0 where it cannot."""
    return (deadlines.clock(law.extension_clock, day).amount or NO_LIMIT) if law.extension_clock else 0


def obstacle(
    law: Regime,
    kind: ExtensionKind,
    *,
    told: frozenset[ExtensionKind],
    due_on: date,
    today: date,
    rest: bool = False,
    anew: bool = False,
) -> Obstacle | None:
    """What forbids the step today, or None.

    ``rest``: it is the rest of a request, for which the special period named a day; ``anew``: it is decided anew after
    a ruling, which no period binds. ``told`` are the kinds of which the
    requester has been told; ``due_on`` is the day of the period as it now runs. An extension must be told before that
    day; that the special period applies, at the latest on it.
    """
    extends = kind is ExtensionKind.EXTENSION
    if not clock_code(law, kind):
        if extends:
            return Obstacle(N_("The law of this request knows no extension: answer without delay."), {})
        return Obstacle(N_("The law of this request knows no special period."), {})
    if rest:
        return Obstacle(N_("This is the rest of a request. Its day was told with the special period and stays."), {})
    if anew:
        return Obstacle(N_("This is decided anew after a ruling: no period runs that could be extended."), {})
    if ExtensionKind.SPECIAL in told:
        return Obstacle(N_("The special period applies to this request already."), {})
    if kind in told:
        return Obstacle(N_("The period was extended before; the law allows it once."), {})
    if today > due_on and not extends:
        return Obstacle(
            N_("The notice of the special period had to go out by %(day)s: it is too late."), {"day": due_on}
        )
    if today > due_on:
        return Obstacle(
            N_("The decision was due on %(day)s: it is too late. Decide as soon as you can."), {"day": due_on}
        )
    if extends and today == due_on:
        return Obstacle(
            N_("The decision is due today: it is too late, for the notice must go out before that day. Decide today."),
            {},
        )
    return None


def days_problem(law: Regime, days: int | None, day: date) -> Obstacle | None:
    """What is wrong with a number of days."""
    most = longest(law, day)
    if days is None or not 1 <= days <= most:
        return Obstacle(N_("Write a number of days from 1 to %(days)s."), {"days": most})
    return None


def rest_problem(rest_on: date | None, *, part_due_on: date, whole: bool = False) -> Obstacle | None:
    """What is wrong with the day by which the rest, or of a claim the ``whole``, is to be decided."""
    if rest_on is None:
        if whole:
            return Obstacle(N_("Say by which day it is decided."), {})
        return Obstacle(N_("Say by which day the rest is decided."), {})
    if whole and rest_on <= part_due_on:
        return Obstacle(N_("The special period ends after the first one, so after %(day)s."), {"day": part_due_on})
    if rest_on <= part_due_on:
        return Obstacle(N_("The rest is decided after the substantial part, so after %(day)s."), {"day": part_due_on})
    if rest_on > part_due_on + LONGEST_REST:
        return Obstacle(N_("This day is too far away."), {})
    return None


def rest_due(law: Regime, received_on: date, rest_on: date, told_on: date, law_day: date) -> Due:
    """The day that the organisation set for the rest, explained. It is a day and no period, so nothing moves it."""
    row = deadlines.clock(law.special_clock, law_day)
    target_on = roll_back(rest_on)
    steps = [
        Step(N_("It arrived on %(day)s."), {"day": received_on}, day=received_on),
        Step(
            N_("On %(told)s we told you that the rest is decided by %(day)s."),
            {"told": told_on, "day": rest_on},
            cite(row.citation, law_day).text,
            rest_on,
        ),
    ]
    if target_on != rest_on:
        steps.append(
            Step(
                N_("That day is a holiday. We do not use the time after it: our own goal is %(day)s."),
                {"day": target_on},
                day=target_on,
            )
        )
    return Due(row.code, received_on, rest_on, roll_forward(rest_on), target_on, 0, False, True, tuple(steps))
