"""What a request is about and how its answer is to arrive: the closed lists that forms offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.tables import in_force, read


class RecordKind(StrEnum):
    """Which records are asked for."""

    FORM = "form"
    PHOTO = "photo"
    BOTH = "both"

    @property
    def parts(self) -> tuple[RecordKind, ...]:
        """The single records: ``both`` is form and photo."""
        return (RecordKind.FORM, RecordKind.PHOTO) if self is RecordKind.BOTH else (self,)


class Delivery(StrEnum):
    """How the disclosure is to be made (開示の実施の方法)."""

    DOWNLOAD = "download"
    POST = "post"
    OFFICE = "office"


class Format(StrEnum):
    """In which form the copy is wanted."""

    PDF = "pdf"
    IMAGE = "image"
    PAPER = "paper"
    LARGE_PRINT = "large-print"


class Channel(StrEnum):
    """How the request reached the office."""

    WEB = "web"
    WINDOW = "window"
    POST = "post"
    FAX = "fax"


class FileKind(StrEnum):
    """What a sealed file of a case is."""

    IDENTITY = "identity"
    CORRECTION = "correction"
    RECORD = "record"


class Field(StrEnum):
    """The sealed personal values of a case; stored exactly as typed."""

    NAME = "name"
    KANA = "kana"
    POSTAL_CODE = "postal-code"
    ADDRESS = "address"
    BIRTH_DATE = "birth-date"
    TELEPHONE = "telephone"
    EMAIL = "email"
    DETAILS = "details"


@dataclass(frozen=True)
class Purpose:
    """The purpose of use (利用目的) of one record, as a letter of disclosure states it."""

    key: str
    record: RecordKind
    ja: str
    en: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class RecordName:
    """What letters and pages call a record."""

    kind: RecordKind
    ja: str
    en: str


PURPOSES = read("purposes.toml", "purpose", Purpose)
RECORDS = {row.kind: row for row in read("purposes.toml", "record", RecordName)}

DELIVERY_JA = {
    Delivery.DOWNLOAD: "電子データの提供（受付番号と確認コードによるダウンロード）",
    Delivery.POST: "写しの送付",
    Delivery.OFFICE: "事務所における閲覧又は写しの交付",
}


def purpose(record: RecordKind, day: date) -> Purpose:
    """The purpose of use of a single record on ``day``; KeyError when none is listed."""
    found = in_force((row for row in PURPOSES if row.record == record), day)
    if found is None:
        raise KeyError(f"No purpose for {record} on {day}")
    return found
