"""The method of disclosure (開示の実施の方法): what goes together, and when the requester still has to choose.

Within 30 days from the day on which the notice arrived (第87条第3項・第4項). Whoever named a possible method in the
request need not say it again (施行令 第26条第2項); for the office a day has still to be chosen (施行令 第24条).
"""

from __future__ import annotations

from datetime import date

from disclosure.rules.kinds import Delivery, Format
from portal.core.errors import N_, Invalid

FITTING = {
    Delivery.DOWNLOAD: (Format.PDF, Format.IMAGE, Format.LARGE_PRINT, Format.TEXT),
    Delivery.POST: (Format.PAPER, Format.LARGE_PRINT, Format.CARRIER),
    Delivery.OFFICE: (Format.INSPECTION, Format.PAPER, Format.LARGE_PRINT, Format.CARRIER, Format.PDF, Format.IMAGE),
}
A_FILE = N_("A download is a file: choose PDF, image file, large print or plain text.")
BY_MAIL = N_("By mail we send paper or a data carrier: choose paper, large print or a data carrier.")
AT_OFFICE = N_("At our office choose looking at it, paper, large print, a data carrier, PDF or image file.")
MESSAGES = {Delivery.DOWNLOAD: A_FILE, Delivery.POST: BY_MAIL, Delivery.OFFICE: AT_OFFICE}


def fits(delivery: Delivery, wanted: Format) -> bool:
    """Whether the records can be had in this form by this way."""
    return wanted in FITTING[delivery]


def check(delivery: Delivery, wanted: Format, *, field: str = "format") -> None:
    """Invalid with ``field`` when form and way do not go together."""
    if not fits(delivery, wanted):
        raise Invalid(MESSAGES[delivery], field=field)


def must_choose(delivery: Delivery, wanted: Format) -> bool:
    """Whether the method named so far is not enough: no day at the office, or no possible form."""
    return delivery is Delivery.OFFICE or not fits(delivery, wanted)


def is_late(due_on: date | None, today: date) -> bool:
    """Whether the time to choose has passed; never while it has not begun."""
    return due_on is not None and today > due_on
