"""More time for a decision: what the requester was told, what is drafted, and when the decision is due by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.letter import Letter
from disclosure.queries.anew import ruled_due
from disclosure.queries.case_law import case_law, is_claim
from disclosure.queries.keys import corrections
from disclosure.rules import deadlines
from disclosure.rules.deadlines import Due
from disclosure.rules.extensions import GROUNDS, ExtensionKind, Obstacle, obstacle, rest_due
from disclosure.rules.periods import Pause
from portal.core.sealed import open_text
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class ShownExtension:
    """More time as pages show it. ``ground`` is a message id, empty for the special period; no letter while drafted."""

    kind: ExtensionKind
    state: ExtensionState
    days: int | None
    ground: str
    rest_on: date | None
    facts: str
    drafted_name: str
    issued_name: str
    issued_on: date | None
    letter_id: str | None
    letter_number: str


def standing(session: Session, case: Case) -> list[Extension]:
    """What the requester was told and what is in work, in this order."""
    wanted = select(Extension).where(Extension.case_id == case.id, Extension.state != ExtensionState.DROPPED)
    rows = list(session.scalars(wanted.order_by(Extension.drafted_at, Extension.id)))
    return sorted(rows, key=lambda row: row.state is ExtensionState.DRAFTED)


def told(session: Session, case: Case) -> list[Extension]:
    """What the requester was told."""
    return [row for row in standing(session, case) if row.state is ExtensionState.ISSUED]


def special(session: Session, case: Case) -> Extension | None:
    """The special period, where the requester was told of it."""
    return next((row for row in told(session, case) if row.kind is ExtensionKind.SPECIAL), None)


def rest_promised(session: Session, case: Case) -> tuple[date, date] | None:
    """Where this is the rest of a request: by which day it is decided, and when the requester was told so."""
    origin = session.get(Case, case.part_of_id) if case.part_of_id else None
    row = special(session, origin) if origin is not None else None
    if row is None or row.rest_on is None or row.issued_on is None:
        return None
    return row.rest_on, row.issued_on


def in_work(session: Session, case: Case) -> Extension | None:
    """The notice that is drafted and not issued yet."""
    return next((row for row in standing(session, case) if row.state is ExtensionState.DRAFTED), None)


def facts(key: CaseKey, row: Extension) -> str:
    """Why, as it was typed."""
    return open_text(key, Extension.__tablename__, "facts", row.id, row.facts_sealed)


def shown(session: Session, case: Case, *, key: CaseKey) -> tuple[ShownExtension, ...]:
    """What was told and what is in work, opened."""
    return tuple(_shown(session, row, key) for row in standing(session, case))


def _shown(session: Session, row: Extension, key: CaseKey) -> ShownExtension:
    letter = session.get(Letter, row.letter_id) if row.letter_id else None
    return ShownExtension(
        kind=row.kind,
        state=row.state,
        days=row.days,
        ground=GROUNDS[row.ground] if row.ground else "",
        rest_on=row.rest_on,
        facts=facts(key, row),
        drafted_name=row.drafted_name,
        issued_name=row.issued_name,
        issued_on=row.issued_on,
        letter_id=row.letter_id,
        letter_number=letter.number if letter else "",
    )


def decision_due(
    session: Session,
    case: Case,
    *,
    today: date,
    by: Sequence[Extension] | None = None,
    asked: Sequence[CorrectionRequest] | None = None,
) -> Due:
    """When the decision is due, explained: corrections and what the requester was told are counted.

    ``by`` takes the place of what was told: empty for the first period, with a draft for the period that it would make.
    Under the special period this is the day of the substantial part (相当の部分); a claim is decided as a whole, by the
    day that its notice names, unless corrections carry the first period beyond it. The rest of a request is decided by
    the day that the notice of the special period named, what a ruling asks for soon after it, whatever ``by`` says.
    ``asked`` are the corrections of the case, where the caller has them already.
    """
    law = case_law(case)
    if (promised := rest_promised(session, case)) is not None:
        rest_on, told_on = promised
        return rest_due(law, case.received_on, rest_on, told_on, case.law_day)
    if (ruled := ruled_due(session, case, law)) is not None:
        return ruled
    rows = {row.kind: row for row in (told(session, case) if by is None else by)}
    requests = corrections(session, case) if asked is None else asked
    pauses = [Pause(row.sent_on, row.answered_on or row.given_up_on) for row in requests]
    code, extended_days, until = law.decision_clock, 0, None
    if ExtensionKind.SPECIAL in rows and is_claim(case):
        until = rows[ExtensionKind.SPECIAL].rest_on
        first = deadlines.compute(code, case.received_on, law_day=case.law_day, pauses=pauses, as_of=today)
        if until is None or until <= first.due_on:
            return first
        code = law.special_clock
    elif ExtensionKind.SPECIAL in rows:
        code = law.special_clock
    elif (row := rows.get(ExtensionKind.EXTENSION)) is not None:
        code, extended_days = law.extension_clock, row.days or 0
    return deadlines.compute(
        code,
        case.received_on,
        law_day=case.law_day,
        pauses=pauses,
        extended_days=extended_days,
        until=until,
        as_of=today,
    )


def hindrance(session: Session, case: Case, kind: ExtensionKind, *, today: date) -> Obstacle | None:
    """Why this case cannot have more time today, or None. The first period counts for both ways."""
    return obstacle(
        case_law(case),
        kind,
        told=frozenset(row.kind for row in told(session, case)),
        due_on=decision_due(session, case, today=today, by=()).due_on,
        today=today,
        rest=case.part_of_id is not None,
        anew=case.anew_of_id is not None,
    )
