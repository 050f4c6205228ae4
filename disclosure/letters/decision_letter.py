"""The context of a decision's letter: F4 開示決定通知書 and F5 不開示決定通知書, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from disclosure.letters import claim_letter, document_letter
from disclosure.letters.after_ruling import after_ruling
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.anew import Ruling
from disclosure.queries.case_law import case_law, is_claim
from disclosure.queries.splits import ShownSplit
from disclosure.rules import deadlines, remedies
from disclosure.rules.decisions import DISCLOSES, DecisionType, Reason
from disclosure.rules.grounds import Wording, ground
from disclosure.rules.kinds import DELIVERY_JA, CaseKind, Delivery, Field, purpose
from disclosure.rules.regimes import Regime, cited
from disclosure.rules.statutes import STATUTES, cite
from portal.core.settings import Organisation
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

COLUMNS = {
    Wording.HARM: ("情報の性質", "開示した場合に生じるおそれ"),
    Wording.NOT_HELD: ("探索した範囲", "保有していない理由"),
    Wording.FORM: ("不備の内容", "補正されなかったこと"),
    Wording.NEITHER: ("存否を答えることで明らかになる事実", "これを開示しない理由"),
    Wording.ELSEWHERE: ("保有している機関", "請求の方法"),
}
# A law that lists no ground for refusing has a form of its own for telling what is held.
OWN_FORM = "F29"
OF_DOCUMENTS = "D4"


def kind(decision: DecisionType, law: Regime) -> str:
    """``f4`` for a disclosure, whole or in part, ``f29`` where the law has a form of its own for it.

    ``f5`` for a refusal; ``informed`` when the letter decides nothing and says whom to ask.
    ``f17`` and ``f18`` are those of claims, ``d4`` a disclosure of documents, which are given to everybody alike.
    """
    if law.kind is not CaseKind.DISCLOSURE:
        return claim_letter.kind(decision)
    if decision is DecisionType.INFORMED:
        return "informed"
    if decision in DISCLOSES:
        if OF_DOCUMENTS in law.letters:
            return "d4"
        return "f29" if OWN_FORM in law.letters else "f4"
    return "f5"


def _title(decision: DecisionType, law: Regime) -> str:
    if decision is DecisionType.INFORMED:
        return f"{law.information_ja}の開示の請求先について（お知らせ）"
    if kind(decision, law) == "f29":
        return f"{law.information_ja}開示通知書"
    verb = "開示をする" if decision in DISCLOSES else "開示をしない"
    return f"{law.information_ja}の{verb}旨の決定について（通知）"


def context(
    case: Case,
    decision: DecisionType,
    values: Mapping[Field, str],
    reasons: Sequence[Reason],
    *,
    paper: Paper,
    found: bool = True,
    split: ShownSplit | None = None,
    ruling: Ruling | None = None,
) -> Context:
    """Everything that the letter prints, as plain values: strings, lists, dicts and truth values.

    ``found`` is false where a disclosure says that there is nothing; ``split`` is for a request decided in two parts,
    ``ruling`` for what is decided anew after one.
    """
    law = case_law(case)
    if is_claim(case):
        return claim_letter.context(case, law, decision, values, reasons, paper=paper, ruling=ruling)
    discloses = decision in DISCLOSES
    granted = [one for one in reasons if one.ground and ground(law.code, one.ground).discloses]
    withheld = [one for one in reasons if one not in granted]
    citation = cite(law.disclose_citation if discloses else law.withhold_citation, case.law_day)
    shared = frame(
        case,
        law,
        values,
        title=_title(decision, law),
        statute=STATUTES[law.statute],
        article=citation.ja,
        paper=paper,
    )
    return {
        **shared,
        **(_part(split) if split is not None else {}),
        **(after_ruling(ruling) if ruling is not None else {}),
        "full": decision is DecisionType.FULL,
        "type": decision.value,
        "delivery": case.delivery.value,
        "periods": _periods(case, law, paper.issued_on, discloses=discloses),
        "found": found,
        **(document_letter.values(case, law, paper) if not case.records.personal and discloses else {}),
        "purposes": [purpose(part, case.law_day).ja for part in case.records.parts if part.personal and discloses],
        "columns": list(_columns(law, withheld)),
        "reasons": [_reason(law, reason) for reason in withheld],
        **({"granted": [_reason(law, one) for one in granted]} if granted else {}),
        "methods": _methods(case, law, paper.issued_on, paper.organisation) if discloses and found else [],
        "remedies": remedies.paragraphs(law.remedies, case.law_day, paper.organisation),
        "remedies_key": law.remedies,
        "remedies_names": {name: getattr(paper.organisation, name) for name in remedies.PLACEHOLDERS},
        "remedies_title": remedies.title(law.remedies, case.law_day),
    }


def _part(split: ShownSplit) -> dict[str, Any]:
    """Which part this letter decides, which the other case does, and by or on which day."""
    decided_on = split.other.notified_on
    days = {"rest": split.rest_on} | ({"decided": decided_on} if decided_on is not None else {})
    return {
        "division": {
            "rest": split.rest,
            "this": " ".join(split.this.split()),
            "other": " ".join(split.others_part.split()),
            "number": split.other.number,
            "days": {name: format_wareki(day) for name, day in days.items()},
        },
        "days_iso": {name: day.isoformat() for name, day in days.items()},
    }


def _reason(law: Regime, reason: Reason) -> dict[str, Any]:
    row = ground(law.code, reason.ground)
    return {
        "part": reason.part,
        "ground": row.code,
        "article": row.article_ja,
        "label": row.label_ja,
        "nature": reason.nature,
        "harm": reason.harm + document_letter.rest_sentence(law, reason),
    }


def _periods(case: Case, law: Regime, issued_on: date, *, discloses: bool) -> dict[str, dict[str, Any]]:
    """The requester's periods as data: length and unit, and the last day if the letter arrives on its own day."""
    codes = {"method": law.method_clock if discloses else ""}
    if law.disposition:
        codes |= {"appeal": law.appeal_clock, "suit": law.suit_clock}
    found = {}
    for name, code in codes.items():
        if code:
            row = deadlines.clock(code, case.law_day)
            last = deadlines.compute(code, issued_on, law_day=case.law_day).binding_on
            found[name] = {"amount": row.amount, "unit": row.unit.value, "last_on": last.isoformat()}
    return found


