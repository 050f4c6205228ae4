"""A key in a PKCS#11 token, which it never leaves; one session a process is kept, used by one thread at a time."""

import os
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import x509
from pkcs11.util.ec import encode_ecdsa_signature

from portal.core.keyfiles import KeyFileError, read_secret
from portal.core.signing_canonical import chain
from portal.core.signing_keys import CannotSign, WrongPin


class TokenKey:
    """A key and its certificate, found in a token by one label. CannotSign when they are not there."""

    def __init__(self, module: Path, token: str, label: str, pin_file: Path) -> None:
        self._module, self._token, self._label, self._pin_file = module, token, label, pin_file
        self._lock = threading.Lock()
        self._process = 0
        self._refused = ""
        self._session: Any = None
        self._key: Any = None
        self.certificate, others = self._open()
        self.chain = chain(self.certificate, others)

    def sign(self, data: bytes) -> bytes:
        with self._lock:
            if self._process != os.getpid():  # a session does not outlive a fork
                self._open()
            try:
                return self._signed(data)
            except pkcs11.PKCS11Error:
                self._open()  # the token was taken out, or it let the session go
            try:
                return self._signed(data)
            except pkcs11.PKCS11Error as error:
                raise CannotSign(reason=f"The token {self._token} does not sign: {_named(error)}.") from error

    def _signed(self, data: bytes) -> bytes:
        if self.certificate.public_key.algorithm == "rsa":
            return bytes(self._key.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
        # Not every token hashes for ECDSA, so the hash is made here.
        raw = self._key.sign(sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
        return bytes(encode_ecdsa_signature(raw))

    def _open(self) -> tuple[x509.Certificate, list[x509.Certificate]]:
        if self._refused:
            raise WrongPin(reason=self._refused)
        try:
            pin = read_secret(self._pin_file).decode().strip()
        except (KeyFileError, UnicodeDecodeError) as error:
            raise CannotSign(reason=str(error)) from None
        try:
            library = pkcs11.lib(str(self._module))
            if self._process not in (0, os.getpid()):
                library.reinitialize()
            else:
                self._close()
            self._session = _logged_in(library.get_token(token_label=self._token), pin)
            self._process = os.getpid()
            self._key = self._session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._label)
            kind = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
            found = [(each[pkcs11.Attribute.LABEL], _certificate(each)) for each in self._session.get_objects(kind)]
        except pkcs11.PinIncorrect:
            self._refused = f"The PIN in {self._pin_file} is wrong for the token {self._token}."
            raise WrongPin(reason=self._refused) from None
        except pkcs11.PinLocked:
            raise CannotSign(reason=f"The token {self._token} is locked: too many wrong PINs.") from None
        except pkcs11.NoSuchToken:
            raise CannotSign(reason=f"There is no token {self._token} behind {self._module}.") from None
        except pkcs11.NoSuchKey:
            self._close()
            raise CannotSign(reason=f"The token {self._token} holds no private key {self._label}.") from None
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
            raise CannotSign(reason=f"The token {self._token} does not open: {_named(error)}.") from error
        ours = [c for label, c in found if label == self._label]
        if len(ours) != 1:
            raise CannotSign(reason=f"The token {self._token} must hold one certificate {self._label}.")
        return ours[0], [c for _, c in found if c != ours[0]]

    def _close(self) -> None:
        if self._session is not None:
            with suppress(pkcs11.PKCS11Error):  # it may be gone with its token
                self._session.close()
            self._session = None


def _logged_in(token: Any, pin: str) -> Any:
    """A session; the log-in counts for the whole process, so another key of the same token may have done it."""
    try:
        return token.open(user_pin=pin)
    except pkcs11.UserAlreadyLoggedIn:
        return token.open()


def _certificate(found: Any) -> x509.Certificate:
    return x509.Certificate.load(found[pkcs11.Attribute.VALUE])


def _named(error: Exception) -> str:
    return str(error) or type(error).__name__
