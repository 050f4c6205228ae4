"""The files of a case as they go into its export: letters, what was sent in, records and their redacted copies."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.keys import case_files, file_data, letter_context, letter_pdf, letters
from disclosure.queries.redaction import copy_data, standing
from disclosure.rules.kinds import FileKind
from portal.core.vault import CaseKey

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def files_of(session: Session, case: Case, *, key: CaseKey) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each. Names that people gave to their files stand in ``files.json``, never in a path."""
    for number, letter in enumerate(letters(session, case), start=1):
        path = f"letters/{number:02d}-{letter.kind}"
        yield f"{path}.pdf", letter_pdf(key, letter)
        text = json.dumps(letter_context(key, letter), ensure_ascii=False, sort_keys=True, indent=1)
        yield f"{path}.json", text.encode("utf-8")
    for file in case_files(session, case):
        ending = ENDINGS.get(file.media_type, "bin")
        path = file_path(file.kind, file.position)
        yield f"{path}.{ending}", file_data(key, file)
        if file.kind is FileKind.RECORD and (copy := standing(session, file).copy) is not None:
            yield f"{path}-redacted.{ENDINGS.get(copy.media_type, 'bin')}", copy_data(key, copy)


def file_path(kind: FileKind, position: int) -> str:
    """Where a file lies, without its ending."""
    return f"files/{kind.value}-{position:02d}"
