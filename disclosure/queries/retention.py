"""What need not be kept any longer, what is held, and the certificates of what was destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseKeys
from disclosure.models.file import CaseFile
from disclosure.models.legal_hold import LegalHold
from disclosure.rules.kinds import FileKind
from disclosure.rules.retention import HoldGround, Kept, Period, expiries, keep_until, period
from portal.core.audit import Entry
from portal.core.errors import NotFound
from portal.core.sealed import open_text
from portal.core.vault import CaseKey

DESTROYED = "disclosure.case.destroy"
PAGE = 50


@dataclass(frozen=True)
class Expired:
    """Records of a case whose time is over. ``files``: copies of documents; ``held``: a legal hold keeps them."""

    number: str
    kept: Kept
    period: Period
    ended_on: date
    kept_until: date
    files: int
    held: bool


@dataclass(frozen=True)
class HoldShown:
    """A hold with its note."""

    id: str
    ground: HoldGround
    note: str
    placed_at: datetime
    placed_name: str
    lifted_at: datetime | None
    lifted_name: str


@dataclass(frozen=True)
class Certificate:
    """That records of a case were destroyed: an entry of the journal's chain, with its hash."""

    sequence: int
    at: datetime
    number: str
    kept: Kept
    files: int
    kept_until: date
    citation_ja: str
    digest: str
    hash: str
    actor_id: str


def ended_case(session: Session, number: str) -> Case:
    """The case with this receipt number, for whoever destroys without reading; NotFound when there is none."""
    case = session.scalar(select(Case).where(Case.number == number))
    if case is None:
        raise NotFound
    return case


def held(session: Session, case: Case) -> bool:
    """Whether a legal hold stands on the case."""
    wanted = select(LegalHold.id).where(LegalHold.case_id == case.id, LegalHold.lifted_at.is_(None)).limit(1)
    return session.scalar(wanted) is not None


def holds(session: Session, case: Case, key: CaseKey) -> list[HoldShown]:
    """All holds of a case, the newest first."""
    rows = session.scalars(
        select(LegalHold).where(LegalHold.case_id == case.id).order_by(LegalHold.placed_at.desc(), LegalHold.id)
    )
    table = LegalHold.__tablename__
    return [
        HoldShown(
            row.id,
            row.ground,
            open_text(key, table, "note", row.id, row.note_sealed),
            row.placed_at,
            row.placed_name,
            row.lifted_at,
            row.lifted_name,
        )
        for row in rows
    ]


def count(session: Session, kept: Kept, *, today: date) -> int:
    """How many cases have records of the class whose time is over, held ones too."""
    return session.scalar(select(func.count()).select_from(Case).where(_over(kept, today))) or 0


def expired(session: Session, kept: Kept, *, today: date, numbers: Sequence[str] = ()) -> list[Expired]:
    """Those whose time was over longest ago first, at most a page; with ``numbers`` only these cases."""
    holding = exists().where(LegalHold.case_id == Case.id, LegalHold.lifted_at.is_(None))
    copies = (
        select(func.count())
        .where(CaseFile.case_id == Case.id, CaseFile.kind == FileKind.IDENTITY)
        .correlate(Case)
        .scalar_subquery()
    )
    wanted = select(Case.number, Case.ended_on, Case.law_day, copies, holding).where(_over(kept, today))
    if numbers:
        wanted = wanted.where(Case.number.in_(numbers))
    rows = session.execute(wanted.order_by(Case.ended_on, Case.number).limit(PAGE))
    return [
        Expired(
            number, kept, period(kept, law_day), ended_on, keep_until(kept, ended_on, law_day=law_day), files, standing
        )
        for number, ended_on, law_day, files, standing in rows
        if ended_on is not None
    ]


def _over(kept: Kept, today: date) -> ColumnElement[bool]:
    """Ended so long ago that the rule of the case's own day no longer keeps the class; and still there."""
    there: ColumnElement[bool] = exists().where(CaseKeys.case_id == Case.id)
    if kept is Kept.IDENTITY_COPY:
        there = and_(there, exists().where(CaseFile.case_id == Case.id, CaseFile.kind == FileKind.IDENTITY))
    versions = [
        and_(
            Case.law_day >= row.law_from,
            *([Case.law_day < row.law_before] if row.law_before else []),
            Case.ended_on <= row.closed_until,
        )
        for row in expiries(kept, today)
    ]
    return and_(there, or_(*versions))


def certificates(session: Session, *, before: int | None = None) -> list[Certificate]:
    """What was destroyed, the newest first, a page from the entry before ``before`` on."""
    wanted = select(Entry).where(Entry.action == DESTROYED)
    if before is not None:
        wanted = wanted.where(Entry.seq < before)
    return [_certificate(row) for row in session.scalars(wanted.order_by(Entry.seq.desc()).limit(PAGE))]


def certificate(session: Session, sequence: int) -> Certificate | None:
    """One certificate, by its place in the chain."""
    row = session.get(Entry, sequence)
    return _certificate(row) if row is not None and row.action == DESTROYED else None


def _certificate(row: Entry) -> Certificate:
    detail = row.detail
    return Certificate(
        row.seq,
        row.at,
        row.subject,
        Kept(str(detail["class"])),
        int(detail["files"] or 0),
        date.fromisoformat(str(detail["kept_until"])),
        str(detail["citation"]),
        str(detail["sha256"]),
        row.hash,
        row.actor_id,
    )
