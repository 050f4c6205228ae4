"""What the list of the law says of representatives and of what shows who somebody is, as plain values for its lines."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.rules.agents import ENTITLEMENTS, PROOFS, TERMS, Entitlement, Proof
from disclosure.rules.kinds import Requester
from disclosure.rules.law_others import Said

NAMES = {
    Requester.STATUTORY: ("法定代理人による請求", "Requests by statutory representatives"),
    Requester.MANDATED: ("任意代理人による請求", "Requests by mandated agents"),
}
AGES = {
    "age_of_majority": ("成年年齢", "Age of majority", "歳", "years", "民法第4条"),
    "minor_alone_from": ("未成年者が単独で請求できる年齢", "Age from which a minor may ask alone", "歳", "years", ""),
    "proof_days": (
        "代理権等を証明する書類の作成の期間", "Days within which a proof must have been made", "日", "days",
        "個人情報の保護に関する法律施行令第22条第2項・第3項",
    ),
}  # fmt: skip
LAW, PRACTICE = "law", "practice"


def agents() -> Iterator[Said]:
    """Every row: who may ask for whom, the ages and days, the papers that show a capacity."""
    for row in ENTITLEMENTS:
        yield _entitlement(row)
    for terms in TERMS:
        for name, (name_ja, name_en, unit_ja, unit_en, article) in AGES.items():
            number = getattr(terms, name)
            source = PRACTICE if name in terms.unconfirmed else LAW
            yield Said(
                name, (), name_ja, name_en, f"{number}{unit_ja}", f"{number} {unit_en}", article,
                terms.effective_from, source, name,
            )  # fmt: skip
    for proof in PROOFS.values():
        yield _proof(proof)


def _entitlement(row: Entitlement) -> Said:
    name_ja, name_en = NAMES[row.requester]
    return Said(
        row.requester.value, (row.regime,), name_ja, name_en,
        f"{'できる' if row.allowed else 'できない'}。{row.note_ja}",
        f"{'Possible' if row.allowed else 'Not possible'}. {row.note_en}",
        row.article_ja, row.effective_from, row.source, "allowed",
    )  # fmt: skip


def _proof(row: Proof) -> Said:
    known = ", ".join(row.unconfirmed)
    return Said(
        f"proof-{row.code}", (), row.label_ja, row.label_en,
        "原本に限る。" if row.original else "写しでもよい。",
        "Only the paper itself." if row.original else "A copy will do.",
        "個人情報の保護に関する法律施行令第22条第3項", row.effective_from, PRACTICE if known else row.source, known,
    )  # fmt: skip
