"""The checklist before a case is closed: what has to be settled, what is only to be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from portal.core.errors import N_


@dataclass(frozen=True)
class ClosingFacts:
    """What a case looks like when somebody wants to close it; amounts in yen.

    ``to_hand_out``: the decision discloses something; ``handed_out`` or ``choice_until`` (the requester can still
    choose until that day) say how far that is. ``letters_in_work``: drafts of letters that were neither issued nor
    dropped. ``identity_copies``: files, destroyed on ``copies_until`` if the case is closed today.
    """

    letter_arrived: bool
    open_yen: int
    to_hand_out: bool
    handed_out: bool
    choice_until: date | None
    letters_in_work: int
    open_claims: tuple[str, ...] = ()
    identity_copies: int = 0
    copies_until: date | None = None
    held: bool = False


@dataclass(frozen=True)
class ClosingItem:
    """One line: done, or what to do about it. ``hinders``: the case is not closed before. Messages are ids."""

    key: str
    label: str
    done: bool
    hinders: bool
    advice: str = ""
    params: dict[str, date | str] = field(default_factory=dict)


def checklist(facts: ClosingFacts, *, today: date) -> tuple[ClosingItem, ...]:
    """Every line that concerns the case, what hinders first."""
    return tuple(sorted(_items(facts, today), key=lambda item: item.done or not item.hinders))


def _items(facts: ClosingFacts, today: date) -> Iterator[ClosingItem]:
    yield ClosingItem(
        "letter", N_("The letter has arrived"), facts.letter_arrived, True,
        N_("See to the way of the letter; the requester's time begins when it arrives."),
    )  # fmt: skip
    if facts.to_hand_out:
        waits = facts.choice_until is not None and today <= facts.choice_until
        yield ClosingItem(
            "records", N_("The records are handed out, or the time to choose has passed"),
            facts.handed_out or not waits, True,
            N_("Disclose the records. The requester can choose how to receive them until %(day)s."),
            {"day": facts.choice_until} if facts.choice_until else {},
        )  # fmt: skip
    yield ClosingItem(
        "fee", N_("The fees are settled"), not facts.open_yen, True,
        N_("%(yen)s yen are open: enter the payment, decide on a waiver, or take a mistaken charge away."),
        {"yen": str(facts.open_yen)},
    )  # fmt: skip
    yield ClosingItem(
        "letters", N_("No letter is left as a draft"), not facts.letters_in_work, True,
        N_("Letters drafted: %(n)s. Issue or drop them."), {"n": str(facts.letters_in_work)},
    )  # fmt: skip
    if facts.open_claims:
        yield ClosingItem(
            "claims", N_("Claims that rest on this disclosure"), False, False,
            N_("Still open: %(numbers)s. They go on by themselves."), {"numbers": ", ".join(facts.open_claims)},
        )  # fmt: skip
    if facts.identity_copies and facts.copies_until:
        yield ClosingItem(
            "copies", N_("Copies of identity documents"), True, False,
            N_("Closed today, they are to be destroyed after %(day)s."), {"day": facts.copies_until},
        )  # fmt: skip
    if facts.held:
        yield ClosingItem(
            "hold", N_("Legal hold"), True, False, N_("Nothing of the case is destroyed until it is lifted.")
        )
