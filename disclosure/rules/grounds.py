"""Grounds for not disclosing (不開示事由): which exist under a regime, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.kinds import CaseKind
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.tables import read


class Wording(StrEnum):
    """What the last two parts of a reason are about.

    Nature and harm, the search made, the defect of form, what an answer would reveal, or who else holds the record.
    """

    HARM = "harm"
    NOT_HELD = "not-held"
    FORM = "form"
    CLAIM = "claim"  # of a claim: what was found and is done, and why
    NEITHER = "neither"
    DISCRETION = "discretion"  # disclosed all the same: which ground would apply, and what outweighs it
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Ground:
    """One ground. ``types`` are the decision types it can carry; ``only_for`` the holders it is reserved to.

    ``kind`` is what was asked for. On a ground that ``grants`` a part of a claim is granted; ``measures`` are then what
    can be done about it. On a ground that ``discloses`` a part is disclosed although it could be withheld (裁量的開示).
    """

    regime: str
    code: str
    parent: str
    article_ja: str
    label_ja: str
    label_en: str
    only_for: tuple[str, ...]
    types: tuple[str, ...]
    wording: Wording
    effective_from: date
    source: str
    kind: CaseKind = CaseKind.DISCLOSURE
    grants: bool = False
    measures: tuple[str, ...] = ()
    discloses: bool = False


GROUNDS = read("grounds.toml", "ground", Ground) + read("claims.toml", "ground", Ground)


def available(regime: Regime, decision_type: str, day: date) -> tuple[Ground, ...]:
    """The grounds that an organisation under ``regime`` may use for a decision type on ``day``."""
    return tuple(
        row
        for row in GROUNDS
        if row.regime == (regime.grounds_of or regime.code)
        and row.kind is regime.kind
        and row.code not in regime.grounds_without
        and decision_type in row.types
        and row.effective_from <= day
        and (not row.only_for or regime.holder in row.only_for)
    )


def ground(regime_code: str, code: str) -> Ground:
    """The ground with this code; KeyError when the regime has none."""
    lent = {row.grounds_of for row in REGIMES if row.code == regime_code and code not in row.grounds_without}
    for row in GROUNDS:
        if row.regime in {regime_code} | lent and row.code == code:
            return row
    raise KeyError(code)
