"""Which regimes an organisation answers, by its profile, and how a request under them comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.regimes import REGIMES, Regime, regime
from disclosure.rules.tables import read
from portal.core.law_tables import TableError


class Way(StrEnum):
    """How a request under a regime can be made here."""

    WEB = "web"
    PAPER = "paper"


@dataclass(frozen=True)
class Offer:
    """A regime that organisations of a profile answer, from a day on; ``source`` is ``law`` or ``practice``."""

    profile: str
    regime: str
    way: Way
    effective_from: date
    source: str


OFFERS = read("offers.toml", "offer", Offer)

_known = {row.code for row in REGIMES}
for _row in OFFERS:
    if _row.regime not in _known:
        raise TableError(f"offers.toml: {_row.regime} is no regime.")
for _regime in REGIMES:
    if _regime.profile and not any(
        _row.way is Way.WEB and (_row.profile, _row.regime) == (_regime.profile, _regime.code) for _row in OFFERS
    ):
        raise TableError(f"offers.toml: {_regime.profile} does not take in its own {_regime.code} on the web.")


def offered(profile: str, day: date) -> tuple[tuple[Offer, Regime], ...]:
    """What an organisation of ``profile`` answers on ``day``, with the regimes as they stand; empty when unknown."""
    return tuple(
        (row, regime(row.regime, day)) for row in OFFERS if row.profile == profile and row.effective_from <= day
    )
