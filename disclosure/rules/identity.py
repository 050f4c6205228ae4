"""Who is asking: which documents show it (個人情報保護法施行令 第22条). Document numbers are never kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.tables import read
from portal.core.errors import N_


class Shows(StrEnum):
    """What a checked document shows: who is asking, or that they may act for the person concerned."""

    REQUESTER = "requester"
    AGENCY = "agency"


@dataclass(frozen=True)
class Document:
    """A kind of document; one with a photo is enough, of the others two are needed."""

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


@dataclass(frozen=True)
class Checked:
    """What an officer saw: the document's code, its day of expiry if it has one, and whether name and address agree."""

    document: str
    expires_on: date | None
    name_agrees: bool
    address_agrees: bool


DOCUMENTS = {row.code: row for row in read("id_documents.toml", "document", Document)}


def accepted(day: date) -> tuple[Document, ...]:
    """The documents that are accepted on ``day``."""
    return tuple(row for row in DOCUMENTS.values() if row.accepted and row.effective_from <= day)


def problem(checked: Sequence[Checked], *, received_on: date, today: date) -> str | None:
    """Why these documents do not show who is asking (a message id), or None when they do."""
    if not checked:
        return N_("Say which document you checked.")
    for row in checked:
        kind = DOCUMENTS.get(row.document)
        if kind is None or not kind.accepted:
            return N_("This document is not accepted as proof of identity.")
        if kind.expires and row.expires_on is None:
            return N_("Enter until when the document is valid.")
        if row.expires_on is not None and row.expires_on < received_on:
            return N_("The document had expired when the request arrived. Ask for a correction.")
        if not row.name_agrees or not row.address_agrees:
            return N_("Name or address on the document differs from the request. Ask for a correction.")
    codes = {row.document for row in checked}
    if not any(DOCUMENTS[code].photo for code in codes) and len(codes) < 2:
        return N_("A document without a photo needs a second one.")
    return None
