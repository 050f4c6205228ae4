"""The appeals of a case: how each stands, what was said, its steps, and what it keeps from happening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal, AppealParticipant, AppealStep, Part
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.queries.anew import waits_for_decision
from disclosure.queries.deliveries import LetterDelivery, deliveries
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.rules.appeal_periods import Judgement, judge, suit_until
from disclosure.rules.appeals import (
    Against,
    AppealState,
    Indicator,
    Route,
    Terms,
    indicator,
    route,
    terms,
)
from disclosure.rules.deadlines import Due
from disclosure.rules.periods import last_day_of_months
from disclosure.rules.states import ENDED, NOTIFIED, PAUSED, Action
from portal.core.errors import N_, NotFound
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey

# Letters that decide something without being the letter of a decision on the desk: answers of P3 and P4, and what is
# decided anew after a ruling.
DECIDING = frozenset({"f29", "anew"})


@dataclass(frozen=True)
class ShownStep:
    """One step of an appeal. ``inside``: staff only."""

    id: str
    code: str
    day: date
    at: datetime
    note: str
    inside: bool
    by: str


@dataclass(frozen=True)
class Person:
    """Somebody else who takes part."""

    id: str
    part: Part
    name: str
    postal_code: str
    address: str


@dataclass(frozen=True)
class Standing:
    """An appeal with what is computed from it. ``decides_anew``: what its ruling asks for has still to be decided."""

    appeal: Appeal
    route: Route
    letter: Letter | None
    judgement: Judgement | None
    consulting: Indicator | None
    ruling: Indicator | None
    suits: tuple[Due, ...]
    decides_anew: bool

    @property
    def late(self) -> bool:
        """Whether an indicator is over its limit while it runs."""
        return any(row is not None and row.running and row.late for row in (self.consulting, self.ruling))


def appeals(session: Session, case: Case) -> list[Appeal]:
    """The appeals of a case, oldest first."""
    return list(
        session.scalars(select(Appeal).where(Appeal.case_id == case.id).order_by(Appeal.filed_on, Appeal.filed_at))
    )


def appeal(session: Session, case: Case, appeal_id: str) -> Appeal:
    """One appeal of this case; NotFound for another case's."""
    row = session.get(Appeal, appeal_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


def said(key: CaseKey, row: Appeal) -> dict[str, Any]:
    """What the appellant wrote."""
    value: dict[str, Any] = open_json(key, Appeal.__tablename__, "said", row.id, row.said_sealed)
    return value


def steps(session: Session, key: CaseKey, row: Appeal, *, inside: bool) -> list[ShownStep]:
    """What happened, oldest first; with ``inside`` also what only staff see."""
    wanted = select(AppealStep).where(AppealStep.appeal_id == row.id).order_by(AppealStep.at, AppealStep.id)
    table = AppealStep.__tablename__
    return [
        ShownStep(
            step.id,
            step.code,
            step.day,
            step.at,
            open_text(key, table, "note", step.id, step.note_sealed),
            step.inside,
            step.by_name if inside else "",
        )
        for step in session.scalars(wanted)
        if inside or not step.inside
    ]


def participants(session: Session, key: CaseKey, row: Appeal) -> list[Person]:
    """Who else takes part, in the order in which they were entered."""
    table = AppealParticipant.__tablename__
    wanted = (
        select(AppealParticipant)
        .where(AppealParticipant.appeal_id == row.id, AppealParticipant.removed_at.is_(None))
        .order_by(AppealParticipant.added_at, AppealParticipant.id)
    )
    return [
        Person(one.id, one.part, **open_json(key, table, "person", one.id, one.person_sealed))
        for one in session.scalars(wanted)
    ]


def opposed(session: Session, row: Appeal) -> bool:
    """Whether a third party who objects takes part."""
    wanted = select(AppealParticipant.id).where(
        AppealParticipant.appeal_id == row.id,
        AppealParticipant.part == Part.THIRD_PARTY,
        AppealParticipant.removed_at.is_(None),
    )
    return session.scalar(wanted.limit(1)) is not None


def appealable(session: Session, case: Case) -> list[LetterDelivery]:
    """The letters that an appeal can be against, the newest first: those in force that decide something."""
    return [
        row
        for row in reversed(deliveries(session, case))
        if row.in_force and row.letter.to_requester and (row.decides or row.letter.kind in DECIDING)
    ]


def inactive_since(case: Case, today: date) -> date | None:
    """The day that passed without a decision; None while there is time, while a correction is awaited, and after it."""
    if case.state in ENDED | NOTIFIED | PAUSED or case.due_on >= today:
        return None
    return case.due_on


def judged(session: Session, case: Case, row: Appeal) -> Judgement | None:
    """Whether an appeal against a decision came in time, explained; None for one against inaction."""
    if row.letter_id is None or row.known_on is None:
        return None
    letter = session.get_one(Letter, row.letter_id)
    return judge(
        route(case.regime, case.law_day),
        known_on=row.known_on,
        decided_on=letter.issued_on,
        filed_on=row.filed_on,
        posted_on=row.posted_on,
        law_day=case.law_day,
    )


def standing(session: Session, case: Case, row: Appeal, *, today: date) -> Standing:
    """One appeal with its period, its indicators and, after the ruling, the periods of a suit."""
    rule = route(case.regime, case.law_day)
    consulting, ruling = indicators(row, rule, terms(row.filed_on), today=today)
    return Standing(
        row,
        rule,
        session.get(Letter, row.letter_id) if row.letter_id else None,
        judged(session, case, row),
        consulting,
        ruling,
        suits(session, case, row, rule),
        waits_for_decision(session, row),
    )


def indicators(row: Appeal, rule: Route, limits: Terms, *, today: date) -> tuple[Indicator | None, Indicator | None]:
    """Days to the consultation and from the report to the ruling; None where there is no board or it was not asked."""
    if not rule.board:
        return None, None
    end = row.ended_on
    return (
        indicator(row.filed_on, row.consulted_on, limits.consult_days, ended_on=end, today=today),
        indicator(
            row.reported_on,
            end if row.state is AppealState.RULED else None,
            limits.ruling_days,
            ended_on=end,
            today=today,
        ),
    )


def suits(session: Session, case: Case, row: Appeal, rule: Route) -> tuple[Due, ...]:
    """Until when a suit can be brought after the ruling; from its arrival where that is known, else from its day."""
    if row.ruling_id is None or row.ended_on is None:
        return ()
    ways = {one.letter.id: one for one in deliveries(session, case)}
    arrival = ways[row.ruling_id].arrival if row.ruling_id in ways else None
    known_on = arrival.day if arrival is not None else row.ended_on
    return suit_until(rule, known_on=known_on, ruled_on=row.ended_on, law_day=case.law_day)


def held_until(session: Session, case: Case, row: Appeal) -> date:
    """The last day on which an ended appeal keeps its case: that of a suit after the ruling, else some months.

    From the arrival of the ruling six months; where it is not known to have arrived, a year from its day.
    """
    ended_on = row.ended_on or row.filed_on
    found = suits(session, case, row, route(case.regime, case.law_day))
    if not found:
        return last_day_of_months(ended_on, terms(row.filed_on).hold_months)
    arrived = any(one.letter.id == row.ruling_id and one.arrival is not None for one in deliveries(session, case))
    return (found[0] if arrived else found[-1]).binding_on


def hinders_closing(session: Session, case: Case, today: date) -> Hindrance | None:
    """A case stays open while an appeal does, and until what a ruling asks for is done."""
    rows = appeals(session, case)
    if any(row.ended_on is None for row in rows):
        return Hindrance(N_("An appeal is open. Close the case when it has ended."))
    if any(row.against is Against.DECISION and waits_for_decision(session, row) for row in rows):
        return Hindrance(N_("A ruling asks for a new decision. Close the case when the requester has been told of it."))
    return None


ASKED[Action.CLOSE] = (*ASKED.get(Action.CLOSE, ()), hinders_closing)
