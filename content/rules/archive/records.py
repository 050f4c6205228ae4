"""What one record of the archive holds: a frozen dataclass per noun.

Letters are next door in `letters.py`. A field's name is its key in the TOML file. A tuple of records is an array of
tables; where the table is written in the singular (`[[bulletin]]`), the field says so in its metadata. Days are days
in Japan. Where a source does not give the day, `day` is None and `period` holds what it does give (`2016`, `2016-01`
or `2015-10/2016-01`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from content.rules.archive.kinds import (
    BodyKind,
    CauseStatus,
    Certainty,
    Chart,
    Effect,
    FactField,
    IncidentState,
    MeasureStatus,
    NationalCause,
    RelationKind,
    ServiceStatus,
    SourceKind,
    StatementKind,
    Unit,
)
from content.rules.archive.letters import Letter
from content.rules.archive.references import SourceRef, written_as


@dataclass(frozen=True, kw_only=True)
class Source:
    key: str
    title_ja: str
    title_en: str
    publisher: str
    kind: SourceKind
    day: date | None = None
    period: str | None = None
    note_ja: str | None = None
    note_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation or an office, never a private person. `code`: 6-digit local-government code with check digit."""

    key: str
    name_ja: str
    name_en: str
    kind: BodyKind
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Component:
    """A part of a system that can work or fail by itself; its address is `<system>.<key>`."""

    key: str
    name_ja: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class System:
    key: str
    name_ja: str
    name_en: str
    summary_ja: str
    summary_en: str
    operator: str
    sources: tuple[SourceRef, ...]
    depends_on: tuple[str, ...] = ()
    aliases_ja: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    components: tuple[Component, ...] = written_as("component")


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A class of the published list of causes.

    `national`: the ministry's class; `veris`: action and variety of VERIS. Where none fits, none.
    """

    key: str
    name_ja: str
    name_en: str
    national: NationalCause | None = None
    veris: str | None = None


@dataclass(frozen=True, kw_only=True)
class Severity:
    """A step of the scale, from 1 (slight) to 4 (serious)."""

    level: int
    name_ja: str
    name_en: str
    rule_ja: str
    rule_en: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One statement of a bulletin. A number carries its unit; a fact in words has both languages; it may have both.

    Where the source gives the time, the value is an instant with its offset: `2022-01-26T08:00:00+09:00`.
    """

    field: FactField
    certainty: Certainty
    area: str
    sources: tuple[SourceRef, ...]
    value: int | float | date | datetime | None = None
    unit: Unit | None = None
    text_ja: str | None = None
    text_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Status:
    """How one of the incident's systems, or one component of it, worked in an area from an instant on."""

    system: str
    status: ServiceStatus
    area: str
    since: datetime
    component: str | None = None


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """第n報. `reconstructed`: the archive's own wording, put together from the sources."""

    number: int
    publisher: str
    reconstructed: bool
    title_ja: str
    title_en: str
    body_ja: str
    body_en: str
    sources: tuple[SourceRef, ...]
    day: date | None = None
    period: str | None = None
    final: bool = False
    facts: tuple[Fact, ...] = written_as("fact")
    statuses: tuple[Status, ...] = written_as("status")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What somebody said, in the archive's words; kept apart from the facts of the bulletins."""

    by: str
    kind: StatementKind
    text_ja: str
    text_en: str
    sources: tuple[SourceRef, ...]
    day: date | None = None
    period: str | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What was done or promised. `cause`: the class of cause that it addresses; `letter`: that asked for it."""

    text_ja: str
    text_en: str
    owner: str
    status: MeasureStatus
    sources: tuple[SourceRef, ...]
    day: date | None = None
    period: str | None = None
    due_on: date | None = None
    cause: str | None = None
    letter: str | None = None
    effect: Effect = Effect.UNKNOWN
    evidence_ja: str | None = None
    evidence_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Relation:
    """How this incident stands to another one; `said_by` names who says so where it is not plain from the sources."""

    kind: RelationKind
    to: str
    sources: tuple[SourceRef, ...]
    said_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Incident:
    """`areas`: JP, a 2-digit prefecture or a 6-digit municipality. At least one of occurred_on / occurred_text_*."""

    key: str
    title_ja: str
    title_en: str
    state: IncidentState
    severity: int
    cause_class: str
    cause_status: CauseStatus
    areas: tuple[str, ...]
    systems: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    occurred_on: date | None = None
    occurred_until: date | None = None
    occurred_text_ja: str | None = None
    occurred_text_en: str | None = None
    exercise: bool = False
    bulletins: tuple[Bulletin, ...] = written_as("bulletin")
    statements: tuple[Statement, ...] = written_as("statement")
    measures: tuple[Measure, ...] = written_as("measure")
    relations: tuple[Relation, ...] = written_as("relation")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value of a figure. `series_*` is given where the figure shows several series."""

    label_ja: str
    label_en: str
    value: int | float
    area: str
    certainty: Certainty
    sources: tuple[SourceRef, ...]
    day: date | None = None
    period: str | None = None
    series_ja: str | None = None
    series_en: str | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    key: str
    title_ja: str
    title_en: str
    unit_ja: str
    unit_en: str
    chart: Chart
    note_ja: str | None = None
    note_en: str | None = None
    points: tuple[Point, ...] = written_as("point")


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Everything, in the order of the files; every reference in it resolves."""

    sources: tuple[Source, ...] = written_as("source")
    bodies: tuple[Body, ...] = written_as("body")
    systems: tuple[System, ...] = written_as("system")
    causes: tuple[Cause, ...] = written_as("cause")
    severities: tuple[Severity, ...] = written_as("severity")
    incidents: tuple[Incident, ...] = ()
    letters: tuple[Letter, ...] = ()
    figures: tuple[Figure, ...] = ()

    def facts(self) -> Iterator[tuple[Incident, Bulletin, Fact]]:
        """Every fact of every bulletin with where it stands."""
        for incident in self.incidents:
            for bulletin in incident.bulletins:
                for fact in bulletin.facts:
                    yield incident, bulletin, fact
