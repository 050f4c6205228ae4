"""The ground of the walks: one database, savepoints and what is stored, by the driver itself, for there are many steps.

What is stored is read in one question, beside the session and its copies. SQLite counts what is written: a refused
step that wrote nothing needs no second look.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.rules.decisions import DecisionType
from disclosure.rules.states import State
from portal.core.clock import day_in_japan

STORED = (
    "SELECT version, state, due_on, next_due_on, ended_on, notified_on, release_from, released_at, decision_type,"
    " (SELECT count(*) FROM disclosure_case_event WHERE case_id = :case),"
    " (SELECT count(*) FROM disclosure_case_file WHERE case_id = :case),"
    " (SELECT json_group_array(json_array(id, type, state, drafted_by, approved_by)) FROM"
    " (SELECT * FROM disclosure_decision WHERE case_id = :case ORDER BY id)),"
    " (SELECT count(*) FROM disclosure_letter), (SELECT count(*) FROM letters_number),"
    " (SELECT max(seq) FROM audit_entry)"
    " FROM disclosure_case WHERE id = :case"
)


@dataclass(frozen=True)
class Decided:
    """A decision as it is stored."""

    id: str
    type: str
    state: str
    drafted_by: str
    approved_by: str | None


@dataclass(frozen=True)
class Stored:
    """A case and what hangs on it, as it is stored. The version goes up with each change of the case's row.

    ``letters`` and ``numbers`` count those of all cases; ``audited`` is the last entry of the chain.
    """

    version: int
    state: State
    due_on: date
    next_due_on: date | None
    ended_on: date | None
    notified_on: date | None
    release_from: date | None
    released_on: date | None
    decision_type: DecisionType | None
    events: int
    files: int
    decisions: tuple[Decided, ...]
    letters: int
    numbers: int
    audited: int

    def agrees(self, case: Case) -> bool:
        """Whether the session's copy says the same."""
        released = day_in_japan(case.released_at) if case.released_at else None
        return (
            case.version, case.state, case.due_on, case.next_due_on, case.ended_on, case.notified_on,
            case.release_from, released, case.decision_type,
        ) == (
            self.version, self.state, self.due_on, self.next_due_on, self.ended_on, self.notified_on,
            self.release_from, self.released_on, self.decision_type,
        )  # fmt: skip


@dataclass
class Step:
    """One attempt. ``touched``: it had written or changed something before it was taken back."""

    ground: Ground
    written: int
    undone: bool = False
    touched: bool = False

    def back(self) -> None:
        """Take it back."""
        session = self.ground.session
        self.touched = bool(self.ground.written != self.written or session.new or session.dirty or session.deleted)
        self.undone = True


class Ground:
    """The one transaction in which all walks happen; nothing of it is kept."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._raw: Any = session.connection().connection.driver_connection

    @property
    def written(self) -> int:
        """How many rows were ever written, also those that were taken back."""
        count: int = self._raw.total_changes
        return count

    def read(self, case_id: str) -> Case:
        """The case as a new request of the site would read it: no copy of anything is kept."""
        self.session.expunge_all()
        return self.session.get_one(Case, case_id)

    def stored(self, case_id: str) -> Stored:
        """What is stored now."""
        row = self._raw.execute(STORED, {"case": case_id}).fetchone()
        version, state, due, next_due, ended, notified, release_from, released, kind, *counts = row
        events, files, decisions, letters, numbers, audited = counts
        at = datetime.fromisoformat(released).replace(tzinfo=UTC) if released else None
        return Stored(
            version, State(state), date.fromisoformat(due), _day(next_due), _day(ended), _day(notified),
            _day(release_from), day_in_japan(at) if at else None, DecisionType(kind) if kind else None,
            events, files, tuple(Decided(*one) for one in json.loads(decisions)), letters, numbers, audited,
        )  # fmt: skip

    @contextmanager
    def step(self) -> Iterator[Step]:
        """A savepoint; whoever calls ``back`` has it rolled back."""
        self._raw.execute("SAVEPOINT step")
        step = Step(self, self.written)
        yield step
        if step.touched:
            self._raw.execute("ROLLBACK TO step")
        self._raw.execute("RELEASE step")

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Whatever happens in the block is forgotten."""
        self._raw.execute("SAVEPOINT walk")
        try:
            yield
        finally:
            self._raw.execute("ROLLBACK TO walk")
            self._raw.execute("RELEASE walk")
            self.session.expunge_all()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
