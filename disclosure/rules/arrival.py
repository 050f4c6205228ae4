"""How a letter reaches its requester, and on which day it has arrived (到達: 民法 第97条第1項)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from disclosure.rules.kinds import Channel, Delivery
from disclosure.rules.tables import read
from portal.core.calendar import add_business_days
from portal.core.errors import N_, Invalid
from portal.core.law_tables import TableError, in_force


class Way(StrEnum):
    """By which way a letter goes."""

    DOWNLOAD = "download"
    POST = "post"
    HANDED = "handed"


class Step(StrEnum):
    """What an entry of the ledger says: posted, arrived, come back, or that an earlier entry was a mistake."""

    POSTED = "posted"
    ARRIVED = "arrived"
    RETURNED = "returned"
    VOID = "void"


class Basis(StrEnum):
    """Why a day counts as the day of arrival.

    Opened on the site (電子受領: 情報通信技術を活用した行政の推進等に関する法律 第7条第3項), the post's record of
    delivery (書留の配達記録), presumed after some days (推定), or a receipt signed at the window (受領書).
    """

    ELECTRONIC = "electronic"
    PROOF = "proof"
    PRESUMED = "presumed"
    SIGNED = "signed"


class Returned(StrEnum):
    """Why the post brought a letter back."""

    UNKNOWN_ADDRESS = "unknown-address"
    NOT_COLLECTED = "not-collected"
    REFUSED = "refused"
    OTHER = "other"


class Cause(StrEnum):
    """Why a letter waits for the post."""

    WISH = "wish"
    ASKED = "asked"
    AGAIN = "again"


BASES = {
    Way.DOWNLOAD: frozenset({Basis.ELECTRONIC}),
    Way.POST: frozenset({Basis.PROOF, Basis.PRESUMED}),
    Way.HANDED: frozenset({Basis.SIGNED}),
}


@dataclass(frozen=True)
class Terms:
    """The office's own numbers of days, from a day on."""

    effective_from: date
    presumed_days: int
    unopened_days: int
    post_business_days: int
    source: str


TERMS = read("delivery.toml", "terms", Terms)

for _terms in TERMS:
    if min(_terms.presumed_days, _terms.unopened_days, _terms.post_business_days) < 1:
        raise TableError("delivery.toml: every number of days is at least 1.")


def terms(day: date) -> Terms:
    """The terms in force on ``day``; KeyError before the first."""
    found = in_force(TERMS, day)
    if found is None:
        raise KeyError(f"No terms of delivery on {day}")
    return found


def goes_by_post(channel: Channel, delivery: Delivery) -> bool:
    """Whether a letter is posted: only who came through the site and wishes to download has agreed to open it there."""
    return not (channel is Channel.WEB and delivery is Delivery.DOWNLOAD)


def presumed_on(posted_on: date) -> date:
    """The day on which a posted letter is presumed to have arrived."""
    return posted_on + timedelta(days=terms(posted_on).presumed_days)


def post_by(issued_on: date) -> date:
    """The last day on which a letter is posted in time."""
    return add_business_days(issued_on, terms(issued_on).post_business_days)


def open_by(issued_on: date) -> date:
    """Until when the office waits for a letter to be opened on the site."""
    return issued_on + timedelta(days=terms(issued_on).unopened_days)


_HYPHENS = re.compile(r"[‐‑‒–—―−ーｰ－\-\s]+")
_MAIL_NUMBER = re.compile(r"[0-9]{11}")
NOT_A_NUMBER = N_("This is not a registered-mail number. It has 11 digits, like 123-45-67890-1.")


def mail_number(text: str) -> str:
    """A registered-mail number as 123-45-67890-1, from any width, with hyphens, spaces or without; Invalid.

    Only the shape is checked.
    """
    digits = _HYPHENS.sub("", unicodedata.normalize("NFKC", text)) if len(text) <= 60 else ""
    if not _MAIL_NUMBER.fullmatch(digits):
        raise Invalid(NOT_A_NUMBER)
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:10]}-{digits[10]}"
