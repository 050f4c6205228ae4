"""Report on a measure: how far it is, whether it worked. What is published about it stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content import policy
from content.models.drafts import Draft
from content.models.measures import Measure, MeasureReport
from content.operations.public_change import public_changed, record_key
from content.operations.review import agree, ask
from content.rules import numbering
from content.rules.owners import Owner
from content.rules.states import DraftKind, Step
from content.rules.writing import WrittenReport
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import N_, Invalid, NotFound


def ask_report(session: Session, text: WrittenReport, *, by: Actor, at: datetime, again: Draft | None = None) -> Draft:
    """Ask another person to approve a report; raises NotFound for an unknown measure.

    ``again``: the report that was sent back.
    """
    policy.check_write(by)
    measure = session.get(Measure, text.measure_id)
    if measure is None:
        raise NotFound
    if not (text.text_ja.strip() and text.text_en.strip()):
        raise Invalid(N_("Say in both languages how far the measure is."))
    if bool(text.evidence_ja) != bool(text.evidence_en):
        raise Invalid(N_("Say in both languages what shows it."))
    return ask(
        session,
        DraftKind.REPORT,
        measure.incident_key,
        text.to_json(),
        base_number=_last(session, measure.id),
        action="content.measure.ask",
        by=by,
        at=at,
        again=again,
    )


def publish_report(session: Session, draft: Draft, *, by: Actor, at: datetime) -> MeasureReport:
    """Approve: the report is public, and the measure stands as it says."""
    policy.check(by, Step.PUBLISH, draft)
    text = WrittenReport.from_json(draft.payload)
    measure = session.scalar(select(Measure).where(Measure.id == text.measure_id).with_for_update())
    if measure is None:
        raise NotFound
    number = _last(session, measure.id) + 1
    row = MeasureReport(
        id=numbering.report_id(measure.id, number),
        measure_id=measure.id,
        number=number,
        status=text.status,
        due_on=text.due_on,
        effect=text.effect,
        text_ja=text.text_ja,
        text_en=text.text_en,
        evidence_ja=text.evidence_ja,
        evidence_en=text.evidence_en,
        written_by=draft.written_by,
        approved_by=by.id,
        published_at=at,
    )
    session.add(row)
    measure.status, measure.effect, measure.due_on = text.status, text.effect, text.due_on
    if text.evidence_ja:
        measure.evidence_ja, measure.evidence_en = text.evidence_ja, text.evidence_en
    agree(draft, by=by, at=at)
    session.flush()
    public_changed(session, [record_key(Owner.INCIDENT, measure.incident_key)], at=at, alone=True)
    audit.record(session, at=at, actor=by, action="content.measure.report", subject=row.id)
    return row


def _last(session: Session, measure_id: str) -> int:
    return session.scalar(select(func.max(MeasureReport.number)).where(MeasureReport.measure_id == measure_id)) or 0
