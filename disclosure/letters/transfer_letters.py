"""The contexts of F8 移送書, to the body that takes a request over, and F9 移送通知書, to the requester.

Neither is a disposition that one contests, so neither tells remedies. The layout of both is practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosure.letters import claim_letter
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law, is_claim
from disclosure.rules.claims import claim
from disclosure.rules.kinds import Field, Requester
from disclosure.rules.regimes import Regime
from disclosure.rules.statutes import STATUTES, cite
from disclosure.rules.transfers import transfer_rule
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

TYPE = "transfer"
EFFECT_OF_CLAIM, CARRY_OUT_CLAIM = "correction-transfer-effect", "correction-transfer-carry-out"
AGENTS_JA = {Requester.STATUTORY: "法定代理人", Requester.MANDATED: "任意代理人"}


@dataclass(frozen=True)
class Told:
    """What both letters tell. ``part`` is empty for the whole; ``corrections``: asked for on, answered on (or None);

    ``longer_on`` are the days on which more time was told of, ``due_on`` the day of the decision as the clock stands.
    """

    body: str
    head: str
    department: str
    postal_code: str
    address: str
    telephone: str
    part: str
    reason: str
    transferred_on: date
    due_on: date
    enclosed: tuple[str, ...] = ()
    corrections: tuple[tuple[date, date | None], ...] = ()
    longer_on: tuple[date, ...] = ()


def to_the_body(
    case: Case,
    told: Told,
    values: Mapping[Field, str],
    *,
    paper: Paper,
) -> Context:
    """F8: hands the request over, with who asks and what was done so far.

    It is the one letter that gives a protected address to somebody else: name and address are what a request has to
    hold (第77条第1項第1号), and the body that decides from now on has to answer there. It says so in words.
    """
    shared = _shared(
        case,
        told,
        values,
        "事案の移送について",
        paper=paper,
    )
    return {
        **shared,
        "addressee": f"{told.body}　{told.head}",
        "addressee_postal_code": told.postal_code,
        "addressee_address": told.address,
        "honorific": "殿",
        "person": _person(case, values),
        "done": _done(case, told),
        "enclosed": list(told.enclosed),
        "protected": case.protected,
    }


def to_the_requester(
    case: Case,
    told: Told,
    values: Mapping[Field, str],
    *,
    paper: Paper,
) -> Context:
    """F9: says to whom the request went, why, and that no clock begins anew."""
    shared = _shared(
        case,
        told,
        values,
        "事案の移送について（通知）",
        paper=paper,
    )
    return {**shared, "periods": {}, "type": TYPE, "days_iso": {"due": told.due_on.isoformat()}}


def _shared(
    case: Case,
    told: Told,
    values: Mapping[Field, str],
    title: str,
    *,
    paper: Paper,
) -> Context:
    law = case_law(case)
    basis, effect = _places(case, law)
    citation = cite(basis, case.law_day)
    shared = frame(
        case,
        law,
        values,
        title=title,
        statute=STATUTES[citation.statute],
        article=citation.ja,
        paper=paper,
    )
    return {
        **shared,
        "whole": not told.part.strip(),
        "moved": [line for line in told.part.splitlines() if line.strip()],
        "reason": [line for line in told.reason.splitlines() if line.strip()],
        "transferred": format_wareki(told.transferred_on),
        "due": format_wareki(told.due_on),
        "effect_article": cite(effect, case.law_day).ja,
        **(_claim(case, law) if is_claim(case) else {}),
        "body": {
            "name": told.body,
            "head": told.head,
            "department": told.department,
            "address": f"〒{told.postal_code}　{told.address}" if told.postal_code else told.address,
            "telephone": told.telephone,
        },
    }


def _places(case: Case, law: Regime) -> tuple[str, str]:
    """Where the law allows the transfer, and where it says what becomes of what was done before; keys of citations."""
    if is_claim(case):
        row = claim(law.kind, law.code, case.law_day)
        if row is None or not row.transfer_citation:
            raise KeyError(f"No transfer of {law.kind} under {law.code}")
        return row.transfer_citation, EFFECT_OF_CLAIM
    rule = transfer_rule(law, case.law_day)
    if rule is None:
        raise KeyError(f"No transfer under {law.code}")
    return rule.citation, rule.effect_citation


def _claim(case: Case, law: Regime) -> Context:
    said = claim_letter.words(case, law)
    return {
        "claim": said,
        "asked_ja": said["request"],
        "decisions_ja": said["decisions"],
        "carry_article": cite(CARRY_OUT_CLAIM, case.law_day).ja,
    }


def _person(case: Case, values: Mapping[Field, str]) -> list[tuple[str, str]]:
    """Who asks, and for whom where a representative does."""
    own = [
        ("氏名", values[Field.NAME]),
        ("住所又は居所", _address(values, Field.POSTAL_CODE, Field.ADDRESS)),
        ("連絡先", values.get(Field.TELEPHONE, "")),
    ]
    if case.requester is Requester.PERSON:
        return [row for row in own if row[1]]
    agent = [
        (f"請求者（{AGENTS_JA[case.requester]}）の氏名", values.get(Field.AGENT_NAME, "")),
        ("請求者の住所又は居所", _address(values, Field.AGENT_POSTAL_CODE, Field.AGENT_ADDRESS)),
        ("請求者の連絡先", values.get(Field.AGENT_TELEPHONE, "")),
    ]
    return [row for row in (*agent, ("本人の氏名", own[0][1]), ("本人の住所又は居所", own[1][1])) if row[1]]


def _address(values: Mapping[Field, str], code: Field, field: Field) -> str:
    text = values.get(field, "")
    return f"〒{values[code]}　{text}" if values.get(code) and text else text


def _done(case: Case, told: Told) -> list[str]:
    """What was done before the transfer, which counts as the receiver's."""
    claimed = claim(case.kind, case.regime, case.law_day) if is_claim(case) else None
    asked_ja = claimed.request_ja if claimed else "開示請求"
    decisions_ja = claimed.decisions_ja if claimed else "開示決定等"
    rows = [f"{format_wareki(case.received_on)}　{asked_ja}を受けた。"]
    if case.identity_confirmed_at is not None:
        rows.append("請求者の本人確認を終えた。")
    for asked, answered in told.corrections:
        until = f"{format_wareki(answered)}に補正された" if answered else "補正はされていない"
        rows.append(f"{format_wareki(asked)}　補正を求め、{until}。")
    longer = f"{decisions_ja}の期限を延長し、又は期限の特例を適用した。"
    rows += [f"{format_wareki(day)}　{longer}" for day in told.longer_on]
    return rows
