"""Personal data at rest: a key per case, wrapped for the back office and under the requester's access code.

* Values are sealed with AES-256-GCM: `version(1) nonce(12) ciphertext tag(16)`, bound to table, column and row.
* The case key is wrapped by HPKE (RFC 9180; X25519, HKDF-SHA256, AES-256-GCM) for the back office's newest public
  key, bound to the case: `version(1) key-id(8) hpke`. A process that serves the public only can seal, not open.
* A second wrap stands under the access code (`code_lock`), so that requesters open their own case.

Destroying both wraps of a case makes everything sealed under its key unreadable.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from portal.core import keyfiles
from portal.core.errors import N_, KaijiError
from portal.core.keyfiles import KeyFileError

VERSION = b"\x01"
_NONCE, _KEY, _ID = 12, 32, 8
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)

_WRONG_KIND = "The office's key must be an X25519 key."


class CannotOpen(KaijiError):
    """Something sealed does not open: it was changed or moved, or the key is another."""

    status = 500
    default = N_("Something that is stored here cannot be opened. The administrators know how to go on.")


@dataclass(frozen=True)
class CaseKey:
    """The key of one case, 32 bytes. It seals values; it never shows itself in a representation."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """A fingerprint by which two wraps of one key are recognised, 16 hex digits."""
        return hmac.digest(self.secret, b"kaiji|case-key-id", "sha256")[:_ID].hex()

    def seal(self, table: str, column: str, row: str, plaintext: bytes) -> bytes:
        """Seal a value for its place; 29 bytes longer than the plaintext."""
        return seal_at(self.secret, _place(table, column, row), plaintext)

    def open(self, table: str, column: str, row: str, sealed: bytes) -> bytes:
        """The value again. CannotOpen when a bit, the place or the key is another."""
        return open_at(self.secret, _place(table, column, row), sealed)


class PublicVault:
    """What the public side holds: the office's newest public key and the secret of the blind indexes."""

    def __init__(self, public: X25519PublicKey, index_key: bytes) -> None:
        self._public = public
        self._index_key = index_key
        self.key_id = _key_id(public)

    def new_case(self, case_id: str) -> tuple[CaseKey, bytes]:
        """A fresh key for a case, and its wrap for the back office."""
        key = CaseKey(secrets.token_bytes(_KEY))
        return key, self._wrap(case_id, key)

    def blind(self, column: str, value: str) -> str:
        """The blind index of a value that the caller has normalised: 32 hex digits, comparable within one column."""
        return blind(self._index_key, column, value)

    def is_newest(self, wrap: bytes) -> bool:
        """Whether a wrap was made for the newest key."""
        return wrap[: 1 + _ID] == VERSION + self.key_id

    def _wrap(self, case_id: str, key: CaseKey) -> bytes:
        return VERSION + self.key_id + _SUITE.encrypt(key.secret, self._public, info=_case_info(case_id))


class OfficeVault(PublicVault):
    """What the back office and the worker hold: the private keys, old and new."""

    def __init__(self, keys: Mapping[int, X25519PrivateKey], index_key: bytes) -> None:
        newest = keys[max(keys)]
        super().__init__(newest.public_key(), index_key)
        self._private = {_key_id(key.public_key()): key for key in keys.values()}

    def open_case(self, case_id: str, wrap: bytes) -> CaseKey:
        """The key of a case from its wrap. CannotOpen for another case's wrap, an unknown office key, a changed bit."""
        key = self._private.get(wrap[1 : 1 + _ID])
        if wrap[:1] != VERSION or key is None:
            raise CannotOpen
        try:
            return CaseKey(_SUITE.decrypt(wrap[1 + _ID :], key, info=_case_info(case_id)))
        except (InvalidTag, ValueError):
            raise CannotOpen from None

    def rewrap(self, case_id: str, wrap: bytes) -> bytes:
        """The wrap for the newest key; the same bytes when it is that already. CannotOpen."""
        return wrap if self.is_newest(wrap) else self._wrap(case_id, self.open_case(case_id, wrap))


# -- data of a session -------------------------------------------------------------------------------------------------


def seal_with(token: bytes, table: str, column: str, row: str, plaintext: bytes) -> bytes:
    """Seal under a random token that only the visitor holds. ValueError for a token shorter than 16 bytes."""
    return seal_at(_token_key(token), _place(table, column, row), plaintext)


def open_with(token: bytes, table: str, column: str, row: str, sealed: bytes) -> bytes:
    """The value again. CannotOpen."""
    return open_at(_token_key(token), _place(table, column, row), sealed)


def _token_key(token: bytes) -> bytes:
    if len(token) < 16:
        raise ValueError("A token has at least 16 bytes.")
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=b"kaiji|session|v1").derive(token)


