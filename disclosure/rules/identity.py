"""Who is asking: which documents show it (個人情報保護法施行令 第22条). Document numbers are never kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.agents import fresh_for_any
from disclosure.rules.defects import Problem
from disclosure.rules.tables import read
from portal.core.errors import N_


class Shows(StrEnum):
    """What a checked document shows: who is asking, or that they may act for the person concerned."""

    REQUESTER = "requester"
    AGENCY = "agency"


@dataclass(frozen=True)
class Document:
    """A kind of document; one with a photo is enough, of the others two are needed.

    ``dated``: it must have been made within the days that the law allows before the request. ``by_mail``: it shows, as
    the law wants of requests by post, that the sender is the person on the copy (施行令 第22条第2項第2号).
    """

    code: str
    label_ja: str
    label_en: str
    photo: bool
    expires: bool
    accepted: bool
    note_ja: str
    note_en: str
    effective_from: date
    source: str
    dated: bool = False
    by_mail: bool = False


@dataclass(frozen=True)
class Checked:
    """What an officer saw: the document's code, its day of expiry or of issue, and whether name and address agree."""

    document: str
    expires_on: date | None
    name_agrees: bool
    address_agrees: bool
    issued_on: date | None = None


NONE = Problem(N_("Say which document you checked."), "identity-missing")
NOT_ACCEPTED = Problem(N_("This document is not accepted as proof of identity."), "identity-not-accepted")
NO_EXPIRY = Problem(N_("Enter until when the document is valid."), "identity-expired")
EXPIRED = Problem(N_("The document had expired when the request arrived. Ask for a correction."), "identity-expired")
NO_ISSUE = Problem(N_("Enter the day on which this paper was made."), "resident-record")
STALE = Problem(N_("This paper was not made in the days before the request. Ask for a correction."), "resident-record")
NAME = Problem(N_("The name on the document differs from the request. Ask for a correction."), "name-differs")
ADDRESS = Problem(N_("The address on the document differs from the request. Ask for a correction."), "address")
SECOND = Problem(N_("A document without a photo needs a second one."), "identity-second")
BY_MAIL = Problem(
    N_("By post also a certificate of residence is needed, to show that the sender is this person."), "resident-record"
)

DOCUMENTS = {row.code: row for row in read("id_documents.toml", "document", Document)}


def accepted(day: date) -> tuple[Document, ...]:
    """The documents that are accepted on ``day``."""
    return tuple(row for row in DOCUMENTS.values() if row.accepted and row.effective_from <= day)


def refused() -> tuple[Document, ...]:
    """The documents that are never accepted, however often people send them."""
    return tuple(row for row in DOCUMENTS.values() if not row.accepted)


def problems(
    checked: Sequence[Checked], *, received_on: date, days_asked: Sequence[date] = (), by_mail: bool = False
) -> tuple[Problem, ...]:
    """Everything that keeps these documents from showing who is asking; empty when they do.

    ``days_asked``: the days on which answers to corrections arrived, which may bring a newer paper.
    """
    if not checked:
        return (NONE,)
    found: list[Problem] = []
    known = [(row, DOCUMENTS[row.document]) for row in checked if row.document in DOCUMENTS]
    if len(known) < len(checked) or any(not kind.accepted for _row, kind in known):
        found.append(NOT_ACCEPTED)
    for row, kind in known:
        found += _amiss(row, kind, (received_on, *days_asked))
    codes = {kind.code for _row, kind in known if kind.accepted}
    if not found and not any(DOCUMENTS[code].photo for code in codes) and len(codes) < 2:
        found.append(SECOND)
    if not found and by_mail and not any(DOCUMENTS[code].by_mail for code in codes):
        found.append(BY_MAIL)
    return tuple(dict.fromkeys(found))


def _amiss(row: Checked, kind: Document, days: Sequence[date]) -> list[Problem]:
    found = []
    if kind.expires and row.expires_on is None:
        found.append(NO_EXPIRY)
    if row.expires_on is not None and row.expires_on < days[0]:
        found.append(EXPIRED)
    if kind.dated and row.issued_on is None:
        found.append(NO_ISSUE)
    elif kind.dated and row.issued_on is not None and not fresh_for_any(row.issued_on, days, days[0]):
        found.append(STALE)
    if not row.name_agrees:
        found.append(NAME)
    if not row.address_agrees:
        found.append(ADDRESS)
    return found
