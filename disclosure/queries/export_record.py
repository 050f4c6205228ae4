"""What a case holds besides its files, as plain values for its export: one value a file, names in English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.complaint import Complaint
from disclosure.models.correction import CorrectionRequest
from disclosure.models.decision import Decision
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.event import CaseEvent, CaseNote
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.identity import IdentityCheck
from disclosure.queries import appeals, suits
from disclosure.queries.clock import clocks
from disclosure.queries.export_files import file_path, stays_behind
from disclosure.queries.extensions import facts
from disclosure.queries.keys import case_files, corrections, fields, file_name, letters, reasons
from disclosure.queries.redaction import standing
from disclosure.queries.wording import DAY_PARAMS, EVENTS
from disclosure.rules.deadlines import Due
from disclosure.rules.kinds import FileKind
from portal.core.audit import Entry
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey

Say = Callable[[str, Mapping[str, Any]], str]
LOOK = "disclosure.case.look"
# Columns of a case that say how it stands; the personal values lie in ``values``.
PLAIN = (
    "number", "kind", "regime", "law_day", "state", "received_on", "received_at", "channel", "requester", "records",
    "delivery", "format", "language", "due_on", "target_on", "decision_type", "notified_on", "released_at", "ended_on",
)  # fmt: skip


def record_of(
    session: Session, case: Case, *, key: CaseKey, today: date, say: Say, with_notes: bool
) -> dict[str, Any]:  # fmt: skip
    """Everything by the name of its file, without the journal. ``say`` puts messages into words."""
    made: dict[str, Any] = {
        "case": {
            **{name: _plain(getattr(case, name)) for name in PLAIN},
            "values": {field.value: text for field, text in sorted(fields(key, case).items())},
        },
        "files": [_file(session, case, key, file) for file in case_files(session, case)],
        "letters": [_letter(number, row) for number, row in enumerate(letters(session, case), start=1)],
        "decisions": [_decision(key, row) for row in _rows(session, Decision, case, Decision.drafted_at)],
        "corrections": [_correction(key, row) for row in corrections(session, case)],
        "extensions": _extensions(session, case, key),
        "identity": [
            {"document": row.document, "expires_on": _plain(row.expires_on), "checked_at": row.checked_at.isoformat()}
            for row in _rows(session, IdentityCheck, case, IdentityCheck.checked_at)
        ],
        "deliveries": [
            {name: _plain(getattr(row, name)) for name in ("letter_id", "step", "way", "basis", "day", "corrects_id")}
            | {"id": row.id, "entered_at": row.entered_at.isoformat(), "entered_name": row.entered_name}
            for row in _rows(session, DeliveryEntry, case, DeliveryEntry.entered_at)
        ],
        "clocks": [_clock(row.due, row.label_ja, say) for row in clocks(session, case, today=today)],
        "history": [_event(row, say) for row in _rows(session, CaseEvent, case, CaseEvent.at)],
        "looks": _looks(session, case),
        "appeals": [_appeal(session, case, key, row, today, say) for row in appeals.appeals(session, case)],
        "suits": [
            {"filed_on": row.filed_on.isoformat(), "court": row.court, "note": suits.note(key, row),
             "result": _plain(row.result), "ended_on": _plain(row.ended_on)}
            for row in suits.suits(session, case)
        ],
        "complaints": _complaints(session, case, key),
    }  # fmt: skip
    if with_notes:
        made["notes"] = [
            {"at": row.at.isoformat(), "author": row.author_name,
             "text": open_text(key, CaseNote.__tablename__, "text", row.id, row.text_sealed)}
            for row in _rows(session, CaseNote, case, CaseNote.at)
        ]  # fmt: skip
    return made


def _rows(session: Session, kind: Any, case: Case, order: Any) -> list[Any]:
    return list(session.scalars(select(kind).where(kind.case_id == case.id).order_by(order, kind.id)))


def _plain(value: Any) -> Any:
    """A column's value as JSON has it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _file(session: Session, case: Case, key: CaseKey, file: Any) -> dict[str, Any]:
    made = {
        "path": file_path(file.kind, file.position),
        "left_out": stays_behind(case, file.kind),
        "kind": file.kind.value,
        "name": file_name(key, file),
        "media_type": file.media_type,
        "pages": file.pages,
        "sha256": file.sha256,
        "added_at": file.added_at.isoformat(),
    }
    if file.kind is not FileKind.RECORD:
        return made
    boxes = [
        {"page": box.page, "x": box.x, "y": box.y, "w": box.w, "h": box.h, "ground": box.ground}
        for box in standing(session, file).boxes
    ]
    return {**made, "boxes": boxes}


