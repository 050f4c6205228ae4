"""What the checklist before closing is made from."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.notice import Notice, NoticeState
from disclosure.queries.deliveries import deliveries, in_force, on_its_way
from disclosure.queries.extensions import in_work
from disclosure.queries.fees import fee_account
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.keys import case_files
from disclosure.queries.retention import held
from disclosure.rules.closing import ClosingFacts, ClosingItem, checklist
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import FileKind
from disclosure.rules.retention import Kept, keep_until
from disclosure.rules.states import Action

# What closing looks at by itself; the rest of the list is asked here.
LOOKED_AT = frozenset({"letter", "records"})


def closing_list(session: Session, case: Case, *, today: date) -> tuple[ClosingItem, ...]:
    """The checklist of a case, as it stands today."""
    letter = in_force(deliveries(session, case))
    copies = len(case_files(session, case, FileKind.IDENTITY))
    drafts = select(func.count()).where(Notice.case_id == case.id, Notice.state == NoticeState.DRAFTED)
    claims = select(Case.number).where(Case.origin_id == case.id, Case.ended_on.is_(None)).order_by(Case.number)
    facts = ClosingFacts(
        letter_arrived=not on_its_way(letter, released=case.released_at is not None),
        open_yen=fee_account(session, case).open_yen,
        to_hand_out=case.decision_type in DISCLOSES,
        handed_out=case.released_at is not None,
        choice_until=case.next_due_on or case.due_on,
        letters_in_work=(session.scalar(drafts) or 0) + (in_work(session, case) is not None),
        open_claims=tuple(session.scalars(claims)),
        identity_copies=copies,
        copies_until=keep_until(Kept.IDENTITY_COPY, today, law_day=case.law_day) if copies else None,
        held=held(session, case),
    )
    return checklist(facts, today=today)


def _unsettled(session: Session, case: Case, today: date) -> Hindrance | None:
    for item in closing_list(session, case, today=today):
        if item.hinders and not item.done and item.key not in LOOKED_AT:
            return Hindrance(item.advice, item.params)
    return None


ASKED[Action.CLOSE] = (*ASKED.get(Action.CLOSE, ()), _unsettled)
