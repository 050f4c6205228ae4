"""Who compared whose records these are with the request, and whether that is enough to hand them out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.comparison import Comparison, DifferenceResolved
from disclosure.models.leak import Leak
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.redaction import standings
from disclosure.rules.kinds import RecordKind
from disclosure.rules.leaks import LeakState
from disclosure.rules.redaction import fingerprint
from disclosure.rules.states import Action
from portal.core.errors import N_
from portal.core.sealed import open_text
from portal.core.vault import CaseKey

MISMATCH = N_(
    "Somebody found that the records are not the requester's. Assess whether it is a leak, or let a second person say"
    " how the record was put right, before you hand anything out."
)
SECOND = N_("A face photo is handed out only after two people have compared it. A colleague has to compare it first.")


@dataclass(frozen=True)
class ComparisonShown:
    """One comparison, with what differs in words; ``holds``: it is of the present records."""

    name: str
    at: datetime
    agrees: bool
    differs: str
    holds: bool


def records_sha256(session: Session, case: Case) -> str:
    """The fingerprint of what would be handed out: every record, its boxes and its copy."""
    rows = sorted(
        (row.file.id, row.file.sha256, fingerprint(row.coverings), row.copy.sha256 if row.copy else "")
        for row in standings(session, case)
    )
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def needs_two(case: Case) -> bool:
    """Whether the records hold a face photo, so that two people compare them."""
    return RecordKind.PHOTO in case.records.parts


def _rows(session: Session, case: Case) -> list[Comparison]:
    wanted = select(Comparison).where(Comparison.case_id == case.id)
    return list(session.scalars(wanted.order_by(Comparison.compared_at, Comparison.id)))


def _count_from(session: Session, case: Case) -> datetime | None:
    """What was compared before the last leak was assessed, or the last difference put right, no longer counts."""
    assessed = select(func.max(Leak.closed_at)).where(Leak.case_id == case.id, Leak.state == LeakState.CLOSED)
    put_right = select(func.max(DifferenceResolved.resolved_at)).where(DifferenceResolved.case_id == case.id)
    days = [at for at in (session.scalar(assessed), session.scalar(put_right)) if at is not None]
    return max(days) if days else None


def present(session: Session, case: Case) -> list[Comparison]:
    """The comparisons of exactly these records that count, oldest first."""
    now, since = records_sha256(session, case), _count_from(session, case)
    return [
        row for row in _rows(session, case) if row.records_sha256 == now and (since is None or row.compared_at > since)
    ]


def differences(session: Session, case: Case) -> list[Comparison]:
    """The comparisons that found a difference which nobody has resolved yet, also of records taken out since."""
    since = _count_from(session, case)
    return [
        row
        for row in _rows(session, case)
        if row.differs_sealed is not None and (since is None or row.compared_at > since)
    ]


def mismatch(session: Session, case: Case) -> Comparison | None:
    """A comparison that found a difference and is not resolved."""
    return next(iter(differences(session, case)), None)


def people(session: Session, case: Case) -> dict[str, str]:
    """Who found that these records are the requester's: names by id. Nobody while somebody found a difference."""
    rows = present(session, case)
    if any(row.differs_sealed is not None for row in rows):
        return {}
    return {row.compared_by: row.compared_name for row in rows}


def comparisons(session: Session, case: Case, key: CaseKey) -> list[ComparisonShown]:
    """Every comparison, the newest first."""
    standing = {row.id for row in present(session, case)}
    table = Comparison.__tablename__
    return [
        ComparisonShown(
            row.compared_name,
            row.compared_at,
            row.differs_sealed is None,
            open_text(key, table, "differs", row.id, row.differs_sealed) if row.differs_sealed else "",
            row.id in standing,
        )
        for row in reversed(_rows(session, case))
    ]


def _not_compared(session: Session, case: Case, today: date) -> Hindrance | None:
    if mismatch(session, case) is not None:
        return Hindrance(MISMATCH)
    if needs_two(case) and not people(session, case):
        return Hindrance(SECOND)
    return None


ASKED[Action.RELEASE] = (*ASKED.get(Action.RELEASE, ()), _not_compared)
