"""A code goes to an address, and who types it has shown that the address is theirs."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content.letters.mail_text import text
from content.models.letter_drafts import MailCode
from content.rules.question_letters.mail_codes import AGAIN, DIGITS, MOST_AN_HOUR, VALID, SentCode
from portal.core import jobs
from portal.core.db import new_id
from portal.core.errors import TooMany
from portal.core.mail import Mail
from portal.core.sealed import open_json, seal_json
from portal.core.settings import Settings
from portal.core.vault import OfficeVault, PublicVault

SEND = "content.mail_code"
TABLE, BLIND = MailCode.__tablename__, "content_mail_code.address"
HOUR = timedelta(hours=1)


def send_code(session: Session, address: str, *, language: str, vault: PublicVault, at: datetime) -> SentCode:
    """Have a new code mailed; the caller keeps it sealed. TooMany within a minute, or for too many in an hour."""
    blind = vault.blind(BLIND, address.strip().casefold())
    before = select(func.count(), func.max(MailCode.made_at)).where(MailCode.address_blind == blind)
    count, last = session.execute(before.where(MailCode.made_at > at - HOUR)).one()
    if count >= MOST_AN_HOUR:
        raise TooMany(retry_after=int(HOUR.total_seconds()))
    if last is not None and last + AGAIN > at:
        raise TooMany(retry_after=int(AGAIN.total_seconds()))
    row_id, code = new_id(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    key, wrap = vault.new_case(f"mail-code/{row_id}")
    sealed = seal_json(key, TABLE, "sealed", row_id, {"address": address.strip(), "code": code})
    session.add(MailCode(id=row_id, address_blind=blind, key_wrap=wrap, sealed=sealed, language=language, made_at=at))
    session.flush()
    jobs.enqueue(session, SEND, due_at=at, code=row_id)
    return SentCode(address.strip(), code, at)


def code_mail(session: Session, row_id: str, *, settings: Settings, vault: OfficeVault, now: datetime) -> Mail | None:
    """The mail with a code, while it still counts. It is opened here and nowhere kept in the clear."""
    row = session.get(MailCode, row_id)
    if row is None or now > row.made_at + VALID:
        return None
    key = vault.open_case(f"mail-code/{row_id}", row.key_wrap)
    opened, organisation = open_json(key, TABLE, "sealed", row_id, row.sealed), settings.organisation
    subject, body = text(
        "letter-code",
        row.language,
        code=opened["code"],
        minutes=str(int(VALID.total_seconds() // 60)),
        organisation=organisation.named(row.language),
        department=organisation.department,
        telephone=organisation.telephone,
    )
    return Mail(f"code-{row_id}", opened["address"], subject, body)


def forget_codes(session: Session, *, now: datetime) -> None:
    """Erase what was sent long ago."""
    session.execute(delete(MailCode).where(MailCode.made_at < now - HOUR))
