"""Asking for further disclosure of documents that were disclosed (更なる開示: 独立行政法人等情報公開法 第15条第5項)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.choose import Wished, keep_wish
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.queries.further import further_due
from disclosure.queries.methods import latest
from disclosure.rules import methods
from disclosure.rules.states import Action
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import CaseKey

NOTHING_YET = N_("Nothing has been received yet, so there is nothing to ask for further.")
TOO_LATE = N_(
    "The time to ask for further disclosure passed on %(day)s. If there was a good reason, tell us; or ask anew."
)
SAME = N_("You have the documents in this way already. Choose another way or form, or other parts.")


def ask_further(session: Session, case: Case, wished: Wished, *, key: CaseKey, by: Actor, at: datetime) -> None:
    """Have what was disclosed in another way too; the documents are then prepared once more.

    Conflict before anything was received, and when the time has passed: staff take a late one with a good reason.
    Invalid for what does not go together or was had already.
    """
    state = begin(session, case, Action.ASK_FURTHER, by=by)
    due = further_due(session, case)
    if due is None:
        raise Conflict(NOTHING_YET)
    late = day_in_japan(at) > due.binding_on
    if late and by.kind is ActorKind.RESIDENT:
        raise Conflict(TOO_LATE, day=due.binding_on.isoformat())
    if late and not wished.reason.strip():
        raise Invalid(N_("The time has passed. Say why there was a good reason for it."), field="reason")
    methods.check(wished.delivery, wished.format)
    before = latest(session, case)
    same = (wished.delivery, wished.format) == (case.delivery, case.format) and not wished.otherwise
    if same and not wished.parts and not (before and before.records):
        raise Invalid(SAME, field="delivery")
    case.state, case.delivery, case.format = state, wished.delivery, wished.format
    keep_wish(session, case, wished, late=late, key=key, by=by, at=at)
    reckon(session, case, today=day_in_japan(at))
    tell(session, case, "further-asked", by=by, at=at, delivery=case.delivery.value, format=case.format.value)
    book(session, case, "ask-further", by=by, at=at, delivery=case.delivery.value)
