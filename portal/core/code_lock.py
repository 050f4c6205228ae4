"""A second wrap of a case's key, under the requester's access code through Argon2id: so they open their own case."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from portal.core import access_code, slots
from portal.core.vault import CannotOpen, CaseKey, open_at, seal_at

_SALT = 16
_MEMORY, _PASSES, _LANES = 19 * 1024, 2, 1  # KiB, OWASP's first choice for Argon2id


class Locked(Protocol):
    """A row that keeps a lock in its columns."""

    @property
    def code_salt(self) -> bytes | None: ...
    @property
    def code_verifier(self) -> bytes | None: ...
    @property
    def code_wrap(self) -> bytes | None: ...


@dataclass(frozen=True)
class CodeLock:
    """What is stored of an access code: nothing that leads back to it."""

    salt: bytes
    verifier: bytes
    wrap: bytes


def lock_of(row: Locked | None) -> CodeLock | None:
    """The lock that a row keeps; None where there is no row, or its lock was taken away."""
    if row is None or row.code_salt is None or row.code_verifier is None or row.code_wrap is None:
        return None
    return CodeLock(row.code_salt, row.code_verifier, row.code_wrap)


def lock_with_code(key: CaseKey, case_id: str, code: str) -> CodeLock:
    """Wrap a case's key under an access code. ValueError when the text cannot be a code."""
    plain = access_code.normalise(code)
    if plain is None:
        raise ValueError("This is not an access code.")
    salt = secrets.token_bytes(_SALT)
    verifier, wrapping = _stretch(plain, salt)
    return CodeLock(salt, verifier, seal_at(wrapping, _place(case_id), key.secret))


def open_with_code(case_id: str, lock: CodeLock | None, code: str) -> CaseKey | None:
    """The key of a case, or None when the code does not fit or nothing is locked. Takes the same time in any case."""
    plain = access_code.normalise(code)
    verifier, wrapping = _stretch(plain or "", lock.salt if lock else bytes(_SALT))
    if lock is None or not hmac.compare_digest(verifier, lock.verifier) or plain is None:
        return None
    try:
        return CaseKey(open_at(wrapping, _place(case_id), lock.wrap))
    except CannotOpen:
        return None


def _stretch(code: str, salt: bytes) -> tuple[bytes, bytes]:
    with slots.argon2():
        out = Argon2id(salt=salt, length=64, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY).derive(
            code.encode()
        )
    return hashlib.sha256(out[:32]).digest(), out[32:]


def _place(case_id: str) -> bytes:
    return f"v1|access-code|{case_id}".encode()
