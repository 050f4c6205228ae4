"""Load the archive: what is new is published, what may change is brought up to date, the rest is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Session

from content import policy
from content.models.answers import Answer, AnswerLink, AnswerQuestion, AnswerTypeOf
from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact, PublishedCitation, StatedStatus
from content.models.figures import Figure, Point, Series
from content.models.incidents import Incident, IncidentArea, IncidentSystem, IncidentTimes
from content.models.letters import Group, GroupIncident, Letter, Section
from content.models.measures import Measure, MeasureReport
from content.models.questions import Question
from content.models.relations import Relation
from content.models.scales import Cause, Severity
from content.models.sources import Citation, Source
from content.models.statements import Statement
from content.models.systems import Component, Dependency, System
from content.operations import upsert
from content.operations.archive_rows import Owned, archive_rows
from content.operations.incident_times import renew_times
from content.operations.public_change import public_changed, record_key
from content.rules.archive.errors import ArchiveError
from content.rules.archive.records import Archive
from content.rules.owners import Owner
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import Forbidden

# In the order in which rows may be added; the column that names the owner, by which stored rows are found.
TABLES: dict[type[DeclarativeBase], str] = {
    Body: "",
    Cause: "",
    Severity: "",
    Source: "",
    System: "key",
    Component: "system_key",
    Dependency: "system_key",
    Incident: "key",
    IncidentSystem: "incident_key",
    IncidentArea: "incident_key",
    Bulletin: "incident_key",
    Fact: "bulletin_id",
    StatedStatus: "incident_key",
    Statement: "incident_key",
    PublishedCitation: "incident_key",
    Relation: "from_key",
    Figure: "key",
    Series: "figure_key",
    Point: "figure_key",
    Letter: "key",
    Measure: "incident_key",
    Section: "letter_key",
    Group: "letter_key",
    GroupIncident: "",
    Question: "letter_key",
    Answer: "letter_key",
    AnswerTypeOf: "",
    AnswerQuestion: "",
    AnswerLink: "",
    Citation: "",
}
PUBLISHED = frozenset({Bulletin, Fact, StatedStatus, Statement, PublishedCitation})
KEPT = frozenset({Body, Cause, Severity, Source, System, Component, Incident, Figure, Letter})
FROM_BULLETINS = frozenset({Incident, IncidentSystem, IncidentArea})
# The desk adds to these where it carries an incident on: they are neither dropped nor changed there.
ALSO_FROM_DESK = frozenset({Measure, Relation})
WHEN_LOADED = ("published_at", "changed_at")
ORDER_ONLY = (*WHEN_LOADED, "position")


@dataclass
class Loaded:
    """What loading did: rows added, changed and dropped, and the keys of the search records that it touched."""

    added: int = 0
    changed: int = 0
    dropped: int = 0
    touched: set[str] = field(default_factory=set)

    @property
    def anything(self) -> bool:
        """Whether anything is different from before."""
        return bool(self.added or self.changed or self.dropped)


@dataclass
class _Work:
    """One loading: what is wanted and what has been done so far."""

    session: Session
    rows: list[Owned]
    desk: set[str]
    reported: set[str] = field(default_factory=set)
    loaded: Loaded = field(default_factory=Loaded)

    def wanted(self, model: type[DeclarativeBase]) -> list[Owned]:
        return [owned for owned in self.rows if owned.row.model is model]

    def stored(self, model: type[DeclarativeBase]) -> dict[upsert.Identity, upsert.Values]:
        """The rows of the archive's things that are there now."""
        if model is Fact:
            keys = [owned.row.values["id"] for owned in self.wanted(Bulletin)]
        else:
            keys = sorted({owned.key for owned in self.rows if owned.key})
        return upsert.stored(self.session, upsert.table_of(model), TABLES[model], keys)


