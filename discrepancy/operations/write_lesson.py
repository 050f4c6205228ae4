"""Tell the public what was learnt from reports of one cause: a bulletin in the making, published by another person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.models.systems import System
from content.operations.write_bulletin import write_bulletin
from content.queries import drafts
from content.rules.archive.kinds import CauseStatus, IncidentState, Markup, RelationKind
from content.rules.areas import COUNTRY
from content.rules.writing import Writing, WrittenBulletin, WrittenIncident, WrittenRelation
from discrepancy.models.lessons import Lesson
from discrepancy.queries.codes import codes
from discrepancy.queries.trends import Cluster, names_of_bodies
from discrepancy.rules.codes import Code, CodeTable, find
from discrepancy.rules.lessons import Counted, Words, body, publishing, title
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Invalid

# The classes of causes that the public record counts (content), by the table of the report's cause.
CLASSES = {
    CodeTable.SYSTEM_CAUSE: "software-defect",
    CodeTable.HUMAN_CAUSE: "operation-procedure",
    CodeTable.LAYOUT_CAUSE: "data-entry",
    CodeTable.OTHER_CAUSE: "unknown",
}
SLIGHT = 1
NAMED = N_("Name no body: “%(name)s” stands here.")
NO_SYSTEM = N_("Choose a system of the public record.")
NO_INCIDENT = N_("There is no such published incident.")


@dataclass(frozen=True)
class NewLesson:
    """What the operator writes: what happened and how to prevent it, in both languages; which system it concerns.

    ``same_cause``: the address of a published incident of the same cause, empty for none.
    """

    happened: Words
    prevent: Words
    system: str
    same_cause: str = ""


def write_lesson(session: Session, one: Cluster, new: NewLesson, *, by: Actor, at: datetime) -> Lesson:
    """Begin the bulletin. Forbidden unless the actor writes bulletins; Invalid with the field.

    Counts below the least that is told are not told; a body's name is refused.
    """
    names = names_of_bodies(session, one)
    for field, words in (("happened", new.happened), ("prevent", new.prevent)):
        for language, text in (("ja", words.ja), ("en", words.en)):
            screening.lines(text, field=f"{field}_{language}")
            if name := next((name for name in names if name in text), ""):
                raise Invalid(NAMED, name=name, field=f"{field}_{language}")
    system = session.get(System, new.system)
    if system is None:
        raise Invalid(NO_SYSTEM, field="system")
    today = day_in_japan(at)
    key = drafts.free_key(session, new.system, today)
    if new.same_cause and new.same_cause not in drafts.known(session, key).incidents:
        raise Invalid(NO_INCIDENT, field="same_cause")
    draft = write_bulletin(session, _writing(session, one, new, at), incident_key=key, new=True, by=by, at=at)
    lesson = Lesson(
        id=new_id(),
        draft_id=draft.id,
        incident_key=key,
        cause_table=one.cause_table,
        cause=one.cause,
        first_on=one.first_on,
        last_on=one.last_on,
        reports=one.reports,
        bodies=one.bodies,
        made_by=by.id,
        made_at=at,
    )
    session.add(lesson)
    session.flush()
    detail = {"draft": draft.id, "incident": key}
    audit.record(session, at=at, actor=by, action="discrepancy.lesson.write", subject=lesson.id, detail=detail)
    return lesson


def counted(one: Cluster, rows: Sequence[Code]) -> Counted:
    """The cluster with the names of its codes."""
    cause = find(rows, CodeTable(one.cause_table), one.cause)
    about = find(rows, CodeTable.INFORMATION, one.information)
    return Counted(
        cause_ja=cause.name_ja if cause else one.cause,
        cause_en=cause.name_en if cause else one.cause,
        information_ja=about.name_ja if about else one.information,
        information_en=about.name_en if about else one.information,
        first_on=one.first_on,
        last_on=one.last_on,
        reports=one.reports,
        bodies=one.bodies,
    )


def _writing(session: Session, one: Cluster, new: NewLesson, at: datetime) -> Writing:
    found = counted(one, codes(session))
    named = title(found)
    text = body(found, new.happened, new.prevent, least=publishing(day_in_japan(at)).least)
    relation = (WrittenRelation(kind=RelationKind.SAME_CAUSE, to=new.same_cause),) if new.same_cause else ()
    publishers = [publisher.key for publisher in drafts.options(session).publishers]
    operator = session.get_one(System, new.system).operator_key
    return Writing(
        incident=WrittenIncident(
            title_ja=named.ja,
            title_en=named.en,
            systems=(new.system,),
            areas=(COUNTRY,),
            state=IncidentState.CLOSED,
            severity=SLIGHT,
            cause_key=CLASSES[CodeTable(one.cause_table)],
            cause_status=CauseStatus.ESTABLISHED,
            occurred_on=one.first_on,
            occurred_until=one.last_on,
            relations=relation,
        ),
        bulletin=WrittenBulletin(
            title_ja=named.ja,
            title_en=named.en,
            body_ja=text.ja,
            body_en=text.en,
            publisher=operator if operator in publishers else publishers[0],
            markup=Markup.PLAIN,
            final=True,
        ),
    )
