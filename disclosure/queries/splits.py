"""A request decided in two parts: whether it can be, and what each case says of the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.models.split import Split
from disclosure.queries.case_law import is_claim
from disclosure.queries.extensions import rest_promised, special
from disclosure.queries.keys import case_files, fields
from disclosure.rules.kinds import Channel, Field, FileKind
from disclosure.rules.states import State
from portal.core.errors import N_
from portal.core.sealed import open_json
from portal.core.vault import CaseKey

IN_TIME = (State.SEARCH, State.DRAFTING)


@dataclass(frozen=True)
class ShownSplit:
    """The parts as the holder of one case's key sees them.

    ``this`` is what this case decides, ``rest`` whether it is the rest. Only from the origin one sees which part the
    ``other`` decides, and its access ``code``.
    """

    this: str
    rest: bool
    rest_on: date
    other: Case
    others_part: str = ""
    code: str = ""


def split_of(session: Session, case: Case) -> Split | None:
    """How the request of this case was split, from either side."""
    return session.scalar(select(Split).where(or_(Split.origin_id == case.id, Split.rest_id == case.id)))


def is_split(session: Session, case: Case) -> bool:
    """Whether the rest of this case is a case of its own."""
    return session.get(Split, case.id) is not None


def split_obstacle(session: Session, case: Case) -> str | None:
    """Why the rest cannot be separated now, as a message id; None when it can."""
    if is_claim(case):
        return N_("A claim is decided as a whole.")
    if case.part_of_id is not None:
        return N_("This is the rest of a request; it is not divided further.")
    if is_split(session, case):
        return N_("The rest of this request is a case of its own already.")
    if special(session, case) is None:
        return N_("The requester must first be told that the special period applies.")
    if case.state not in IN_TIME:
        return N_("The rest can be separated only before the decision is sent for approval.")
    return None


def slip_obstacle(session: Session, case: Case) -> str | None:
    """Why the code of the rest is not printed from this case, as a message id; None when it is."""
    if not is_split(session, case):
        return N_("The rest of this request is no case of its own.")
    if case.channel is Channel.WEB:
        return N_("The requester opens the rest from the page of this request, so its code is not printed.")
    return None


def papers_of_origin(session: Session, case: Case) -> tuple[Case, tuple[CaseFile, ...]] | None:
    """Where the rest was separated from, and the papers there that showed who asks; None for any other case.

    They stay where they are and are looked at there, so that each look stands in the history of one request.
    """
    origin = session.get(Case, case.part_of_id) if case.part_of_id is not None else None
    if origin is None or origin.keys is None:
        return None
    kinds = (FileKind.IDENTITY, FileKind.AGENCY)
    return origin, tuple(row for kind in kinds for row in case_files(session, origin, kind))


def shown_split(session: Session, case: Case, *, key: CaseKey) -> ShownSplit | None:
    """Both parts as this case's key opens them; None for a request that is decided at once."""
    row = split_of(session, case)
    if row is None:
        return None
    rest = row.rest_id == case.id
    other = session.get(Case, row.origin_id if rest else row.rest_id)
    promised = rest_promised(session, case if rest or other is None else other)
    if other is None or promised is None:
        return None
    if rest:
        return ShownSplit(fields(key, case).get(Field.DETAILS, ""), rest, promised[0], other)
    said = open_json(key, Split.__tablename__, "said", row.origin_id, row.said_sealed)
    return ShownSplit(said["part"], rest, promised[0], other, said["rest"], said["code"])
