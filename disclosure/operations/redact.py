"""Covering parts of a record: keeping the boxes, keeping the copy, and holding both to what was approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.decision import Decision
from disclosure.models.file import CaseFile
from disclosure.models.redaction import RedactedCopy, RedactionBox
from disclosure.operations.history import book
from disclosure.operations.moving import begin
from disclosure.queries.case_law import is_claim
from disclosure.queries.keys import case_key
from disclosure.queries.redaction import Standing, decision_fingerprint, grounds, record, standing, standings
from disclosure.rules.decisions import DISCLOSES, DecisionType
from disclosure.rules.redaction import Covering, fingerprint, objection
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.redaction import MOST_BOXES, OUTSIDE, TOO_MANY_BOXES, Box, Redacted
from portal.core.vault import OfficeVault

CHANGED = N_("The records or their boxes are not those that were approved. Send the draft back and approve it again.")
OTHER_BOXES = N_("The boxes were changed while the copy was being made. Make the copy again.")


def keep_boxes(
    session: Session, case: Case, file_id: str, page: int, boxes: Sequence[Covering], *, by: Actor, at: datetime
) -> Standing:
    """Let these be the boxes of one page, as long as records can be attached and taken away.

    What stays as it was keeps its history; what is no longer there is taken away, not deleted. A copy that was made
    of other boxes is thrown away. Invalid for an impossible box, with its ``number`` (from 1).
    """
    case.state = begin(session, case, Action.ATTACH_RECORD, by=by)
    file = record(session, case, file_id)
    if not 1 <= page <= file.pages:
        raise NotFound
    _check(case, page, boxes)
    before = [row for row in standing(session, file).boxes if row.page == page]
    wanted, added, removed = Counter(boxes), 0, 0
    for row in before:
        same = Covering(row.page, row.x, row.y, row.w, row.h, row.ground)
        if wanted[same]:
            wanted[same] -= 1
        else:
            row.removed_at, row.removed_by, row.removed_name = at, by.id, by.name
            removed += 1
    for box in wanted.elements():
        session.add(
            RedactionBox(
                id=new_id(), case_id=case.id, file_id=file.id, page=box.page, x=box.x, y=box.y, w=box.w, h=box.h,
                ground=box.ground, added_at=at, added_by=by.id, added_name=by.name,
            )
        )  # fmt: skip
        added += 1
    session.flush()
    if added or removed:
        _drop_copy(session, file)
        book(session, case, "redact", by=by, at=at, file=file.id, page=page, added=added, removed=removed)
    return standing(session, file)


def keep_copy(
    session: Session,
    case: Case,
    file_id: str,
    made: Redacted,
    *,
    boxes: str,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> RedactedCopy:
    """Keep the copy that was made of the record with the boxes of this fingerprint; Conflict when they have changed."""
    case.state = begin(session, case, Action.ATTACH_RECORD, by=by)
    file = record(session, case, file_id)
    found = standing(session, file)
    if (made.original_sha256, boxes) != (file.sha256, fingerprint(found.coverings)):
        raise Conflict(OTHER_BOXES)
    _drop_copy(session, file)
    copy = RedactedCopy(
        file_id=file.id,
        case_id=case.id,
        media_type=made.media_type,
        size=len(made.data),
        pages=made.pages,
        sha256=made.sha256,
        original_sha256=made.original_sha256,
        boxes_sha256=boxes,
        made_at=at,
        made_by=by.id,
        made_name=by.name,
        sealed=case_key(vault, case).seal(RedactedCopy.__tablename__, "data", file.id, made.data),
    )
    session.add(copy)
    session.flush()
    book(session, case, "make-redacted-copy", by=by, at=at, file=file.id, sha256=made.sha256, boxes=len(found.boxes))
    return copy


def forget(session: Session, file: CaseFile) -> None:
    """Delete what belongs to a record that is taken away from its case."""
    _drop_copy(session, file)
    session.execute(delete(RedactionBox).where(RedactionBox.file_id == file.id))


def check_agrees(session: Session, case: Case, kind: DecisionType, reasons: Collection[str] | None = None) -> None:
    """Invalid when the boxes do not agree with the decision's type or, if given, with the grounds of its reasons."""
    if is_claim(case):  # a claim hands out no record
        return
    if message := objection(kind, [row.covered for row in standings(session, case)], reasons):
        raise Invalid(message, field="type")


def fingerprint_of(session: Session, case: Case, decision: Decision) -> str:
    """What this decision stands for now: its type, the records, their boxes and copies."""
    return decision_fingerprint(decision.type, standings(session, case))


def check_unchanged(session: Session, case: Case, decision: Decision) -> None:
    """Conflict when records, boxes or copies are not those that were approved.

    A decision that was approved before there were boxes has no fingerprint and nothing to compare.
    """
    if decision.type not in DISCLOSES or decision.fingerprint is None or is_claim(case):
        return
    if decision.fingerprint != fingerprint_of(session, case, decision):
        raise Conflict(CHANGED)


def _drop_copy(session: Session, file: CaseFile) -> None:
    if (copy := session.get(RedactedCopy, file.id)) is not None:
        session.delete(copy)
        session.flush()


def _check(case: Case, page: int, boxes: Sequence[Covering]) -> None:
    if len(boxes) > MOST_BOXES:
        raise Invalid(TOO_MANY_BOXES, n=MOST_BOXES)
    allowed = grounds(case)
    for number, box in enumerate(boxes, start=1):
        if box.page != page or not Box(box.page, box.x, box.y, box.w, box.h).lies_within:
            raise Invalid(OUTSIDE, number=number)
        if box.ground not in allowed:
            raise Invalid(N_("Choose the ground on which this part is withheld."), number=number)
