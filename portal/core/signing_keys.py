"""The organisation's key for letters: a PKCS#12 file or a PKCS#11 token, opened once and kept.

A key file's own errors are for the administrator: they are the `reason` of CannotSign, which the commands print and
which pages do not show.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from portal.core import clock
from portal.core.errors import N_, KaijiError
from portal.core.keyfiles import KeyFileError, read_secret
from portal.core.settings import Settings, Signing
from portal.core.signing_canonical import chain

SAMPLE_FILE, SAMPLE_PASSWORD, SAMPLE_ROOT = "sample-signing.p12", "sample-signing.password", "sample-ca.pem"
RSA_BITS = 3072
_SHORT = {
    "common_name": "CN",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "locality_name": "L",
    "state_or_province_name": "ST",
    "country_name": "C",
}
_DIVIDES, _ESCAPED = re.compile(r"([\\,=+|])"), r"\\\1"
CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


class CannotSign(KaijiError):
    """No signature could be made. `reason` says why, in English, to the administrator."""

    status = 503
    default = N_("The letter could not be signed. The administrators know how to go on.")

    def __init__(self, message: str | None = None, /, *, reason: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.reason = reason
        if reason:
            self.add_note(reason)


class WrongPin(CannotSign):
    """A token refused the PIN. Trying again would lock it, so nobody does until the process is started anew."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says, for people. `not_before` and `not_after` are aware, UTC."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    algorithm: str
    fingerprint: str

    def days_left(self, today: date) -> int:
        """Days from today to the last day in Japan on which it is valid; negative once it has expired."""
        return (clock.day_in_japan(self.not_after) - today).days


class Key(Protocol):
    """A private key that signs, with its certificate and the certificates between that and the root."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """The signature over `data` with SHA-256: PKCS#1 v1.5, or ECDSA in DER. CannotSign."""
        ...


def describe(certificate: x509.Certificate) -> Certificate:
    """A certificate in words."""
    public = certificate.public_key
    kind, bits = public.algorithm.upper(), public.bit_size
    algorithm = f"EC {CURVES.get(public.curve[1], public.curve[1])}" if kind == "EC" else f"{kind} {bits}"
    return Certificate(
        subject=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        not_before=certificate.not_valid_before.astimezone(UTC),
        not_after=certificate.not_valid_after.astimezone(UTC),
        algorithm=algorithm,
        fingerprint=sha256(certificate.dump()).hexdigest(),
    )


def _name(name: x509.Name) -> str:
    """A name as in `CN=…, O=…, C=JP`: the last part first, signs that divide parts escaped."""
    parts = [
        f"{_SHORT.get(pair['type'].native, pair['type'].native)}={_DIVIDES.sub(_ESCAPED, str(pair['value'].native))}"
        for level in name.chosen
        for pair in level
    ]
    return ", ".join(reversed(parts))


def key(settings: Settings) -> Key | None:
    """Open the key that the settings name; None for unsigned letters. CannotSign with a reason."""
    match settings.signing:
        case Signing.NONE:
            return None
        case Signing.SAMPLE:
            found: Key = FileKey(settings.keys / SAMPLE_FILE, settings.keys / SAMPLE_PASSWORD)
        case Signing.PKCS12:
            found = FileKey(_given(settings.signing_file), _given(settings.signing_password_file))
        case Signing.PKCS11:
            from portal.core.signing_token import TokenKey  # its library is loaded only where there is a token

            found = TokenKey(
                _given(settings.pkcs11_module),
                settings.pkcs11_token,
                settings.pkcs11_key,
                _given(settings.pkcs11_pin_file),
            )
    _check(found.certificate)
    return found


class FileKey:
    """A key from a PKCS#12 file, parsed once. CannotSign when it does not open."""

    def __init__(self, file: Path, password_file: Path) -> None:
        try:
            password = read_secret(password_file).rstrip(b"\r\n")
            secret, certificate, others = pkcs12.load_key_and_certificates(read_secret(file), password or None)
        except KeyFileError as error:
            raise CannotSign(reason=str(error)) from None
        except OSError as error:
            raise CannotSign(reason=f"The key file {file} cannot be read: {error.strerror}.") from None
        except ValueError:
            raise CannotSign(reason=f"The password does not open {file}, or it is no PKCS#12 file.") from None
        if not isinstance(secret, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or certificate is None:
            raise CannotSign(reason=f"{file} must hold an RSA or EC key and its certificate.")
        self._secret = secret
        self.certificate = _parsed(certificate)
        self.chain = chain(self.certificate, [_parsed(other) for other in others])

    def sign(self, data: bytes) -> bytes:
        if isinstance(self._secret, rsa.RSAPrivateKey):
            return self._secret.sign(data, PKCS1v15(), hashes.SHA256())
        return self._secret.sign(data, ec.ECDSA(hashes.SHA256()))


def _check(certificate: x509.Certificate) -> None:
    public = certificate.public_key
    if public.algorithm == "rsa" and public.bit_size >= RSA_BITS:
        return
    if public.algorithm == "ec" and public.curve[1] in CURVES:
        return
    raise CannotSign(reason=f"The key must be RSA of {RSA_BITS} bits or more, or EC P-256, P-384 or P-521.")


def _parsed(certificate: Any) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _given(path: Path | None) -> Path:
    if path is None:
        raise CannotSign(reason="A setting of the signing key is missing.")
    return path
