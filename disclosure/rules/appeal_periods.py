"""Whether an appeal came in time, and until when a suit is possible after its ruling: computed and explained.

審査請求期間: 行政不服審査法 第18条; 出訴期間: 行政事件訴訟法 第14条; 裁決の拘束力: 行政不服審査法 第52条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from disclosure.rules import deadlines
from disclosure.rules.appeals import Route, terms
from disclosure.rules.deadlines import Due, Step
from disclosure.rules.statutes import cite
from portal.core.calendar import roll_back, roll_forward
from portal.core.errors import N_


@dataclass(frozen=True)
class Judgement:
    """Whether an appeal came in time. ``last_on`` is the last day, None where there is no period.

    ``dues`` are the periods that were counted; ``steps`` say in words what followed from them.
    """

    in_time: bool
    last_on: date | None
    dues: tuple[Due, ...]
    steps: tuple[Step, ...]


def judge(
    route: Route, *, known_on: date, decided_on: date, filed_on: date, posted_on: date | None, law_day: date
) -> Judgement:
    """Whether an appeal against a decision came in time.

    ``known_on`` is the day of knowing, ``decided_on`` that of the decision, ``filed_on`` that on which the appeal
    arrived; for one that came by post ``posted_on`` counts, because days in the mail are left out (第18条第3項).
    """
    pairs = ((route.known_clock, known_on), (route.limit_clock, decided_on))
    dues = tuple(deadlines.compute(code, start, law_day=law_day) for code, start in pairs if code)
    if not dues:
        return Judgement(True, None, (), (Step(N_("The rule sets no period for this."), {}, route.basis_ja),))
    last_on = min(due.binding_on for due in dues)
    sent_on = posted_on or filed_on
    steps = [Step(N_("The appeal arrived on %(day)s."), {"day": filed_on}, day=filed_on)]
    if posted_on is not None:
        said = N_("It was posted on %(day)s; the days in the mail are not counted.")
        steps.append(Step(said, {"day": posted_on}, cite("appeal-post", law_day).text, posted_on))
    said = N_("It could be filed until %(day)s.")
    steps.append(Step(said, {"day": last_on}, day=last_on))
    in_time = sent_on <= last_on
    steps.append(Step(N_("So it came in time.") if in_time else N_("So it came too late."), {}))
    return Judgement(in_time, last_on, dues, tuple(steps))


def suit_until(route: Route, *, known_on: date, ruled_on: date, law_day: date) -> tuple[Due, ...]:
    """Until when a suit can be brought: from knowing the ruling, and from its day. Empty where there is none."""
    pairs = ((route.suit_clock, known_on), (route.suit_limit_clock, ruled_on))
    return tuple(deadlines.compute(code, start, law_day=law_day) for code, start in pairs if code)


def anew_due(code: str, route: Route, ruled_on: date) -> Due:
    """By when the organisation decides anew after a ruling of its own that grants something, explained.

    The law sets no period, only that it acts as the ruling says (第52条): the days are the organisation's own. ``code``
    is the clock of a first decision, which does not run again.
    """
    days = terms(ruled_on).anew_days
    due_on = ruled_on + timedelta(days=days)
    target_on = roll_back(due_on)
    steps = [
        Step(N_("The ruling of %(day)s asks for a new decision."), {"day": ruled_on}, route.anew_ja, ruled_on),
        Step(
            N_("No law says by when. We decide within %(days)s days of the ruling: by %(day)s."),
            {"days": days, "day": due_on},
            day=due_on,
        ),
    ]
    if target_on != due_on:
        said = N_("That day is a holiday. We do not use the time after it: our own goal is %(day)s.")
        steps.append(Step(said, {"day": target_on}, day=target_on))
    return Due(code, ruled_on, due_on, roll_forward(due_on), target_on, 0, False, True, tuple(steps))
