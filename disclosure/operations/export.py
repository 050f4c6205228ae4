"""The whole case as one ZIP file for an appeal or a court; that it was taken is recorded as a look.

It is written to a file that has no name, so that nothing of it stays when it is closed, and never lies in memory as a
whole. The same case on the same day gives the same bytes: an order of its own, one time for all entries.
``manifest.json`` has the SHA-256 of every file, a digest over all of them, and the head of the public tree that vouches
for the letters.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters.export_index import index_html
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries.export_files import files_of
from disclosure.queries.export_record import record_of
from disclosure.queries.keys import case_key, fields
from disclosure.queries.protection import HIDDEN, STATED, whereabouts, without_whereabouts
from disclosure.rules.kinds import Field
from portal.core import audit
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.settings import Organisation
from portal.core.vault import CaseKey, OfficeVault
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
) -> IO[bytes]:
    """The ZIP, to be read from its start and closed. ``say`` puts a message id with its parameters into words.

    Gone when the case was erased.
    """
    policy.check(by, Right.EXPORT, case)
    key, today = case_key(vault, case), day_in_japan(at)
    journal = [_entry(row) for row in audit.entries(session, subject=case.number)]
    records = record_of(session, case, key=key, today=today, say=say, with_notes=purpose.with_notes)
    hidden = _hidden(session, case, key, records) if case.protected else ()
    if case.protected:
        records = _without(records, hidden)
    made: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with zipfile.ZipFile(made, "w") as archive:
            written = _Written(archive)
            for path, data in files_of(session, case, key=key, hidden=hidden):
                written.add(path, data)
            for name, value in {**records, "journal": journal}.items():
                written.add(f"{name}.json", _json(value))
            index = index_html(case.number, today, organisation.name, records, written.paths, protected=case.protected)
            written.add(INDEX, index.encode("utf-8"))
            tree = head(session)
            manifest = _manifest(case.number, today, purpose, written, {"size": tree.size, "root": tree.root})
            digest = written.add(MANIFEST, _json(manifest))
        notes = "yes" if purpose.with_notes else "no"
        look(session, case, What.EXPORT, by=by, at=at, purpose=purpose.code, notes=notes, manifest=digest)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


class _Written:
    """What went into the archive: path, size and hash of each file, in the order of the archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: list[dict[str, Any]] = []

    @property
    def paths(self) -> list[str]:
        """All paths so far, sorted."""
        return sorted(row["path"] for row in self.files)

    def add(self, path: str, data: bytes) -> str:
        """Write one file; returns its SHA-256."""
        info = zipfile.ZipInfo(path, EPOCH)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
        self._archive.writestr(info, data, compresslevel=6)
        digest = hashlib.sha256(data).hexdigest()
        self.files.append({"path": path, "bytes": len(data), "sha256": digest})
        return digest


def _hidden(session: Session, case: Case, key: CaseKey, records: Mapping[str, Any]) -> Sequence[str]:
    """Every text in which the case says where the protected person is: now, before a correction, in an appeal."""
    texts = set(whereabouts(fields(key, case)))
    for row in records["corrections"]:
        before = (row["answer"] or {}).get("before", {})
        texts.update(whereabouts({Field(name): text for name, text in before.items() if name in set(Field)}))
    for row in records["appeals"]:
        texts.update(row["said"][name] for name in ("address", "telephone") if row["said"].get(name))
    return sorted(texts, key=len, reverse=True)


def _without(records: dict[str, Any], hidden: Sequence[str]) -> dict[str, Any]:
    """The records without them, and without the postal codes that go with them."""
    made: dict[str, Any] = without_whereabouts(records, hidden)
    for name in (Field.POSTAL_CODE.value, Field.AGENT_POSTAL_CODE.value):
        if made["case"]["values"].get(name):
            made["case"]["values"][name] = HIDDEN
    for row in made["appeals"]:
        row["said"] = {**row["said"], **dict.fromkeys(STATED, HIDDEN)}
    return made


def _manifest(
    number: str, day: date, purpose: Purpose, written: _Written, tree: Mapping[str, Any]
) -> dict[str, Any]:  # fmt: skip
    files = sorted(written.files, key=lambda row: str(row["path"]))
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
