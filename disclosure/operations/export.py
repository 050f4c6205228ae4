"""The whole case as one ZIP file for an appeal or a court, made in memory; that it was taken is recorded as a look.

The same case on the same day gives the same bytes: names in order, one time for all entries. ``manifest.json`` has the
SHA-256 of every file, a digest over all of them, and the head of the public tree that vouches for the letters.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters.export_index import index_html
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries.export_files import files_of
from disclosure.queries.export_record import record_of
from disclosure.queries.keys import case_key
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault
from portal.letters.queries.tree import head

EPOCH = (1980, 1, 1, 0, 0, 0)
MANIFEST, INDEX = "manifest.json", "index.html"
Say = Callable[[str, Mapping[str, Any]], str]


@dataclass(frozen=True)
class Purpose:
    """What the copy is for (``appeal``, ``court``, ``other``), and whether the notes among colleagues are in it."""

    code: str
    with_notes: bool


def export(
    session: Session,
    case: Case,
    purpose: Purpose,
    *,
    vault: OfficeVault,
    organisation: Organisation,
    say: Say,
    by: Actor,
    at: datetime,
) -> bytes:
    """The ZIP. ``say`` puts a message id with its parameters into words. Gone when the case was erased."""
    policy.check(by, Right.EXPORT, case)
    key, today = case_key(vault, case), day_in_japan(at)
    journal = [_entry(row) for row in audit.entries(session, subject=case.number)]
    parts = dict(files_of(session, case, key=key))
    records = record_of(session, case, key=key, today=today, say=say, with_notes=purpose.with_notes)
    for name, value in {**records, "journal": journal}.items():
        parts[f"{name}.json"] = _json(value)
    parts[INDEX] = index_html(case.number, today, organisation.name, records, sorted(parts)).encode("utf-8")
    tree = head(session)
    parts[MANIFEST] = _json(_manifest(case.number, today, purpose, parts, {"size": tree.size, "root": tree.root}))
    notes = "yes" if purpose.with_notes else "no"
    digest = hashlib.sha256(parts[MANIFEST]).hexdigest()
    look(session, case, What.EXPORT, by=by, at=at, purpose=purpose.code, notes=notes, manifest=digest)
    return _zip(parts)


def _manifest(
    number: str, day: date, purpose: Purpose, parts: Mapping[str, bytes], tree: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    files = [
        {"path": path, "bytes": len(parts[path]), "sha256": hashlib.sha256(parts[path]).hexdigest()}
        for path in sorted(parts)
    ]
    lines = "".join(f"{row['sha256']}  {row['path']}\n" for row in files)
    return {
        "case": number,
        "made_on": day.isoformat(),
        "purpose": purpose.code,
        "with_notes": purpose.with_notes,
        "files": files,
        "digest": {"algorithm": "SHA-256 over “<sha256>  <path>” lines", "value": _sha256(lines)},
        "letters_tree": tree,
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _entry(row: audit.Entry) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at.isoformat(),
        "actor_kind": row.actor_kind,
        "actor_id": row.actor_id,
        "action": row.action,
        "detail": row.detail,
        "prev_hash": row.prev_hash,
        "hash": row.hash,
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")


def _zip(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(parts):
            info = zipfile.ZipInfo(path, EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            archive.writestr(info, parts[path], compresslevel=6)
    return made.getvalue()
