"""Facts of bulletins: which one holds today, and what changed from one bulletin to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Stated(Protocol):
    """What these rules need to know of a fact."""

    @property
    def id(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def corrects(self) -> str | None: ...


F = TypeVar("F", bound=Stated)
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


def key_of(fact: Stated) -> Key:
    """Facts about the same thing: same field, same area, same unit."""
    return fact.field, fact.area, fact.unit


def project(bulletins: Sequence[Sequence[F]]) -> list[Current[F]]:
    """Today's facts from the facts of all bulletins, oldest bulletin first.

    The last bulletin that speaks about a thing holds; a correction also takes the place of the fact that it names,
    whatever that was about. The order is that in which things were first spoken of.
    """
    latest: dict[Key, list[F]] = {}
    earlier: dict[Key, list[F]] = {}
    order: list[Key] = []
    for facts in bulletins:
        corrected = {fact.corrects: key_of(fact) for fact in facts if fact.corrects}
        for key, held in list(latest.items()):
            for fact in [fact for fact in held if fact.id in corrected]:
                held.remove(fact)
                earlier.setdefault(corrected[fact.id], []).insert(0, fact)
            if not held:
                del latest[key]
        spoken: dict[Key, list[F]] = {}
        for fact in facts:
            spoken.setdefault(key_of(fact), []).append(fact)
        for key, said in spoken.items():
            if key in latest:
                earlier.setdefault(key, [])[:0] = latest[key]
            latest[key] = said
            if key not in order:
                order.append(key)
    return [Current(tuple(latest[key]), tuple(earlier.get(key, ()))) for key in order if key in latest]


def changes(before: Iterable[F], after: Iterable[F], *, same: Callable[[F, F], bool]) -> list[Change[F]]:
    """What differs between the facts of two bulletins, thing by thing; ``same`` compares what two facts say."""
    old, new = _by_key(before), _by_key(after)
    found = []
    for key in dict.fromkeys([*old, *new]):
        left, right = old.get(key, ()), new.get(key, ())
        if len(left) != len(right) or not all(same(one, other) for one, other in zip(left, right, strict=True)):
            found.append(Change(left, right))
    return found


def _by_key(facts: Iterable[F]) -> dict[Key, tuple[F, ...]]:
    found: dict[Key, tuple[F, ...]] = {}
    for fact in facts:
        found[key_of(fact)] = (*found.get(key_of(fact), ()), fact)
    return found
