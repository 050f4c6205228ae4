"""How the records reached their requester, read from the ledger; and the day from which the next period runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.handout import Handout, Handover
from disclosure.queries.methods import ways
from disclosure.rules.arrival import Step
from disclosure.rules.handouts import presumed_on
from disclosure.rules.kinds import Delivery
from portal.core.clock import day_in_japan


def entries(session: Session, case: Case) -> list[Handover]:
    """The whole ledger of a case's records, oldest first."""
    wanted = select(Handover).where(Handover.case_id == case.id).order_by(Handover.entered_at, Handover.id)
    return list(session.scalars(wanted))


def standing(rows: Sequence[Handover]) -> list[Handover]:
    """The entries that count: not corrected by a later one."""
    gone = {row.corrects_id for row in rows if row.corrects_id}
    return [row for row in rows if row.id not in gone and row.step is not Step.VOID]


def handouts(session: Session, case: Case) -> list[Handout]:
    """The offers for download, the newest first."""
    wanted = select(Handout).where(Handout.case_id == case.id).order_by(Handout.made_at.desc(), Handout.id)
    return list(session.scalars(wanted))


def standing_handout(session: Session, case: Case) -> Handout | None:
    """The offer that stands, expired or not; None when there is none or it was stopped."""
    return session.scalar(select(Handout).where(Handout.case_id == case.id, Handout.stopped_at.is_(None)))


def received_on(session: Session, case: Case) -> date | None:
    """The day on which the requester received the records (開示を受けた日), None while that is not known.

    Proven or presumed for each way on which they went; of several the last. What was released before there was a ledger
    counts as received on the day of the release.
    """
    if case.released_at is None:
        return None
    rows = standing(entries(session, case))
    if not rows and not handouts(session, case):
        return day_in_japan(case.released_at)
    days = [_arrival(rows, way) for way in ways(session, case)]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _arrival(rows: Sequence[Handover], way: Delivery) -> date | None:
    return min((row.day for row in rows if row.way is way and row.step is Step.ARRIVED), default=None)


def underway_until(session: Session, case: Case) -> date:
    """While it is not known that the records arrived: when the desk has to look after them."""
    rows, days = standing(entries(session, case)), []
    for way in ways(session, case):
        if _arrival(rows, way) is not None:
            continue
        if way is Delivery.DOWNLOAD and (offer := standing_handout(session, case)) is not None:
            days.append(offer.expires_on)
        last = next((row for row in reversed(rows) if row.way is way), None)
        if last is not None:
            days.append(presumed_on(last.day) if last.step is Step.POSTED else last.day)
    return min(days) if days else day_in_japan(case.released_at or case.received_at)
