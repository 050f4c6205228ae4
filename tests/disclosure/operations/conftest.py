"""Cases that are ready for their disclosure."""

from __future__ import annotations

import pytest

from disclosure.operations.issue import issue
from disclosure.operations.look import read_letter
from disclosure.operations.release import release
from disclosure.queries.keys import case_files, case_key
from disclosure.queries.opening import resident
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import State
from tests.disclosure.operations.disclosing import LATER
from tests.factories.disclosure import OFFICER, a_case


@pytest.fixture
def issued(session, settings, office):
    """A case whose letter was issued and read on 8 April, and its key."""

    def do(*, read=True, **more):
        case = a_case(session, settings, office, state=State.APPROVED, **more)
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=OFFICER, at=LATER)
        key = case_key(office, case)
        if read:
            read_letter(session, case, letter.id, key=key, by=resident(case), at=LATER)
        return case, key

    return do


@pytest.fixture
def offered(session, issued):
    case, key = issued()
    release(session, case, compared=True, by=OFFICER, at=LATER)
    (record,) = case_files(session, case, FileKind.RECORD)
    return case, key, record.id