def blind(key: bytes, column: str, value: str) -> str:
    """HMAC-SHA256 under a key of the column's own, 32 hex digits: equal values are found, nothing else is learnt."""
    return hmac.digest(hmac.digest(key, column.encode(), "sha256"), value.encode(), "sha256")[:16].hex()


# -- keys of the office ------------------------------------------------------------------------------------------------


def generate_office_key() -> tuple[bytes, bytes]:
    """A fresh key pair as PEM: private (PKCS 8), public (SubjectPublicKeyInfo)."""
    key = X25519PrivateKey.generate()
    pem, private, public = Encoding.PEM, PrivateFormat.PKCS8, PublicFormat.SubjectPublicKeyInfo
    return key.private_bytes(pem, private, NoEncryption()), key.public_key().public_bytes(pem, public)


def has_office_key(folder: Path) -> bool:
    """Whether there is a key pair at all."""
    return bool(keyfiles.office_files(folder, "pem"))


def make_office_key(folder: Path) -> bool:
    """Make what is missing of the first key pair and the index key; whether anything was made."""
    made = not has_office_key(folder)
    if made:
        add_office_key(folder)
    if not (folder / keyfiles.INDEX).exists():
        keyfiles.write_new(folder / keyfiles.INDEX, secrets.token_bytes(_KEY))
        made = True
    return made


def add_office_key(folder: Path) -> str:
    """Put a new key pair beside the old ones; from the next start it is the one in use. Returns its id."""
    number = max(keyfiles.office_files(folder, "pem") | keyfiles.office_files(folder, "pub"), default=0) + 1
    private, public = generate_office_key()
    keyfiles.write_new(folder / f"office-{number:04d}.pem", private)
    keyfiles.write_new(folder / f"office-{number:04d}.pub", public, mode=0o444)
    return _key_id(_load_public(public)).hex()


def list_office_keys(folder: Path) -> list[dict[str, object]]:
    """Number, id and `newest` of every public key, oldest first."""
    paths = keyfiles.office_files(folder, "pub")
    return [
        {"number": number, "id": _key_id(_load_public(path.read_bytes())).hex(), "newest": number == max(paths)}
        for number, path in paths.items()
    ]


def load_public(folder: Path) -> PublicVault:
    """The vault of a process that serves the public. KeyFileError."""
    paths = keyfiles.office_files(folder, "pub")
    if not paths:
        raise KeyFileError(f"There is no public key of the office in {folder}. Make the keys, or copy it there.")
    return PublicVault(_load_public(paths[max(paths)].read_bytes()), _load_index(folder))


def load_office(folder: Path) -> OfficeVault:
    """The vault of the back office and the worker. KeyFileError."""
    paths = keyfiles.office_files(folder, "pem")
    if not paths:
        raise KeyFileError(
            f"There is no key of the office in {folder}. Make the keys, or restore them from their backup."
        )
    return OfficeVault({n: _load_private(keyfiles.read_secret(path)) for n, path in paths.items()}, _load_index(folder))


def _load_index(folder: Path) -> bytes:
    key = keyfiles.read_secret(folder / keyfiles.INDEX)
    if len(key) != _KEY:
        raise KeyFileError(f"The key file {folder / keyfiles.INDEX} must have {_KEY} bytes.")
    return key


def _load_private(pem: bytes) -> X25519PrivateKey:
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, X25519PrivateKey):
        raise KeyFileError(_WRONG_KIND)
    return key


def _load_public(pem: bytes) -> X25519PublicKey:
    key = serialization.load_pem_public_key(pem)
    if not isinstance(key, X25519PublicKey):
        raise KeyFileError(_WRONG_KIND)
    return key


def _key_id(key: X25519PublicKey) -> bytes:
    return hashlib.sha256(key.public_bytes_raw()).digest()[:_ID]


# -- sealing -----------------------------------------------------------------------------------------------------------


def seal_at(key: bytes, place: bytes, plaintext: bytes) -> bytes:
    """Seal under a key of 32 bytes for a place that the caller has written out."""
    nonce = secrets.token_bytes(_NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, place)


def open_at(key: bytes, place: bytes, sealed: bytes) -> bytes:
    """The value again. CannotOpen."""
    if sealed[:1] != VERSION or len(sealed) < 1 + _NONCE + 16:
        raise CannotOpen
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place)
    except InvalidTag:
        raise CannotOpen from None


def _place(table: str, column: str, row: str) -> bytes:
    if "|" in table + column or not (table and column and row):
        raise ValueError("A place is a table, a column and a row, without bars.")
    return f"v1|{table}|{column}|{row}".encode()


def _case_info(case_id: str) -> bytes:
    return f"kaiji|case-key|v1|{case_id}".encode()
