"""What must hold in an incident: bulletins in order, facts with units, references that resolve."""

from datetime import date
from itertools import pairwise

from content.rules.archive.checks import (
    Known,
    check_area,
    check_dated,
    check_reference,
    check_sources,
    numbered,
)
from content.rules.archive.errors import Place
from content.rules.archive.kinds import FactField
from content.rules.archive.records import Bulletin, Fact, Incident, Status

COUNTS = frozenset(
    {
        FactField.OCCURRENCES,
        FactField.AFFECTED_CARDS,
        FactField.AFFECTED_HOUSEHOLDS,
        FactField.AFFECTED_MUNICIPALITIES,
        FactField.AFFECTED_PERSONS,
        FactField.AFFECTED_ITEMS,
        FactField.REPORTED_CASES,
        FactField.INQUIRIES,
        FactField.SERVERS_IN_USE,
        FactField.DURATION,
    }
)
DAYS = frozenset({FactField.OCCURRED, FactField.DETECTED, FactField.REPORTED, FactField.ANNOUNCED, FactField.RECOVERED})


def check_incident(incident: Incident, known: Known, place: Place) -> None:
    """ArchiveError at the first thing that is wrong."""
    check_sources(incident.sources, known, place / "sources")
    check_reference(incident.cause_class, known.causes, "cause class", place / "cause_class")
    if incident.severity not in known.severities:
        raise (place / "severity").wrong(f"there is no severity {incident.severity}")
    for key, here in zip(incident.systems, numbered(incident.systems, place / "systems"), strict=True):
        check_reference(key, known.systems, "system", here)
    if not incident.areas:
        raise (place / "areas").wrong("at least one area is needed")
    for area, here in zip(incident.areas, numbered(incident.areas, place / "areas"), strict=True):
        check_area(area, here)
    _check_when(incident, place)
    _check_bulletins(incident.bulletins, known, place / "bulletin")
    for bulletin, here in zip(incident.bulletins, numbered(incident.bulletins, place / "bulletin"), strict=True):
        for status, where in zip(bulletin.statuses, numbered(bulletin.statuses, here / "status"), strict=True):
            _check_status(status, incident, known, where)
    _check_others(incident, known, place)


def _check_when(incident: Incident, place: Place) -> None:
    if incident.occurred_on is None and incident.occurred_text_ja is None:
        raise (place / "occurred_on").wrong("a day or a text (occurred_text_ja, occurred_text_en) is needed")
    start, end = incident.occurred_on, incident.occurred_until
    if start is not None and end is not None and end < start:
        raise (place / "occurred_until").wrong(f"{end} is before {start}")


def _check_bulletins(bulletins: tuple[Bulletin, ...], known: Known, place: Place) -> None:
    if not bulletins:
        raise place.wrong("at least one bulletin is needed")
    days: list[date | None] = []
    for number, (bulletin, here) in enumerate(zip(bulletins, numbered(bulletins, place), strict=True), start=1):
        if bulletin.number != number:
            raise (here / "number").wrong(f"bulletins are numbered in order: {number} is expected")
        if bulletin.final and any(one.final for one in bulletins[number:]):
            raise (here / "final").wrong("another final one follows")
        days.append(check_dated(bulletin, here))
        check_reference(bulletin.publisher, known.bodies, "body", here / "publisher")
        check_sources(bulletin.sources, known, here / "sources")
        for fact, where in zip(bulletin.facts, numbered(bulletin.facts, here / "fact"), strict=True):
            _check_fact(fact, known, where)
    for number, (before, after) in enumerate(pairwise(days), start=2):
        if before is not None and after is not None and after < before:
            raise (place / number / "day").wrong(f"{after} is before bulletin {number - 1} of {before}")


def _check_fact(fact: Fact, known: Known, place: Place) -> None:
    check_sources(fact.sources, known, place / "sources")
    check_area(fact.area, place / "area")
    is_number = isinstance(fact.value, int | float)
    if fact.value is None and fact.text_ja is None:
        raise (place / "value").wrong("a value or a text (text_ja, text_en) is needed")
    if fact.field in COUNTS and not is_number:
        raise (place / "value").wrong(f"{fact.field} is a number")
    if fact.field in DAYS and is_number:
        raise (place / "value").wrong(f"{fact.field} is a day")
    if isinstance(fact.value, int | float) and fact.value < 0:
        raise (place / "value").wrong("the number is below zero")
    if is_number and fact.unit is None:
        raise (place / "unit").wrong("a number needs its unit")
    if not is_number and fact.unit is not None:
        raise (place / "unit").wrong("a unit stands only with a number")


def _check_status(status: Status, incident: Incident, known: Known, place: Place) -> None:
    check_area(status.area, place / "area")
    if status.system not in incident.systems:
        raise (place / "system").wrong(f"{status.system!r} is not one of the incident's systems")
    components = known.components.get(status.system, ())
    check_reference(status.component, components, f"component of {status.system}", place / "component")


def _check_others(incident: Incident, known: Known, place: Place) -> None:
    statements = incident.statements
    for statement, here in zip(statements, numbered(statements, place / "statement"), strict=True):
        check_reference(statement.by, known.bodies, "body", here / "by")
        check_dated(statement, here, needed=False)
        check_sources(statement.sources, known, here / "sources")
    for measure, here in zip(incident.measures, numbered(incident.measures, place / "measure"), strict=True):
        check_reference(measure.owner, known.bodies, "body", here / "owner")
        check_dated(measure, here, needed=False)
        check_reference(measure.cause, known.causes, "cause class", here / "cause")
        check_reference(measure.letter, known.letters, "letter", here / "letter")
        check_sources(measure.sources, known, here / "sources")
    for relation, here in zip(incident.relations, numbered(incident.relations, place / "relation"), strict=True):
        check_reference(relation.to, known.incidents, "incident", here / "to")
        if relation.to == incident.key:
            raise (here / "to").wrong("an incident does not relate to itself")
        check_reference(relation.said_by, known.bodies, "body", here / "said_by")
        check_sources(relation.sources, known, here / "sources")
