"""Opening what a case keeps sealed, for whoever holds its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseField
from disclosure.models.correction import CorrectionRequest
from disclosure.models.decision import Decision, DecisionState
from disclosure.models.file import CaseFile
from disclosure.models.letter import Letter
from disclosure.rules.decisions import Reason
from disclosure.rules.kinds import Field, FileKind
from portal.core.errors import N_, Gone, NotFound
from portal.core.sealed import open_json, open_text
from portal.core.vault import CaseKey, OfficeVault


def case_key(vault: OfficeVault, case: Case) -> CaseKey:
    """The case's key, unwrapped by the back office's; raises Gone when the wraps were destroyed."""
    if case.keys is None:
        raise Gone(N_("This case was erased. Only its number, its days and the journal are left."))
    return vault.open_case(case.id, case.keys.office_wrap)


def fields(key: CaseKey, case: Case) -> dict[Field, str]:
    """The personal values as they were typed; a field that was left empty is not in it."""
    table = CaseField.__tablename__
    return {row.name: open_text(key, table, row.name.value, row.id, row.sealed) for row in case.fields}


def file_name(key: CaseKey, file: CaseFile) -> str:
    """The name that the file had on its sender's machine."""
    return open_text(key, CaseFile.__tablename__, "name", file.id, file.name_sealed)


def file_data(key: CaseKey, file: CaseFile) -> bytes:
    """The file's bytes."""
    return key.open(CaseFile.__tablename__, "data", file.id, file.sealed)


def case_files(session: Session, case: Case, kind: FileKind | None = None) -> list[CaseFile]:
    """The files of a case in their order, without loading their bytes."""
    wanted = select(CaseFile).where(CaseFile.case_id == case.id).order_by(CaseFile.kind, CaseFile.position)
    return list(session.scalars(wanted if kind is None else wanted.where(CaseFile.kind == kind)))


def case_file(session: Session, case: Case, file_id: str) -> CaseFile:
    """One file of this case; NotFound for another case's."""
    file = session.get(CaseFile, file_id)
    if file is None or file.case_id != case.id:
        raise NotFound
    return file


def corrections(session: Session, case: Case) -> list[CorrectionRequest]:
    """All requests for correction, oldest first."""
    wanted = select(CorrectionRequest).where(CorrectionRequest.case_id == case.id)
    return list(session.scalars(wanted.order_by(CorrectionRequest.sent_on, CorrectionRequest.id)))


def decision_in_work(session: Session, case: Case) -> Decision | None:
    """The decision that is drafted, sent or approved but not issued."""
    in_work = (DecisionState.DRAFT, DecisionState.SENT, DecisionState.APPROVED)
    return session.scalar(select(Decision).where(Decision.case_id == case.id, Decision.state.in_(in_work)))


def latest_decision(session: Session, case: Case) -> Decision | None:
    """The decision in work or issued, the newest first."""
    wanted = select(Decision).where(Decision.case_id == case.id, Decision.state != DecisionState.DROPPED)
    return session.scalar(wanted.order_by(Decision.drafted_at.desc(), Decision.id.desc()).limit(1))


def letters(session: Session, case: Case) -> list[Letter]:
    """The issued letters, oldest first, without their PDF."""
    return list(session.scalars(select(Letter).where(Letter.case_id == case.id).order_by(Letter.issued_at)))


def case_letter(session: Session, case: Case, letter_id: str) -> Letter:
    """One letter of this case; NotFound for another case's."""
    letter = session.get(Letter, letter_id)
    if letter is None or letter.case_id != case.id:
        raise NotFound
    return letter


def letter_pdf(key: CaseKey, letter: Letter) -> bytes:
    """The PDF as it was issued."""
    return key.open(Letter.__tablename__, "pdf", letter.id, letter.pdf_sealed)


def letter_context(key: CaseKey, letter: Letter) -> dict[str, Any]:
    """The plain values that the letter was made from."""
    value: dict[str, Any] = open_json(key, Letter.__tablename__, "context", letter.id, letter.context_sealed)
    return value


def reasons(key: CaseKey, decision: Decision) -> list[Reason]:
    """Why parts are withheld."""
    rows = open_json(key, Decision.__tablename__, "reasons", decision.id, decision.reasons_sealed)
    return [Reason(**row) for row in rows]


def birth_date(values: dict[Field, str]) -> date | None:
    """The birth date of a request as a day."""
    text = values.get(Field.BIRTH_DATE)
    return date.fromisoformat(text) if text else None


def next_position(files: Sequence[CaseFile]) -> int:
    """Where a further file of the same kind goes."""
    return max((file.position for file in files), default=0) + 1
