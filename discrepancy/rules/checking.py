"""What the inquirer looks at in its own house before it asks anybody (X1), and where outages are announced (X9)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from discrepancy.rules.states import CaseKind


class Check(StrEnum):
    """``number``: the number that the applicant wrote. ``operation``: what was done at the terminal.

    ``notices``: the operator's notices on the sharing site. ``outages``: the list of outages there. ``support``: the
    news of the intermediate servers' support site.
    """

    NUMBER = "number"
    OPERATION = "operation"
    OWN_SYSTEM = "own-system"
    NOTICES = "notices"
    OUTAGES = "outages"
    SUPPORT = "support"


SELF = (Check.NUMBER, Check.OPERATION, Check.OWN_SYSTEM)
OUTAGE = (Check.NOTICES, Check.OUTAGES, Check.SUPPORT)


def to_check(kind: CaseKind) -> tuple[Check, ...]:
    """What is looked at in a case of this kind, in order."""
    return SELF if kind is CaseKind.DIFFERENT else OUTAGE + SELF


def unchecked(wanted: tuple[Check, ...], checked: Mapping[str, bool]) -> tuple[Check, ...]:
    """What was not looked at yet; ``checked`` says of an item whether the fault was found there."""
    return tuple(item for item in wanted if item not in checked)
