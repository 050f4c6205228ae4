"""Facts of bulletins: which one holds today, and what changed from one bulletin to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar


class About(NamedTuple):
    """What these rules need to know of a fact. ``corrects`` is the id of the fact whose place it takes."""

    id: str
    field: str
    area: str
    unit: str | None
    corrects: str | None

    @property
    def thing(self) -> Key:
        """Facts about the same thing: same field, same area, same unit."""
        return self.field, self.area, self.unit


F = TypeVar("F")
Key = tuple[str, str, str | None]


@dataclass(frozen=True)
class Current(Generic[F]):
    """What holds today about one thing, and what earlier bulletins said of it, newest first."""

    facts: tuple[F, ...]
    earlier: tuple[F, ...] = ()


@dataclass(frozen=True)
class Change(Generic[F]):
    """One thing in two bulletins: ``old`` empty: new; ``new`` empty: no longer stated."""

    old: tuple[F, ...]
    new: tuple[F, ...]


def project(bulletins: Sequence[Sequence[F]], about: Callable[[F], About]) -> list[Current[F]]:
    """Today's facts from the facts of all bulletins, oldest bulletin first.

    The last bulletin that speaks about a thing holds; a correction also takes the place of the fact that it names,
    whatever that was about. The order is that in which things were first spoken of.
    """
    latest: dict[Key, list[F]] = {}
    earlier: dict[Key, list[F]] = {}
    order: list[Key] = []
    for facts in bulletins:
        corrected = {said.corrects: said.thing for said in map(about, facts) if said.corrects}
        for key, held in list(latest.items()):
            for fact in [fact for fact in held if about(fact).id in corrected]:
                held.remove(fact)
                earlier.setdefault(corrected[about(fact).id], []).insert(0, fact)
            if not held:
                del latest[key]
        spoken: dict[Key, list[F]] = {}
        for fact in facts:
            spoken.setdefault(about(fact).thing, []).append(fact)
        for key, said in spoken.items():
            if key in latest:
                earlier.setdefault(key, [])[:0] = latest[key]
            latest[key] = said
            if key not in order:
                order.append(key)
    return [Current(tuple(latest[key]), tuple(earlier.get(key, ()))) for key in order if key in latest]


def changes(
    before: Iterable[F], after: Iterable[F], about: Callable[[F], About], *, same: Callable[[F, F], bool]
) -> list[Change[F]]:
    """What differs between the facts of two bulletins, thing by thing; ``same`` compares what two facts say."""
    old, new = _by_thing(before, about), _by_thing(after, about)
    found = []
    for key in dict.fromkeys([*old, *new]):
        left, right = old.get(key, ()), new.get(key, ())
        if len(left) != len(right) or not all(same(one, other) for one, other in zip(left, right, strict=True)):
            found.append(Change(left, right))
    return found


def _by_thing(facts: Iterable[F], about: Callable[[F], About]) -> dict[Key, tuple[F, ...]]:
    found: dict[Key, tuple[F, ...]] = {}
    for fact in facts:
        thing = about(fact).thing
        found[thing] = (*found.get(thing, ()), fact)
    return found
