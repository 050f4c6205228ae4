"""Deciding anew what a ruling asks for (裁決の拘束力: 行政不服審査法 第52条): a case of its own, by the usual steps.

The first decision, its letter and what was handed out by it stay as they are. The new case is decided in four eyes,
told by a letter with all its periods, and its records are handed out as those of a first decision are.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.anew import Anew
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.claim import ClaimRow
from disclosure.models.file import CaseFile
from disclosure.models.letter import Letter
from disclosure.models.redaction import RedactionBox
from disclosure.models.third_party import ThirdParty
from disclosure.operations.appeals import note_step
from disclosure.operations.branch import branch
from disclosure.operations.history import book, tell
from disclosure.operations.moving import reckon
from disclosure.operations.notify import notify_resident
from disclosure.policy import Right
from disclosure.queries.anew import anew_of, appeal_behind, waits_for_decision
from disclosure.queries.claims import claim_row
from disclosure.queries.keys import case_files, case_key, file_data, file_name
from disclosure.queries.redaction import standing
from disclosure.queries.third_parties import parties
from disclosure.rules.appeals import Against
from disclosure.rules.kinds import FileKind
from disclosure.rules.third_parties import Answer, PartyState
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict
from portal.core.sealed import open_json, seal_json, seal_text
from portal.core.settings import Organisation
from portal.core.vault import CaseKey, OfficeVault

NOTHING_ASKED = N_("No ruling asks for a new decision, or it was made already.")
BEGUN = N_("The new decision is being prepared already, in a case of its own.")
CLAIM = ("disclosed_on", "window_on", "late", "grounds", "measure", "proof")
BOX = ("page", "x", "y", "w", "h", "ground", "added_at", "added_by", "added_name")
PARTY = ("item", "sent_on", "due_on", "answer", "answered_on", "entered_by", "entered_name", "entered_at")


def begin_anew(
    session: Session,
    case: Case,
    row: Appeal,
    *,
    records: bool,
    vault: OfficeVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Case:
    """Make the case that decides anew after the ruling on ``row``; with its ``records`` and their boxes, or without.

    Third parties who objected are taken over, so that they are told and the records wait for them (第107条). Conflict
    when no ruling asks for it, or when it was begun before.
    """
    policy.check(by, Right.HANDLE_APPEAL, case)
    session.refresh(row, with_for_update=True)
    if row.against is not Against.DECISION or not waits_for_decision(session, row):
        raise Conflict(NOTHING_ASKED)
    if anew_of(session, row) is not None:
        raise Conflict(BEGUN)
    key = case_key(vault, case)
    new, secrets = branch(
        session,
        case,
        submission_key=f"anew-{row.id}",
        vault=vault,
        organisation=organisation,
        anew_of_id=case.id,
    )
    sealed = seal_text(key, Anew.__tablename__, "said", row.id, secrets.access_code)
    session.add(
        Anew(
            appeal_id=row.id, case_id=new.id, said_sealed=sealed, begun_by=by.id, begun_name=by.name, begun_at=at
        )
    )  # fmt: skip
    session.flush()
    if (claim := claim_row(session, case)) is not None:
        session.add(ClaimRow(case_id=new.id, **{name: getattr(claim, name) for name in CLAIM}))
    if records:
        _take_records(session, case, new, key, secrets.key, by=by, at=at)
    _take_opponents(session, case, new, key, secrets.key)
    session.flush()
    reckon(session, new, today=day_in_japan(at))
    notify_resident(session, case, f"anew:{row.id}", at=at)
    note_step(session, row, "anew-begun", new.number, key=key, by=by, at=at)
    tell(session, case, "anew-begun", by=by, at=at, number=new.number)
    tell(session, new, "anew-after", by=by, at=at, number=case.number)
    book(session, case, "begin-anew", by=by, at=at, appeal=row.id, anew=new.number)
    book(session, new, "anew-after", by=by, at=at, appeal=row.id, origin=case.number)
    return new


def _take_records(
    session: Session, case: Case, new: Case, key: CaseKey, new_key: CaseKey, *, by: Actor, at: datetime
) -> None:
    """The records as they were found, sealed anew, with the boxes that stand on them; copies are made again."""
    table = CaseFile.__tablename__
    for file in case_files(session, case, FileKind.RECORD):
        found, row = standing(session, file), new_id()
        session.add(
            CaseFile(
                id=row, case_id=new.id, kind=file.kind, position=file.position, media_type=file.media_type,
                size=file.size, pages=file.pages, sha256=file.sha256, added_at=at, added_by=by.id,
                name_sealed=seal_text(new_key, table, "name", row, file_name(key, file)),
                sealed=new_key.seal(table, "data", row, file_data(key, file)),
            )
        )  # fmt: skip
        session.flush()
        for box in found.boxes:
            same = {name: getattr(box, name) for name in BOX}
            session.add(RedactionBox(id=new_id(), case_id=new.id, file_id=row, **same))


def _take_opponents(session: Session, case: Case, new: Case, key: CaseKey, new_key: CaseKey) -> None:
    table = ThirdParty.__tablename__
    for party in parties(session, case):
        if party.answer is not Answer.OPPOSED:
            continue
        row = new_id()
        sealed = {
            f"{name}_sealed": seal_json(new_key, table, name, row, open_json(key, table, name, party.id, value))
            for name in ("who", "about", "said")
            if (value := getattr(party, f"{name}_sealed")) is not None
        }
        same = {name: getattr(party, name) for name in PARTY}
        session.add(ThirdParty(id=row, case_id=new.id, state=PartyState.ANSWERED, **same, **sealed))


def finish_anew(session: Session, case: Case, letter: Letter, *, vault: OfficeVault, by: Actor, at: datetime) -> None:
    """Write down with the appeal that its new decision was told by ``letter``; nothing for a first decision."""
    row = appeal_behind(session, case)
    if row is None or row.anew_on is not None:
        return
    first = session.get_one(Case, row.case_id)
    row.anew_on = letter.issued_on
    session.flush()
    if first.keys is not None:
        note_step(session, row, "decided-anew", letter.number, key=case_key(vault, first), by=by, at=at)
    tell(session, first, "decided-anew", by=by, at=at)
    book(session, first, "decided-anew", by=by, at=at, appeal=row.id, letter=letter.id)
