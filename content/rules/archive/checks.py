"""What holds between records: keys, references, days. Incidents, letters and figures call these."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from content.rules.archive import periods
from content.rules.archive.errors import Place
from content.rules.archive.records import Body, Cause, Severity, Source, System
from content.rules.archive.references import SourceRef

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOCAL_KINDS = ("municipality", "prefecture")


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


class Dated(Protocol):
    @property
    def day(self) -> date | None: ...
    @property
    def period(self) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Known:
    """The keys that a reference may name, by noun."""

    bodies: Collection[str]
    systems: Collection[str]
    sources: Collection[str]
    causes: Collection[str] = ()
    severities: Collection[int] = ()
    incidents: Collection[str] = ()
    figures: Collection[str] = ()
    letters: Collection[str] = ()
    components: Mapping[str, Collection[str]] = field(default_factory=dict)


def numbered(items: Iterable[object], place: Place) -> Iterator[Place]:
    """The places of a list's items, counted from 1."""
    for number, _ in enumerate(items, start=1):
        yield place / number


def check_keys(items: tuple[Keyed, ...], place: Place) -> None:
    """Keys are lower-case words with hyphens, and each stands once."""
    seen: set[str] = set()
    for item, here in zip(items, numbered(items, place), strict=True):
        if not KEY.fullmatch(item.key):
            raise (here / "key").wrong(f"{item.key!r}: a key is lower-case letters, digits and hyphens")
        if item.key in seen:
            raise (here / "key").wrong(f"the key {item.key!r} stands there twice")
        seen.add(item.key)


def check_reference(key: str | None, known: Collection[str], noun: str, place: Place) -> None:
    """A reference, if it is given, names something that exists."""
    if key is not None and key not in known:
        raise place.wrong(f"there is no {noun} {key!r}")


def check_sources(refs: tuple[SourceRef, ...], known: Known, place: Place) -> None:
    """At least one source, and each of them exists."""
    if not refs:
        raise place.wrong("at least one source is needed")
    for ref, here in zip(refs, numbered(refs, place), strict=True):
        check_reference(ref.source, known.sources, "source", here / "source")


def check_area(area: str, place: Place) -> None:
    """JP, a prefecture or a municipality whose check digit is right."""
    problem = periods.area_problem(area)
    if problem:
        raise place.wrong(f"{area!r}: {problem}")


def check_dated(item: Dated, place: Place, *, needed: bool = True) -> date | None:
    """Either a day or a period (`needed`: one of them); returns the day or the period's first day."""
    if item.day is not None and item.period is not None:
        raise (place / "period").wrong("a day is given already; leave one of the two out")
    if item.period is not None:
        try:
            return periods.first_day(item.period)
        except ValueError as problem:
            raise (place / "period").wrong(f"{item.period!r}: {problem}") from None
    if item.day is None and needed:
        raise (place / "day").wrong("a day or a period is needed")
    return item.day


def check_plain_records(
    sources: tuple[Source, ...], bodies: tuple[Body, ...], systems: tuple[System, ...], known: Known
) -> None:
    """Sources, bodies and systems among themselves."""
    here = Place("sources.toml", "source")
    check_keys(sources, here)
    for source, place in zip(sources, numbered(sources, here), strict=True):
        check_reference(source.publisher, known.bodies, "body", place / "publisher")
        check_dated(source, place)
    here = Place("bodies.toml", "body")
    check_keys(bodies, here)
    for body, place in zip(bodies, numbered(bodies, here), strict=True):
        if body.code is None:
            continue
        problem = periods.code_problem(body.code)
        if problem is None and body.kind not in LOCAL_KINDS:
            problem = "only a municipality or a prefecture has a local-government code"
        if problem:
            raise (place / "code").wrong(problem)
    _check_systems(systems, known)


def _check_systems(systems: tuple[System, ...], known: Known) -> None:
    here = Place("systems.toml", "system")
    check_keys(systems, here)
    needs = {system.key: set(system.depends_on) for system in systems}
    for system, place in zip(systems, numbered(systems, here), strict=True):
        check_reference(system.operator, known.bodies, "body", place / "operator")
        check_sources(system.sources, known, place / "sources")
        check_keys(system.components, place / "component")
        for key, where in zip(system.depends_on, numbered(system.depends_on, place / "depends_on"), strict=True):
            check_reference(key, known.systems, "system", where)
            if system.key in _all_needs(key, needs):
                raise where.wrong(f"{system.key!r} would depend on itself through {key!r}")


def _all_needs(key: str, needs: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(needs.get(one, ()))
    return found


def check_causes(causes: tuple[Cause, ...], severities: tuple[Severity, ...]) -> None:
    """Cause classes have keys; the scale of severity is 1 to 4, each step once."""
    check_keys(causes, Place("causes.toml", "cause"))
    if [severity.level for severity in severities] != [1, 2, 3, 4]:
        raise Place("causes.toml", "severity").wrong("the levels are 1, 2, 3, 4, in this order")
