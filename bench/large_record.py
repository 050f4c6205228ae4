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
from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident, IncidentArea, IncidentSystem, IncidentTimes
from content.models.scales import Cause
from content.models.systems import System
from content.operations.public_change import public_changed
from content.rules.archive.kinds import CauseStatus
from content.rules.areas import COUNTRY, PREFECTURES
from portal.core.db import Base, Database

INCIDENTS, BULLETINS_EACH, AT_ONCE = 20_000, 10, 250
FIRST, DAYS = date(2015, 4, 1), 4_000
AREA_SHARE = (0.35, 0.2, 0.35, 0.1)  # nationwide, prefectures, one or a few municipalities, many of them
TEXT = "窓口で電子証明書の発行と更新ができない状態が続いています。復旧の見込みは分かり次第お知らせします。"
TEXT_EN = "Certificates can be neither issued nor renewed at counters. We shall say when this is likely to end."

Rows = dict[type[Base], list[dict[str, Any]]]


class Choices:
    """What the made incidents are about: what the archive's own record knows."""

    def __init__(self, session: Session) -> None:
        self.systems = list(session.scalars(select(System.key).order_by(System.position)))
        self.causes = list(session.scalars(select(Cause.key).order_by(Cause.position)))
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
            for model in (Incident, IncidentSystem, IncidentArea, IncidentTimes, Bulletin, Fact):
                session.execute(insert(model), rows[model])
                written[model.__tablename__] += len(rows[model])
    with database.session(write=True) as session:
        public_changed(session, [], at=datetime.now(UTC))
    with database.session(write=True) as session:
        session.execute(text("ANALYZE"))
    return written


def made(number: int, choices: Choices, chance: random.Random) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """The rows of one incident."""
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    key, start = f"made-{number:05}", datetime.combine(day, time(chance.randrange(24)), UTC)
    bulletins = max(1, round(chance.gauss(BULLETINS_EACH, 3)))
    cause, status = chance.choice(choices.causes), chance.choice(list(CauseStatus))
    areas, state = areas_of(choices.places, chance), "closed" if chance.random() < 0.95 else "open"
    last = start + timedelta(hours=3 * bulletins)
    yield Incident, {
        "key": key, "kind": "incident", "title_ja": f"電子証明書の発行障害（見本{number}号）",
        "title_en": f"Certificates not issued (sample {number})", "state": state,
        "severity": chance.choices((1, 2, 3, 4), (50, 30, 15, 5))[0], "cause_key": cause, "cause_status": status,
        "occurred_on": day, "exercise": chance.random() < 0.03, "withdrawn": False, "sort_on": day,
        "last_number": bulletins, "published_at": start, "changed_at": last,
    }  # fmt: skip
    for position, system in enumerate(chance.sample(choices.systems, chance.choice((1, 1, 1, 2))), 1):
        yield IncidentSystem, {"incident_key": key, "system_key": system, "position": position}
    for position, area in enumerate(areas, 1):
        yield IncidentArea, {"incident_key": key, "area": area, "position": position}
    moments = {"occurred": start, "detected": start + timedelta(minutes=chance.randrange(90))}
    moments |= {"first_notice": start + timedelta(hours=2), "recovered": last, "cause": last, "final": last}
    yield IncidentTimes, {
        "incident_key": key, **{f"{name}_at": at for name, at in moments.items()},
        **{f"{name}_exact": True for name in moments}, "longest_silence_minutes": 180,
    }  # fmt: skip
    for n in range(1, bulletins + 1):
        yield from _bulletin(key, n, n == bulletins, start + timedelta(hours=3 * n), areas[0], choices, chance)


def _bulletin(
    key: str, number: int, final: bool, at: datetime, area: str, choices: Choices, chance: random.Random
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    bulletin = f"{key}/{number}"
    yield Bulletin, {
        "id": bulletin, "incident_key": key, "number": number, "day": at.date(), "final": final, "correction": False,
        "reconstructed": False, "publisher_key": choices.publisher, "title_ja": f"発行障害について（第{number}報）",
        "title_en": f"Certificates not issued ({number})", "body_ja": TEXT * 3, "body_en": TEXT_EN * 3,
        "markup": "plain", "what_changed_ja": "影響の数を改めました。", "what_changed_en": "Newer numbers.",
        "written_by": "sample-writer", "approved_by": "sample-approver", "published_at": at,
        "content_hash": f"{chance.getrandbits(256):064x}",
    }  # fmt: skip
    for position, (field, unit) in enumerate((("affected-cards", "cards"), ("inquiries", "inquiries")), 1):
        yield Fact, {
            "id": f"{bulletin}/{position}", "bulletin_id": bulletin, "position": position, "field": field,
            "number": float(chance.randrange(10, 100_000)), "unit": unit, "certainty": "estimated", "area": area,
        }  # fmt: skip


def areas_of(places: Sequence[str], chance: random.Random) -> list[str]:
    """Where an incident was: everywhere, in prefectures, in one municipality or a few, or in many."""
    kind = chance.choices(range(4), AREA_SHARE)[0]
    if kind == 0 or not places:
        return [COUNTRY]
    if kind == 1:
        return chance.sample(list(PREFECTURES), chance.choice((1, 1, 2, 5)))
    return chance.sample(list(places), chance.choice((1, 1, 1, 3)) if kind == 2 else chance.randrange(5, 40))
