"""What an enquiry must say (X2), what it must never say (X3), and the ways by which it goes (X6, X14, paragraph 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from discrepancy.rules.fields import FormKind as FormKind
from discrepancy.rules.report_checks import EMPTY, FUTURE, NOT_A_DAY, NOT_A_TIME, Fault, as_day, as_time
from discrepancy.rules.serial import LOOKS_PERSONAL
from discrepancy.rules.serial import NOT_A_SERIAL as NOT_A_SERIAL
from discrepancy.rules.serial import serial_fault as serial_fault
from portal.core import detectors, names
from portal.core.errors import N_

# The six items by which the provider finds the section in charge (paragraph 1(2)).
ITEMS = ("occurred_on", "summary", "affair", "information", "serial_number", "request")
SEARCH_FIRST = N_("Say that you looked for the question among the frequent ones first.")


class BodyKind(StrEnum):
    """``aggregator``: 集約機関, which bundles what municipalities ask. ``desk`` of each routes, and need not answer."""

    PREFECTURE = "prefecture"
    MUNICIPALITY = "municipality"
    MINISTRY = "ministry"
    OTHER = "other"
    OPERATOR = "operator"
    AGGREGATOR = "aggregator"


class EnquiryKind(StrEnum):
    """To whom: the provider of the data, the operator of the network, the aggregating body, the ministry in charge."""

    PROVIDER = "provider"
    OPERATOR = "operator"
    AGGREGATOR = "aggregator"
    MINISTRY = "ministry"
    OTHERS_AFFECTED = "others-affected"


@dataclass(frozen=True)
class Route:
    """The bodies that an enquiry passes through in their order, by kind, and the forms that may carry it."""

    passes: tuple[BodyKind, ...]
    forms: tuple[FormKind, ...]
    paragraph: str


def route(asker: BodyKind, kind: EnquiryKind) -> Route:
    """The way of an enquiry by paragraph 4 of the notice: a municipality goes through its prefecture."""
    municipality = asker is BodyKind.MUNICIPALITY
    through = (BodyKind.PREFECTURE,) if municipality else ()
    match kind:
        case EnquiryKind.PROVIDER:
            return Route((), (FormKind.ENQUIRY, FormKind.WORK), "4(1)")
        case EnquiryKind.OPERATOR:
            passes = (*through, BodyKind.AGGREGATOR, BodyKind.OPERATOR) if municipality else (BodyKind.OPERATOR,)
            return Route(passes, (FormKind.ENQUIRY, FormKind.WORK), "4(2)")
        case EnquiryKind.AGGREGATOR:
            return Route((BodyKind.AGGREGATOR,), (), "4(3)")
        case EnquiryKind.MINISTRY | EnquiryKind.OTHERS_AFFECTED:
            return Route((*through, BodyKind.MINISTRY), (), "4(4)")


def check_enquiry(said: Mapping[str, str], *, today: date, frequent_searched: bool) -> list[Fault]:
    """What hinders sending an enquiry: one of the six items is missing, or a personal number is in it."""
    found = []
    for item in ITEMS:
        value = said.get(item, "").strip()
        if not value:
            found.append(Fault(item, EMPTY))
        elif item == "serial_number":
            if message := serial_fault(value):
                found.append(Fault(item, message))
        elif detectors.scan(value).verdict == "block":
            found.append(Fault(item, LOOKS_PERSONAL))
        elif problem := names.problem(value, lines=True):
            found.append(Fault(item, problem))
    if day := said.get("occurred_on", ""):
        known = as_day(day)
        if known is None or known > today:
            found.append(Fault("occurred_on", NOT_A_DAY if known is None else FUTURE))
    if (clock := said.get("occurred_at", "")) and as_time(clock) is None:
        found.append(Fault("occurred_at", NOT_A_TIME))
    if not frequent_searched:
        found.append(Fault("frequent_searched", SEARCH_FIRST))
    return found
