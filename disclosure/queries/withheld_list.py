"""What is withheld, part by part: the classified list that the review board may ask for (設置法 第9条第3項)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import Decision, DecisionState
from disclosure.queries.keys import reasons
from disclosure.queries.redaction import standings
from disclosure.rules.decisions import Reason
from disclosure.rules.grounds import ground
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class Withheld:
    """One line: the part, its ground, why; ``places`` are the boxes of that ground as record and page."""

    part: str
    ground: str
    article: str
    label: str
    nature: str
    harm: str
    places: tuple[str, ...]


def withheld(session: Session, case: Case, *, key: CaseKey) -> list[Withheld]:
    """The parts that the issued decision withholds, in its order; boxes of grounds that it does not name come last."""
    wanted = select(Decision).where(Decision.case_id == case.id, Decision.state == DecisionState.ISSUED)
    decision = session.scalars(wanted.order_by(Decision.drafted_at.desc()).limit(1)).first()
    rows = reasons(key, decision) if decision is not None else []
    places = _places(session, case)
    found = [_line(case, row, places.get(row.ground, ())) for row in rows]
    named = {row.ground for row in rows}
    return found + [_line(case, Reason("", code, "", ""), places[code]) for code in sorted(places.keys() - named)]


def _line(case: Case, row: Reason, places: Sequence[str]) -> Withheld:
    known = ground(case.regime, row.ground)
    return Withheld(row.part, known.code, known.article_ja, known.label_ja, row.nature, row.harm, tuple(places))


def _places(session: Session, case: Case) -> dict[str, list[str]]:
    """Where the boxes of each ground are, a page once."""
    found: dict[str, list[str]] = {}
    for number, record in enumerate(standings(session, case), start=1):
        for box in record.boxes:
            place = f"記録{number}　{box.page}頁"
            if place not in found.setdefault(box.ground, []):
                found[box.ground].append(place)
    return found
