"""The context of F6 開示決定等期限延長通知書 and F7 期限の特例規定適用通知書; about claims F19, F20.

Neither is a disposition, so neither tells remedies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.letters import claim_letter
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law, is_claim
from disclosure.rules import deadlines
from disclosure.rules.deadlines import Due
from disclosure.rules.extensions import GROUNDS_JA, ExtensionGround, ExtensionKind, clock_code
from disclosure.rules.kinds import Field
from disclosure.rules.regimes import cited
from disclosure.rules.statutes import STATUTES
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

KINDS = {ExtensionKind.EXTENSION: "f6", ExtensionKind.SPECIAL: "f7"}
CLAIM_KINDS = {ExtensionKind.EXTENSION: "f19", ExtensionKind.SPECIAL: "f20"}
TITLES = {
    ExtensionKind.EXTENSION: "{period}の延長について（通知）",
    ExtensionKind.SPECIAL: "{period}の特例規定の適用について（通知）",
}


def letter_kind(case: Case, kind: ExtensionKind) -> str:
    """Which letter gives this case more time: F6 or F7, about a claim F19 or F20."""
    return CLAIM_KINDS[kind] if is_claim(case) else KINDS[kind]


@dataclass(frozen=True)
class MoreTime:
    """What the letter tells: the first period's day, the day by which now is decided, why, and how much more.

    ``due`` is the whole decision's day, or the substantial part's; ``rest_on`` is the rest's under the special period.
    """

    kind: ExtensionKind
    before_on: date
    due: Due
    facts: str
    days: int | None = None
    ground: ExtensionGround | None = None
    rest_on: date | None = None


def context(
    case: Case,
    more: MoreTime,
    values: Mapping[Field, str],
    *,
    paper: Paper,
) -> Context:
    """Everything that the letter prints, as plain values."""
    law = case_law(case)
    row = deadlines.clock(clock_code(law, more.kind), case.law_day)
    first = deadlines.clock(law.decision_clock, case.law_day)
    citation = cited(law, row.citation, case.law_day)
    days = {"before": more.before_on, "due": more.due.due_on}
    if more.rest_on is not None:
        days["rest"] = more.rest_on
    shared = frame(
        case,
        law,
        values,
        title=TITLES[more.kind].format(period=law.period_ja),
        statute=STATUTES[citation.statute],
        article=citation.ja,
        paper=paper,
    )
    return {
        **shared,
        **({"claim": claim_letter.words(case, law)} if is_claim(case) else {}),
        "type": more.kind.value,
        "periods": {},
        "period_name": law.period_ja,
        "whole_days": row.amount if more.kind is ExtensionKind.SPECIAL else first.amount + (more.days or 0),
        "extended_days": more.days or 0,
        "excluded_days": more.due.excluded_days,
        "excluded_article": cited(law, row.pause_citation or "decision-period-proviso", case.law_day).ja,
        "ground": more.ground.value if more.ground else "",
        "ground_ja": GROUNDS_JA[more.ground] if more.ground else "",
        "facts": [line for line in more.facts.splitlines() if line.strip()],
        "days": {name: format_wareki(day) for name, day in days.items()},
        "days_iso": {name: day.isoformat() for name, day in days.items()},
    }
