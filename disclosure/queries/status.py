"""What the requester sees of their case: each step with its date, the running clock, what they can do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.correction import CorrectionRequest
from disclosure.queries import procedure
from disclosure.queries.access import Look, access_history
from disclosure.queries.case_law import case_law, discloses
from disclosure.queries.claim_wording import explained, state_label
from disclosure.queries.clock import RunningClock, clocks
from disclosure.queries.deliveries import LetterDelivery, deliveries
from disclosure.queries.extensions import ShownExtension, shown
from disclosure.queries.history import Happening, history
from disclosure.queries.keys import case_files, corrections, file_name
from disclosure.queries.methods import methods_of
from disclosure.queries.opening import OpenedCase
from disclosure.queries.wording import CLOCK_RUNS_ON, SAME_ANSWER
from disclosure.rules.decisions import DISCLOSES, DecisionType, label
from disclosure.rules.defects import DEFECTS, Defect
from disclosure.rules.kinds import NOT_THE_REQUESTERS, Delivery, FileKind, Format, RecordKind
from disclosure.rules.regimes import Regime
from disclosure.rules.states import Action, State
from portal.core.sealed import open_text
from portal.letters import kinds


class Progress(StrEnum):
    """How a step of the way stands."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Stage:
    """One of the few steps that a requester follows; ``on`` is when it was reached."""

    state: State
    label: str
    progress: Progress
    at: datetime | None


@dataclass(frozen=True)
class OpenCorrection:
    """What the office waits for."""

    id: str
    sent_on: date
    due_on: date
    defects: tuple[Defect, ...]
    note: str


@dataclass(frozen=True)
class StatusFile:
    """A file that the requester can download."""

    id: str
    kind: FileKind
    name: str
    media_type: str
    size: int
    pages: int


@dataclass(frozen=True)
class StatusLetter:
    """A letter that the requester can download, with its way to them."""

    id: str
    number: str
    issued_on: date
    way: LetterDelivery

    @property
    def title(self) -> str:
        """What kind of letter it is, as a message id."""
        return kinds.name(self.way.letter.kind)


@dataclass(frozen=True)
class Status:
    """The status page. ``label`` and ``explanation`` are message ids; ``alike``: everybody gets the same answer."""

    number: str
    state: State
    label: str
    explanation: str
    received_on: date
    records: RecordKind
    delivery: Delivery
    format: Format
    law: Regime
    decision: DecisionType | None
    decision_label: str
    stages: tuple[Stage, ...]
    clocks: tuple[RunningClock, ...]
    history: tuple[Happening, ...]
    looks: tuple[Look, ...]
    alike: bool
    correction: OpenCorrection | None
    more_time: tuple[ShownExtension, ...]
    letters: tuple[StatusLetter, ...]
    records_files: tuple[StatusFile, ...]
    own_files: tuple[StatusFile, ...]
    can: frozenset[Action]


# The way of an ordinary request, and the event by which each stage is reached.
WAY = (
    (State.RECEIVED, "received"),
    (State.IDENTITY_CHECK, "identity-check-started"),
    (State.SEARCH, "identity-confirmed"),
    (State.APPROVAL, "decision-being-approved"),
    (State.NOTIFIED, "decision-issued"),
    (State.IMPLEMENTED, "released"),
)
PLACE = {
    State.RECEIVED: 0,
    State.IDENTITY_CHECK: 1,
    State.CORRECTION: 1,
    State.SEARCH: 2,
    State.DRAFTING: 2,
    State.APPROVAL: 3,
    State.APPROVED: 3,
    State.NOTIFIED: 4,
    State.METHOD_CHOICE: 4,
    State.IMPLEMENTED: 5,
    State.TRANSFERRED: 6,
    State.LAPSED: 6,
    State.CLOSED: 6,
    State.WITHDRAWN: 6,
}
# Where everybody gets the same answer on the same day nothing on the way may tell more: there is one step between the
# identity check and the letter, and nothing is searched for in it.
UNIFORM_WAY = (
    (State.RECEIVED, "received"),
    (State.IDENTITY_CHECK, "identity-check-started"),
    (State.DRAFTING, "identity-confirmed"),
    (State.NOTIFIED, "decision-issued"),
)
# Of documents nobody's identity is checked.
DOCUMENT_WAY = (
    (State.RECEIVED, "received"),
    (State.SEARCH, "search-started"),
    (State.APPROVAL, "decision-being-approved"),
    (State.NOTIFIED, "decision-issued"),
    (State.IMPLEMENTED, "released"),
)
DOCUMENT_PLACE = {state: max(place - 1, 0) for state, place in PLACE.items()} | {State.CORRECTION: 1}
UNIFORM_PLACE = {state: min(place, 2) if place < 4 else place - 1 for state, place in PLACE.items()}


