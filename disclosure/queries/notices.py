"""The letters beside the decision, as drafted and as issued."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.notice import Notice, NoticeState
from portal.core.errors import NotFound
from portal.core.sealed import open_json
from portal.core.vault import CaseKey


def notices(session: Session, case: Case, kind: str = "", about_id: str | None = None) -> list[Notice]:
    """The notices of a case that were not dropped, oldest first; of one kind, or about one thing, where asked."""
    wanted = select(Notice).where(Notice.case_id == case.id, Notice.state != NoticeState.DROPPED)
    if kind:
        wanted = wanted.where(Notice.kind == kind)
    if about_id is not None:
        wanted = wanted.where(Notice.about_id == about_id)
    return list(session.scalars(wanted.order_by(Notice.drafted_at, Notice.id)))


def notice(session: Session, case: Case, notice_id: str) -> Notice:
    """One notice of this case; NotFound for another case's and for one that was dropped."""
    row = session.get(Notice, notice_id)
    if row is None or row.case_id != case.id or row.state is NoticeState.DROPPED:
        raise NotFound
    return row


def said(key: CaseKey, row: Notice) -> dict[str, Any]:
    """What was typed for it."""
    value: dict[str, Any] = open_json(key, Notice.__tablename__, "said", row.id, row.said_sealed)
    return value
