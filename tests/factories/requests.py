"""Rows of requests as the database keeps them, without their sealed parts: for counting. No person is behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind
from disclosure.rules.states import State
from portal.core.db import new_id


def a_row(
    received_on: date,
    *,
    decided: DecisionType | None = None,
    days: int = 0,
    withdrawn_on: date | None = None,
    channel: Channel = Channel.WEB,
    due_days: int = 30,
    state: State = State.SEARCH,
) -> dict[str, Any]:
    """One request; ``days`` from its receipt to the notice of the decision."""
    row_id = new_id()
    notified_on = received_on + timedelta(days=days) if decided else None
    due = received_on + timedelta(days=due_days)
    if decided:
        state = State.NOTIFIED
    if withdrawn_on:
        state, decided = State.WITHDRAWN, DecisionType.WITHDRAWN
    return {
        "id": row_id, "number": f"見-{row_id[-24:]}", "submission_key": row_id, "version": 1, "regime": "P2",
        "law_day": received_on, "state": state, "received_on": received_on,
        "received_at": datetime.combine(received_on, time(3), UTC), "channel": channel, "language": "ja",
        "records": RecordKind.BOTH, "delivery": Delivery.POST, "format": Format.PDF, "wants_mail": False,
        "due_on": due, "target_on": due, "next_due_on": None if withdrawn_on else due, "assignee_id": None,
        "assignee_name": "", "decision_type": decided, "notified_on": notified_on, "ended_on": withdrawn_on,
    }  # fmt: skip


def store(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write them in one go."""
    session.execute(insert(Case), [dict(row) for row in rows])
