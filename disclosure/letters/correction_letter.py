"""The context of F3 補正依頼書: what is to be mended, how, until when, and which days are not counted meanwhile.

It is no disposition, so it tells no remedies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from disclosure.letters import claim_letter
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import kind_of
from disclosure.rules import deadlines, forms
from disclosure.rules.deadlines import Due
from disclosure.rules.defect_texts import TEXTS
from disclosure.rules.kinds import CaseKind, Field
from disclosure.rules.periods import ONE
from disclosure.rules.regimes import Regime, cited
from disclosure.rules.statutes import STATUTES, cite
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

KIND = "f3"
REQUESTS = {
    CaseKind.DISCLOSURE: ("開示請求", "request for disclosure"),
    CaseKind.CORRECTION: ("訂正請求", "claim for correction"),
    CaseKind.SUSPENSION: ("利用停止請求", "claim to stop the use"),
}


@dataclass(frozen=True)
class Asked:
    """What is asked for: codes of defects, what the office adds, until when; ``due`` is the decision's day until now.

    ``round`` counts the requests for correction of a case, from 1.
    """

    defects: Sequence[str]
    note: str
    sent_on: date
    until: date
    due: Due
    round: int = 1


def context(
    case: Case,
    law: Regime,
    asked: Asked,
    values: Mapping[Field, str],
    *,
    paper: Paper,
) -> Context:
    """Everything that the letter prints, as plain values."""
    kind = kind_of(case)
    claim = "" if kind is CaseKind.DISCLOSURE else kind.value
    place = forms.citation("F3", law.code, case.law_day, claim=claim)
    found = cite(place, case.law_day) if place else None
    row = deadlines.clock(asked.due.code, case.law_day)
    excluded = cited(law, row.pause_citation, case.law_day) if row.pauses and row.pause_citation else None
    days = {"sent": asked.sent_on, "until": asked.until, "from": asked.sent_on + ONE, "due": asked.due.due_on}
    request_ja, request_en = REQUESTS[kind]
    shared = frame(
        case,
        law,
        values,
        title=f"{request_ja}書の補正について（依頼）",
        statute=STATUTES[found.statute if found else law.statute],
        article=found.ja if found else "",
        paper=paper,
    )
    return {
        **shared,
        **({"claim": claim_letter.words(case, law)} if claim else {}),
        "type": "mend",
        "periods": {},
        "request": request_ja,
        "request_en": request_en,
        "round": asked.round,
        "defects": [TEXTS[code].plain() for code in asked.defects],
        "note": [line for line in asked.note.splitlines() if line.strip()],
        "stands": row.pauses,
        "excluded_law": STATUTES[excluded.statute].name_ja if excluded else "",
        "excluded_article": excluded.ja if excluded else "",
        "days": {name: format_wareki(day) for name, day in days.items()},
        "days_iso": {name: day.isoformat() for name, day in days.items()},
    }
