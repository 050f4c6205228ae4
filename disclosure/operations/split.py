"""Separating the rest of a request under the special period (第84条) into a case of its own.

The law lets a substantial part be decided by its day and the rest later. Each part then has a decision, letters,
periods and remedies of its own; the requester made one request and opens the rest from its page.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseField, CaseKeys
from disclosure.models.identity import IdentityCheck
from disclosure.models.sealed import seal_json, seal_text
from disclosure.models.split import Split
from disclosure.operations import screening
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.submit import Secrets, make_secrets
from disclosure.queries.extensions import special
from disclosure.queries.keys import case_key, fields
from disclosure.queries.splits import split_obstacle
from disclosure.rules import numbering
from disclosure.rules.extensions import LONGEST_FACTS
from disclosure.rules.kinds import Field
from disclosure.rules.states import Action, State
from portal.core.access_code import new_access_code
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

LIMITS = (LONGEST_FACTS, 4 * LONGEST_FACTS)
# The rest is the same request: whatever was said and found out when it arrived holds for it too.
ALIKE = (
    "kind", "regime", "law_day", "received_on", "received_at", "channel", "language", "requester", "protected",
    "records", "delivery", "format", "wants_mail", "due_on", "target_on", "next_due_on", "assignee_id",
    "assignee_name", "identity_confirmed_at", "name_index", "kana_index", "birth_index",
)  # fmt: skip
CHECKED = (
    "document", "shows", "expires_on", "issued_on", "original", "name_agrees", "address_agrees", "checked_by",
    "checked_at",
)  # fmt: skip


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
    key, secrets = case_key(vault, case), make_secrets(vault, new_access_code())
    new = _rest_of(session, case, secrets, organisation)
    texts = {**fields(key, case), Field.DETAILS: rest}
    for name, text in texts.items():
        row = new_id()
        sealed = seal_text(secrets.key, CaseField.__tablename__, name.value, row, text)
        session.add(CaseField(id=row, case_id=new.id, name=name, sealed=sealed))
    for check in session.scalars(select(IdentityCheck).where(IdentityCheck.case_id == case.id)):
        session.add(IdentityCheck(id=new_id(), case_id=new.id, **{name: getattr(check, name) for name in CHECKED}))
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
    session.refresh(new)
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


def _rest_of(session: Session, case: Case, secrets: Secrets, organisation: Organisation) -> Case:
    fiscal = fiscal_year(case.received_on)
    sequence = numbers.take(session, numbers.RECEIPTS, fiscal)
    new = Case(
        id=secrets.case_id,
        number=numbering.receipt_number(organisation.receipt_mark, fiscal, sequence),
        submission_key=f"rest-{case.id}",
        part_of_id=case.id,
        state=State.SEARCH,
        **{name: getattr(case, name) for name in ALIKE},
    )
    session.add(new)
    session.flush()
    lock = secrets.lock
    session.add(
        CaseKeys(
            case_id=new.id,
            office_wrap=secrets.office_wrap,
            code_salt=lock.salt,
            code_verifier=lock.verifier,
            code_wrap=lock.wrap,
        )
    )
    return new
