"""What the list of the law says of the forms F1 to F30, as plain values for its lines."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.rules.forms import FORMS, PARTS, USES, Filler, Form, Use
from disclosure.rules.law_others import Said
from disclosure.rules.statutes import cite

BY_JA = {Filler.RESIDENT: "請求者が記入", Filler.THIRD_PARTY: "第三者が記入", Filler.OFFICE: "機関が作成"}
BY_EN = {Filler.RESIDENT: "by requesters", Filler.THIRD_PARTY: "by third parties", Filler.OFFICE: "by the office"}


def sheets() -> Iterator[Said]:
    """Every form, under the regimes that use it."""
    for row in FORMS:
        used = [use for use in USES if use.form == row.code]
        parts = [part for part in PARTS if part.form == row.code]
        yield Said(
            row.code,
            tuple(dict.fromkeys(use.regime for use in used)),
            row.title_ja,
            row.title_en,
            f"{BY_JA[row.by]}：{'、'.join(text for part in parts for text in part.holds_ja or (part.heading_ja,))}",
            f"{BY_EN[row.by]}: {', '.join(text for part in parts for text in part.holds_en or (part.heading_en,))}",
            _articles(used, row),
            row.effective_from,
            "practice" if row.unconfirmed else "law",
            ", ".join(row.unconfirmed),
        )


def _articles(used: list[Use], row: Form) -> str:
    cited = (cite(use.citation, max(use.effective_from, row.effective_from)).text for use in used if use.citation)
    return "、".join(dict.fromkeys(cited))
