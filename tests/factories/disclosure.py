"""Sample requests. The persons do not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.application import Agent, Application
from disclosure.operations.assign import assign
from disclosure.operations.compare import compare
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.filing import Upload
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.records import attach_record
from disclosure.operations.redact import keep_boxes, keep_copy
from disclosure.operations.submit import Submitted, submit
from disclosure.queries.comparisons import needs_two
from disclosure.queries.keys import case_files, case_key, file_data
from disclosure.queries.redaction import as_boxes
from disclosure.rules.agents import Seen, Shown
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format, RecordKind, Requester
from disclosure.rules.redaction import Covering, fingerprint
from disclosure.rules.states import State
from portal.core import redaction
from portal.core import vault as vaults
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC, Actor, ActorKind, Role
from portal.core.db import new_id
from portal.core.settings import Settings
from portal.core.vault import OfficeVault

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)  # 1 April 2026, 12:00 in Japan

RECEPTION = Actor(ActorKind.STAFF, "staff-reception", frozenset({Role.RECEPTION}), "見本 受子")
OFFICER = Actor(ActorKind.STAFF, "staff-officer", frozenset({Role.OFFICER}), "見本 担男")
APPROVER = Actor(ActorKind.STAFF, "staff-approver", frozenset({Role.APPROVER}), "見本 決子")
AUDITOR = Actor(ActorKind.STAFF, "staff-auditor", frozenset({Role.AUDITOR}), "見本 監男")
PUBLISHER = Actor(ActorKind.STAFF, "staff-publisher", frozenset({Role.PUBLISHER}), "見本 公子")

LICENCE = Checked("driving-licence", date(2029, 1, 1), name_agrees=True, address_agrees=True)
REASON = Reason("申請書の受付担当者の氏名", "N2", "職員以外の個人に関する情報", "特定の個人が識別されるおそれ")
NOT_HELD = Reason(
    "交付申請書",
    "N9",
    "平成27年10月以降の申請の記録を、氏名と生年月日で探索しました",
    "申請を受け付けた記録がありません",
)

# The smallest PNG: one white pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def an_office(folder: Path) -> OfficeVault:
    """A vault with fresh keys under ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    vaults.make_office_key(folder)
    return vaults.load_office(folder)


def an_upload(name: str = "見本.png", data: bytes = PIXEL) -> Upload:
    """A cleaned file."""
    clean: Any = SimpleNamespace(media_type="image/png", data=data, pages=1, sha256=hashlib.sha256(data).hexdigest())
    return Upload(name, clean)


def an_application(**changes: Any) -> Application:
    """What a sample person asks for."""
    values: dict[str, Any] = {
        "name": "髙橋　見本",
        "kana": "タカハシ　ミホン",
        "address": "東京都千代田区見本町一丁目2番3号",
        "postal_code": "100-0000",
        "birth_date": date(1980, 2, 29),
        "records": RecordKind.BOTH,
        "delivery": Delivery.DOWNLOAD,
        "format": Format.PDF,
        "telephone": "090-0000-0000",
        "email": "sample@kaiji.example",
        "details": "平成28年1月に郵送で申請しました。",
        "wants_mail": True,
        "files": (an_upload("免許証.png"),),
    }
    return Application(**{**values, **changes})


def an_agent(**changes: Any) -> Agent:
    """A parent who asks for a child; the application then needs a child's date of birth."""
    values: dict[str, Any] = {
        "requester": Requester.STATUTORY,
        "capacity": "parent",
        "name": "髙橋　親",
        "kana": "タカハシ　オヤ",
        "address": "東京都千代田区見本町二丁目4番5号",
        "postal_code": "100-0001",
        "telephone": "090-0000-0001",
        "proofs": (an_upload("戸籍謄本.png"),),
    }
    return Agent(**{**values, **changes})


FOR_A_CHILD: dict[str, Any] = {"birth_date": date(2015, 5, 5), "agent": an_agent()}


def agency(case: Case) -> Shown | None:
    """Papers that show what the representative of a case says; None where nobody asks for another."""
    if case.requester is Requester.PERSON:
        return None
    if case.requester is Requester.STATUTORY:
        return Shown("parent", (Seen("family-register", case.received_on, original=True),))
    papers = Seen("mandate", case.received_on, original=True), Seen("mandator-identity", None, original=False)
    return Shown("mandate", papers)


def submitted(
    session: Session, settings: Settings, vault: OfficeVault, *, at: datetime = NOON, key: str = "", **changes: Any
) -> Submitted:
    """A request that has just been filed, with its access code."""
    return submit(
        session,
        an_application(**changes),
        submission_key=key or new_id(),
        access_code=new_access_code(),
        vault=vault,
        organisation=settings.organisation,
        by=PUBLIC,
        at=at,
    )


def covered(session: Session, case: Case, vault: OfficeVault, *, at: datetime) -> None:
    """A box on the first page of the first record, and the copy without what is under it."""
    file = case_files(session, case, FileKind.RECORD)[0]
    now = keep_boxes(session, case, file.id, 1, [Covering(1, 1000, 8000, 4000, 500, "N2")], by=OFFICER, at=at)
    made = redaction.cover(file_data(case_key(vault, case), file), file.media_type, as_boxes(case, now.coverings))
    boxes = fingerprint(now.coverings)
    keep_copy(session, case, file.id, made, boxes=boxes, vault=vault, by=OFFICER, at=at)


def a_case(
    session: Session,
    settings: Settings,
    vault: OfficeVault,
    *,
    state: State = State.RECEIVED,
    at: datetime = NOON,
    decision: DecisionType = DecisionType.FULL,
    reasons: Sequence[Reason] = (),
    **changes: Any,
) -> Case:
    """A case brought to ``state`` (up to APPROVED) by the same verbs that staff use, a day for each step."""
    case = submitted(session, settings, vault, at=at, **changes).case
    session.flush()
    session.refresh(case)
    if state is State.RECEIVED:
        return case
    day = timedelta(days=1)
    start_identity_check(session, case, by=RECEPTION, at=at + day)
    if state is State.IDENTITY_CHECK:
        return case
    if state is State.CORRECTION:
        ask_correction(session, case, ["identity-unreadable"], vault=vault, by=RECEPTION, at=at + 2 * day)
        return case
    confirm_identity(session, case, [LICENCE], agency=agency(case), by=RECEPTION, at=at + 2 * day)
    assign(session, case, assignee_id=OFFICER.id, assignee_name=OFFICER.name, by=RECEPTION, at=at + 2 * day)
    if state is State.SEARCH:
        return case
    if decision in (DecisionType.FULL, DecisionType.PARTIAL, DecisionType.NONE):
        attach_record(session, case, an_upload("申請書.png"), vault=vault, by=OFFICER, at=at + 3 * day)
    draft(session, case, decision, reasons, vault=vault, by=OFFICER, at=at + 4 * day)
    if decision is DecisionType.PARTIAL:
        covered(session, case, vault, at=at + 4 * day)
    if state is State.DRAFTING:
        return case
    send_for_approval(session, case, vault=vault, by=OFFICER, at=at + 5 * day)
    if state is State.APPROVAL:
        return case
    approve(session, case, by=APPROVER, at=at + 6 * day)
    if needs_two(case) and decision in (DecisionType.FULL, DecisionType.PARTIAL):
        compare(session, case, name_agrees=True, birth_agrees=True, by=APPROVER, at=at + 6 * day)
    assert state is State.APPROVED, "use the verbs themselves for what comes after"
    return case
