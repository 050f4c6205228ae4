"""A large public record, made the same each time: incidents with bulletins, facts, areas; written in bulk, a part at a
time, so that memory stays small.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact, PublishedCitation, StatedStatus
from content.models.incidents import Incident, IncidentArea, IncidentSystem, IncidentTimes
from content.models.measures import Measure
from content.models.relations import Relation
from content.models.scales import Cause
from content.models.sources import Source
from content.models.systems import System
from content.operations.public_change import public_changed
from content.rules import numbering
from content.rules.archive.kinds import CauseStatus, IncidentState, MeasureStatus, RelationKind, ServiceStatus
from content.rules.areas import COUNTRY, PREFECTURES
from portal.core.db import Base, Database

INCIDENTS, BULLETINS_EACH, AT_ONCE = 20_000, 10, 250
FIRST, DAYS, LATELY = date(2015, 4, 1), 4_250, 30
AREA_SHARE = (0.35, 0.2, 0.35, 0.1)  # nationwide, prefectures, one or a few municipalities, many of them
STATED, MEASURED, RELATED, MAINTENANCE, EXERCISES = 0.4, 0.4, 0.05, 0.05, 0.03
TABLES = (
    Incident, IncidentSystem, IncidentArea, IncidentTimes, Bulletin, Fact, StatedStatus, PublishedCitation, Measure,
    Relation,
)  # fmt: skip
TEXT = "窓口で電子証明書の発行と更新ができない状態が続いています。復旧の見込みは分かり次第お知らせします。"
TEXT_EN = "Certificates can be neither issued nor renewed at counters. We shall say when this is likely to end."

Rows = dict[type[Base], list[dict[str, Any]]]


class Choices:
    """What the made incidents are about: what the archive's own record knows."""

    def __init__(self, session: Session) -> None:
        self.systems = list(session.scalars(select(System.key).order_by(System.position)))
        self.causes = list(session.scalars(select(Cause.key).order_by(Cause.position)))
        self.sources = list(session.scalars(select(Source.key).order_by(Source.position)))
        self.publisher = session.scalars(select(Body.key).where(Body.kind == "operator").order_by(Body.key)).first()
        self.places = list(
            session.scalars(
                select(Municipality.code).where(Municipality.until_on.is_(None)).order_by(Municipality.code)
            )
        )


def fill(database: Database, incidents: int = INCIDENTS, *, seed: int = 7) -> Counter[str]:
    """Write the record beside what is there; returns how many rows of each table."""
    with database.session(write=False) as session:
        choices = Choices(session)
    written: Counter[str] = Counter()
    for first in range(0, incidents, AT_ONCE):
        rows: Rows = {}
        for number in range(first, min(first + AT_ONCE, incidents)):
            for model, row in made(number, choices, random.Random(seed * 1_000_003 + number)):
                rows.setdefault(model, []).append(row)
        with database.session(write=True) as session:
            for model in TABLES:
                if model in rows:
                    session.execute(insert(model), rows[model])
                    written[model.__tablename__] += len(rows[model])
    with database.session(write=True) as session:
        public_changed(session, [], at=datetime.now(UTC))
    with database.session(write=True) as session:
        session.execute(text("ANALYZE"))
    return written


def made(number: int, choices: Choices, chance: random.Random) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """The rows of one incident."""
    at = chance.randrange(DAYS)
    day = FIRST + timedelta(days=at)
    key, start = f"made-{number:05}", datetime.combine(day, time(chance.randrange(24)), UTC)
    bulletins = max(1, round(chance.gauss(BULLETINS_EACH, 3)))
    areas, state = areas_of(choices.places, chance), _state(at, chance)
    last = start + timedelta(hours=3 * bulletins)
    incident = {
        "kind": "incident", "title_ja": f"電子証明書の発行障害（見本{number}号）",
        "title_en": f"Certificates not issued (sample {number})", "state": state,
        "severity": chance.choices((1, 2, 3, 4), (50, 30, 15, 5))[0], "cause_key": chance.choice(choices.causes),
        "cause_status": chance.choice(list(CauseStatus)), "occurred_on": day, "exercise": chance.random() < EXERCISES,
        "planned_from": None, "planned_until": None,
    }  # fmt: skip
    if state == IncidentState.CLOSED and chance.random() < MAINTENANCE:
        incident |= {"kind": "maintenance", "planned_from": start, "planned_until": last}
    stands = {"withdrawn": False, "sort_on": day, "last_number": bulletins, "published_at": start, "changed_at": last}
    yield Incident, {"key": key, **incident, **stands}
    systems = chance.sample(choices.systems, chance.choice((1, 1, 1, 2)))
    for position, system in enumerate(systems, 1):
        yield IncidentSystem, {"incident_key": key, "system_key": system, "position": position}
    for position, area in enumerate(areas, 1):
        yield IncidentArea, {"incident_key": key, "area": area, "position": position}
    moments = {"occurred": start, "detected": start + timedelta(minutes=chance.randrange(90))}
    moments |= {"first_notice": start + timedelta(hours=2), "recovered": last, "cause": last, "final": last}
    yield IncidentTimes, {
        "incident_key": key, **{f"{name}_at": moment for name, moment in moments.items()},
        **{f"{name}_exact": True for name in moments}, "longest_silence_minutes": 180,
    }  # fmt: skip
    reading = {
        **incident, "occurred_on": day.isoformat(), "systems": systems, "areas": areas, "relations": [],
        "planned_from": start.isoformat() if incident["planned_from"] else None,
        "planned_until": last.isoformat() if incident["planned_until"] else None,
    }  # fmt: skip
    for n in range(1, bulletins + 1):
        final = n == bulletins and state == IncidentState.CLOSED
        spoken = start + timedelta(hours=3 * n)
        said = {"final": final, "state": state if n == bulletins else "open", "reading": reading}
        yield from _bulletin(key, n, spoken, areas[0], said, choices, chance)
    yield from _stated(key, bulletins, state, start, last, systems[0], areas[0], chance)
    yield from _around(key, number, day, choices, chance)


