"""Facets are counted in whichever way is cheaper; all ways give the same."""

import random

import pytest

from search.bits import as_bits, flags_of, from_flags, numbers
from search.by_day import ByDay
from search.counting import Facet

SIZE = 3_000


@pytest.mark.parametrize("share", [0.0, 0.001, 0.05, 0.5, 0.97, 1.0])
@pytest.mark.parametrize("values", [2, 40, 900])
def test_counts_are_those_of_the_sets(share: float, values: int) -> None:
    chance = random.Random(values)
    names = [f"value-{number:03}" for number in range(values)]
    sets = [as_bits(chance.sample(range(SIZE), 1 + chance.randrange(SIZE) // values), SIZE) for _ in names]
    everything = as_bits((number for number in range(SIZE) if number % 7), SIZE)
    sets = [held & everything for held in sets]
    shown = as_bits((number for number in range(SIZE) if chance.random() < share), SIZE) & everything
    wanted = sorted((-(held & shown).bit_count(), name) for held, name in zip(sets, names, strict=True))
    found = Facet(names, sets, SIZE).counts(shown, 60)
    assert found == tuple((name, -count) for count, name in wanted if count)[:60]


@pytest.mark.parametrize("share", [0.0, 0.004, 0.1, 0.9, 1.0])
def test_sets_come_back_as_they_were(share: float) -> None:
    chance = random.Random(5)
    chosen = [number for number in range(SIZE) if chance.random() < share]
    bits = as_bits(chosen, SIZE)
    assert list(numbers(bits)) == chosen
    assert from_flags(flags_of(bits, SIZE)) == bits
    assert sum(flags_of(bits, SIZE)) == bits.bit_count() == len(chosen)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 1.0])
@pytest.mark.parametrize("wanted", [1, 100, SIZE])
def test_the_latest_of_a_set_come_in_the_order_of_their_days(share: float, wanted: int) -> None:
    chance = random.Random(9)
    days = [chance.choice((0, 736_000, 736_000 + chance.randrange(400))) for _ in range(SIZE)]
    chosen = [number for number in range(SIZE) if chance.random() < share]
    latest = sorted(chosen, key=lambda number: -days[number])[:wanted]
    assert ByDay(days).first(as_bits(chosen, SIZE), wanted) == latest
