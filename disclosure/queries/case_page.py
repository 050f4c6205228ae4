"""Everything on the desk's page of one case. It opens personal data: record the look first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.models.decision import Decision, DecisionReturn, DecisionState
from disclosure.models.event import CaseNote
from disclosure.models.identity import IdentityCheck
from disclosure.queries.access import Look, access_history
from disclosure.queries.case_law import case_law, discloses, grants, is_claim
from disclosure.queries.claim_wording import state_label
from disclosure.queries.clock import RunningClock, clocks
from disclosure.queries.deliveries import LetterDelivery, in_force, on_its_way
from disclosure.queries.extensions import ShownExtension, hindrance, in_work, shown
from disclosure.queries.hindrances import Hindrance
from disclosure.queries.history import Happening, history
from disclosure.queries.keys import (
    case_files,
    case_key,
    corrections,
    fields,
    file_name,
    latest_decision,
    reasons,
)
from disclosure.queries.methods import has_lapsed
from disclosure.queries.procedure import decision_choices, not_its_day, possible
from disclosure.queries.status import StatusFile, StatusLetter, status_letters
from disclosure.queries.transfers import may_transfer
from disclosure.queries.wording import NEXT
from disclosure.rules.decisions import DecisionType, Problem, Reason, label, problems
from disclosure.rules.defects import DEFECTS, Defect
from disclosure.rules.extensions import ExtensionKind
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.regimes import Regime
from disclosure.rules.states import Action, State
from portal.core.actor import Actor
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey, OfficeVault

MORE_TIME = {Action.EXTEND: ExtensionKind.EXTENSION, Action.APPLY_SPECIAL_PERIOD: ExtensionKind.SPECIAL}


@dataclass(frozen=True)
class PageNote:
    """A note among staff."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class PageCorrection:
    """A correction that was asked for; ``before`` holds the values that the answer replaced."""

    sent_on: date
    due_on: date
    defects: tuple[Defect, ...]
    note: str
    answered_on: date | None
    given_up_on: date | None
    answer: str
    before: dict[str, str]


@dataclass(frozen=True)
class PageReturn:
    """A draft sent back, and why."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class PageDecision:
    """The decision in work or issued; ``problems`` stop it from going to approval."""

    type: DecisionType
    label: str
    state: DecisionState
    reasons: tuple[Reason, ...]
    problems: tuple[Problem, ...]
    drafted_by: str
    drafted_name: str
    approved_name: str
    returns: tuple[PageReturn, ...]


@dataclass(frozen=True)
class CasePage:
    """The page. ``next_action`` is the one obvious step; ``can`` holds all that this actor can do now.

    ``hidden``: the address is protected, and ``values`` do not hold it until somebody opens it on purpose.
    ``notice_waits``: a colleague drafted a notice about the period, and this actor can issue it today. ``not_yet``: why
    the letter of the decision cannot go out today.
    """

    case: Case
    label: str
    law: Regime
    values: dict[Field, str]
    identity_files: tuple[StatusFile, ...]
    agency_files: tuple[StatusFile, ...]
    correction_files: tuple[StatusFile, ...]
    record_files: tuple[StatusFile, ...]
    identity_checks: tuple[IdentityCheck, ...]
    corrections: tuple[PageCorrection, ...]
    decision: PageDecision | None
    decision_choices: tuple[DecisionType, ...]
    letters: tuple[StatusLetter, ...]
    more_time: tuple[ShownExtension, ...]
    notice_waits: bool
    notes: tuple[PageNote, ...]
    clocks: tuple[RunningClock, ...]
    history: tuple[Happening, ...]
    looks: tuple[Look, ...]
    next_action: Action | None
    can: frozenset[Action]
    hidden: bool = False
    not_yet: Hindrance | None = None

    @property
    def underway(self) -> LetterDelivery | None:
        """The letter in force, while it keeps the case open because it has not reached the requester."""
        letter = in_force([row.way for row in self.letters])
        return letter if on_its_way(letter, released=self.case.released_at is not None) else None


def case_page(session: Session, case: Case, *, vault: OfficeVault, actor: Actor, today: date) -> CasePage:
    """The whole case, opened with the back office's key."""
    policy.check(actor, policy.Right.READ, case)
    key, law = case_key(vault, case), case_law(case)
    files = case_files(session, case)
    decision = _decision(session, case, key, law, records=sum(row.kind is FileKind.RECORD for row in files))
    letters = status_letters(session, case)
    letter = in_force([row.way for row in letters])
    can = _can(case, actor, decision)
    if Action.LAPSE in can and not has_lapsed(session, case, today=today):
        can -= {Action.LAPSE}
    if on_its_way(letter, released=case.released_at is not None):
        can -= {Action.CLOSE}
    if not may_transfer(case):
        can -= {Action.TRANSFER}
    not_yet = not_its_day(session, case, today)
    if not_yet is not None:
        can -= {Action.ISSUE}
    if not any(row.kind is FileKind.RECORD for row in files):  # the letter itself said that there is nothing
        can -= {Action.RELEASE, Action.CHOOSE_METHOD, Action.LAPSE, Action.ACCEPT_LATE}
    if not may_transfer(case):
        can -= {Action.TRANSFER}
    can -= {action for action, kind in MORE_TIME.items() if hindrance(session, case, kind, today=today) is not None}

    def of(kind: FileKind) -> tuple[StatusFile, ...]:
        return tuple(
            StatusFile(row.id, row.kind, file_name(key, row), row.media_type, row.size, row.pages)
            for row in files
            if row.kind is kind
        )

    return CasePage(
        case=case,
        label=state_label(case),
        law=law,
        values=fields(key, case),
        identity_files=of(FileKind.IDENTITY),
        agency_files=of(FileKind.AGENCY),
        correction_files=of(FileKind.CORRECTION),
        record_files=of(FileKind.RECORD),
        identity_checks=_checks(session, case),
        corrections=tuple(_correction(key, row) for row in corrections(session, case)),
        decision=decision,
        decision_choices=decision_choices(case),
        letters=letters,
        more_time=shown(session, case, key=key),
        notice_waits=_notice_waits(session, case, actor, today),
        notes=_notes(session, case, key),
        clocks=tuple(clocks(session, case, today=today)),
        history=tuple(history(session, case, actor=actor)),
        looks=tuple(access_history(session, case, actor=actor)),
        next_action=_next(case, decision, can, bool(of(FileKind.RECORD))),
        can=can,
        not_yet=not_yet,
    )


