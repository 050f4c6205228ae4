"""A letter that is being written: kept as it is typed, sealed under its writer's code, erased after a time."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.models.letter_drafts import LetterDraft, LetterDraftFile
from content.operations.typing import screened
from content.rules.question_letters import composing, structure
from content.rules.question_letters.editing import Blocks
from content.rules.question_letters.parsing import ParsedLetter, parse
from content.rules.question_letters.states import FileRole
from portal.core import access_code, vault
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Invalid
from portal.core.files import CleanFile
from portal.core.vault import CannotOpen, PublicVault

TABLE, FILES = LetterDraft.__tablename__, LetterDraftFile.__tablename__
CODE = "content_letter_draft.code"
MOST_FILES = 12
TOO_MANY_FILES = N_("No more files can be added to this letter.")
FORMS = ("text", "sender", "confirm")


@dataclass(frozen=True)
class Kept:
    """What became of a form that was kept as typed. ``apart``: it had been kept elsewhere since, so nothing changed."""

    version: int
    refused: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class DraftFile:
    """A file of the letter, as it is listed."""

    id: str
    role: FileRole
    name: str
    media_type: str
    size: int
    pages: int
    sha256: str


@dataclass(repr=False)
class Draft:
    """An opened draft. Every change is stored with :func:`store`.

    ``code`` opens it, ``values`` is what is sealed: ``key`` and ``access_code`` of the letter to be, ``forms`` as
    typed by page with a version each, ``text`` and ``blocks`` of the letter, ``written`` where it is made here part by
    part, ``parts`` a version of the blocks, ``files``, ``mail`` the code that was sent, ``confirmed`` the address
    whose code came back.
    """

    row: LetterDraft
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return str(self.values["key"])

    @property
    def access_code(self) -> str:
        return str(self.values["access_code"])

    @property
    def written(self) -> bool:
        return bool(self.values["written"])

    @property
    def text(self) -> str:
        return str(self.values["text"])

    @property
    def blocks(self) -> Blocks:
        return structure.from_json(self.values["blocks"])

    @property
    def parts_version(self) -> int:
        return int(self.values["parts"])

    @property
    def files(self) -> tuple[DraftFile, ...]:
        return tuple(DraftFile(**{**row, "role": FileRole(row["role"])}) for row in self.values["files"])

    def read(self) -> ParsedLetter:
        """The letter's text as the rules read it, with their doubts."""
        return parse(self.text)

    def typed(self, page: str) -> dict[str, list[str]]:
        """A form as it was typed last; empty before."""
        return dict(self.values["forms"].get(page, {}).get("values", {}))

    def one(self, page: str, name: str) -> str:
        """One value of a form as it was typed."""
        return next(iter(self.typed(page).get(name, [])), "")

    def version(self, page: str) -> int:
        """How often a form was kept."""
        return int(self.values["forms"].get(page, {}).get("version", 0))

    def fingerprint(self) -> str:
        """Changes with every word, so that nobody sends what they have not seen."""
        said = json.dumps([self.values[name] for name in ("forms", "text", "blocks", "files")], sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def begin(
    session: Session, *, written: bool, staff_id: str | None, days: int, vault: PublicVault, at: datetime
) -> Draft:
    """A new draft: a letter to be pasted, or one that is ``written`` here part by part."""
    code, row_id = access_code.new_access_code(), new_id()
    row = LetterDraft(
        id=row_id,
        code_blind=vault.blind(CODE, _plain(code)),
        sealed=b"",
        staff_id=staff_id,
        created_at=at,
        changed_at=at,
        ends_at=at,
    )
    blocks = composing.begun() if written else ()
    values = {
        "key": secrets.token_urlsafe(24),
        "access_code": access_code.new_access_code(),
        "written": written,
        "forms": {},
        "text": "",
        "blocks": structure.as_json(blocks),
        "parts": 1,
        "files": [],
        "mail": None,
        "confirmed": "",
    }
    draft = Draft(row, code, values)
    session.add(row)
    store(session, draft, days=days, at=at)
    return draft


def open_draft(
    session: Session, code: str, *, vault: PublicVault, at: datetime, staff_id: str | None, lock: bool = False
) -> Draft | None:
    """The draft of a code; ``lock``: held until the transaction ends. None where there is none any more."""
    plain = access_code.normalise(code)
    if plain is None:
        return None
    query = select(LetterDraft).where(LetterDraft.code_blind == vault.blind(CODE, plain))
    query = query.where(LetterDraft.ends_at > at, LetterDraft.staff_id == staff_id)
    row = session.scalar(query.with_for_update() if lock else query)
    if row is None:
        return None
    try:
        return Draft(row, code, json.loads(_open(code, TABLE, row.id, row.sealed)))
    except CannotOpen:
        return None


def store(session: Session, draft: Draft, *, days: int, at: datetime) -> None:
    """Seal the draft as it is now; from now on it is kept for ``days`` again."""
    text = json.dumps(draft.values, ensure_ascii=False, separators=(",", ":"))
    draft.row.sealed = _seal(draft.code, TABLE, draft.row.id, text.encode("utf-8", "surrogatepass"))
    draft.row.changed_at, draft.row.ends_at = at, at + timedelta(days=days)
    session.flush()


def keep_form(draft: Draft, page: str, values: Mapping[str, Sequence[str]], *, version: int) -> Kept:
    """Keep a form as it is typed, unless it was kept at another ``version`` since. Invalid when it is too long.

    A field with a personal number stays as it was kept before; its name is told.
    """
    if page not in FORMS:
        raise Invalid(N_("This form cannot be kept."))
    known = draft.version(page)
    clean, refused = screened(values)
    if version != known and clean != draft.typed(page):
        return Kept(known, tuple(refused), apart=True)
    before = {name: texts for name, texts in draft.typed(page).items() if name in refused}
    draft.values["forms"][page] = {"version": known + 1, "values": {**clean, **before}}
    return Kept(known + 1, tuple(refused))


def set_blocks(draft: Draft, blocks: Blocks) -> None:
    """Take the parts as they are now."""
    rows = structure.as_json(blocks)
    if rows != draft.values["blocks"]:
        draft.values["blocks"], draft.values["parts"] = rows, draft.parts_version + 1


def read_text(draft: Draft, text: str) -> None:
    """Read a letter that was pasted; the same text keeps its parts as they were corrected."""
    if text == draft.text and draft.values["blocks"]:
        return
    draft.values["text"] = text
    set_blocks(draft, parse(text).blocks)


def add_file(session: Session, draft: Draft, role: FileRole, name: str, clean: CleanFile) -> DraftFile:
    """Keep a file that was accepted; the same one is kept once. Conflict when there are too many."""
    known = next((one for one in draft.files if (one.sha256, one.role) == (clean.sha256, role)), None)
    if known is not None:
        return known
    if len(draft.files) >= MOST_FILES:
        raise Conflict(TOO_MANY_FILES)
    file_id = new_id()
    sealed = _seal(draft.code, FILES, file_id, clean.data)
    session.add(LetterDraftFile(id=file_id, draft_id=draft.row.id, sealed=sealed))
    one = DraftFile(file_id, role, name, clean.media_type, len(clean.data), clean.pages, clean.sha256)
    draft.values["files"].append({**vars(one), "role": str(role)})
    return one


def drop_file(session: Session, draft: Draft, file_id: str) -> None:
    """Forget a file; nothing happens where there is none."""
    draft.values["files"] = [row for row in draft.values["files"] if row["id"] != file_id]
    session.execute(
        delete(LetterDraftFile).where(LetterDraftFile.id == file_id, LetterDraftFile.draft_id == draft.row.id)
    )


def file_data(session: Session, draft: Draft, file_id: str) -> bytes | None:
    """The bytes of a file of this draft."""
    row = session.get(LetterDraftFile, file_id)
    return _open(draft.code, FILES, file_id, row.sealed) if row and row.draft_id == draft.row.id else None


def throw_away(session: Session, draft: Draft) -> None:
    """Erase a draft with its files: it was sent, or its writer wants it gone."""
    session.execute(delete(LetterDraftFile).where(LetterDraftFile.draft_id == draft.row.id))
    session.delete(draft.row)
    session.flush()


def forget_old(session: Session, *, now: datetime) -> None:
    """Erase what nobody came back to."""
    old = select(LetterDraft.id).where(LetterDraft.ends_at < now)
    session.execute(delete(LetterDraftFile).where(LetterDraftFile.draft_id.in_(old)))
    session.execute(delete(LetterDraft).where(LetterDraft.ends_at < now))


def _plain(code: str) -> str:
    return access_code.normalise(code) or ""


def _seal(code: str, table: str, row: str, data: bytes) -> bytes:
    return vault.seal_with(_plain(code).encode(), table, "sealed", row, data)


def _open(code: str, table: str, row: str, sealed: bytes) -> bytes:
    return vault.open_with(_plain(code).encode(), table, "sealed", row, sealed)
