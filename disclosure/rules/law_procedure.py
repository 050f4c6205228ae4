"""What the list of the law says of each regime's states, and of requests that all get one answer, as plain values."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.rules import procedure
from disclosure.rules.grounds import ground
from disclosure.rules.kinds import RECORDS
from disclosure.rules.law_others import Said
from disclosure.rules.regimes import REGIMES
from disclosure.rules.states import Action
from disclosure.rules.uniform import UNIFORM

LAW = "law"


def steps() -> Iterator[Said]:
    """The states of every regime with the steps that it does not know, and every uniform answer."""
    for law in REGIMES:
        known = ", ".join(procedure.states(law))
        without = ", ".join(action for action in Action if procedure.refusal(law, action)) or "–"
        yield Said(
            "states", (law.code,), "事案の状態とない手続", "States of a request, and steps that there are not",
            f"{known}。ない手続：{without}", f"{known}. Not: {without}", "", law.effective_from, LAW, "",
        )  # fmt: skip
    for row in UNIFORM:
        name, text = RECORDS[row.record], f"{row.part_ja}\n{row.nature_ja}\n{row.harm_ja}"
        yield Said(
            f"uniform-{row.record}",
            (row.regime,),
            f"{name.ja}（一律の回答）",
            f"{name.en} (one answer for everybody)",
            f"受付から{row.issue_day}日目（休日のときは翌開庁日）、過ぎたときは{row.again_days}日ごと。\n{text}",
            f"On day {row.issue_day} after receipt (or the next business day), then every {row.again_days} days."
            f"\n{text}",
            ground(row.regime, row.ground).article_ja,
            row.effective_from,
            row.source,
            "issue_day, again_days, nature_ja, harm_ja",
        )
