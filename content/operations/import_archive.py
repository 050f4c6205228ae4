"""Take in the archive of somebody else: all of a file or nothing, each bulletin marked as put together afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.bodies import Body
from content.models.bulletins import Bulletin
from content.models.drafts import Draft
from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.scales import Cause, Severity
from content.models.sources import Citation, Source
from content.models.systems import System
from content.operations import upsert
from content.operations.archive_rows import incident_rows
from content.operations.incident_times import renew_times
from content.operations.public_change import public_changed, record_key
from content.operations.rows import Row
from content.rules import import_json, importing
from content.rules.archive.checks import Known
from content.rules.archive.records import Source as NewSource
from content.rules.importing import Fault, Imported
from content.rules.owners import Owner
from content.rules.states import Step
from portal.core import audit, sheets
from portal.core.actor import Actor
from portal.core.errors import N_, Forbidden, Invalid
from portal.core.sheets import Limits, Table

LIMITS = Limits(max_bytes=10 * 1024 * 1024, max_rows=20_000, max_columns=60)
SAID_OTHERWISE = N_("Bulletin %(n)s is already published in other words and cannot be overwritten.")
LEFT_OUT = N_("The record has %(n)s bulletins of this incident; the file has to hold all of them.")
OF_DESK = N_("The publishing desk carries this incident on; further bulletins are written there.")
ONLY_WITH = N_("What is said of the incident as a whole changes only together with a further bulletin.")
FAULTS = N_("Rows of this file were refused. Nothing was taken in.")
# Of an incident's row: what the file says of it.
SAID = (
    "title_ja", "title_en", "state", "severity", "cause_key", "cause_status", "occurred_on", "occurred_until",
    "occurred_text_ja", "occurred_text_en", "exercise",
)  # fmt: skip


@dataclass
class Plan:
    """What a file would change. ``new`` and ``grown``: incidents; ``bulletins``: ids of new ones; ``facts``: how many.

    Nothing of a file is taken in while there is a fault.
    """

    new: list[Imported] = field(default_factory=list)
    grown: list[Imported] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    bulletins: list[str] = field(default_factory=list)
    facts: int = 0
    sources: dict[str, NewSource] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether anything would change."""
        return bool(self.new or self.grown)

    @property
    def refused_rows(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})


def table_of(data: bytes, filename: str) -> Table:
    """The rows of a file (CSV, XLSX, JSON). Invalid when it cannot be taken as a whole."""
    if PurePath(filename).suffix.lower() == ".json":
        return import_json.read(data, LIMITS)
    return sheets.read(data, filename, limits=LIMITS)


def plan(session: Session, table: Table, *, at: datetime) -> Plan:
    """What the table would change; nothing is written. Invalid when it cannot be taken as a whole."""
    read = importing.read(table, _known(session))
    found = Plan(faults=list(read.faults))
    stored = _stored(session, [one.record.key for one in read.incidents])
    for one in read.incidents:
        _compare(session, one, stored.get(one.record.key, {}), found, at)
    used = {ref.source for one in (*found.new, *found.grown) for ref in one.record.sources}
    found.sources = {key: source for key, source in read.sources.items() if key in used}
    found.faults.sort(key=lambda fault: fault.row)
    return found


def import_archive(session: Session, table: Table, *, by: Actor, at: datetime, draft: Draft | None = None) -> Plan:
    """Take in all that the table holds, and say what that was. Invalid where anything of it is refused.

    ``draft``: how another person asked for it; only the command line does without.
    """
    if draft is not None:
        policy.check(by, Step.PUBLISH, draft)
    elif not policy.may_load(by):
        raise Forbidden
    found = plan(session, table, at=at)
    if found.faults:
        raise Invalid(FAULTS)
    if not found.anything:
        return found
    last = session.scalar(select(func.max(Source.position))) or 0
    for position, source in enumerate(found.sources.values(), last + 1):
        values = {**vars(source), "kind": str(source.kind), "position": position, "publisher_key": source.publisher}
        del values["publisher"]
        session.add(Source(**values))
    session.flush()
    touched: set[str] = set()
    for one in found.new:
        _add(session, incident_rows(one.record, at))
        touched |= {record_key(Owner.SYSTEM, system) for system in one.record.systems}
    for one in found.grown:
        touched |= _grow(session, one, set(found.bulletins), at)
    keys = [one.record.key for one in (*found.new, *found.grown)]
    renew_times(session, keys)
    public_changed(session, touched | {record_key(Owner.INCIDENT, key) for key in keys}, at=at)
    detail: dict[str, audit.Value] = {"incidents": len(keys), "bulletins": len(found.bulletins), "facts": found.facts}
    subject = draft.id if draft else "archive"
    audit.record(session, at=at, actor=by, action="content.archive.import", subject=subject, detail=detail)
    return found


