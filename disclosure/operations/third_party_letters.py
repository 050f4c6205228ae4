"""The letters to third parties: the inquiry (F10, F11 with the form F12) and the notice to whoever objected (F13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure.letters import third_party_letters
from disclosure.letters.third_party_letters import Disclosure, Inquiry, Party
from disclosure.models.case import Case
from disclosure.models.notice import Notice
from disclosure.models.third_party import ThirdParty
from disclosure.operations.history import tell
from disclosure.operations.moving import reckon
from disclosure.operations.notices import Following, Making, NoticeKind, draft_notice, register
from disclosure.operations.release_wait import lock_release
from disclosure.operations.third_parties import MISSING, NOT_NOW
from disclosure.policy import Right
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.notices import notices
from disclosure.queries.third_parties import TOLD, inquiry_obstacle, matter, may_ask, opponents, who
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import Field, Requester
from disclosure.rules.regimes import regime
from disclosure.rules.states import ENDED
from disclosure.rules.third_parties import PartyState, answer_day_problem, waiting
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.vault import CaseKey, OfficeVault
from portal.letters.engine import Context

OPTIONAL, REQUIRED = "f10", "f11"


def draft_inquiry(
    session: Session, case: Case, row: ThirdParty, due_on: date | None, *, vault: OfficeVault, by: Actor, at: datetime
) -> Notice:
    """Draft the inquiry, or write it again; the third party can answer until ``due_on``."""
    if (found := answer_day_problem(due_on, today=day_in_japan(at))) or due_on is None:
        raise Invalid(found, field="due-on")
    code = REQUIRED if row.item else OPTIONAL
    values = {"party": row.id, "due_on": due_on.isoformat()}
    before = next(iter(notices(session, case, code, row.id)), None)
    return draft_notice(session, case, code, values, vault=vault, by=by, at=at, about_id=row.id, instead_of=before)


def draft_objection_notice(
    session: Session, case: Case, row: ThirdParty, reasons: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> Notice:
    """Draft what an opponent is told at once when the decision discloses all the same, and why it does."""
    if not reasons.strip():
        raise Invalid(MISSING, field="grounds")
    values = {"party": row.id, "reasons": screening.lines(reasons, field="grounds")}
    before = next(iter(notices(session, case, TOLD, row.id)), None)
    return draft_notice(session, case, TOLD, values, vault=vault, by=by, at=at, about_id=row.id, instead_of=before)


def _row(session: Session, case: Case, values: Mapping[str, Any]) -> ThirdParty:
    row = session.get(ThirdParty, str(values.get("party", "")))
    if row is None or row.case_id != case.id or row.state is PartyState.DROPPED:
        raise Conflict(N_("This third party is no longer on the list."))
    return row


def _check_inquiry(session: Session, case: Case, values: Mapping[str, Any], day: date) -> None:
    row = _row(session, case, values)
    if found := inquiry_obstacle(case):
        raise Conflict(found)
    if not may_ask(case):
        raise Conflict(NOT_NOW)
    if row.state is not PartyState.LISTED:
        raise Conflict(N_("This third party was asked already."))
    if found := answer_day_problem(date.fromisoformat(values["due_on"]), today=day):
        raise Conflict(found)


def _check_notice(session: Session, case: Case, values: Mapping[str, Any], day: date) -> None:
    row = _row(session, case, values)
    if row not in opponents(session, case):
        raise Conflict(N_("This notice is for a third party who objects to what is disclosed."))
    if case.state in ENDED or (case.notified_on is not None and case.decision_type not in DISCLOSES):
        raise Conflict(N_("Nothing is disclosed by this decision."))


def _not_decided(session: Session, case: Case) -> str:
    return "" if case.notified_on is not None else N_("It goes out at once when the decision is issued, not before.")


def _party(key: CaseKey, row: ThirdParty) -> Party:
    one = who(key, row)
    return Party(one.name, one.honorific, one.postal_code, one.address)


def _inquiry_context(making: Making) -> Context:
    row, key = _row(making.session, making.case, making.said), making.key
    about = matter(key, row)
    asked = Inquiry(
        content=about.content,
        due_on=date.fromisoformat(making.said["due_on"]),
        item=row.item,
        why=about.why,
        requester=_requester(making) if about.naming.strip() and not making.case.protected else "",
    )
    return third_party_letters.inquiry(
        making.case,
        _party(key, row),
        asked,
        paper=making.paper,
    )


def _requester(making: Making) -> str:
    person = making.case.requester is Requester.PERSON
    return making.fields.get(Field.NAME if person else Field.AGENT_NAME, "")


def _notice_context(making: Making) -> Context:
    session, case = making.session, making.case
    row = _row(session, case, making.said)
    letter = in_force(deliveries(session, case))
    wait = waiting(regime(case.regime, case.law_day), case.law_day, making.paper.issued_on)
    first = wait.opens_on or wait.binding_on
    told = Disclosure(
        answered_on=row.answered_on,
        decided_on=case.notified_on or making.paper.issued_on,
        decision_number=letter.letter.number if letter is not None else "",
        reasons=str(making.said["reasons"]),
        release_on=max(first, case.release_from or first),
    )
    return third_party_letters.objection_notice(
        case,
        _party(making.key, row),
        told,
        paper=making.paper,
    )


def _asked(following: Following) -> None:
    row = _row(following.session, following.case, following.said)
    row.state, row.sent_on = PartyState.ASKED, day_in_japan(following.at)
    row.due_on = date.fromisoformat(following.said["due_on"])
    following.session.flush()


def _told(following: Following) -> None:
    """From now on the opponent has its time; the requester sees until when the records wait."""
    session, case = following.session, following.case
    lock_release(session, case)
    reckon(session, case, today=day_in_japan(following.at))
    if case.release_from is not None:
        day = case.release_from.isoformat()
        tell(session, case, "release-waits", by=following.by, at=following.at, release_from=day)


for _code in (OPTIONAL, REQUIRED):
    register(
        NoticeKind(
            code=_code,
            drafts=Right.CONSULT,
            issues=Right.ISSUE_NOTICE,
            context=_inquiry_context,
            check=_check_inquiry,
            follow=_asked,
            to_requester=False,
        )
    )
register(
    NoticeKind(
        code=TOLD,
        drafts=Right.CONSULT,
        issues=Right.ISSUE_NOTICE,
        context=_notice_context,
        check=_check_notice,
        follow=_told,
        to_requester=False,
        not_yet=_not_decided,
    )
)
