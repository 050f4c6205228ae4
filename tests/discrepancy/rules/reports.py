"""Filled-in reports for the tests; all of it is made up."""

from __future__ import annotations

PROVIDER_CAUSED: dict[str, str] = {
    "filed_on": "2026-11-02",
    "body_code": "011011",
    "body_name": "北海道札幌市",
    "department": "見本課",
    "position": "係長",
    "person": "見本 太郎",
    "telephone": "011-000-0000",
    "fax": "011-000-0001",
    "mail": "mihon@example.jp",
    "occurred_on": "2026-10-26",
    "occurred_at": "09:05",
    "recovered_on": "2026-10-28",
    "recovered_at": "17:00",
    "affair": "child-allowance",
    "information": "local-tax",
    "causer": "provider",
    "human_cause": "duplicate-late",
    "cause_detail": "所得の更正のあと、副本の登録を翌日に行ったため、古い値が提供された。",
    "asked_operator": "no",
    "asked_others": "yes",
    "asked_whom": "自治体中間サーバー・ヘルプデスク（見本）",
    "told_ministry": "yes",
    "ministry": "soumu",
    "ministry_section": "見本室",
    "inquirer_kind": "municipality",
    "inquirer_name": "青森県見本市",
    "provider_effect": "papers",
    "duplicate_fixed": "yes",
    "inquirer_told": "yes",
    "others_checked": "yes",
    "others_told": "no",
    "not_done_because": "他に提供した相手がいなかったため。",
    "slow_told": "no",
    "slow_not_told_because": "翌日に原因が分かったため。",
}
_SIDE = ("inquirer_kind", "inquirer_name", "provider_effect")
_WRONG = ("duplicate_fixed", "inquirer_told", "others_checked", "others_told", "not_done_because")
INQUIRER_CAUSED: dict[str, str] = {
    **{key: value for key, value in PROVIDER_CAUSED.items() if key not in (*_SIDE, *_WRONG)},
    "causer": "inquirer",
    "human_cause": "number-written-wrongly",
    "provider_kind": "municipality",
    "provider_name": "青森県見本市",
    "inquirer_effect": "no-delay",
}