def _known(session: Session) -> Known:
    return Known(
        bodies=set(session.scalars(select(Body.key))),
        systems=set(session.scalars(select(System.key))),
        sources=set(session.scalars(select(Source.key))),
        causes=set(session.scalars(select(Cause.key))),
        severities=set(session.scalars(select(Severity.level))),
    )


def _stored(session: Session, keys: list[str]) -> dict[str, dict[int, Bulletin]]:
    found: dict[str, dict[int, Bulletin]] = {}
    for first in range(0, len(keys), 500):
        query = select(Bulletin).where(Bulletin.incident_key.in_(keys[first : first + 500]))
        for one in session.scalars(query):
            found.setdefault(one.incident_key, {})[one.number] = one
    return found


def _compare(session: Session, one: Imported, stored: dict[int, Bulletin], found: Plan, at: datetime) -> None:
    """What of an incident is new; what is published stays as it is."""
    rows = list(incident_rows(one.record, at))
    hashes = {row.values["number"]: row.values["content_hash"] for row in rows if row.model is Bulletin}
    faults = [
        Fault(row, "", "number", SAID_OTHERWISE, (("n", number),))
        for number, row in enumerate(one.bulletin_rows, 1)
        if number in stored and stored[number].content_hash != hashes[number]
    ]
    if len(stored) > len(hashes):
        faults.append(Fault(one.row, "", "incident", LEFT_OUT, (("n", len(stored)),)))
    fresh = [number for number in hashes if number not in stored]
    if stored and not faults:
        if fresh and any(bulletin.written_by for bulletin in stored.values()):
            faults.append(Fault(one.row, "", "incident", OF_DESK))
        elif not fresh and not _same(session, one, rows):
            faults.append(Fault(one.row, "", "incident", ONLY_WITH))
    if faults:
        found.faults += faults
    elif not fresh:
        found.unchanged.append(one.record.key)
    else:
        (found.grown if stored else found.new).append(one)
        found.bulletins += [f"{one.record.key}/{number}" for number in fresh]
        found.facts += sum(len(bulletin.facts) for bulletin in one.record.bulletins if bulletin.number in fresh)


def _same(session: Session, one: Imported, rows: list[Row]) -> bool:
    key = one.record.key
    incident = session.get_one(Incident, key)
    wanted = next(row.values for row in rows if row.model is Incident)
    systems = session.scalars(select(IncidentSystem.system_key).where(IncidentSystem.incident_key == key))
    areas = session.scalars(select(IncidentArea.area).where(IncidentArea.incident_key == key))
    same = all(getattr(incident, name) == wanted[name] for name in SAID)
    return same and set(systems) == set(one.record.systems) and set(areas) == set(one.record.areas)


def _add(session: Session, rows: Iterable[Row]) -> None:
    for row in rows:
        upsert.add(session, upsert.table_of(row.model), [row.values])


def _grow(session: Session, one: Imported, fresh: set[str], at: datetime) -> set[str]:
    """Add the new bulletins, and bring the incident to what the file says with them; the systems before and after."""
    key = one.record.key
    mine = select(IncidentSystem.system_key).where(IncidentSystem.incident_key == key)
    before = set(session.scalars(mine))
    session.execute(delete(IncidentSystem).where(IncidentSystem.incident_key == key))
    session.execute(delete(IncidentArea).where(IncidentArea.incident_key == key))
    session.execute(delete(Citation).where(Citation.owner == Owner.INCIDENT, Citation.subject == key))
    rows = list(incident_rows(one.record, at))
    values = next(row.values for row in rows if row.model is Incident)
    upsert.change(session, upsert.table_of(Incident), {n: v for n, v in values.items() if n != "published_at"})
    _add(session, (row for row in rows if row.model is not Incident and _is_new(row, key, fresh)))
    return {record_key(Owner.SYSTEM, system) for system in (*before, *one.record.systems)}


def _is_new(row: Row, key: str, fresh: set[str]) -> bool:
    """Rows of the incident itself, and those of new bulletins."""
    if row.model in (IncidentSystem, IncidentArea, Citation):
        return True
    identifier = row.values.get("bulletin_id") or row.values.get("subject") or row.values["id"]
    return "/".join(str(identifier).split("/")[:2]) in fresh