def status(session: Session, opened: OpenedCase, *, today: date) -> Status:
    """Everything for the requester's page. The look itself is recorded by ``operations.look``."""
    case, key, actor = opened.case, opened.key, opened.actor
    policy.check(actor, policy.Right.READ, case)
    happened = history(session, case, actor=actor)
    wanted = methods_of(session, case) if case.released_at is not None else {}
    readable = {file for file, (way, _form) in wanted.items() if way is Delivery.DOWNLOAD}
    files = [
        StatusFile(row.id, row.kind, file_name(key, row), row.media_type, row.size, row.pages)
        for row in case_files(session, case)
        if row.kind not in NOT_THE_REQUESTERS and (row.kind is not FileKind.RECORD or row.id in readable)
    ]
    possible = {action for action in procedure.possible(case) if policy.may(actor, action, case)}
    held = any(row.kind is FileKind.RECORD for row in case_files(session, case))
    if not (discloses(case) and held):
        possible -= {Action.CHOOSE_METHOD, Action.ASK_FURTHER}
    alike, running = procedure.uniform_answer(case) is not None, clocks(session, case, today=today)
    state = State.DRAFTING if alike and UNIFORM_PLACE[case.state] == UNIFORM_PLACE[State.DRAFTING] else case.state
    explanation = explained(case, state)
    if alike and state is State.DRAFTING:
        explanation = SAME_ANSWER
    elif state is State.CORRECTION and not running[0].due.paused:
        explanation = CLOCK_RUNS_ON
    return Status(
        number=case.number,
        state=state,
        label=state_label(case, state),
        explanation=explanation,
        received_on=case.received_on,
        records=case.records,
        delivery=case.delivery,
        format=case.format,
        law=case_law(case),
        decision=case.decision_type,
        decision_label=label(case.kind, case.decision_type) if case.decision_type else "",
        stages=_stages(case, state, happened, uniform=alike),
        clocks=tuple(running),
        history=tuple(happened),
        looks=tuple(access_history(session, case, actor=actor)),
        alike=alike,
        correction=_open_correction(session, opened),
        more_time=tuple(row for row in shown(session, case, key=key) if row.letter_id is not None),
        letters=tuple(row for row in status_letters(session, case) if row.way.letter.to_requester),
        records_files=tuple(file for file in files if file.kind is FileKind.RECORD),
        own_files=tuple(file for file in files if file.kind is not FileKind.RECORD),
        can=frozenset(possible),
    )


def status_letters(session: Session, case: Case) -> tuple[StatusLetter, ...]:
    """The issued letters, oldest first; those to somebody else too."""
    return tuple(
        StatusLetter(row.letter.id, row.letter.number, row.letter.issued_on, row) for row in deliveries(session, case)
    )


def _stages(case: Case, state: State, happened: list[Happening], *, uniform: bool) -> tuple[Stage, ...]:
    decision, reached = case.decision_type, {row.code: row.at for row in happened}
    if "carried-out" in reached:  # of a claim
        reached["released"] = reached["carried-out"]
    way: tuple[tuple[State, str], ...]
    way, places = (UNIFORM_WAY, UNIFORM_PLACE) if uniform else (WAY, PLACE)
    if not case.records.personal:
        way, places = DOCUMENT_WAY, DOCUMENT_PLACE
    place, rows = places[state], []
    for number, (stage, code) in enumerate(way):
        if stage is State.IMPLEMENTED and decision is not None and decision not in DISCLOSES:
            continue
        if number == place:
            progress = Progress.NOW
        elif number < place:
            progress = Progress.DONE if code in reached else Progress.SKIPPED
        else:
            progress = Progress.AHEAD
        at = reached.get(code) if number <= place else None
        rows.append(Stage(stage, state_label(case, stage), progress, at))
    return tuple(rows)


def _open_correction(session: Session, opened: OpenedCase) -> OpenCorrection | None:
    if opened.case.state is not State.CORRECTION:
        return None
    row = corrections(session, opened.case)[-1]
    note = open_text(opened.key, CorrectionRequest.__tablename__, "note", row.id, row.note_sealed)
    return OpenCorrection(row.id, row.sent_on, row.due_on, tuple(DEFECTS[code] for code in row.defects), note)
