"""Question letters in words: who wrote, where they stand, what happened to them."""

from __future__ import annotations

from typing import Any

from content.models.letters import Letter
from content.queries.letters import LetterLine
from content.rules.question_letters.head import Wish
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.standing import Standing
from content.rules.question_letters.states import LetterState, StepKind
from portal.web.building import settings
from portal.web.language import _, _l, choose, current

STATES = {
    LetterState.RECEIVED: _l("Received"),
    LetterState.OPEN: _l("Waiting for an answer"),
    LetterState.ANSWERED: _l("Has been answered"),
    LetterState.RETURNED: _l("Returned to its sender"),
    LetterState.WITHDRAWN: _l("Withdrawn by its sender"),
}
STEPS = {
    StepKind.FILED: _l("The letter arrived"),
    StepKind.ACKNOWLEDGED: _l("Its arrival was confirmed to the sender"),
    StepKind.REGISTERED: _l("The letter was opened to the public"),
    StepKind.RETURNED: _l("The letter was returned to its sender"),
    StepKind.WITHDRAWN: _l("The sender withdrew the letter"),
    StepKind.ASSIGNED: _l("Departments were asked to answer"),
    StepKind.INTERIM: _l("An interim reply said when the answer comes"),
    StepKind.ANSWERED: _l("The answer was sent"),
    StepKind.ANSWERED_LATER: _l("What was put off was answered"),
    StepKind.ASKED_BACK: _l("The sender asked back"),
    StepKind.NOT_ANSWERED: _l("The sender said that an answer does not answer"),
    StepKind.OVERDUE: _l("A day has passed without an answer"),
}
SENDERS = {
    SenderKind.PERSON: _l("A person"),
    SenderKind.GROUP: _l("A group"),
    SenderKind.PRESS: _l("A member of the press"),
    SenderKind.COMPANY: _l("A company"),
    SenderKind.ASSEMBLY: _l("A member of an assembly"),
    SenderKind.MUNICIPALITY: _l("A municipality"),
    SenderKind.OTHER: _l("A sender of another kind"),
}
STANDINGS = {
    Standing.ANSWERED: (_l("Has been answered"), "success"),
    Standing.KEPT: (_l("Answered after it was put off"), "success"),
    Standing.DECLINED: (_l("Declined"), "warning"),
    Standing.DEFERRED: (_l("Put off until a promised day"), "info"),
    Standing.UNANSWERED: (_l("Left out of the answer"), "danger"),
    Standing.WAITING: (_l("Waiting for an answer"), "info"),
}
WISHES = {
    Wish.POST: _l("by post"),
    Wish.MAIL: _l("by e-mail"),
    Wish.FAX: _l("by fax"),
    Wish.MEETING: _l("at a meeting"),
}


def title(letter: Letter) -> str:
    """What a letter is called; before it was opened, by its number alone."""
    return choose(letter, "title") or _("Question letter %(number)s", number=letter.key)


def sender(line: LetterLine) -> str:
    """Who wrote it, as far as the public is told."""
    if line.sender is not None:
        return str(choose(line.sender, "name"))
    kind = SENDERS[SenderKind(line.letter.sender_kind)]
    return line.letter.sender_name or _("%(kind)s (name not published)", kind=kind)


def addressee(line: LetterLine) -> str:
    """To whom it was written."""
    return str(choose(line.addressee, "name")) if line.addressee else settings().organisation.named(current())


WORDS: dict[str, Any] = {
    "letter_states": STATES,
    "letter_steps": STEPS,
    "letter_senders": SENDERS,
    "question_standings": STANDINGS,
    "letter_wishes": WISHES,
    "letter_title": title,
    "letter_sender": sender,
    "letter_addressee": addressee,
}
