"""What waits for somebody at the desk of question letters, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from content.rules.question_letters.states import LetterState, ReplyKind, ReplyState


class Stage(StrEnum):
    """In the order of a letter's way. ``later``: what was put off or asked back; ``read``: words of a sender."""

    ACKNOWLEDGE = "acknowledge"
    OPEN = "open"
    ASSIGN = "assign"
    DRAFT = "draft"
    CHECK = "check"
    APPROVE = "approve"
    ISSUE = "issue"
    READ = "read"
    LATER = "later"


ON_ITS_WAY: dict[ReplyState, Stage] = {
    ReplyState.CHECK: Stage.CHECK,
    ReplyState.APPROVAL: Stage.APPROVE,
    ReplyState.APPROVED: Stage.ISSUE,
}


@dataclass(frozen=True)
class Standing:
    """How far the work on a letter is. ``replies``: kind and state of each letter that answers it."""

    state: LetterState
    acknowledged: bool
    questions: int = 0
    assigned: int = 0
    replies: tuple[tuple[ReplyKind, ReplyState], ...] = ()


def stages(standing: Standing) -> tuple[Stage, ...]:
    """What a letter waits for, itself; promised days and words of its sender come beside."""
    found = list[Stage]()
    if standing.state is LetterState.RECEIVED:
        found = [Stage.OPEN] if standing.acknowledged else [Stage.ACKNOWLEDGE, Stage.OPEN]
    elif standing.state is LetterState.OPEN:
        written = {state for kind, state in standing.replies if kind is ReplyKind.ANSWER and state in ON_ITS_WAY}
        if not written:
            found = [Stage.DRAFT] if standing.assigned >= standing.questions else [Stage.ASSIGN, Stage.DRAFT]
    return (*found, *_on_its_way(state for _kind, state in standing.replies))


def _on_its_way(states: Iterable[ReplyState]) -> list[Stage]:
    there = {ON_ITS_WAY[state] for state in states if state in ON_ITS_WAY}
    return [stage for stage in Stage if stage in there]
