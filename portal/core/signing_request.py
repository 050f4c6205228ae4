"""A new key for letters and the request for its certificate, which goes to a certification authority."""

import re
import secrets
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from portal.core.errors import N_, Invalid
from portal.core.keyfiles import write_new
from portal.core.signing_keys import RSA_BITS

KEY, PASSWORD, REQUEST = "letters.key", "letters.password", "letters.csr"

NO_NAME = N_("The subject must look like CN=…, O=…, C=JP.")
THERE = N_("%(path)s exists already. Choose an empty folder.")


def request(folder: Path, *, subject: str, with_rsa: bool) -> Path:
    """Write key (encrypted), password and request into a folder; the request's path. Invalid."""
    try:
        name = x509.Name.from_rfc4514_string(re.sub(r",\s+", ",", subject.strip()))
    except ValueError:
        raise Invalid(NO_NAME) from None
    if not name.get_attributes_for_oid(x509.NameOID.COMMON_NAME):
        raise Invalid(NO_NAME)
    for there in (KEY, PASSWORD, REQUEST):
        if (folder / there).exists():
            raise Invalid(THERE, path=folder / there)
    key = rsa.generate_private_key(65537, RSA_BITS) if with_rsa else ec.generate_private_key(ec.SECP256R1())
    password = secrets.token_urlsafe(24).encode()
    asked = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name)
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_new(folder / PASSWORD, password)
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    write_new(folder / KEY, encrypted)
    write_new(folder / REQUEST, asked.public_bytes(Encoding.PEM), mode=0o644)
    return folder / REQUEST
