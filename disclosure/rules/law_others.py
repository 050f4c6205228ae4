"""What the list of the law says of transfers and of third parties, as plain values for its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from disclosure.rules.statutes import cite
from disclosure.rules.third_parties import INQUIRIES, TERMS, InquiryRule
from disclosure.rules.transfers import TRANSFERS


@dataclass(frozen=True)
class Said:
    """One line: texts in both languages, the article in Japanese, and what is to be confirmed (``name``, by source)."""

    code: str
    regimes: tuple[str, ...]
    name_ja: str
    name_en: str
    value_ja: str
    value_en: str
    article: str
    effective_from: date
    source: str
    name: str


def others() -> Iterator[Said]:
    """Every row of both tables."""
    for row in TRANSFERS:
        article = "、".join(cite(key, row.effective_from).text for key in (row.citation, row.effect_citation))
        yield Said(
            "transfer", (row.regime,), "移送", "Transfer to another body", "協議の上、移送することができる。",
            "Possible after consulting the other body.", article, row.effective_from, row.source, "citation",
        )  # fmt: skip
    for rule in INQUIRIES:
        yield _inquiry(rule)
    for terms in TERMS:
        yield Said(
            "third-party-days", tuple(rule.regime for rule in INQUIRIES), "第三者の意見書の提出期限",
            "Time for a third party to answer", f"{terms.answer_days}日を標準とする。",
            f"{terms.answer_days} days as a rule.", "", terms.effective_from, terms.source, "answer_days",
        )  # fmt: skip


def _inquiry(rule: InquiryRule) -> Said:
    keys = (rule.optional_citation, rule.required_citation, rule.objection_citation)
    return Said(
        "third-party",
        (rule.regime,),
        "第三者に対する意見書提出の機会の付与",
        "Asking third parties",
        "。".join(rule.items_ja) + f"。反対意見書があるときは{rule.clock}の期間を置く。",
        ". ".join(rule.items_en) + f". After an objection the period {rule.clock} is kept.",
        "、".join(cite(key, rule.effective_from).text for key in keys),
        rule.effective_from,
        rule.source,
        "optional_citation",
    )
