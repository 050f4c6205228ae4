"""A bulletin as its writer hands it in: what it says, and what it makes of the incident. JSON keeps it as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from content.rules.archive.kinds import IncidentKind, Markup

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
    at: datetime | None = None
    text_ja: str | None = None
    text_en: str | None = None
    corrects: str | None = None
    sources: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WrittenStatus:
    """How a system, or one component of it, works in an area from ``since_at`` on (None: from its publication on)."""

    system: str
    status: str
    area: str
    component: str | None = None
    since_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WrittenAttachment:
    """A file that is already stored as a blob."""

    name: str
    title_ja: str
    title_en: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class WrittenMeasure:
    """A measure that this bulletin announces."""

    text_ja: str
    text_en: str
    owner: str
    status: str
    due_on: date | None = None
    cause_key: str | None = None
    letter_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class WrittenRelation:
    """How the incident stands to the incident ``to``; ``said_by``: the body that only says so."""

    kind: str
    to: str
    said_by: str | None = None


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
    markup: str = Markup.PLAIN
    what_changed_ja: str | None = None
    what_changed_en: str | None = None
    next_update_at: datetime | None = None
    facts: tuple[WrittenFact, ...] = ()
    statuses: tuple[WrittenStatus, ...] = ()
    attachments: tuple[WrittenAttachment, ...] = ()
    measures: tuple[WrittenMeasure, ...] = ()
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
    kind: str = IncidentKind.INCIDENT
    planned_from: datetime | None = None
    planned_until: datetime | None = None
    relations: tuple[WrittenRelation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Primitive values only: what a published bulletin keeps as its reading of the incident."""
        found: dict[str, Any] = _primitive(asdict(self))
        return found

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> WrittenIncident:
        """The inverse of ``to_json``."""
        incident = {**value, "systems": tuple(value["systems"]), "areas": tuple(value["areas"])}
        incident["relations"] = tuple(WrittenRelation(**one) for one in value.get("relations", ()))
        return cls(**_instants(_days(incident, "occurred_on", "occurred_until"), "planned_from", "planned_until"))


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
        bulletin = dict(value["bulletin"])
        facts = tuple(
            WrittenFact(**_instants(_days({**fact, "sources": _places(fact["sources"])}, "day"), "at"))
            for fact in bulletin.pop("facts")
        )
        statuses = tuple(WrittenStatus(**_instants(one, "since_at")) for one in bulletin.pop("statuses", ()))
        attachments = tuple(WrittenAttachment(**one) for one in bulletin.pop("attachments", ()))
        measures = tuple(WrittenMeasure(**_days(one, "due_on")) for one in bulletin.pop("measures", ()))
        bulletin["sources"] = _places(bulletin["sources"])
        text = WrittenBulletin(
            facts=facts,
            statuses=statuses,
            attachments=attachments,
            measures=measures,
            **_instants(_days(bulletin, "day", "noticed_on"), "next_update_at"),
        )
        return cls(incident=WrittenIncident.from_json(value["incident"]), bulletin=text)


@dataclass(frozen=True, kw_only=True)
class WrittenWithdrawal:
    """A published bulletin is to be taken back, and why."""

    number: int
    reason_ja: str
    reason_en: str

    def to_json(self) -> dict[str, Any]:
        """Primitive values only."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class WrittenReport:
    """What is to be published about a measure."""

    measure_id: str
    status: str
    effect: str
    text_ja: str
    text_en: str
    due_on: date | None = None
    evidence_ja: str | None = None
    evidence_en: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Primitive values only."""
        found: dict[str, Any] = _primitive(asdict(self))
        return found

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> WrittenReport:
        """The inverse of ``to_json``."""
        return cls(**_days(dict(value), "due_on"))


def _primitive(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _primitive(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_primitive(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _days(values: dict[str, Any], *names: str) -> dict[str, Any]:
    read = {name: date.fromisoformat(values[name]) for name in names if values.get(name) is not None}
    return {**values, **read}


def _instants(values: dict[str, Any], *names: str) -> dict[str, Any]:
    read = {name: datetime.fromisoformat(values[name]).astimezone(UTC) for name in names if values.get(name)}
    return {**values, **read}


def _places(pairs: Any) -> tuple[Place, ...]:
    return tuple((str(source), str(place)) for source, place in pairs)
