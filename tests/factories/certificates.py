"""Certification authorities, certificates and key files for tests; 見本 throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.core import keyfiles

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
SUBJECT = "CN=見本機構 電子署名, O=見本情報システム機構, C=JP"


@dataclass(frozen=True)
class Issued:
    """A key with its certificate and those above it, without the root."""

    key: Any
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    def pkcs12(self, folder: Path, password: str = "見本の合言葉") -> dict[str, str]:
        """Write key and password files; the settings that name them."""
        data = serialize_key_and_certificates(
            b"letters", self.key, self.certificate, self.above, BestAvailableEncryption(password.encode())
        )
        keyfiles.write_new(folder / "letters.p12", data)
        keyfiles.write_new(folder / "letters.password", f"{password}\n".encode())
        return {
            "signing": "pkcs12",
            "signing_file": str(folder / "letters.p12"),
            "signing_password_file": str(folder / "letters.password"),
        }

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self) -> bytes:
        return bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def root(name: str = "見本ルート認証局") -> Issued:
    """A self-signed authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    return Issued(key, _signed(_name(name), _name(name), key, key, _authority(1)))


def below(issuer: Issued, name: str = "見本中間認証局") -> Issued:
    """An authority between the root and the end."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(_name(name), issuer.certificate.subject, key, issuer.key, _authority(0))
    return Issued(key, made, (made,))


def cross(authority: Issued, by: Issued) -> Issued:
    """A further certificate for an authority's key, from another authority."""
    made = _signed(authority.certificate.subject, by.certificate.subject, authority.key, by.key, _authority(1))
    return Issued(authority.key, made)


def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)


def end(
    issuer: Issued,
    *,
    key: Any = None,
    name: str = "見本機構 電子署名",
    valid: tuple[datetime, datetime] = (FROM, UNTIL),
    stamps: bool = False,
) -> Issued:
    """A certificate for signing letters, or for time-stamps."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    more: list[tuple[Any, bool]] = [(x509.BasicConstraints(ca=False, path_length=None), True), (_usage("sign"), True)]
    if stamps:
        more.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True))
    made = _signed(_name(name), issuer.certificate.subject, key, issuer.key, more, valid)
    return Issued(key, made, issuer.above)


def _authority(length: int) -> list[tuple[Any, bool]]:
    return [(x509.BasicConstraints(ca=True, path_length=length), True), (_usage("issue"), True)]


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "見本情報システム機構"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(kind: str) -> x509.KeyUsage:
    issues, signs = kind == "issue", kind == "sign"
    return x509.KeyUsage(signs, signs, False, False, False, issues, issues, False, False)


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: Any,
    by: Any,
    extensions: list[tuple[Any, bool]],
    valid: tuple[datetime, datetime] = (FROM - timedelta(days=400), UNTIL + timedelta(days=4000)),
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(by, hashes.SHA256())
