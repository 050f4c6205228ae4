"""How an answer answers: the twelve types, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.rules.archive.kinds import AnswerType
from portal.core.errors import N_


@dataclass(frozen=True)
class Meaning:
    """``name`` and ``explanation`` are message ids; ``declines``: something asked for is not given."""

    name: str
    explanation: str
    declines: bool = False


MEANINGS: dict[AnswerType, Meaning] = {
    AnswerType.A1: Meaning(N_("Answers in substance"), N_("The answer says what was asked.")),
    AnswerType.A2: Meaning(
        N_("Points to something published"), N_("The answer names a publication instead of repeating it.")
    ),
    AnswerType.A3: Meaning(N_("Confirms"), N_("The answer says that it is as the question puts it.")),
    AnswerType.A4: Meaning(
        N_("Confirms under a condition"), N_("The answer says that it is so, if a condition that it names holds.")
    ),
    AnswerType.A5: Meaning(
        N_("Declines: details of a system"), N_("The answer holds back details of a system, or a part of them."), True
    ),
    AnswerType.A6: Meaning(
        N_("Declines: under review"), N_("The answer waits for a review. It should say when the rest follows."), True
    ),
    AnswerType.A7: Meaning(
        N_("Declines: confidential design"), N_("The answer keeps a design secret for reasons of security."), True
    ),
    AnswerType.A8: Meaning(N_("Not this body's act"), N_("The answer says that somebody else did this.")),
    AnswerType.A9: Meaning(N_("Another body answers"), N_("The answer says who is responsible instead.")),
    AnswerType.A10: Meaning(
        N_("Has told its principal"), N_("The answer says that those who gave the order were told."), True
    ),
    AnswerType.A11: Meaning(N_("Formula without content"), N_("The answer says nothing about what was asked.")),
    AnswerType.A12: Meaning(N_("Corrects the question"), N_("The answer says that the question starts from an error.")),
}


def declines(types: Iterable[str]) -> bool:
    """Whether an answer of these types holds something back."""
    return any(MEANINGS[AnswerType(kind)].declines for kind in types)
