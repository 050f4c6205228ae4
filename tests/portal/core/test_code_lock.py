"""A case's key under its access code: it opens with that alone, and every try costs the same."""

from __future__ import annotations

import pytest

from portal.core import code_lock
from portal.core.access_code import new_access_code
from portal.core.code_lock import CodeLock, lock_with_code, open_with_code
from portal.core.vault import CaseKey

KEY = CaseKey(bytes(range(32)))
CASE, OTHER = "case-1", "case-2"


def test_the_access_code_opens_its_own_case_however_it_is_typed():
    code = new_access_code()
    lock = lock_with_code(KEY, CASE, code)
    assert open_with_code(CASE, lock, code) == KEY
    assert open_with_code(CASE, lock, code.lower().replace("-", "　")) == KEY


def test_a_wrong_code_or_case_opens_nothing():
    code = new_access_code()
    lock = lock_with_code(KEY, CASE, code)
    assert open_with_code(CASE, lock, new_access_code()) is None
    assert open_with_code(CASE, lock, "nonsense") is None
    assert open_with_code(OTHER, lock, code) is None
    assert open_with_code(CASE, None, code) is None
    other = lock_with_code(KEY, CASE, code)
    assert open_with_code(CASE, CodeLock(lock.salt, lock.verifier, other.wrap), code) is None


def test_the_stored_lock_does_not_hold_the_code_or_the_key():
    code = new_access_code()
    lock = lock_with_code(KEY, CASE, code)
    stored = lock.salt + lock.verifier + lock.wrap
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored
    assert KEY.secret not in stored
    assert len(lock.verifier) == 32


def test_a_text_that_is_no_code_locks_nothing():
    with pytest.raises(ValueError):
        lock_with_code(KEY, CASE, "1234")


def test_every_answer_costs_one_stretch(monkeypatch):
    lock = lock_with_code(KEY, CASE, "ABCD-0123-4567-89XY")
    calls = []
    real = code_lock._stretch
    monkeypatch.setattr(code_lock, "_stretch", lambda *args: calls.append(1) or real(*args))
    open_with_code(CASE, lock, "ABCD-0123-4567-89XY")
    open_with_code(CASE, lock, "ABCD-0123-4567-89XZ")
    open_with_code(CASE, lock, "no code at all")
    open_with_code(CASE, None, "ABCD-0123-4567-89XY")
    assert len(calls) == 4
