"""The context of the notice of a leak to the person concerned (個人情報保護法 第26条第2項・第68条第2項).

What it has to say: 施行規則 第10条・第45条. The layout is practice. It never says who asked for the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.rules.kinds import Field
from disclosure.rules.leaks import ITEMS, notice_rule
from disclosure.rules.statutes import STATUTES
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

TYPE = "breach"
STATUTE = "appi"


@dataclass(frozen=True)
class Breach:
    """To whom the letter goes, since when the leak is known, and the texts of its items by their keys."""

    name: str
    postal_code: str
    address: str
    known_on: date
    items: Mapping[str, str]


def context(
    case: Case,
    breach: Breach,
    *,
    paper: Paper,
) -> Context:
    """Everything that the letter prints, and what its readings need. KeyError where the law knows no such notice."""
    rule = notice_rule(case.regime, breach.known_on)
    if rule is None:
        raise KeyError(f"No notice of a leak under {case.regime}")
    made = frame(
        case,
        case_law(case),
        {Field.NAME: breach.name, Field.POSTAL_CODE: breach.postal_code, Field.ADDRESS: breach.address},
        title="個人情報の漏えい等について（通知）",
        statute=STATUTES[STATUTE],
        article=rule.article_ja,
        paper=paper,
    )
    rows = [row for row in ITEMS if row.key in rule.items]
    return {
        **made,
        "type": TYPE,
        "case_number": "",
        "known": format_wareki(breach.known_on),
        "told_items": [
            {"ja": row.label_ja, "en": row.label_en, "lines": _lines(breach.items.get(row.key, ""))} for row in rows
        ],
        "periods": {},
        "days_iso": {"known": breach.known_on.isoformat()},
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
