"""The context of F17 訂正（利用停止）決定通知書 and F18 訂正（利用停止）をしない旨の決定通知書, as plain values.

The same two letters tell of both kinds of claim under every regime; what differs are the words of ``claims.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from disclosure.letters.after_ruling import after_ruling
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.anew import Ruling
from disclosure.rules import deadlines, remedies
from disclosure.rules.claims import claim
from disclosure.rules.decisions import DISCLOSES, DecisionType, Reason
from disclosure.rules.grounds import Wording, ground
from disclosure.rules.kinds import Field
from disclosure.rules.regimes import Regime, cited
from disclosure.rules.statutes import STATUTES, cite
from portal.letters.engine import Context

GRANTED, REFUSED, FORM = ("する内容", "理由"), ("調査の内容及び結果", "理由"), ("不備の内容", "理由")


def kind(decision: DecisionType) -> str:
    """``f17`` when the claim is granted, whole or in part; ``f18`` when it is not."""
    return "f17" if decision in DISCLOSES else "f18"


def words(case: Case, law: Regime) -> dict[str, str]:
    """What the letters about this claim call it. KeyError when the law of the case knows none such."""
    row = claim(law.kind, law.code, case.law_day)
    if row is None:
        raise KeyError(f"No {law.kind} under {law.code}")
    return {
        "kind": law.kind.value,
        "noun": row.noun_ja,
        "request": row.request_ja,
        "decisions": row.decisions_ja,
        "request_en": row.request_en,
        "duty": cited(law, row.duty_citation, case.law_day).ja,
    }


def context(
    case: Case,
    law: Regime,
    decision: DecisionType,
    values: Mapping[Field, str],
    reasons: Sequence[Reason],
    *,
    paper: Paper,
    ruling: Ruling | None = None,
) -> Context:
    """Everything that the letter prints, as plain values; ``ruling`` where it is decided anew after one."""
    grants, said = decision in DISCLOSES, words(case, law)
    citation = cite(law.disclose_citation if grants else law.withhold_citation, case.law_day)
    rows = [_reason(law, reason) for reason in reasons]
    return {
        **frame(
            case,
            law,
            values,
            title=_title(law, said, grants=grants),
            statute=STATUTES[law.statute],
            article=citation.ja,
            paper=paper,
        ),
        **(after_ruling(ruling) if ruling is not None else {}),
        "claim": said,
        "claim_lines": [line for line in values.get(Field.CLAIM, "").splitlines() if line.strip()],
        "disposition": law.disposition,
        "full": decision is DecisionType.FULL,
        "type": decision.value,
        "periods": _periods(case, law, paper.issued_on),
        "reasons": rows,
        "granted": [row for row in rows if row["grants"]],
        "refused": [row for row in rows if not row["grants"]],
        "granted_columns": [said["noun"] + GRANTED[0], said["noun"] + "をする" + GRANTED[1]],
        "columns": list(FORM if decision is DecisionType.FORM else REFUSED),
        "remedies": remedies.paragraphs(law.remedies, case.law_day, paper.organisation),
        "remedies_key": law.remedies,
        "remedies_names": {name: getattr(paper.organisation, name) for name in remedies.PLACEHOLDERS},
        "remedies_title": remedies.title(law.remedies, case.law_day),
    }


def _title(law: Regime, said: Mapping[str, str], *, grants: bool) -> str:
    if law.disposition:
        verb = "する" if grants else "しない"
        return f"{law.information_ja}の{said['noun']}を{verb}旨の決定について（通知）"
    return f"{law.information_ja}の{said['decisions'].removesuffix('の通知')}について（通知）"


def _reason(law: Regime, reason: Reason) -> dict[str, Any]:
    row = ground(law.code, reason.ground)
    return {
        "part": reason.part,
        "ground": row.code,
        "article": row.article_ja,
        "label": row.label_ja,
        "nature": reason.nature,
        "harm": reason.harm,
        "grants": row.grants,
        "form": row.wording is Wording.FORM,
    }


def _periods(case: Case, law: Regime, issued_on: date) -> dict[str, dict[str, Any]]:
    """The requester's periods: length and unit, and the last day if the letter arrives on its own day."""
    found = {}
    for name, code in (("appeal", law.appeal_clock), ("suit", law.suit_clock)):
        if code and law.disposition:
            row = deadlines.clock(code, case.law_day)
            last = deadlines.compute(code, issued_on, law_day=case.law_day).binding_on
            found[name] = {"amount": row.amount, "unit": row.unit.value, "last_on": last.isoformat()}
    return found