def _notice_waits(session: Session, case: Case, actor: Actor, today: date) -> bool:
    row = in_work(session, case)
    if row is None or row.drafted_by == actor.id or not policy.may(actor, policy.Right.ISSUE_EXTENSION, case):
        return False
    return hindrance(session, case, row.kind, today=today) is None


def _can(case: Case, actor: Actor, decision: PageDecision | None) -> frozenset[Action]:
    can = {action for action in possible(case) if policy.may(actor, action, case)}
    if decision is not None and decision.drafted_by == actor.id:
        can.discard(Action.APPROVE)
    if decision is not None and decision.problems:
        can.discard(Action.SEND_FOR_APPROVAL)
    if case.decision_type is not None and not discloses(case):
        can -= {Action.RELEASE, Action.CHOOSE_METHOD}
    if not grants(case):
        can.discard(Action.CARRY_OUT)
    return frozenset(can)


def _next(case: Case, decision: PageDecision | None, can: frozenset[Action], has_record: bool) -> Action | None:
    action = NEXT[case.state]
    unfinished = case.state is State.DRAFTING and (decision is None or bool(decision.problems))
    if unfinished or (case.state is State.SEARCH and (has_record or is_claim(case))):
        action = Action.DRAFT
    elif case.state is State.NOTIFIED and discloses(case):
        action = Action.RELEASE if has_record else Action.CLOSE
    elif case.state is State.NOTIFIED and grants(case):
        action = Action.CARRY_OUT
    return action if action in can else None


def _checks(session: Session, case: Case) -> tuple[IdentityCheck, ...]:
    wanted = select(IdentityCheck).where(IdentityCheck.case_id == case.id).order_by(IdentityCheck.checked_at)
    return tuple(session.scalars(wanted))


def _correction(key: CaseKey, row: CorrectionRequest) -> PageCorrection:
    table = CorrectionRequest.__tablename__
    answer = open_json(key, table, "answer", row.id, row.answer_sealed) if row.answer_sealed else {}
    return PageCorrection(
        sent_on=row.sent_on,
        due_on=row.due_on,
        defects=tuple(DEFECTS[code] for code in row.defects),
        note=open_text(key, table, "note", row.id, row.note_sealed),
        answered_on=row.answered_on,
        given_up_on=row.given_up_on,
        answer=answer.get("text", ""),
        before=answer.get("before", {}),
    )


def _decision(session: Session, case: Case, key: CaseKey, law: Regime, *, records: int) -> PageDecision | None:
    row = latest_decision(session, case)
    if row is None:
        return None
    why = reasons(key, row)
    found = problems(row.type, why, regime=law, day=case.law_day, records=records)
    return PageDecision(
        type=row.type,
        label=label(case.kind, row.type),
        state=row.state,
        reasons=tuple(why),
        problems=tuple(found) if row.state is DecisionState.DRAFT else (),
        drafted_by=row.drafted_by,
        drafted_name=row.drafted_name,
        approved_name=row.approved_name,
        returns=_returns(key, row),
    )


def _returns(key: CaseKey, decision: Decision) -> tuple[PageReturn, ...]:
    table = DecisionReturn.__tablename__
    return tuple(
        PageReturn(row.at, row.by_name, open_text(key, table, "reason", row.id, row.reason_sealed))
        for row in decision.returns
    )


def _notes(session: Session, case: Case, key: CaseKey) -> tuple[PageNote, ...]:
    table = CaseNote.__tablename__
    wanted = select(CaseNote).where(CaseNote.case_id == case.id).order_by(CaseNote.at)
    return tuple(
        PageNote(row.at, row.author_name, open_text(key, table, "text", row.id, row.text_sealed))
        for row in session.scalars(wanted)
    )
