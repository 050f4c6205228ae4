"""What was said about a cause, from the first bulletin to the last: class, status and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

F = TypeVar("F")


@dataclass(frozen=True)
class Told(Generic[F]):
    """What one bulletin says of the cause; None and empty: it is silent."""

    number: int
    cause_key: str | None
    status: str | None
    facts: tuple[F, ...]


def history(told: Iterable[Told[F]]) -> list[Told[F]]:
    """The bulletins that said something new of the cause: another class, another status, or any words about it."""
    found: list[Told[F]] = []
    last: tuple[str | None, str | None] = (None, None)
    for one in told:
        now = (one.cause_key or last[0], one.status or last[1])
        if one.facts or now != last:
            found.append(one)
        last = now
    return found
