"""A filed letter and what followed in words: letters that went out, what was put off, what its sender said."""

from __future__ import annotations

from typing import Any

from content.rules.question_letters.promises import PromiseState
from content.rules.question_letters.states import ReplyKind, SenderWordKind
from portal.web.language import _l

REPLIES = {
    ReplyKind.INTERIM: _l("Interim letter"),
    ReplyKind.ANSWER: _l("Answer"),
    ReplyKind.LATER: _l("Later answer"),
}
PROMISES = {
    PromiseState.OPEN: (_l("Open"), "info"),
    PromiseState.OVERDUE: (_l("Overdue"), "danger"),
    PromiseState.KEPT: (_l("Answered in time"), "success"),
    PromiseState.KEPT_LATE: (_l("Answered late"), "warning"),
    PromiseState.PUT_OFF_AGAIN: (_l("Put off again"), "warning"),
}
SAID = {
    SenderWordKind.ASK_BACK: _l("The sender asks back"),
    SenderWordKind.NOT_ANSWERED: _l("The sender says that this does not answer the question"),
}
EXCHANGE: dict[str, Any] = {"replies": REPLIES, "promises": PROMISES, "said": SAID}
