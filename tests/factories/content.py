"""Sample writings, staff and a small archive for the publishing room."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from content.cli import FOLDER
from content.models.bulletins import Bulletin, Withdrawal
from content.models.drafts import Draft
from content.models.letter_work import LetterStep
from content.models.letters import Letter, LetterBlock
from content.models.reading_room import ReadingDocument, ReadingFile, ReadingWithdrawal
from content.operations.load_archive import Loaded, load_archive
from content.operations.publish import approve_afterwards, publish, publish_now
from content.operations.review import send_for_review
from content.operations.withdraw import ask_withdrawal, withdraw
from content.operations.write_bulletin import write_bulletin
from content.rules.archive.reading import read_archive
from content.rules.archive.records import Archive
from content.rules.writing import (
    Writing,
    WrittenBulletin,
    WrittenFact,
    WrittenIncident,
    WrittenStatus,
    WrittenWithdrawal,
)
from portal.core.actor import SYSTEM, Actor, ActorKind, Role
from portal.core.db import Base

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
WRITER = Actor(ActorKind.STAFF, "writer", frozenset({Role.PUBLISHER}), "見本 花子")
APPROVER = Actor(ActorKind.STAFF, "approver", frozenset({Role.APPROVER}), "見本 一郎")
_read: list[Archive] = []


def the_archive() -> Archive:
    """The archive as it is in the repository, read once."""
    if not _read:
        _read.append(read_archive(FOLDER))
    return _read[0]


def load(session: Session, archive: Archive | None = None, *, at: datetime = NOW) -> Loaded:
    """Load an archive, by default the whole one."""
    return load_archive(session, archive or the_archive(), by=SYSTEM, at=at)


def a_fact(**values: Any) -> WrittenFact:
    """A number of affected cards."""
    given: dict[str, Any] = {
        "field": "affected-cards", "certainty": "estimated", "area": "JP", "number": 1200.0, "unit": "cards",
    }  # fmt: skip
    return WrittenFact(**{**given, **values})


def a_writing(*facts: WrittenFact, incident: dict[str, Any] | None = None, **bulletin: Any) -> Writing:
    """A first bulletin about the certificate service."""
    whole: dict[str, Any] = {
        "title_ja": "電子証明書の発行が遅れる障害", "title_en": "Certificates delayed",
        "systems": ("jpki",), "areas": ("JP",), "state": "open", "severity": 2,
        "cause_key": "unknown", "cause_status": "under-investigation",
        "occurred_on": date(2026, 4, 1),
    }  # fmt: skip
    text: dict[str, Any] = {
        "title_ja": "発行が遅れています", "title_en": "Issuing is slow", "body_ja": "窓口での発行が遅れています。",
        "body_en": "Issuing at counters is slow.", "publisher": "jlis",
    }  # fmt: skip
    return Writing(
        incident=WrittenIncident(**{**whole, **(incident or {})}),
        bulletin=WrittenBulletin(facts=facts or (a_fact(),), **{**text, **bulletin}),
    )


def a_correction(old: str, **fact: Any) -> Writing:
    """A correction of one fact."""
    writing = a_writing(a_fact(corrects=old, certainty="confirmed", **fact))
    why = {"reason_ja": "集計の誤り", "reason_en": "Counted wrongly", "noticed_on": date(2026, 4, 2)}
    return replace(writing, bulletin=replace(writing.bulletin, correction=True, **why))  # type: ignore[arg-type]


def a_draft(session: Session, writing: Writing | None = None, *, key: str = "slow-2026", new: bool = True) -> Draft:
    """A draft by WRITER."""
    return write_bulletin(session, writing or a_writing(), incident_key=key, new=new, by=WRITER, at=NOW)


def a_published(
    session: Session, writing: Writing | None = None, *, key: str = "slow-2026", new: bool = True
) -> Bulletin:
    """A bulletin written by WRITER and published by APPROVER."""
    draft = a_draft(session, writing, key=key, new=new)
    send_for_review(session, draft, by=WRITER, at=NOW)
    return publish(session, draft, by=APPROVER, at=NOW)


def a_published_at_once(session: Session, *, key: str = "down-2026", approved: bool = False) -> Bulletin:
    """A first bulletin that WRITER published alone, with a status; APPROVER agreed afterwards where ``approved``."""
    status = WrittenStatus(system="jpki", status="outage", area="JP")
    draft = a_draft(session, a_writing(statuses=(status,)), key=key)
    bulletin = publish_now(session, draft, reason="夜間のため", by=WRITER, at=NOW)
    if approved:
        approve_afterwards(session, bulletin, by=APPROVER, at=NOW)
    return bulletin


def a_withdrawal(session: Session, key: str, number: int) -> Withdrawal:
    """A bulletin that WRITER asked to take back; APPROVER agreed."""
    text = WrittenWithdrawal(number=number, reason_ja="別の障害の文だった", reason_en="It was about another fault")
    draft = ask_withdrawal(session, key, text, by=WRITER, at=NOW)
    return withdraw(session, draft, by=APPROVER, at=NOW)


def a_filed_letter() -> list[Base]:
    """A letter that was filed and opened, with one question; as bare rows."""
    key = "q-2026-0001"
    days: dict[str, Any] = {"sent_on": date(2026, 11, 2), "received_on": date(2026, 11, 4)}
    days |= {"answer_due_on": date(2026, 12, 4), "fiscal_year": 2026, "sequence": 1, "original_sha256": "0" * 64}
    letter = Letter(key=key, filed=True, state="open", title_ja="質問書（見本）", title_en="", channel="online", **days)
    lines: dict[str, Any] = {"position": 1, "depth": 0, "first_line": 1, "last_line": 1}
    block = LetterBlock(letter_key=key, kind="question", code="1", label="1.", text="なぜか", **lines)
    return [letter, block, LetterStep(id="step-1", letter_key=key, position=1, at=NOW, kind="filed", note="")]


def a_document(key: str = "r08-000001-1", **changes: Any) -> list[Base]:
    """A document of the reading room with its file; as bare rows."""
    said: dict[str, Any] = {
        "request_number": "開-R08-000001-G", "title_ja": "改修の契約書（見本）", "title_en": "A sample contract",
        "description_ja": "改修の契約書です。", "description_en": "A contract.", "law_ja": "法", "law_en": "Act",
        "disclosed_on": date(2026, 11, 2), "published_at": NOW, "media_type": "text/plain", "size": 4, "pages": 1,
        "sha256": "0" * 64, "written_by": "a", "approved_by": "b",
        "withheld": [{"part": "氏名", "article": "第5条第1号", "label_ja": "個人", "label_en": "Individual"}],
    }  # fmt: skip
    document = ReadingDocument(key=key, **{**said, **changes})
    return [document, ReadingFile(document_key=key, data=b"text", text="仕様書の本文")]


def a_document_taken_back() -> list[Base]:
    """A document that is no longer shown; as bare rows."""
    document, _file = a_document()
    gone = {"reason_ja": "誤り", "reason_en": "A mistake", "withdrawn_by": "c", "withdrawn_at": NOW}
    return [document, ReadingWithdrawal(document_key="r08-000001-1", **gone)]
