"""Two people take in the archive of somebody else: one asks with the file, the other agrees to what it would change."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content import policy
from content.models.bulletins import Blob
from content.models.drafts import Draft
from content.operations.blobs import store
from content.operations.import_archive import FAULTS, Plan, import_archive, plan
from content.operations.review import agree, ask
from content.rules.states import DraftKind, Step
from portal.core.actor import Actor
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.files import CleanFile
from portal.core.sheets import Table

# Drafts name an incident; an archive is none, and the word cannot be mistaken for one.
SUBJECT = "archive"
NOTHING_NEW = N_("The record holds all of this already.")
CHANGED_SINCE = N_("The record has changed since. Nothing was taken in. Look at the file again.")


def ask_import(session: Session, name: str, data: bytes, table: Table, *, by: Actor, at: datetime) -> Draft:
    """Ask another person to agree that a file is taken in. ``table``: what ``data`` holds.

    Raises Invalid where a row of it is refused, or nothing would change.
    """
    policy.check_write(by)
    found = plan(session, table, at=at)
    if found.faults:
        raise Invalid(FAULTS)
    if not found.anything:
        raise Invalid(NOTHING_NEW)
    sha256 = hashlib.sha256(data).hexdigest()
    store(session, CleanFile("application/octet-stream", data, 0, sha256), at=at)
    payload: dict[str, Any] = {"name": name, "sha256": sha256, "mark": mark(found)}
    return ask(session, DraftKind.IMPORT, SUBJECT, payload, base_number=0, action="content.archive.ask", by=by, at=at)


def asked_file(session: Session, draft: Draft) -> tuple[str, bytes]:
    """The name and the bytes of the file that a draft is about; NotFound where it is no such draft."""
    blob = session.get(Blob, draft.payload.get("sha256", ""))
    if draft.kind != DraftKind.IMPORT or blob is None:
        raise NotFound
    return draft.payload["name"], blob.data


def mark(found: Plan) -> str:
    """A fingerprint of what would change: who agrees sends back the one that they saw."""
    told = [*sorted(found.bulletins), str(found.facts), *sorted(found.sources)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def publish_import(session: Session, draft: Draft, table: Table, *, seen: str, by: Actor, at: datetime) -> Plan:
    """Agree: all of the file is part of the record. ``seen``: the mark of what the other person was shown.

    Raises Conflict where the record has changed since, so that something else would be taken in.
    """
    policy.check(by, Step.PUBLISH, draft)
    if mark(plan(session, table, at=at)) != seen:
        raise Conflict(CHANGED_SINCE)
    found = import_archive(session, table, draft=draft, by=by, at=at)
    agree(draft, by=by, at=at)
    session.flush()
    return found