def load_archive(session: Session, archive: Archive, *, by: Actor, at: datetime) -> Loaded:
    """Bring the public record to what the archive says; a second time changes nothing and marks nothing.

    What is published stays: an archive that words a published bulletin, fact or statement otherwise is refused with
    ArchiveError; it needs a further bulletin. An incident that the publishing desk has carried on keeps the desk's
    reading; a measure on which the desk has reported stands as reported.
    """
    if not policy.may_load(by):
        raise Forbidden
    desk = _carried_on(session, [incident.key for incident in archive.incidents])
    reported = set(session.scalars(select(MeasureReport.measure_id)))
    work = _Work(session, list(archive_rows(archive, at=at)), desk, reported)
    for model in reversed(TABLES):
        if model not in KEPT:
            _drop_stale(work, model)
    for model in TABLES:
        _put(work, model)
    loaded = work.loaded
    clocked = set(session.scalars(select(IncidentTimes.incident_key)))
    keys = [incident.key for incident in archive.incidents]
    renew_times(session, [k for k in keys if k not in clocked or record_key(Owner.INCIDENT, k) in loaded.touched])
    if loaded.anything:
        public_changed(session, loaded.touched, at=at)
        detail = {"added": loaded.added, "changed": loaded.changed, "dropped": loaded.dropped}
        audit.record(session, at=at, actor=by, action="content.archive.load", subject="archive", detail=detail)
    return loaded


def _carried_on(session: Session, incidents: list[str]) -> set[str]:
    """Incidents of the archive about which the desk has published since."""
    query = select(Bulletin.incident_key).where(Bulletin.written_by.is_not(None), Bulletin.incident_key.in_(incidents))
    return set(session.scalars(query))


def _drop_stale(work: _Work, model: type[DeclarativeBase]) -> None:
    table = upsert.table_of(model)
    keep = {upsert.identity(table, owned.row.values) for owned in work.wanted(model)}
    owners = {(owned.owner, owned.key) for owned in work.rows}
    gone = []
    for key, values in work.stored(model).items():
        if key in keep:
            continue
        owner = _owner(model, values)
        if model is Statement:
            raise _overwrites(owner[1], values["id"])
        if owner not in owners or model in PUBLISHED or _is_of_desk(work, model, owner[1], values):
            continue
        gone.append(key)
        work.loaded.touched.add(record_key(*owner))
    upsert.drop(work.session, table, gone)
    work.loaded.dropped += len(gone)


def _owner(model: type[DeclarativeBase], values: upsert.Values) -> tuple[Owner, str]:
    """Whose page a stored row is shown on."""
    if model is Citation:
        return Owner(values["owner"]), values["owner_key"]
    if model in (GroupIncident, AnswerTypeOf, AnswerQuestion, AnswerLink):
        identifier: str = values.get("group_id") or values["answer_id"]
        return Owner.LETTER, identifier.partition("/")[0]
    column = TABLES[model]
    whose: str = values[column]
    if model is Dependency:
        return Owner.SYSTEM, whose
    kind = {"figure_key": Owner.FIGURE, "letter_key": Owner.LETTER}
    return kind.get(column, Owner.INCIDENT), whose.partition("/")[0]


def _put(work: _Work, model: type[DeclarativeBase]) -> None:
    table = upsert.table_of(model)
    found = work.stored(model)
    ignored = ORDER_ONLY if model is Statement else WHEN_LOADED
    new = []
    for owned in work.wanted(model):
        if model in FROM_BULLETINS and owned.key in work.desk:
            continue
        values = owned.row.values
        before = found.get(upsert.identity(table, values))
        if before is None:
            new.append(values)
        elif not upsert.differs(values, before, ignored) or _is_of_desk(work, model, owned.key, before):
            continue
        elif model in PUBLISHED:
            raise _overwrites(owned.key, values["id"])
        else:
            upsert.change(work.session, table, {name: v for name, v in values.items() if name != "published_at"})
            work.loaded.changed += 1
        work.loaded.touched |= _touched(owned, work.rows)
    upsert.add(work.session, table, new)
    work.loaded.added += len(new)


def _is_of_desk(work: _Work, model: type[DeclarativeBase], key: str, stored: upsert.Values) -> bool:
    """Whether a stored row is as the publishing desk left it: of an incident that it carries on, or a measure on which
    it reported."""
    if model in FROM_BULLETINS | ALSO_FROM_DESK and key in work.desk:
        return True
    return model is Measure and stored["id"] in work.reported


def _touched(owned: Owned, rows: list[Owned]) -> set[str]:
    """The records in which a changed row is seen; a name shared by many pages touches them all."""
    if owned.owner is None:
        return {record_key(row.owner, row.key) for row in rows if row.owner is not None}
    return {record_key(owned.owner, owned.key)}


def _overwrites(incident: str, identifier: str) -> ArchiveError:
    return ArchiveError(
        f"incidents/{incident}.toml",
        identifier,
        "this is already published in other words and cannot be overwritten; "
        "add a further bulletin that says what is right",
    )
