"""The export of a whole case is written to a file without a name, one document at a time."""

from __future__ import annotations

import os
import tracemalloc
import zipfile

from sqlalchemy import inspect

from disclosure.operations.export import Purpose, export
from disclosure.operations.records import attach_record
from disclosure.queries.keys import case_files
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import State
from portal.web.downloads import PIECE, download_file
from tests.factories.disclosure import NOON, OFFICER, a_case, an_upload

RECORDS, SIZE = 16, 1_000_000


def test_a_big_case_is_exported_in_little_memory_and_leaves_nothing_behind(session, settings, office):
    case = a_case(session, settings, office, state=State.SEARCH)
    for n in range(RECORDS):
        attach_record(session, case, an_upload(f"{n}.png", os.urandom(SIZE)), vault=office, by=OFFICER, at=NOON)
    session.flush()
    session.expire_all()
    tracemalloc.start()
    file = export(
        session, case, Purpose("court", with_notes=False), vault=office, organisation=settings.organisation,
        say=lambda text, params: text, by=OFFICER, at=NOON,
    )  # fmt: skip
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < RECORDS * SIZE / 2, "not the whole case at once"
    assert all("sealed" in inspect(row).unloaded for row in case_files(session, case, FileKind.RECORD))
    assert not isinstance(file.name, str), "it has no name under which anybody could find it"
    with zipfile.ZipFile(file) as archive:
        assert len([name for name in archive.namelist() if name.startswith("files/record")]) == RECORDS
    file.seek(0)
    answer = download_file(file, name="見本.zip", media_type="application/zip")
    pieces = list(answer.iter_encoded())
    assert max(map(len, pieces)) == PIECE
    assert sum(map(len, pieces)) == answer.content_length > RECORDS * SIZE
    assert file.closed
