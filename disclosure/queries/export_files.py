"""The files of a case as they go into its export: letters, what was sent in, records and their redacted copies.

Of a protected case everything stays behind that would give the address away (被害者の保護): the papers by which the
requester showed who they are, and letters of the time before the protection that print it. Whoever decides an appeal
has no need of it, and a court asks for it in a procedure of its own. The records are what the case is about: they go
along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.keys import case_files, file_data, letter_context, letter_pdf, letters
from disclosure.queries.protection import without_whereabouts
from disclosure.queries.redaction import copy_data, standing
from disclosure.rules.kinds import FileKind
from portal.core.vault import CaseKey

OF_THE_PERSON = (FileKind.IDENTITY, FileKind.AGENCY, FileKind.CORRECTION)
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def files_of(session: Session, case: Case, *, key: CaseKey, hidden: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each, one at a time: what was read is let go of before the next one.

    Names that people gave to their files stand in ``files.json``, never in a path. ``hidden``: the texts that say where
    a protected person is.
    """
    for number, letter in enumerate(letters(session, case), start=1):
        path = f"letters/{number:02d}-{letter.kind}"
        context = letter_context(key, letter)
        said = {name: value for name, value in context.items() if name != "envelope"}
        shown = without_whereabouts(said, hidden) if case.protected else context
        if shown == said or not case.protected:
            yield f"{path}.pdf", letter_pdf(key, letter)
        text = json.dumps(shown, ensure_ascii=False, sort_keys=True, indent=1)
        yield f"{path}.json", text.encode("utf-8")
        session.expire(letter, ["context_sealed", "pdf_sealed"])
    for file in case_files(session, case):
        if stays_behind(case, file.kind):
            continue
        ending = ENDINGS.get(file.media_type, "bin")
        path = file_path(file.kind, file.position)
        yield f"{path}.{ending}", file_data(key, file)
        session.expire(file, ["sealed"])
        if file.kind is FileKind.RECORD and (copy := standing(session, file).copy) is not None:
            yield f"{path}-redacted.{ENDINGS.get(copy.media_type, 'bin')}", copy_data(key, copy)
            session.expire(copy, ["sealed"])


def stays_behind(case: Case, kind: FileKind) -> bool:
    """Whether files of this kind are no part of the export of this case."""
    return case.protected and kind in OF_THE_PERSON


def file_path(kind: FileKind, position: int) -> str:
    """Where a file lies, without its ending."""
    return f"files/{kind.value}-{position:02d}"