def _letter(number: int, row: Any) -> dict[str, Any]:
    return {
        "path": f"letters/{number:02d}-{row.kind}",
        "id": row.id,
        "number": row.number,
        "issued_on": row.issued_on.isoformat(),
        "to_requester": row.to_requester,
        "template": row.template,
        "sha256": row.sha256,
    }


def _decision(key: CaseKey, row: Any) -> dict[str, Any]:
    return {
        "type": row.type.value,
        "state": row.state.value,
        "reasons": [reason.plain() for reason in reasons(key, row)],
        "drafted_at": row.drafted_at.isoformat(),
        "drafted_name": row.drafted_name,
        "approved_at": _plain(row.approved_at),
        "approved_name": row.approved_name,
    }


def _correction(key: CaseKey, row: CorrectionRequest) -> dict[str, Any]:
    table = CorrectionRequest.__tablename__
    answer = row.answer_sealed
    return {
        "sent_on": row.sent_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "defects": row.defects,
        "note": open_text(key, table, "note", row.id, row.note_sealed),
        "answered_on": _plain(row.answered_on),
        "answer": open_json(key, table, "answer", row.id, answer) if answer is not None else None,
        "given_up_on": _plain(row.given_up_on),
    }


def _extensions(session: Session, case: Case, key: CaseKey) -> list[dict[str, Any]]:
    return [
        {"kind": row.kind.value, "days": row.days, "ground": _plain(row.ground), "rest_on": _plain(row.rest_on),
         "facts": facts(key, row), "issued_on": _plain(row.issued_on)}
        for row in _rows(session, Extension, case, Extension.drafted_at)
        if row.state is ExtensionState.ISSUED
    ]  # fmt: skip


def _clock(due: Due, label: str, say: Say) -> dict[str, Any]:
    return {
        "code": due.code,
        "label": label,
        "due_on": due.due_on.isoformat(),
        "rolled_on": due.rolled_on.isoformat(),
        "binding_on": due.binding_on.isoformat(),
        "steps": [{"text": say(step.message, step.params), "article": step.article} for step in due.steps],
    }


def _event(row: CaseEvent, say: Say) -> dict[str, Any]:
    params = {
        name: date.fromisoformat(value) if name in DAY_PARAMS else value for name, value in row.params.items()
    }  # fmt: skip
    return {
        "at": row.at.isoformat(),
        "code": row.code,
        "text": say(EVENTS[row.code], params),
        "by": row.actor_name or row.actor_kind,
        "visible_to": row.visible_to.value,
    }


def _looks(session: Session, case: Case) -> list[dict[str, Any]]:
    wanted = select(Entry).where(Entry.subject == case.number, Entry.action == LOOK).order_by(Entry.seq)
    return [
        {"at": row.at.isoformat(), "kind": row.actor_kind, "actor_id": row.actor_id,
         "roles": row.detail.get("roles"), "what": row.detail.get("what")}
        for row in session.scalars(wanted)
    ]  # fmt: skip


def _appeal(session: Session, case: Case, key: CaseKey, row: Appeal, today: date, say: Say) -> dict[str, Any]:
    found = appeals.standing(session, case, row, today=today)
    columns = (
        "against", "channel", "state", "filed_on", "posted_on", "known_on", "in_time", "excused", "accepted_on",
        "consulted_on", "reported_on", "report_number", "result", "ended_on", "forwarded_to", "anew_on",
    )  # fmt: skip
    return {
        **{name: _plain(getattr(row, name)) for name in columns},
        "letter": found.letter.number if found.letter else None,
        "said": appeals.said(key, row),
        "in_time_because": [say(step.message, step.params) for step in found.judgement.steps]
        if found.judgement
        else [],
        "steps": [
            {"code": step.code, "day": step.day.isoformat(), "note": step.note, "by": step.by}
            for step in appeals.steps(session, key, row, inside=True)
        ],
        "participants": [
            {"part": person.part.value, "name": person.name, "postal_code": person.postal_code,
             "address": person.address}
            for person in appeals.participants(session, key, row)
        ],
    }  # fmt: skip


def _complaints(session: Session, case: Case, key: CaseKey) -> list[dict[str, Any]]:
    table = Complaint.__tablename__
    return [
        {"number": row.number, "received_on": row.received_on.isoformat(), "state": row.state.value,
         "said": open_json(key, table, "said", row.id, row.said_sealed),
         "answered_on": _plain(row.answered_on),
         "answer": open_text(key, table, "answer", row.id, row.answer_sealed) if row.answer_sealed else None}
        for row in _rows(session, Complaint, case, Complaint.received_on)
    ]  # fmt: skip
