"""A key for demonstrations, whose certificates say 見本: its signatures prove nothing."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from portal.core.keyfiles import write_new
from portal.core.signing_keys import SAMPLE_FILE, SAMPLE_PASSWORD, SAMPLE_ROOT

BEFORE, AFTER = timedelta(days=3653), timedelta(days=3653)  # sample cases lie in the past


def make(folder: Path, *, organisation: str, at: datetime) -> bool:
    """Make a root, a certificate below it, and the key's files in a folder; False when they are there.

    The root's own key is forgotten at once: nothing else can be signed with it.
    """
    file = folder / SAMPLE_FILE
    if file.exists():
        return False
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("見本認証局 SAMPLE CA", organisation)
    root = (
        _builder(root_name, root_name, root_key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(root=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    certificate = (
        _builder(_name("見本 SAMPLE 電子署名", organisation), root_name, key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(root=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    password = secrets.token_urlsafe(24).encode()
    data = pkcs12.serialize_key_and_certificates(
        "見本 SAMPLE".encode(), key, certificate, None, BestAvailableEncryption(password)
    )
    for left in (SAMPLE_PASSWORD, SAMPLE_ROOT):  # of an attempt that was interrupted
        (folder / left).unlink(missing_ok=True)
    write_new(folder / SAMPLE_PASSWORD, password)
    write_new(folder / SAMPLE_ROOT, root.public_bytes(Encoding.PEM), mode=0o444)
    write_new(file, data)
    return True


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BEFORE)
        .not_valid_after(at + AFTER)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_cert_sign=root,
        crl_sign=root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
