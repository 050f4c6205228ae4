"""Sample claims about what was disclosed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.claims import Wanted, file_claim
from disclosure.operations.submit import Submitted
from disclosure.queries.keys import case_key
from disclosure.queries.opening import resident
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import CaseKind
from disclosure.rules.states import State
from portal.core.access_code import new_access_code
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories import disclosure as make

CLAIM = "氏名のフリガナ「タカハシ」を「タカバシ」に訂正してください。"
REASON = "旅券の記載と異なります。"


def disclosed(session: Session, case: Case, *, at: datetime) -> Case:
    """The case as it stands once its records were handed out."""
    case.state, case.decision_type = State.IMPLEMENTED, DecisionType.FULL
    case.notified_on, case.released_at = day_in_japan(at), at
    case.next_due_on = day_in_japan(at) + timedelta(days=90)
    session.flush()
    return case


def an_origin(session: Session, settings: Settings, vault: OfficeVault, *, at: datetime = make.NOON) -> Submitted:
    """A request whose records were handed out on the day on which it was filed."""
    filed = make.submitted(session, settings, vault, at=at)
    session.flush()
    disclosed(session, filed.case, at=at)
    return filed


def wanted(kind: CaseKind = CaseKind.CORRECTION, **changes: Any) -> Wanted:
    """What a sample person claims."""
    values: dict[str, Any] = {
        "kind": kind, "claim": CLAIM, "reason": REASON, "identity": (make.an_upload("免許証.png"),)
    }  # fmt: skip
    return Wanted(**{**values, **changes})


def a_claim(
    session: Session, settings: Settings, vault: OfficeVault, origin: Case, what: Wanted, *, at: datetime, key: str = ""
) -> Submitted:
    """A claim as the requester of ``origin`` files it."""
    filed = file_claim(
        session,
        origin,
        what,
        key=case_key(vault, origin),
        submission_key=key or new_id(),
        access_code=new_access_code(),
        vault=vault,
        organisation=settings.organisation,
        by=resident(origin),
        at=at,
    )
    session.flush()
    return filed
