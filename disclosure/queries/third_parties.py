"""Third parties of a case: who was asked, what they said, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.models.notice import Notice, NoticeState
from disclosure.models.third_party import ThirdParty
from disclosure.queries import hindrances
from disclosure.queries.hindrances import Hindrance
from disclosure.queries.keys import latest_decision
from disclosure.rules.deadlines import Due
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action, State
from disclosure.rules.third_parties import Answer, Item, PartyState, inquiry_problem, waiting
from portal.core.errors import N_, NotFound
from portal.core.sealed import open_json
from portal.core.vault import CaseKey

TOLD = "f13"
WORKING = frozenset({State.SEARCH, State.DRAFTING})


@dataclass(frozen=True)
class Who:
    """A third party by name and address. ``honorific``: 様 for a person, 御中 for an office."""

    name: str
    honorific: str
    postal_code: str
    address: str
    contact: str


@dataclass(frozen=True)
class Matter:
    """What the records hold of it, why the law demands the inquiry, why the requester is named (empty: not named)."""

    content: str
    why: str
    naming: str
    skipped: str = ""


@dataclass(frozen=True)
class Said:
    """What it answered."""

    parts: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class ShownParty:
    """A third party, opened. ``told_on``: the notice of a decision against its objection went out."""

    id: str
    state: PartyState
    item: Item | None
    who: Who
    matter: Matter
    said: Said
    sent_on: date | None
    due_on: date | None
    answer: Answer | None
    answered_on: date | None
    file_id: str | None
    withheld: bool
    told_on: date | None


def parties(session: Session, case: Case) -> list[ThirdParty]:
    """Those on the list, in the order in which they were entered."""
    wanted = select(ThirdParty).where(ThirdParty.case_id == case.id, ThirdParty.state != PartyState.DROPPED)
    return list(session.scalars(wanted.order_by(ThirdParty.entered_at, ThirdParty.id)))


def find_party(session: Session, case: Case, party_id: str) -> ThirdParty:
    """One of this case; NotFound for another case's and for one taken off the list."""
    row = session.get(ThirdParty, party_id)
    if row is None or row.case_id != case.id or row.state is PartyState.DROPPED:
        raise NotFound
    return row


def who(key: CaseKey, row: ThirdParty) -> Who:
    """Name and address."""
    return Who(**open_json(key, ThirdParty.__tablename__, "who", row.id, row.who_sealed))


def matter(key: CaseKey, row: ThirdParty) -> Matter:
    """What it is asked about."""
    return Matter(**open_json(key, ThirdParty.__tablename__, "about", row.id, row.about_sealed))


def said(key: CaseKey, row: ThirdParty) -> Said:
    """What it answered; empty before."""
    if row.said_sealed is None:
        return Said()
    return Said(**open_json(key, ThirdParty.__tablename__, "said", row.id, row.said_sealed))


def shown_party(session: Session, row: ThirdParty, *, key: CaseKey) -> ShownParty:
    """One of them, opened."""
    return ShownParty(
        id=row.id,
        state=row.state,
        item=row.item,
        who=who(key, row),
        matter=matter(key, row),
        said=said(key, row),
        sent_on=row.sent_on,
        due_on=row.due_on,
        answer=row.answer,
        answered_on=row.answered_on,
        file_id=row.file_id,
        withheld=row.withheld,
        told_on=_told(session, row),
    )


def shown_parties(session: Session, case: Case, *, key: CaseKey) -> tuple[ShownParty, ...]:
    """All of them, opened."""
    return tuple(shown_party(session, row, key=key) for row in parties(session, case))


def inquiry_obstacle(case: Case) -> str:
    """Why nobody can be asked about this case by law, as a message id; empty when it is possible."""
    return inquiry_problem(regime(case.regime, case.law_day), case.law_day, case.kind, case.records)


def may_ask(case: Case) -> bool:
    """Whether law and state allow to ask third parties now."""
    return case.state in WORKING and not inquiry_obstacle(case)


def opponents(session: Session, case: Case) -> list[ThirdParty]:
    """Those who object to what the decision discloses: they are told, and the records wait for them.

    What arrives after the decision comes too late for that.
    """
    return [
        row
        for row in parties(session, case)
        if row.answer is Answer.OPPOSED
        and not row.withheld
        and (case.notified_on is None or (row.answered_on is not None and row.answered_on <= case.notified_on))
    ]


