"""Formal defects: asking for a correction, answering it, or no longer waiting (補正: 個人情報保護法 第77条第3項)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseField
from disclosure.models.correction import CorrectionRequest
from disclosure.operations.filing import Upload, seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.moving import begin, reckon
from disclosure.operations.notify import notify_resident
from disclosure.queries.keys import case_key, corrections, fields
from disclosure.queries.names import birth_index, name_indexes
from disclosure.rules.defects import DEFECTS
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action
from portal.core import screening
from portal.core.actor import Actor
from portal.core.calendar import roll_forward
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.sealed import seal_json, seal_text
from portal.core.vault import CaseKey, OfficeVault, PublicVault

# What a requester may mend; who they are to be reached by stays as first stated unless the office asks.
MENDABLE = frozenset(Field) - {Field.EMAIL}


def ask_correction(
    session: Session,
    case: Case,
    defects: Sequence[str],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
    due_on: date | None = None,
) -> CorrectionRequest:
    """Ask for defects (codes of ``rules.defects``) to be mended; the clock stands from tomorrow."""
    state = begin(session, case, Action.ASK_CORRECTION, by=by)
    today = day_in_japan(at)
    if not defects or any(code not in DEFECTS for code in defects):
        raise Invalid(N_("Choose what needs to be mended."), field="defects")
    if "other" in defects and not note.strip():
        raise Invalid(N_("Say what needs to be mended."), field="note")
    screening.lines(note, field="note")
    law = regime(case.regime, case.law_day)
    chosen = due_on or roll_forward(today + timedelta(days=law.correction_days))
    if chosen < today:
        raise Invalid(N_("This day has passed."), field="due-on")
    row_id = new_id()
    request = CorrectionRequest(
        id=row_id,
        case_id=case.id,
        sent_on=today,
        due_on=chosen,
        defects=list(dict.fromkeys(defects)),
        note_sealed=seal_text(case_key(vault, case), CorrectionRequest.__tablename__, "note", row_id, note),
        asked_by=by.id,
        asked_at=at,
    )
    session.add(request)
    session.flush()
    case.state, case.identity_confirmed_at = state, None
    reckon(session, case, today=today)
    notify_resident(session, case, f"correction:{row_id}", at=at)
    tell(session, case, "correction-asked", by=by, at=at, due_on=chosen.isoformat(), defects=",".join(request.defects))
    book(session, case, "ask-correction", by=by, at=at, due_on=chosen.isoformat())
    return request


def answer_correction(
    session: Session,
    case: Case,
    *,
    key: CaseKey,
    vault: PublicVault,
    by: Actor,
    at: datetime,
    changes: Mapping[Field, str] | None = None,
    answer: str = "",
    uploads: Sequence[Upload] = (),
    arrived_on: date | None = None,
) -> None:
    """Take the answer: changed values, a text, further files. The clock runs again from tomorrow.

    The values that were there before go into the answer, sealed. ``arrived_on`` is for paper entered by the desk.
    """
    state = begin(session, case, Action.ANSWER_CORRECTION, by=by)
    request = _open(session, case)
    today = day_in_japan(at)
    arrived = arrived_on or today
    if not request.sent_on <= arrived <= today:
        raise Invalid(N_("The answer cannot have arrived on this day."), field="arrived-on")
    changed = {field: text for field, text in (changes or {}).items() if text}
    if not changed and not answer.strip() and not uploads:
        raise Invalid(N_("Write an answer or add a file."), field="answer")
    if any(field not in MENDABLE for field in changed):
        raise Invalid(N_("This cannot be changed here."), field="answer")
    screening.lines(answer, field="answer")
    for field, text in changed.items():
        screening.lines(text, field=field.value) if field is Field.DETAILS else screening.line(text, field=field.value)
    before = {field.value: text for field, text in fields(key, case).items() if field in changed}
    change_fields(case, key, changed)
    if Field.NAME in changed:
        case.name_index = name_indexes(vault, changed[Field.NAME]).name
    if Field.KANA in changed:
        case.kana_index = name_indexes(vault, changed[Field.KANA]).kana
    if Field.BIRTH_DATE in changed:
        case.birth_index = birth_index(vault, date.fromisoformat(changed[Field.BIRTH_DATE]))
    seal_files(session, case, key, uploads, FileKind.CORRECTION, by=by, at=at)
    request.answered_on = arrived
    request.answer_sealed = seal_json(
        key, CorrectionRequest.__tablename__, "answer", request.id, {"text": answer, "before": before}
    )
    case.state = state
    session.flush()
    reckon(session, case, today=today)
    tell(session, case, "correction-answered", by=by, at=at, arrived_on=arrived.isoformat())
    book(session, case, "answer-correction", by=by, at=at, files=len(uploads), fields=len(changed))


def give_up_correction(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Stop waiting for an answer that did not come in time, to decide on the defect of form."""
    state = begin(session, case, Action.GIVE_UP_CORRECTION, by=by)
    request = _open(session, case)
    today = day_in_japan(at)
    if today <= request.due_on:
        raise Conflict(N_("There is still time to answer the request for correction."))
    request.given_up_on = today
    case.state = state
    session.flush()
    reckon(session, case, today=today)
    tell(session, case, "correction-given-up", by=by, at=at)
    book(session, case, "give-up-correction", by=by, at=at)


def _open(session: Session, case: Case) -> CorrectionRequest:
    for request in corrections(session, case):
        if request.answered_on is None and request.given_up_on is None:
            return request
    raise Conflict(N_("No correction is being waited for."))


def change_fields(case: Case, key: CaseKey, changed: Mapping[Field, str]) -> None:
    """Seal new values in the place of the case's old ones."""
    table = CaseField.__tablename__
    rows = {row.name: row for row in case.fields}
    for field, text in changed.items():
        row = rows.get(field)
        if row is None:
            row = CaseField(id=new_id(), case_id=case.id, name=field, sealed=b"")
            case.fields.append(row)
        row.sealed = seal_text(key, table, field.value, row.id, text)
