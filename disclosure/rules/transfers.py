"""Handing a request over to another body that holds the record: where the law knows it, and how far it has come.

事案の移送: 個人情報の保護に関する法律 第85条. The receiver decides; what was done before counts as done by it, so no
clock begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.claims import claim
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.statutes import cite
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force

NOT_UNDER_THIS_LAW = N_("The law of this request knows no transfer: tell the requester where to ask.")
UNIFORM = N_("A request about inquiries gets one answer in one way, so this step is not used for it.")
NOT_A_REQUEST = N_("The law knows no transfer of this claim.")


class TransferState(StrEnum):
    """How far a transfer has come: the other body was consulted, agreed or declined; both letters went out."""

    CONSULTED = "consulted"
    AGREED = "agreed"
    DECLINED = "declined"
    DONE = "done"
    DROPPED = "dropped"


IN_WORK = frozenset({TransferState.CONSULTED, TransferState.AGREED})


@dataclass(frozen=True)
class TransferRule:
    """Where a law allows the transfer, and where it says what becomes of what was done before."""

    regime: str
    citation: str
    effect_citation: str
    effective_from: date
    source: str


TRANSFERS = read("transfers.toml", "transfer", TransferRule)

for _row in TRANSFERS:
    cite(_row.citation, _row.effective_from)
    cite(_row.effect_citation, _row.effective_from)
    if not any(law.code == _row.regime and DecisionType.TRANSFERRED in law.decision_types for law in REGIMES):
        raise TableError(f"transfers.toml: {_row.regime} knows no decision of this kind.")


def transfer_rule(law: Regime, day: date) -> TransferRule | None:
    """The rule in force on ``day``; None where the law knows no transfer."""
    return in_force((row for row in TRANSFERS if row.regime == law.code), day)


def transfer_problem(law: Regime, day: date, kind: CaseKind, records: RecordKind) -> str:
    """What forbids a transfer of such a request, as a message id; empty when nothing does."""
    if kind is not CaseKind.DISCLOSURE:
        row = claim(kind, law.code, day)
        return "" if row is not None and row.transfer_citation else NOT_A_REQUEST
    if transfer_rule(law, day) is None:
        return NOT_UNDER_THIS_LAW
    return UNIFORM if records is RecordKind.INQUIRY else ""