def untold(session: Session, case: Case) -> list[ThirdParty]:
    """The opponents to whom no notice of the decision went out yet; none where the decision discloses nothing."""
    if case.notified_on is not None and case.decision_type not in DISCLOSES:
        return []
    return [row for row in opponents(session, case) if _told(session, row) is None]


def next_answer(session: Session, case: Case) -> date | None:
    """The day by which the next answer is awaited."""
    days = [row.due_on for row in parties(session, case) if row.state is PartyState.ASKED and row.due_on is not None]
    return min(days, default=None)


def duty_on(session: Session, case: Case) -> date | None:
    """What comes first on the desk: an answer that is due before the decision, or a notice that goes out at once.

    None where nothing does.
    """
    if case.notified_on is None:
        day = next_answer(session, case)
        return day if day is not None and day < case.due_on else None
    return case.notified_on if case.released_at is None and untold(session, case) else None


def release_wait(session: Session, case: Case) -> Due | None:
    """How long the records wait for an opponent, explained: from the decision, or from a notice that went out later.

    None where nobody objected or nothing is disclosed. The day kept with the case is never taken back.
    """
    if case.notified_on is None or case.decision_type not in DISCLOSES:
        return None
    against = opponents(session, case)
    if not against:
        return None
    days = [day for row in against if (day := _told(session, row)) is not None]
    return waiting(regime(case.regime, case.law_day), case.law_day, max([case.notified_on, *days]))


def _told(session: Session, row: ThirdParty) -> date | None:
    wanted = select(Notice.issued_on).where(
        Notice.about_id == row.id, Notice.kind == TOLD, Notice.state == NoticeState.ISSUED
    )
    return session.scalar(wanted.order_by(Notice.issued_on.desc()).limit(1))


def _drafted(session: Session, row: ThirdParty) -> bool:
    wanted = select(Notice.id).where(Notice.about_id == row.id, Notice.kind == TOLD)
    return session.scalar(wanted.where(Notice.state != NoticeState.DROPPED).limit(1)) is not None


def _open_inquiry(session: Session, case: Case, today: date) -> Hindrance | None:
    """No decision goes for approval while somebody can still answer, or was listed and not asked."""
    rows = parties(session, case)
    if any(row.state is PartyState.LISTED for row in rows):
        return Hindrance(N_("A third party is on the list and was not asked. Ask, skip or take it off the list."))
    awaited = [row.due_on for row in rows if row.state is PartyState.ASKED and row.due_on and row.due_on >= today]
    if awaited:
        day = max(awaited)
        return Hindrance(N_("A third party can still answer until %(day)s."), {"day": day})
    return None


def _required(session: Session, case: Case, today: date) -> Hindrance | None:
    """What the law lets out only after asking is not decided before somebody was asked (第86条第2項)."""
    decision = latest_decision(session, case)
    if decision is None or decision.state is DecisionState.ISSUED or decision.type not in DISCLOSES:
        return None
    item = decision.third_party_item
    if item is None or any(row.item is item and row.state is not PartyState.LISTED for row in parties(session, case)):
        return None
    return Hindrance(N_("By this decision a third party must be asked before. Enter it under “Third parties”."))


def _notices_ready(session: Session, case: Case, today: date) -> Hindrance | None:
    """An opponent is told at once, so its notice is ready before the decision goes out (第86条第3項)."""
    decision = latest_decision(session, case)
    if decision is None or decision.type not in DISCLOSES:
        return None
    if all(_drafted(session, row) for row in opponents(session, case)):
        return None
    return Hindrance(N_("Somebody objected: draft the notice to them first, for it must go out at once."))


def _opponents_told(session: Session, case: Case, today: date) -> Hindrance | None:
    if not untold(session, case):
        return None
    return Hindrance(N_("The notice to whoever objected has not gone out yet. It must be issued first."))


def _locked(session: Session, case: Case, today: date) -> Hindrance | None:
    if case.release_from is None or today >= case.release_from:
        return None
    said_on = case.release_from
    return Hindrance(
        N_("Somebody objected, so the records may be handed out from %(day)s on."), {"day": said_on}, since_on=said_on
    )


for _action, _asked in (
    (Action.SEND_FOR_APPROVAL, (_open_inquiry, _required)),
    (Action.ISSUE, (_notices_ready,)),
    (Action.RELEASE, (_opponents_told, _locked)),
):
    hindrances.ASKED[_action] = (*hindrances.ASKED.get(_action, ()), *_asked)
