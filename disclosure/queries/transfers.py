"""Transfers of a case to other bodies, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.transfer import Transfer
from disclosure.rules import states
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action
from disclosure.rules.transfers import IN_WORK, TransferState, transfer_problem
from portal.core.errors import N_
from portal.core.sealed import open_json
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class About:
    """What concerns the request: which records (empty: all), why, who was spoken to, what they said."""

    part: str
    reason: str
    asked_of: str
    answer: str = ""


@dataclass(frozen=True)
class ShownTransfer:
    """A transfer as pages show it."""

    id: str
    state: TransferState
    whole: bool
    body: str
    head: str
    department: str
    postal_code: str
    address: str
    telephone: str
    consulted_on: date
    answered_on: date | None
    done_on: date | None
    about: About


def transfers(session: Session, case: Case) -> list[Transfer]:
    """Those that were not dropped, oldest first."""
    wanted = select(Transfer).where(Transfer.case_id == case.id, Transfer.state != TransferState.DROPPED)
    return list(session.scalars(wanted.order_by(Transfer.entered_at, Transfer.id)))


def transfer_in_work(session: Session, case: Case) -> Transfer | None:
    """The one that is being agreed on."""
    return next((row for row in transfers(session, case) if row.state in IN_WORK), None)


def about(key: CaseKey, row: Transfer) -> About:
    """What is sealed of it."""
    return About(**open_json(key, Transfer.__tablename__, "about", row.id, row.about_sealed))


def shown_transfers(session: Session, case: Case, *, key: CaseKey) -> tuple[ShownTransfer, ...]:
    """All of them, opened."""
    return tuple(shown_transfer(row, key=key) for row in transfers(session, case))


def shown_transfer(row: Transfer, *, key: CaseKey) -> ShownTransfer:
    """One of them, opened."""
    return ShownTransfer(
        id=row.id,
        state=row.state,
        whole=row.whole,
        body=row.body,
        head=row.head,
        department=row.department,
        postal_code=row.postal_code,
        address=row.address,
        telephone=row.telephone,
        consulted_on=row.consulted_on,
        answered_on=row.answered_on,
        done_on=row.done_on,
        about=about(key, row),
    )


RULED = N_("A ruling asks this organisation for a new decision, so the case is not handed over.")


def transfer_obstacle(case: Case) -> str:
    """Why this case cannot be transferred by law, as a message id; empty when it can."""
    if case.anew_of_id is not None:
        return RULED
    return transfer_problem(regime(case.regime, case.law_day), case.law_day, case.kind, case.records)


def may_transfer(case: Case) -> bool:
    """Whether law and state allow a transfer now."""
    return Action.TRANSFER in states.TABLE[case.state] and not transfer_obstacle(case)
