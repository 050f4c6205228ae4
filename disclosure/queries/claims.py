"""Claims after a disclosure: which can be made, what one rests on, when it is due to be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.claim import ClaimRow
from disclosure.models.identity import IdentityCheck
from disclosure.queries.case_law import case_law, grants, is_claim, kind_of
from disclosure.queries.handovers import received_on
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.keys import case_files
from disclosure.rules.claims import Claim, carry_out_days, claim, offered
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action, State
from portal.core.clock import day_in_japan
from portal.core.errors import N_
from portal.core.sealed import open_text
from portal.core.vault import CaseKey

CARRY_OUT_FIRST = N_("What was granted has not been carried out yet.")


@dataclass(frozen=True)
class Done:
    """That a claim was carried out: what was changed, when, by whom."""

    on: date
    by: str
    text: str


def claim_row(session: Session, case: Case) -> ClaimRow | None:
    """What a claim has beside its case; None for a case that is none."""
    return session.get(ClaimRow, case.id)


def claim_of(case: Case) -> Claim | None:
    """What the law says of this claim; None for a case that is none."""
    return claim(kind_of(case), case.regime, case.law_day) if is_claim(case) else None


def disclosed_on(session: Session, origin: Case) -> date | None:
    """The day on which the requester received the records of a case (開示を受けた日); None while that is not known.

    A claim is possible as soon as they are on their way: its time has not begun then.
    """
    return received_on(session, origin)


def claimable(origin: Case, today: date) -> tuple[Claim, ...]:
    """The claims that can be made about what this case disclosed; none before it disclosed anything."""
    if is_claim(origin) or origin.released_at is None:
        return ()
    return offered(origin.regime, today)


def claims_about(session: Session, origin: Case) -> list[Case]:
    """The claims that were made about what this case disclosed, oldest first."""
    return list(session.scalars(select(Case).where(Case.origin_id == origin.id).order_by(Case.received_at)))


def origin_of(session: Session, case: Case) -> Case | None:
    """The case that disclosed the record which the claim is about, if that was here."""
    return session.get(Case, case.origin_id) if case.origin_id else None


def may_take_over(session: Session, origin: Case, today: date) -> bool:
    """Whether the documents of the request can show once more who asks.

    They can while their copies are kept, and each that was checked names a last day that has not passed. A certificate
    without one counts for 30 days only (施行令 第22条第2項), so it has to be sent anew.
    """
    if not case_files(session, origin, FileKind.IDENTITY):
        return False
    days = list(session.scalars(select(IdentityCheck.expires_on).where(IdentityCheck.case_id == origin.id)))
    return bool(days) and all(day is not None and day >= today for day in days)


def done(key: CaseKey, row: ClaimRow) -> Done | None:
    """What was carried out, opened; None while it was not."""
    if row.done_on is None or row.done_sealed is None:
        return None
    text = open_text(key, ClaimRow.__tablename__, "done", row.case_id, row.done_sealed)
    return Done(row.done_on, row.done_name, text)


def next_duty(case: Case) -> date | None:
    """The next duty in a claim that was granted: to carry it out, then to close it. None for every other case."""
    if not grants(case) or case.notified_on is None:
        return None
    if case.state is State.NOTIFIED:
        return case.notified_on + timedelta(days=carry_out_days(case.law_day))
    if case.state is State.IMPLEMENTED and case.released_at is not None:
        return day_in_japan(case.released_at) + timedelta(days=case_law(case).closing_days)
    return None


def carry_out_first(session: Session, case: Case, today: date) -> Hindrance | None:
    """Keeps a claim that was granted from being closed before it was carried out."""
    if grants(case) and case.state is State.NOTIFIED:
        return Hindrance(CARRY_OUT_FIRST)
    return None


ASKED[Action.CLOSE] = (*ASKED.get(Action.CLOSE, ()), carry_out_first)
