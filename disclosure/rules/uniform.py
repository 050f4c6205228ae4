"""Requests that all get one answer whether or not anything exists: one decision, one wording, one day, one way.

存否応答拒否: 個人情報の保護に関する法律 第81条, for a business 第16条第4項 with 施行令 第5条第4号.
That something is there must change neither letter, steps, events nor days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.rules import decisions
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.grounds import ground
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.periods import Pause, last_day
from disclosure.rules.records import law_of
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.states import Action, State
from disclosure.rules.tables import read
from portal.core.calendar import roll_forward
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force

NOT_USED = N_("A request about inquiries gets one answer in one way, so this step is not used for it.")
FIXED = N_("Everybody who asks this gets the same answer. It is written in the data, so it cannot be changed here.")
ON_ITS_DAY = N_("A request of this kind is answered on a fixed day, whatever there is: on %(day)s.")
WITHOUT = frozenset(
    {Action.ATTACH_RECORD, Action.REMOVE_RECORD, Action.TRANSFER, Action.EXTEND, Action.APPLY_SPECIAL_PERIOD}
)


@dataclass(frozen=True)
class Uniform:
    """The one answer to one sort of request under one regime, from a day on; days after receipt, texts in Japanese."""

    record: RecordKind
    regime: str
    type: DecisionType
    ground: str
    effective_from: date
    issue_day: int
    again_days: int
    part_ja: str
    nature_ja: str
    harm_ja: str
    source: str
    unconfirmed: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reason that the letter prints, word for word."""
        return (Reason(self.part_ja, self.ground, self.nature_ja, self.harm_ja),)


UNIFORM = read("uniform.toml", "uniform", Uniform)
CLASSES = frozenset(row.record for row in UNIFORM)


def is_uniform(record: RecordKind, kind: CaseKind = CaseKind.DISCLOSURE) -> bool:
    """Whether a request for ``record`` belongs to a class that gets one answer."""
    return kind is CaseKind.DISCLOSURE and record in CLASSES


def answer(record: RecordKind, law: Regime, day: date) -> Uniform | None:
    """The one answer to a request under the law of ``day``; None for a request that is decided by itself."""
    return in_force((row for row in UNIFORM if (row.record, row.regime) == (record, law.code)), day)


def choices(record: RecordKind, law: Regime, day: date) -> tuple[DecisionType, ...]:
    """The types that an officer can choose; of a uniform class its own, and the dismissal of what was not mended."""
    one = answer(record, law, day)
    found = decisions.choices(law)
    return found if one is None else tuple(kind for kind in found if kind in (one.type, DecisionType.FORM))


def refusal(record: RecordKind, action: Action) -> str:
    """Why a step is not used for such a request, as a message id; empty when it is."""
    return NOT_USED if record in CLASSES and action in WITHOUT else ""


def after(record: RecordKind, state: State) -> State:
    """Where a step leads that leads to ``state``: nothing is searched for where everybody gets one answer."""
    return State.DRAFTING if record in CLASSES and state is State.SEARCH else state


def issue_on(one: Uniform, received_on: date, pauses: Sequence[Pause], *, today: date) -> date:
    """The day on which the letter goes out: the first of its days that is not before ``today``."""
    excluded = {day for pause in pauses for day in pause.days(as_of=today)}
    day = last_day(received_on, one.issue_day, first_day_counts=False, excluded=excluded)
    while roll_forward(day) < today:
        day += timedelta(days=one.again_days)
    return roll_forward(day)


def _check() -> None:
    for row in UNIFORM:
        place = f"uniform.toml: {row.record} under {row.regime}"
        if row.issue_day < 1 or row.again_days < 1:
            raise TableError(f"{place} has no day of its answer.")
        if row.type not in ground(row.regime, row.ground).types:
            raise TableError(f"{place} names a ground that its decision cannot have.")
    for profile in {row.profile for row in REGIMES if row.profile}:
        for record in CLASSES:
            law = law_of(record, profile, date.max)
            if law is not None and answer(record, law, date.max) is None:
                raise TableError(f"uniform.toml: {record} has no answer under {law.code}.")


_check()
