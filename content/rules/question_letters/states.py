"""The life of a question letter, and of each letter that answers it, as two tables.

A letter is public from the day it arrives: first that it came, then, once it was read for what must not be public, its
text. It may be answered by several letters: an interim one, the answer, and later ones for what was put off.
"""

from __future__ import annotations

from enum import StrEnum

from portal.core.errors import N_, Conflict


class LetterState(StrEnum):
    """``received``: its text is not public yet. ``returned``: it was no question letter; its sender was told why."""

    RECEIVED = "received"
    OPEN = "open"
    ANSWERED = "answered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class LetterAction(StrEnum):
    REGISTER = "register"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ANSWER = "answer"


class ReplyKind(StrEnum):
    """``interim`` says only when the answer comes; ``later`` answers what an earlier one put off or was asked back."""

    INTERIM = "interim"
    ANSWER = "answer"
    LATER = "later"


class ReplyState(StrEnum):
    """Three people: who writes, who checks the law, who approves."""

    DRAFT = "draft"
    CHECK = "check"
    APPROVAL = "approval"
    APPROVED = "approved"
    ISSUED = "issued"
    DISCARDED = "discarded"


class ReplyAction(StrEnum):
    EDIT = "edit"
    SEND = "send"
    CLEAR = "clear"
    APPROVE = "approve"
    ISSUE = "issue"
    SEND_BACK = "send-back"
    DISCARD = "discard"


class StepKind(StrEnum):
    """What the public reads in a letter's history. ``overdue``: a day by which it was due or promised has passed."""

    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    REGISTERED = "registered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"
    INTERIM = "interim"
    ANSWERED = "answered"
    ANSWERED_LATER = "answered-later"
    ASKED_BACK = "asked-back"
    NOT_ANSWERED = "not-answered"
    OVERDUE = "overdue"


# What followers and feeds are told of; the rest is work within the house.
TOLD = frozenset(StepKind) - {StepKind.ACKNOWLEDGED, StepKind.ASSIGNED}


class SenderWordKind(StrEnum):
    """What a sender may say of an answer, once."""

    ASK_BACK = "ask-back"
    NOT_ANSWERED = "not-answered"


class FileRole(StrEnum):
    """``letter``: the letter itself on paper, by fax or as a file; ``enclosure``: what came with it."""

    LETTER = "letter"
    ENCLOSURE = "enclosure"


LETTERS: dict[LetterState, dict[LetterAction, LetterState]] = {
    LetterState.RECEIVED: {
        LetterAction.REGISTER: LetterState.OPEN,
        LetterAction.RETURN: LetterState.RETURNED,
        LetterAction.WITHDRAW: LetterState.WITHDRAWN,
    },
    LetterState.OPEN: {LetterAction.ANSWER: LetterState.ANSWERED, LetterAction.WITHDRAW: LetterState.WITHDRAWN},
    LetterState.ANSWERED: {LetterAction.ANSWER: LetterState.ANSWERED},
    LetterState.RETURNED: {},
    LetterState.WITHDRAWN: {},
}

_BACK = {ReplyAction.SEND_BACK: ReplyState.DRAFT}
REPLIES: dict[ReplyState, dict[ReplyAction, ReplyState]] = {
    ReplyState.DRAFT: {
        ReplyAction.EDIT: ReplyState.DRAFT,
        ReplyAction.SEND: ReplyState.CHECK,
        ReplyAction.DISCARD: ReplyState.DISCARDED,
    },
    ReplyState.CHECK: {ReplyAction.CLEAR: ReplyState.APPROVAL, **_BACK},
    ReplyState.APPROVAL: {ReplyAction.APPROVE: ReplyState.APPROVED, **_BACK},
    ReplyState.APPROVED: {ReplyAction.ISSUE: ReplyState.ISSUED, **_BACK},
    ReplyState.ISSUED: {},
    ReplyState.DISCARDED: {},
}

# Letters that wait for an answer, and whose days are counted.
WAITING = frozenset({LetterState.RECEIVED, LetterState.OPEN})
# Letters whose text anybody may read.
READABLE = frozenset({LetterState.OPEN, LetterState.ANSWERED})


def letter_after(state: LetterState, action: LetterAction) -> LetterState:
    """The state after an action; raises Conflict where the table has no way."""
    try:
        return LETTERS[state][action]
    except KeyError:
        raise Conflict(N_("The letter is no longer in a state in which this can be done.")) from None


def reply_after(state: ReplyState, action: ReplyAction) -> ReplyState:
    """The state after an action; raises Conflict where the table has no way."""
    try:
        return REPLIES[state][action]
    except KeyError:
        raise Conflict(N_("The answer is no longer in a state in which this can be done.")) from None
