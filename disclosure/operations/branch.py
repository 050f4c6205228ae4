"""Making a further case of the same request: the rest of it (第84条), or what is decided anew after a ruling.

Whatever was said and found out when the request arrived holds for it too. It has a number, a key and an access code of
its own, so that either case can be erased alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseField, CaseKeys
from disclosure.models.identity import IdentityCheck
from disclosure.operations.submit import Secrets, make_secrets
from disclosure.queries.keys import case_key, fields
from disclosure.rules import numbering
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from portal.core.access_code import new_access_code
from portal.core.db import new_id
from portal.core.sealed import seal_text
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers

ALIKE = (
    "kind", "origin_id", "regime", "law_day", "received_on", "received_at", "channel", "language", "requester",
    "protected", "records", "delivery", "format", "wants_mail", "due_on", "target_on", "next_due_on", "assignee_id",
    "assignee_name", "identity_confirmed_at", "name_index", "kana_index", "birth_index",
)  # fmt: skip
CHECKED = (
    "document", "shows", "expires_on", "issued_on", "original", "name_agrees", "address_agrees", "checked_by",
    "checked_at",
)  # fmt: skip


def branch(
    session: Session,
    case: Case,
    *,
    submission_key: str,
    vault: OfficeVault,
    organisation: Organisation,
    changed: dict[Field, str] | None = None,
    **columns: Any,
) -> tuple[Case, Secrets]:
    """A new case in the search for records, with its secrets. ``changed`` takes the place of what was said then.

    ``columns`` says which case it is of. Its days are still those of the first: reckon them.
    """
    key, secrets = case_key(vault, case), make_secrets(vault, new_access_code())
    fiscal = fiscal_year(case.received_on)
    sequence = numbers.take(session, numbers.RECEIPTS, fiscal)
    alike = {name: getattr(case, name) for name in ALIKE}
    if case.next_due_on is None:  # it has ended
        alike["next_due_on"] = case.due_on
    new = Case(
        id=secrets.case_id,
        number=numbering.receipt_number(organisation.receipt_mark, fiscal, sequence),
        submission_key=submission_key,
        state=State.SEARCH,
        **alike,
        **columns,
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
    for name, text in {**fields(key, case), **(changed or {})}.items():
        row = new_id()
        sealed = seal_text(secrets.key, CaseField.__tablename__, name.value, row, text)
        session.add(CaseField(id=row, case_id=new.id, name=name, sealed=sealed))
    for check in session.scalars(select(IdentityCheck).where(IdentityCheck.case_id == case.id)):
        session.add(IdentityCheck(id=new_id(), case_id=new.id, **{name: getattr(check, name) for name in CHECKED}))
    session.flush()
    session.refresh(new)
    return new, secrets
