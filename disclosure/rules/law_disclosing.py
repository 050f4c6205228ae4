"""What the list of the law says of handing records out and of leaks, as plain values."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.rules import handouts, leaks
from disclosure.rules.law_others import Said


def disclosing() -> Iterator[Said]:
    """The numbers of the download, the days of both reports, and what makes a leak reportable."""
    for row in handouts.TERMS:
        yield Said(
            "hand-out", (), "電子データの提供", "Download of the records",
            f"{row.valid_days}日間、{row.downloads}回まで。一回限りの番号は{row.code_minutes}分間有効、{row.code_tries}回まで入力できる。"
            f"郵送した記録は{row.presumed_days}日後に届いたものと推定する。",
            f"For {row.valid_days} days, at most {row.downloads} times. A one-time code is valid for "
            f"{row.code_minutes} minutes and {row.code_tries} tries. Posted records are presumed to arrive after "
            f"{row.presumed_days} days.",
            "", row.effective_from, row.source, "valid_days, downloads, code_minutes, code_tries, presumed_days",
        )  # fmt: skip
    for terms in leaks.TERMS:
        counts_ja, counts_en = ("算入", "counted") if terms.first_day_counts else ("不算入", "not counted")
        yield Said(
            "leak-days", (), "漏えい等の報告の期限", "Days for the reports of a leak",
            f"速報は{terms.quick_from_days}日から{terms.quick_days}日、確報は{terms.full_days}日（知った日は{counts_ja}）。",
            f"Quick report {terms.quick_from_days} to {terms.quick_days} days, full report {terms.full_days} days "
            f"(day of knowing {counts_en}).",
            "", terms.effective_from, terms.source, "quick_from_days, quick_days, first_day_counts",
        )  # fmt: skip
    for told in leaks.NOTICES:
        yield Said(
            f"leak-notice-{told.regimes[0].lower()}", told.regimes, "漏えい等の本人への通知",
            "Notice of a leak to the person concerned",
            "、".join(row.label_ja for row in leaks.ITEMS if row.key in told.items) + "を通知する。",
            "It tells: " + "; ".join(row.label_en for row in leaks.ITEMS if row.key in told.items) + ".",
            told.article_ja, told.effective_from, told.source, "items, needed",
        )  # fmt: skip
    for trigger in leaks.TRIGGERS:
        yield Said(
            f"leak-{trigger.code}", trigger.regimes, trigger.label_ja, trigger.label_en,
            f"報告を要する。確報は{trigger.full_days}日以内。",
            f"Must be reported, in full within {trigger.full_days} days.",
            trigger.article_ja, trigger.effective_from, trigger.source, "label_ja",
        )  # fmt: skip
