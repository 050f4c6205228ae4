"""What a letter about documents (法人文書) says beside what all letters of decisions say."""

from __future__ import annotations

from typing import Any

from disclosure.letters.frame import Paper
from disclosure.models.case import Case
from disclosure.rules.clocks import clock
from disclosure.rules.decisions import Reason, Rest
from disclosure.rules.fees import copy_prices, inspection, request_fee
from disclosure.rules.kinds import Channel, Delivery, Format
from disclosure.rules.regimes import Regime
from disclosure.rules.statutes import cite

WAYS = {
    Delivery.DOWNLOAD: "電磁的記録の提供（受付番号と確認コードによるダウンロード）",
    Delivery.POST: "写しの送付",
    Delivery.OFFICE: "写しの交付（事務所）",
}
INSPECTION = "閲覧（事務所）"
RESTS = {
    Rest.NOT_SEPARABLE: "残りの部分と容易に区分して除くことができないため、部分開示もできません（{place}）。",
    Rest.MEANS_NOTHING: (
        "これを除いた部分には有意の情報が記録されていないと認められるため、部分開示もしません（{place}ただし書）。"
    ),
}


def way(delivery: Delivery, wanted: Format) -> str:
    """How the documents are wanted, as letters say it: looking at them is a way of its own."""
    return INSPECTION if delivery is Delivery.OFFICE and wanted is Format.INSPECTION else WAYS[delivery]


def rest_sentence(law: Regime, reason: Reason) -> str:
    """Why not even a part is disclosed, to stand after the reason; empty where the law does not ask for it."""
    if not reason.rest:
        return ""
    place = cite(law.partial_citation, law.effective_from).ja or "情報公開規程"
    return "　" + RESTS[Rest(reason.rest)].format(place=place)


def values(case: Case, law: Regime, paper: Paper) -> dict[str, Any]:
    """Ways, what the disclosure costs, and the further disclosure, as sentences."""
    return {
        "way": way(case.delivery, case.format),
        "costs": _costs(case, law),
        "further": _further(case, law),
        "further_days": clock(law.further_clock, case.law_day).amount if law.further_clock else 0,
    }


def _costs(case: Case, law: Regime) -> list[str]:
    day = case.law_day
    fee = request_fee(law, case.channel or Channel.WEB, day)
    if fee is None or not fee.copies_charged:
        return []
    place = fee.copies_ja or "情報公開規程"
    rows = [f"開示の実施には、次の手数料（開示実施手数料）がかかります（{place}）。額は、実施の前にお知らせします。"]
    look = inspection(day)
    media = [f"{price.label_ja}　1枚につき{price.copy_yen}円" for price in copy_prices(day)]
    shown = [f"閲覧　{look.sheets}枚までごとに{look.inspection_yen}円"] if look else []
    rows.append("、".join((*shown, *media)).replace("CD-R 1枚　1枚につき", "CD-R　1枚につき") + "。")
    if fee.credited:
        rows.append("請求の際に納付された手数料の額は、開示実施手数料から差し引きます。")
    if fee.copies_waivable:
        rows.append("経済的な困難その他特別の理由があるときは、減額又は免除を申請することができます。")
    rows.append("送付を希望される場合は、郵送料を別に負担していただきます。")
    return rows


def _further(case: Case, law: Regime) -> str:
    if not law.further_clock:
        return ""
    row = clock(law.further_clock, case.law_day)
    place = cite(law.further_citation, case.law_day).ja
    where = f"同法{place}" if place else "情報公開規程"
    return (
        f"開示を受けた方は、最初に開示を受けた日から{row.amount}日以内に限り、"
        f"更に開示を受ける旨（別の方法による開示など）を申し出ることができます（{where}）。"
    )
