"""No hidden number can be worked out: every table that small numbers can make is tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from disclosure.rules.small_cells import Cell, hidden

LEAST = 3
NAMES = ("a", "b", "c", "d")
PARTNERS = ("a", "b")


def splits(whole: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in splits(whole - first, parts - 1):
            yield (first, *rest)


def shown(table: tuple[int, ...], before: tuple[int, ...]) -> tuple[int | None, ...]:
    """A table as it is published."""
    cells = {name: Cell(was, now) for name, was, now in zip(NAMES, before, table, strict=False)}
    away = hidden(cells, PARTNERS, LEAST)
    return tuple(None if name in away else now for name, now in zip(NAMES, table, strict=False))


def assert_nothing_can_be_computed(tables: Iterator[tuple[int, ...]], before: tuple[int, ...]) -> int:
    """Whoever knows the whole, what was published before and the rule, finds two values for each hidden number."""
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
    for table in tables:
        alike[shown(table, before)].append(table)
    count = 0
    for published, originals in alike.items():
        for place, number in enumerate(published):
            if number is None:
                count += 1
                assert len({original[place] for original in originals}) > 1, (published, originals)
            else:
                assert not 0 < number < LEAST
                assert not 0 < abs(number - before[place]) < LEAST
    return count


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_no_hidden_number_of_any_small_table_can_be_computed_from_the_rest(parts: int) -> None:
    nothing = (0,) * parts
    tried = sum(assert_nothing_can_be_computed(splits(whole, parts), nothing) for whole in range(13))
    assert tried > 20


def test_no_hidden_number_is_the_difference_of_two_published_tables() -> None:
    tried = 0
    for before in product((0, 3, 4), repeat=3):
        for whole in range(sum(before), sum(before) + 7):
            # The first part (no decision yet) may fall; what is decided stays decided.
            later = (table for table in splits(whole, 3) if table[1] >= before[1] and table[2] >= before[2])
            tried += assert_nothing_can_be_computed(later, before)
    assert tried > 500


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert shown((0, 9, 0, 3), (0, 0, 0, 0)) == (0, 9, 0, 3)


def test_a_small_part_takes_its_partner_and_the_zeros_along() -> None:
    assert shown((8, 7, 2, 0), (0, 0, 0, 0)) == (None, 7, None, None)


def test_a_partner_that_is_small_alone_takes_the_other_along() -> None:
    assert shown((2, 7, 5, 6), (0, 0, 0, 0)) == (None, None, 5, 6)


def test_a_partner_must_be_a_part() -> None:
    with pytest.raises(ValueError, match="no part"):
        hidden({"c": Cell(0, 1)}, PARTNERS, LEAST)
