"""Putting disclosed documents into the public reading room, and taking one back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content import policy
from content.models.reading_room import ReadingDocument, ReadingFile, ReadingWithdrawal
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner
from content.rules.reading_room import ENDINGS, next_key, stem
from portal.core import audit, detectors, screening
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Forbidden, Invalid

LONGEST_TITLE, LONGEST = (200, 800), (2000, 8000)
STEP, OVERLAP = 20_000, 200
TWO = N_("Another person must agree to what you proposed.")


@dataclass(frozen=True)
class Withheld:
    """One part that is not shown, in words, and the ground on which."""

    part: str
    article: str
    label_ja: str
    label_en: str

    def plain(self) -> dict[str, str]:
        return {
            "part": self.part, "article": self.article, "label_ja": self.label_ja, "label_en": self.label_en,
        }  # fmt: skip


@dataclass(frozen=True)
class NewDocument:
    """A document as it was handed out: its bytes, their text where they have one, and what stands beside it.

    ``proposed_by`` is who chose it; whoever publishes it is another person.
    """

    request_number: str
    title_ja: str
    title_en: str
    description_ja: str
    description_en: str
    law_ja: str
    law_en: str
    withheld: tuple[Withheld, ...]
    disclosed_on: date
    media_type: str
    pages: int
    data: bytes
    text: str
    proposed_by: str


def publish_document(session: Session, new: NewDocument, *, by: Actor, at: datetime) -> ReadingDocument:
    """Show a document to everybody, for ever at its address.

    Forbidden for whoever proposed it; Invalid with ``field`` for a text that cannot be taken, and where the file's own
    text holds what looks like a personal number.
    """
    policy.check_show_documents(by)
    if by.id == new.proposed_by:
        raise Forbidden(TWO)
    check_words(new.title_ja, new.title_en, new.description_ja, new.description_en)
    for one in new.withheld:
        screening.lines(one.part, field="withheld")
    if new.media_type not in ENDINGS:
        raise Invalid(N_("A file of this sort cannot be shown."), field="file")
    screen_text(new.text)
    taken = session.scalars(select(ReadingDocument.key).where(ReadingDocument.key.startswith(stem(new.request_number))))
    row = ReadingDocument(
        key=next_key(new.request_number, list(taken)),
        request_number=new.request_number,
        title_ja=new.title_ja.strip(),
        title_en=new.title_en.strip(),
        description_ja=new.description_ja.strip(),
        description_en=new.description_en.strip(),
        law_ja=new.law_ja,
        law_en=new.law_en,
        withheld=[one.plain() for one in new.withheld],
        disclosed_on=new.disclosed_on,
        published_at=at,
        media_type=new.media_type,
        size=len(new.data),
        pages=new.pages,
        sha256=hashlib.sha256(new.data).hexdigest(),
        written_by=new.proposed_by,
        approved_by=by.id,
    )
    session.add(row)
    session.flush()
    session.add(ReadingFile(document_key=row.key, data=new.data, text=new.text))
    session.flush()
    public_changed(session, [record_key(Owner.DOCUMENT, row.key)], at=at, alone=True)
    proof = {"sha256": row.sha256}
    audit.record(session, at=at, actor=by, action="content.document.publish", subject=row.key, detail=proof)
    return row


def check_words(title_ja: str, title_en: str, description_ja: str, description_en: str) -> None:
    """Invalid with ``field`` for what cannot stand beside a document: nothing, too much, or a personal number."""
    for field, text in (("title-ja", title_ja), ("title-en", title_en)):
        if not text.strip():
            raise Invalid(N_("Say in both languages what it is."), field=field)
        screening.line(text.strip(), field=field, limits=LONGEST_TITLE)
    for field, text in (("description-ja", description_ja), ("description-en", description_en)):
        screening.lines(text, field=field, limits=LONGEST)


def screen_text(text: str) -> None:
    """Invalid where a file's text holds what looks like a personal number, so that it must not be shown."""
    for start in range(0, len(text), STEP):
        # The pieces overlap, so that no number is cut in two.
        if detectors.scan(text[start : start + STEP + OVERLAP]).verdict == "block":
            raise Invalid(
                N_("The file holds what looks like a personal number. Do not show it; cover it first."), field="file"
            )


def withdraw_document(
    session: Session, key: str, reason_ja: str, reason_en: str, *, by: Actor, at: datetime
) -> ReadingWithdrawal:
    """Take a document back at once: its place, the reason and the day stay, its file and text are destroyed.

    One person can do it, for what must not be public must not wait. Conflict when it was taken back before.
    """
    policy.check_show_documents(by)
    row = session.get_one(ReadingDocument, key)
    if session.get(ReadingWithdrawal, key) is not None:
        raise Conflict(N_("This document was taken back already."))
    for field, text in (("reason-ja", reason_ja), ("reason-en", reason_en)):
        if not text.strip():
            raise Invalid(N_("Say in both languages why it is withdrawn."), field=field)
        screening.lines(text, field=field, limits=LONGEST)
    gone = ReadingWithdrawal(
        document_key=key, reason_ja=reason_ja.strip(), reason_en=reason_en.strip(), withdrawn_by=by.id, withdrawn_at=at
    )
    session.add(gone)
    session.execute(delete(ReadingFile).where(ReadingFile.document_key == key))
    session.flush()
    public_changed(session, [record_key(Owner.DOCUMENT, key)], at=at, alone=True)
    proof = {"sha256": row.sha256}
    audit.record(session, at=at, actor=by, action="content.document.withdraw", subject=key, detail=proof)
    return gone