def _state(at: int, chance: random.Random) -> str:
    """Most are over; of the last days some go on."""
    if at >= DAYS - LATELY and chance.random() < 0.3:
        return IncidentState.OPEN
    return chance.choices((IncidentState.CLOSED, IncidentState.RECOVERED, IncidentState.UNKNOWN), (90, 5, 5))[0]


def _bulletin(
    key: str, number: int, at: datetime, area: str, said: dict[str, Any], choices: Choices, chance: random.Random
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    bulletin = f"{key}/{number}"
    yield Bulletin, {
        "id": bulletin, "incident_key": key, "number": number, "day": at.date(), "correction": False,
        "reconstructed": False, "publisher_key": choices.publisher, "title_ja": f"発行障害について（第{number}報）",
        "title_en": f"Certificates not issued ({number})", "body_ja": TEXT * 3, "body_en": TEXT_EN * 3,
        "markup": "plain", "what_changed_ja": "影響の数を改めました。", "what_changed_en": "Newer numbers.",
        "written_by": "sample-writer", "approved_by": "sample-approver", "published_at": at,
        "content_hash": f"{chance.getrandbits(256):064x}", **said,
    }  # fmt: skip
    for position, (field, unit) in enumerate((("affected-cards", "cards"), ("inquiries", "inquiries")), 1):
        yield Fact, {
            "id": f"{bulletin}/{position}", "bulletin_id": bulletin, "position": position, "field": field,
            "number": float(chance.randrange(10, 100_000)), "unit": unit, "certainty": "estimated", "area": area,
        }  # fmt: skip


def _stated(
    key: str, bulletins: int, state: str, start: datetime, last: datetime, system: str, area: str, chance: random.Random
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """How the system worked, of some: ill with the first bulletin, well with the last."""
    if chance.random() >= STATED:
        return
    ill = chance.choice((ServiceStatus.DEGRADED, ServiceStatus.PARTIAL, ServiceStatus.OUTAGE))
    said = [(1, ill, start)]
    if state != IncidentState.OPEN and bulletins > 1:
        said.append((bulletins, ServiceStatus.OPERATING, last))
    for number, status, at in said:
        yield StatedStatus, {
            "id": f"{key}/{number}/status/1", "bulletin_id": f"{key}/{number}", "incident_key": key, "position": 1,
            "system_key": system, "area": area, "status": status, "since_at": at,
        }  # fmt: skip


def _around(
    key: str, number: int, day: date, choices: Choices, chance: random.Random
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """Where it is stated; of some, a measure and a relation to an earlier one."""
    yield PublishedCitation, {
        "id": f"{key}/1@1", "incident_key": key, "subject": f"{key}/1", "position": 1,
        "source_key": chance.choice(choices.sources), "place": "p. 1",
    }  # fmt: skip
    if chance.random() < MEASURED:
        yield Measure, {
            "id": numbering.measure_id(key, 1), "incident_key": key, "position": 1, "text_ja": "処理能力を増やす",
            "text_en": "Add capacity", "owner_key": choices.publisher, "status": chance.choice(list(MeasureStatus)),
            "day": day, "due_on": day + timedelta(days=180), "effect": "unknown",
        }  # fmt: skip
    if number and chance.random() < RELATED:
        other = f"made-{chance.randrange(number):05}"
        yield Relation, {
            "id": numbering.relation_id(key, 1), "from_key": key, "to_key": other, "kind": RelationKind.SAME_CAUSE,
            "position": 1,
        }  # fmt: skip


def areas_of(places: Sequence[str], chance: random.Random) -> list[str]:
    """Where an incident was: everywhere, in prefectures, in one municipality or a few, or in many."""
    kind = chance.choices(range(4), AREA_SHARE)[0]
    if kind == 0 or not places:
        return [COUNTRY]
    if kind == 1:
        return chance.sample(list(PREFECTURES), chance.choice((1, 1, 2, 5)))
    return chance.sample(list(places), chance.choice((1, 1, 1, 3)) if kind == 2 else chance.randrange(5, 40))
