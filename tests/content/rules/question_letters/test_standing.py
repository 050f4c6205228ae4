"""Where a question stands, by the answers that were given to it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from content.rules.question_letters.register import ItemEntry, LetterEntry, Register
from content.rules.question_letters.standing import Given, Standing, Stands, stands
from content.rules.question_letters.states import LetterState

DAY = date(2026, 6, 1)
LATER = DAY + timedelta(days=40)
PROMISED = DAY + timedelta(days=30)
PUT_OFF = Given(DAY, 1, ("A6",), "under-review", PROMISED)
PLAIN = Given(DAY, 1, ("A1",))


@pytest.mark.parametrize(
    ("state", "given", "standing", "due"),
    [
        (LetterState.OPEN, (), Standing.WAITING, DAY),
        (LetterState.ANSWERED, (), Standing.UNANSWERED, None),
        (LetterState.ANSWERED, (PLAIN,), Standing.ANSWERED, None),
        (LetterState.ANSWERED, (PLAIN, Given(DAY, 1, ("A1", "A5"))), Standing.DECLINED, None),
        (LetterState.ANSWERED, (Given(DAY, 1, ("A1",), "individual"),), Standing.DECLINED, None),
        # Under review without a day is declined: nothing was promised that could be kept.
        (LetterState.ANSWERED, (Given(DAY, 1, ("A6",), "under-review"),), Standing.DECLINED, None),
        (LetterState.ANSWERED, (PUT_OFF,), Standing.DEFERRED, PROMISED),
        (LetterState.ANSWERED, (PUT_OFF, Given(LATER, 2, ("A1",))), Standing.KEPT, None),
        (LetterState.ANSWERED, (PUT_OFF, Given(LATER, 2, ("A7",))), Standing.DECLINED, None),
        (LetterState.ANSWERED, (PUT_OFF, Given(LATER, 2, ("A6",), None, LATER)), Standing.DEFERRED, LATER),
    ],
)
def test_a_question_stands_by_the_answers_of_the_last_letter_that_answered_it(
    state: LetterState, given: tuple[Given, ...], standing: Standing, due: date | None
) -> None:
    found = stands(state, DAY, given)
    assert (found.standing, found.due) == (standing, due)


def test_what_was_put_off_is_overdue_from_the_day_after_and_answered_late_then() -> None:
    open_ = stands(LetterState.ANSWERED, DAY, (PUT_OFF,))
    assert [open_.overdue(PROMISED + timedelta(days=n)) for n in (0, 1, 9)] == [0, 1, 9]
    kept = stands(LetterState.ANSWERED, DAY, (PUT_OFF, Given(LATER, 2, ("A1",))))
    assert (kept.late, kept.overdue(LATER), open_.late) == (10, 0, None)


def letter(key: str, *found: Stands) -> LetterEntry:
    items = tuple(ItemEntry(f"{key}/{n}", key, n, DAY, one) for n, one in enumerate(found, 1))
    return LetterEntry(key, DAY, "open", "group", True, due=DAY, items=items)


def test_a_register_that_was_changed_is_as_one_that_was_made_so() -> None:
    waiting, put_off, done = Stands(Standing.WAITING, DAY), Stands(Standing.DEFERRED, LATER), Stands(Standing.ANSWERED)
    before = Register.of([letter("a", waiting, waiting), letter("b", done), letter("c", put_off)])
    changes = {"a": letter("a", put_off), "b": None, "d": letter("d", waiting, done)}
    now = Register.of([letter("a", put_off), letter("c", put_off), letter("d", waiting, done)])
    for today in (DAY, DAY + timedelta(days=1), LATER + timedelta(days=1)):
        for index in ("letters", "items"):
            found, wanted = getattr(before.changed(changes), index), getattr(now, index)
            assert found.part(found.all, "due") == wanted.part(wanted.all, "due")
            assert found.split(found.all, "standing") == wanted.split(wanted.all, "standing")
        changed = before.changed(changes)
        assert changed.overdue_items(today).bit_count() == now.overdue_items(today).bit_count()
        assert changed.overdue_letters(today).bit_count() == now.overdue_letters(today).bit_count()