def _columns(law: Regime, reasons: Sequence[Reason]) -> tuple[str, str]:
    wording = ground(law.code, reasons[0].ground).wording if reasons else Wording.HARM
    return COLUMNS[wording]


def _methods(case: Case, law: Regime, issued_on: date, organisation: Organisation) -> list[str]:
    """Item 4: how the disclosure is made (個人情報の保護に関する法律施行令 第24条)."""
    wanted = DELIVERY_JA[case.delivery] if case.records.personal else document_letter.way(case.delivery, case.format)
    rows = [f"請求書で希望された方法：{wanted}。この方法で実施します。"]
    if case.delivery is Delivery.DOWNLOAD:
        rows.append(
            "受付番号と確認コードを用いて、請求状況の画面から取得してください。準備が整いしだい、取得できるようになります。"
        )
    elif case.delivery is Delivery.POST:
        rows.append("写しは簡易書留（転送不要）で送付します。送付の準備に要する日数は、おおむね7日です。")
    else:
        rows.append(
            f"場所：{organisation.address}　{organisation.name} {organisation.department}。"
            "日時は、平日の午前9時30分から午後5時までの間で、事前に電話でご相談ください。"
        )
    if law.method_clock:
        days = deadlines.clock(law.method_clock, case.law_day).amount
        last = format_wareki(deadlines.compute(law.method_clock, issued_on, law_day=case.law_day).binding_on)
        article = cited(law, law.method_citation, case.law_day).ja
        rows.append(
            f"方法の変更を希望される場合は、この通知を受けた日から{days}日以内に"
            f"（本日到達した場合は{last}まで）、その旨を申し出てください（同法{article}）。"
            "希望された方法のままでよい場合は、申出は不要です。"
        )
    return rows
