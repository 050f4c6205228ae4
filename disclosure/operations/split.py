"""Separating the rest of a request under the special period (第84条) into a case of its own.

The law lets a substantial part be decided by its day and the rest later. Each part then has a decision, letters,
periods and remedies of its own; the requester made one request and opens the rest from its page.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.split import Split
from disclosure.operations.branch import branch
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.operations.notify import notify_resident
from disclosure.queries.extensions import special
from disclosure.queries.keys import case_key
from disclosure.queries.splits import split_obstacle
from disclosure.rules.extensions import LONGEST_FACTS
from disclosure.rules.kinds import Field
from disclosure.rules.states import Action
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_json
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault

LIMITS = (LONGEST_FACTS, 4 * LONGEST_FACTS)


def split(
    session: Session,
    case: Case,
    part: str,
    rest: str,
    *,
    vault: OfficeVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Case:
    """Separate the ``rest`` of a request from the ``part`` that this case goes on to decide; returns the new case.

    Once for a case, after the requester was told of the special period and before the decision is sent for approval:
    Conflict otherwise. Invalid with ``field`` for a text that is missing or cannot be taken.
    """
    begin(session, case, Action.APPLY_SPECIAL_PERIOD, by=by)
    if why := split_obstacle(session, case):
        raise Conflict(why)
    part, rest = _text(part, "part"), _text(rest, "rest")
    new, secrets = branch(
        session,
        case,
        submission_key=f"rest-{case.id}",
        vault=vault,
        organisation=organisation,
        changed={Field.DETAILS: rest},
        part_of_id=case.id,
    )
    key = case_key(vault, case)
    said = {"part": part, "rest": rest, "code": secrets.access_code}
    session.add(
        Split(
            origin_id=case.id,
            rest_id=new.id,
            said_sealed=seal_json(key, Split.__tablename__, "said", case.id, said),
            split_by=by.id,
            split_name=by.name,
            split_at=at,
        )
    )
    session.flush()
    for one in (case, new):
        reckon(session, one, today=day_in_japan(at))
    notify_resident(session, case, "split", at=at)
    told = special(session, case)
    rest_on = told.rest_on.isoformat() if told is not None and told.rest_on is not None else ""
    tell(session, case, "split", by=by, at=at, number=new.number)
    tell(session, new, "split-from", by=by, at=at, number=case.number, rest_on=rest_on)
    book(session, case, "split", by=by, at=at, rest=new.number)
    book(session, new, "split-from", by=by, at=at, origin=case.number)
    return new


def _text(typed: str, field: str) -> str:
    text = typed.strip()
    if not text:
        raise Invalid(N_("Say which part it is."), field=field)
    return screening.lines(text, field=field, limits=LIMITS)
