"""What a request is about and how its answer is to arrive: the closed lists that forms offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.tables import read
from portal.core.law_tables import in_force


class CaseKind(StrEnum):
    """What is asked for: to see (開示), to have mended (訂正), or no longer used (利用停止)."""

    DISCLOSURE = "disclosure"
    CORRECTION = "correction"
    SUSPENSION = "suspension"


class Requester(StrEnum):
    """Who asks: the person concerned, their statutory representative (法定代理人) or a mandated agent (任意代理人)."""

    PERSON = "person"
    STATUTORY = "statutory"
    MANDATED = "mandated"


class RecordKind(StrEnum):
    """Which records are asked for. ``inquiry``: whether an investigator asked for one's records (捜査関係事項照会).

    ``documents`` are those of the organisation's work (法人文書), which anybody may ask for.
    """

    FORM = "form"
    PHOTO = "photo"
    BOTH = "both"
    IDENTITY_DATA = "identity-data"
    CERTIFICATES = "certificates"
    EXCHANGE_LOG = "exchange-log"
    INQUIRY = "inquiry"
    OTHER = "other"
    DOCUMENTS = "documents"

    @property
    def parts(self) -> tuple[RecordKind, ...]:
        """The single records: ``both`` is form and photo."""
        return (RecordKind.FORM, RecordKind.PHOTO) if self is RecordKind.BOTH else (self,)

    @property
    def personal(self) -> bool:
        """Whether it is about whoever asks, so that it matters who they are; documents are given to everybody alike."""
        return all(RECORDS[part].personal for part in self.parts)


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
    TEXT = "text"
    CARRIER = "carrier"
    INSPECTION = "inspection"


class Channel(StrEnum):
    """How the request reached the office."""

    WEB = "web"
    WINDOW = "window"
    POST = "post"
    FAX = "fax"


class FileKind(StrEnum):
    """What a sealed file of a case is. ``agency`` proves that somebody may act for the person concerned."""

    IDENTITY = "identity"
    AGENCY = "agency"
    CORRECTION = "correction"
    EVIDENCE = "evidence"
    OPINION = "opinion"
    RECORD = "record"


# The requester never reads what somebody else said about their request.
NOT_THE_REQUESTERS = frozenset({FileKind.OPINION})


class Field(StrEnum):
    """The sealed personal values of a case; stored exactly as typed.

    ``name`` to ``birth-date`` are those of the person concerned (本人), whoever asks; ``agent-…`` those of the
    representative, to whom letters then go, and the code of the capacity in which they act. ``claim``,
    ``claim-reason`` and ``disclosed`` belong to claims (趣旨, 理由, and by which disclosure the record became known).
    ``representative`` and ``contact-person`` are those of a company or group that asks for documents (代表者, 担当者).
    """

    NAME = "name"
    KANA = "kana"
    POSTAL_CODE = "postal-code"
    ADDRESS = "address"
    BIRTH_DATE = "birth-date"
    TELEPHONE = "telephone"
    EMAIL = "email"
    DETAILS = "details"
    ADDRESS_THEN = "address-then"
    AGENT_NAME = "agent-name"
    AGENT_KANA = "agent-kana"
    AGENT_POSTAL_CODE = "agent-postal-code"
    AGENT_ADDRESS = "agent-address"
    AGENT_TELEPHONE = "agent-telephone"
    AGENT_CAPACITY = "agent-capacity"
    CLAIM = "claim"
    CLAIM_REASON = "claim-reason"
    DISCLOSED = "disclosed"
    REPRESENTATIVE = "representative"
    CONTACT_PERSON = "contact-person"


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
    """What letters and pages call a record, in ``easy`` words too, and under which ``regimes`` it can be answered.

    ``described``: only words of the request say which one it is, so they are needed (個人情報保護法 第77条第1項第2号).
    ``personal``: it is about a person, who alone may ask for it.
    """

    kind: RecordKind
    ja: str
    en: str
    short_ja: str
    short_en: str
    easy: str
    regimes: tuple[str, ...]
    described: bool = False
    personal: bool = True


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
