"""The archive's records as rows of the tables, each with the thing that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import NamedTuple

from content.models.bodies import Body
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.measures import Measure
from content.models.relations import Relation
from content.models.scales import Cause, Severity
from content.models.sources import Source
from content.models.statements import Statement
from content.models.systems import Component, Dependency, System
from content.operations.archive_letters import figure_rows, letter_rows
from content.operations.rows import Row, bulletin_rows, citations, published_citations
from content.rules import numbering
from content.rules.archive import records
from content.rules.archive.references import SourceRef
from content.rules.days import first_day_in, period_start
from content.rules.digests import digest
from content.rules.owners import Owner
from content.rules.writing import Place, WrittenBulletin, WrittenFact, WrittenStatus
from portal.core.clock import day_in_japan


class Owned(NamedTuple):
    """A row and the thing whose page shows it; ``owner`` None: shared by many pages."""

    owner: Owner | None
    key: str
    row: Row


def archive_rows(archive: records.Archive, *, at: datetime) -> Iterator[Owned]:
    """Every row that the archive asks for. ``at``: when what is new counts as published."""
    for row in _shared(archive):
        yield Owned(None, "", row)
    for position, system in enumerate(archive.systems, 1):
        yield from _owned(Owner.SYSTEM, system.key, _system(system, position))
    for incident in archive.incidents:
        yield from _owned(Owner.INCIDENT, incident.key, incident_rows(incident, at))
    for position, figure in enumerate(archive.figures, 1):
        yield from _owned(Owner.FIGURE, figure.key, figure_rows(figure, position))
    for letter in archive.letters:
        yield from _owned(Owner.LETTER, letter.key, letter_rows(letter))


def _owned(owner: Owner, key: str, rows: Iterator[Row]) -> Iterator[Owned]:
    for row in rows:
        yield Owned(owner, key, row)


def _shared(archive: records.Archive) -> Iterator[Row]:
    for body in archive.bodies:
        yield Row(Body, {**asdict(body), "kind": str(body.kind)})
    for position, cause in enumerate(archive.causes, 1):
        mapped = {"national": str(cause.national or ""), "veris": cause.veris or ""}
        yield Row(Cause, {**asdict(cause), **mapped, "position": position})
    for severity in archive.severities:
        yield Row(Severity, asdict(severity))
    for position, source in enumerate(archive.sources, 1):
        values = asdict(source)
        values["publisher_key"] = values.pop("publisher")
        yield Row(Source, {**values, "kind": str(source.kind), "position": position})


def _places(sources: Sequence[SourceRef]) -> tuple[Place, ...]:
    return tuple((source.source, source.place) for source in sources)


def _system(system: records.System, position: int) -> Iterator[Row]:
    values = {
        "key": system.key,
        "name_ja": system.name_ja,
        "name_en": system.name_en,
        "summary_ja": system.summary_ja,
        "summary_en": system.summary_en,
        "operator_key": system.operator,
        "aliases_ja": list(system.aliases_ja),
        "aliases_en": list(system.aliases_en),
        "position": position,
    }
    yield Row(System, values)
    for place, part in enumerate(system.components, 1):
        key = numbering.component_key(system.key, part.key)
        names = {"name_ja": part.name_ja, "name_en": part.name_en}
        yield Row(Component, {"key": key, "system_key": system.key, **names, "position": place})
    for needed in system.depends_on:
        yield Row(Dependency, {"system_key": system.key, "needs_key": needed})
    yield from citations(Owner.SYSTEM, system.key, system.key, system.sources)


def incident_rows(incident: records.Incident, at: datetime) -> Iterator[Row]:
    """Every row of an incident."""
    values = {
        "key": incident.key,
        "title_ja": incident.title_ja,
        "title_en": incident.title_en,
        "state": str(incident.state),
        "severity": incident.severity,
        "cause_key": incident.cause_class,
        "cause_status": str(incident.cause_status),
        "occurred_on": incident.occurred_on,
        "occurred_until": incident.occurred_until,
        "occurred_text_ja": incident.occurred_text_ja,
        "occurred_text_en": incident.occurred_text_en,
        "exercise": incident.exercise,
        "sort_on": _sort_day(incident),
        "last_number": len(incident.bulletins),
        "published_at": at,
        "changed_at": at,
    }
    yield Row(Incident, values)
    for position, system in enumerate(incident.systems, 1):
        yield Row(IncidentSystem, {"incident_key": incident.key, "system_key": system, "position": position})
    for position, area in enumerate(incident.areas, 1):
        yield Row(IncidentArea, {"incident_key": incident.key, "area": area, "position": position})
    yield from citations(Owner.INCIDENT, incident.key, incident.key, incident.sources)
    for bulletin in incident.bulletins:
        yield from bulletin_rows(incident.key, bulletin.number, written(bulletin), None, at=at)
    yield from _around(incident)


def _around(incident: records.Incident) -> Iterator[Row]:
    for position, said in enumerate(incident.statements, 1):
        values = {
            "by_key": said.by,
            "kind": str(said.kind),
            "day": said.day,
            "period": said.period,
            "text_ja": said.text_ja,
            "text_en": said.text_en,
        }
        identifier = f"{incident.key}/said/{digest([values, _places(said.sources)])[:16]}"
        yield Row(Statement, {"id": identifier, "incident_key": incident.key, "position": position, **values})
        yield from published_citations(incident.key, identifier, _places(said.sources))
    for position, measure in enumerate(incident.measures, 1):
        identifier = numbering.measure_id(incident.key, position)
        measure_values = {
            "id": identifier,
            "incident_key": incident.key,
            "position": position,
            "text_ja": measure.text_ja,
            "text_en": measure.text_en,
            "owner_key": measure.owner,
            "status": str(measure.status),
            "day": measure.day,
            "period": measure.period,
            "due_on": measure.due_on,
            "cause_key": measure.cause,
            "letter_key": measure.letter,
            "effect": str(measure.effect),
            "evidence_ja": measure.evidence_ja,
            "evidence_en": measure.evidence_en,
        }
        yield Row(Measure, measure_values)
        yield from citations(Owner.INCIDENT, incident.key, identifier, measure.sources)
    for position, relation in enumerate(incident.relations, 1):
        identifier = numbering.relation_id(incident.key, position)
        relation_values = {
            "id": identifier,
            "from_key": incident.key,
            "to_key": relation.to,
            "kind": str(relation.kind),
            "position": position,
            "said_by_key": relation.said_by,
        }
        yield Row(Relation, relation_values)
        yield from citations(Owner.INCIDENT, incident.key, identifier, relation.sources)


def written(bulletin: records.Bulletin) -> WrittenBulletin:
    """A bulletin of the archive as the desk would hand it in."""
    facts = tuple(
        WrittenFact(
            field=fact.field,
            certainty=fact.certainty,
            area=fact.area,
            number=None if fact.value is None or isinstance(fact.value, date) else float(fact.value),
            unit=fact.unit,
            day=_day(fact.value),
            at=fact.value.astimezone(UTC) if isinstance(fact.value, datetime) else None,
            text_ja=fact.text_ja,
            text_en=fact.text_en,
            sources=_places(fact.sources),
        )
        for fact in bulletin.facts
    )
    statuses = tuple(
        WrittenStatus(
            system=one.system,
            status=one.status,
            area=one.area,
            component=numbering.component_key(one.system, one.component) if one.component else None,
            since_at=one.since.astimezone(UTC),
        )
        for one in bulletin.statuses
    )
    return WrittenBulletin(
        title_ja=bulletin.title_ja,
        title_en=bulletin.title_en,
        body_ja=bulletin.body_ja,
        body_en=bulletin.body_en,
        publisher=bulletin.publisher,
        day=bulletin.day,
        period=bulletin.period,
        final=bulletin.final,
        reconstructed=bulletin.reconstructed,
        facts=facts,
        statuses=statuses,
        sources=_places(bulletin.sources),
    )


def _day(value: int | float | date | None) -> date | None:
    """The day in Japan of a day or an instant."""
    if isinstance(value, datetime):
        return day_in_japan(value)
    return value if isinstance(value, date) else None


def _sort_day(incident: records.Incident) -> date:
    """The first day known: of the occurrence, in its words, of the first bulletin, of that one's period."""
    first = incident.bulletins[0]
    in_words = first_day_in(incident.occurred_text_ja or "")
    return incident.occurred_on or in_words or first.day or period_start(first.period or "2015")
