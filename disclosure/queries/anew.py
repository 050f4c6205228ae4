"""What is decided anew after the ruling on an appeal: which case decides it, and what its letter says of the ruling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.anew import Anew
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.rules.appeal_periods import anew_due
from disclosure.rules.appeals import DECIDES_ANEW, Against, Result, Route, route
from disclosure.rules.deadlines import Due
from disclosure.rules.regimes import Regime
from disclosure.rules.states import ENDED, NOTIFIED
from portal.core.sealed import open_text
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class Ruling:
    """The ruling that a new decision follows, and the first decision, which stays as it was issued."""

    route: Route
    result: Result
    number: str
    day: date
    first: Case
    first_number: str
    first_on: date


@dataclass(frozen=True)
class ShownAnew:
    """The case that decides anew, from the page of the first. ``code`` opens it; empty when it was erased."""

    case: Case
    appeal: Appeal
    code: str


def anew_of(session: Session, row: Appeal) -> Anew | None:
    """The link from an appeal to the case that decides anew what its ruling asks for; None while there is none."""
    return session.get(Anew, row.id)


def appeal_behind(session: Session, case: Case) -> Appeal | None:
    """The appeal after whose ruling this case decides anew; None for every other case."""
    if case.anew_of_id is None:
        return None
    wanted = select(Appeal).join(Anew, Anew.appeal_id == Appeal.id).where(Anew.case_id == case.id)
    return session.scalar(wanted)


def ruling_behind(session: Session, case: Case) -> Ruling | None:
    """What the letter of a decision made anew says of the ruling; None for every other case."""
    row = appeal_behind(session, case)
    first = session.get(Case, case.anew_of_id) if row is not None else None
    if row is None or first is None or row.ruling_id is None or row.letter_id is None:
        return None
    if row.result is None or row.ended_on is None:
        return None
    ruling, letter = session.get_one(Letter, row.ruling_id), session.get_one(Letter, row.letter_id)
    rule = route(first.regime, first.law_day)
    return Ruling(rule, row.result, ruling.number, row.ended_on, first, letter.number, letter.issued_on)


def ruled_due(session: Session, case: Case, law: Regime) -> Due | None:
    """By when this case decides anew after a ruling, explained; None for every other case."""
    found = ruling_behind(session, case)
    return anew_due(law.decision_clock, found.route, found.day) if found is not None else None


def waits_for_decision(session: Session, row: Appeal) -> bool:
    """Whether what the ruling asks for is still to be decided.

    Of a decision: neither a new one is made, nor has the case ended that was to make it. Against inaction: the case
    itself is not decided.
    """
    if row.result not in DECIDES_ANEW or row.anew_on is not None:
        return False
    if row.against is Against.INACTION:
        return session.get_one(Case, row.case_id).state not in ENDED | NOTIFIED
    link = anew_of(session, row)
    return link is None or session.get_one(Case, link.case_id).state not in ENDED


def shown_anew(session: Session, case: Case, *, key: CaseKey) -> tuple[ShownAnew, ...]:
    """The cases that decide anew what this one decided first, oldest first, with what opens them."""
    wanted = (
        select(Anew, Appeal, Case)
        .join(Appeal, Appeal.id == Anew.appeal_id)
        .join(Case, Case.id == Anew.case_id)
        .where(Case.anew_of_id == case.id)
        .order_by(Anew.begun_at, Anew.appeal_id)
    )
    return tuple(
        ShownAnew(new, row, _code(key, link) if new.keys is not None else "")
        for link, row, new in session.execute(wanted)
    )


def _code(key: CaseKey, link: Anew) -> str:
    return open_text(key, Anew.__tablename__, "said", link.appeal_id, link.said_sealed)
