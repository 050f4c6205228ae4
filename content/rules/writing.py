"""A bulletin as its writer hands it in: what it says, and what it makes of the incident. JSON keeps it as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Place = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class WrittenFact:
    """One fact. ``sources`` are pairs of a source's key and the place in it; ``corrects`` is a published fact's id."""

    field: str
    certainty: str
    area: str
    number: float | None = None
    unit: str | None = None
    day: date | None = None
    text_ja: str | None = None
    text_en: str | None = None
    corrects: str | None = None
    sources: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WrittenBulletin:
    """The text. ``day`` None while it is a draft: it gets the day on which it is published."""

    title_ja: str
    title_en: str
    body_ja: str
    body_en: str
    publisher: str
    day: date | None = None
    period: str | None = None
    final: bool = False
    correction: bool = False
    reconstructed: bool = False
    reason_ja: str | None = None
    reason_en: str | None = None
    noticed_on: date | None = None
    facts: tuple[WrittenFact, ...] = ()
    sources: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WrittenIncident:
    """What the incident is from this bulletin on."""

    title_ja: str
    title_en: str
    systems: tuple[str, ...]
    areas: tuple[str, ...]
    state: str
    severity: int
    cause_key: str
    cause_status: str
    occurred_on: date | None = None
    occurred_until: date | None = None
    occurred_text_ja: str | None = None
    occurred_text_en: str | None = None
    exercise: bool = False


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A whole draft."""

    incident: WrittenIncident
    bulletin: WrittenBulletin

    def to_json(self) -> dict[str, Any]:
        """Primitive values only; days as ISO text."""
        found: dict[str, Any] = _primitive(asdict(self))
        return found

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Writing:
        """The inverse of ``to_json``; raises KeyError, TypeError or ValueError for anything else."""
        incident, bulletin = dict(value["incident"]), dict(value["bulletin"])
        facts = tuple(
            WrittenFact(**_days({**fact, "sources": _places(fact["sources"])}, "day")) for fact in bulletin.pop("facts")
        )
        bulletin["sources"] = _places(bulletin["sources"])
        incident |= {"systems": tuple(incident["systems"]), "areas": tuple(incident["areas"])}
        return cls(
            incident=WrittenIncident(**_days(incident, "occurred_on", "occurred_until")),
            bulletin=WrittenBulletin(facts=facts, **_days(bulletin, "day", "noticed_on")),
        )


def _primitive(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _primitive(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_primitive(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _days(values: dict[str, Any], *names: str) -> dict[str, Any]:
    read = {name: date.fromisoformat(values[name]) for name in names if values.get(name) is not None}
    return {**values, **read}


def _places(pairs: Any) -> tuple[Place, ...]:
    return tuple((str(source), str(place)) for source, place in pairs)
