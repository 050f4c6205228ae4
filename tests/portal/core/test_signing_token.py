"""A key that never leaves its token: PKCS#11, with SoftHSM in the token's place."""

from __future__ import annotations

import os
import subprocess
import warnings

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from portal.core import signing
from portal.core.signing import CannotSign
from tests.conftest import make_settings
from tests.factories import certificates
from tests.portal.core.signed_letters import AT, letter, signer

PIN = "246810"
MODULE = "/usr/lib/softhsm/libsofthsm2.so"


def _run(*words):
    subprocess.run(words, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def root():
    return certificates.root()


@pytest.fixture(scope="module")
def token(tmp_path_factory, root):
    """A token with two keys that were made outside, as tests must; the settings that name it."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    _run("softhsm2-util", "--init-token", "--free", "--label", "kaiji", "--so-pin", "135790", "--pin", PIN)
    keys = {"ec": ec.generate_private_key(ec.SECP256R1()), "rsa": rsa.generate_private_key(65537, 3072)}
    for number, (label, key) in enumerate(keys.items(), start=1):
        issued = certificates.end(root, key=key)
        (folder / f"{label}.pem").write_bytes(issued.key_pem())
        (folder / f"{label}.der").write_bytes(issued.certificate.public_bytes(Encoding.DER))
        access = ("--token", "kaiji", "--pin", PIN, "--label", label, "--id", f"0{number}")
        _run("softhsm2-util", "--import", str(folder / f"{label}.pem"), *access)
        tool = ("pkcs11-tool", "--module", MODULE, "--token-label", "kaiji", "--login", "--pin", PIN)
        _run(
            *tool,
            "--write-object",
            str(folder / f"{label}.der"),
            "--type",
            "cert",
            "--label",
            label,
            "--id",
            f"0{number}",
        )
    (folder / "pin").write_text(f"{PIN}\n")
    (folder / "pin").chmod(0o400)
    (folder / "anchors.pem").write_bytes(root.pem())
    yield {
        "sample": "0",
        "signing": "pkcs11",
        "signing_subject": certificates.SUBJECT,
        "signing_anchors": str(folder / "anchors.pem"),
        "pkcs11_module": MODULE,
        "pkcs11_token": "kaiji",
        "pkcs11_key": "ec",
        "pkcs11_pin_file": str(folder / "pin"),
    }
    os.environ.pop("SOFTHSM2_CONF")
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pkcs11_pin_file": "WRONG"}, "PIN in"),
        ({"pkcs11_token": "other"}, "no token other"),
        ({"pkcs11_key": "nothing"}, "no private key nothing"),
        ({"pkcs11_module": "/nowhere.so"}, "does not open"),
    ],
)
def test_what_is_wrong_with_a_token_is_said_plainly(tmp_path, token, change, said):
    wrong = tmp_path / "wrong"
    wrong.write_text("000000")
    wrong.chmod(0o400)
    change = {name: str(wrong) if value == "WRONG" else value for name, value in change.items()}
    with pytest.raises(CannotSign) as caught:
        signing.signer(make_settings(tmp_path, **token | change))
    assert said in caught.value.reason
    assert PIN not in caught.value.reason


@pytest.mark.parametrize(("label", "algorithm"), [("ec", "EC P-256"), ("rsa", "RSA 3072")])
def test_a_letter_signed_by_a_token_is_valid(tmp_path, token, label, algorithm):
    settings = make_settings(tmp_path, **token | {"pkcs11_key": label})
    ours = signer(settings)
    assert ours.certificate.algorithm == algorithm
    for _ in range(2):
        assert signing.verify(ours.sign(letter(), at=AT), anchors=signing.anchors(settings)).valid


def _sign_in_a_child(ours, anchors):
    """Whether a forked child signs as well; its answer is its exit status."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other tests' threads may still be there
        child = os.fork()
    if child == 0:
        try:
            os._exit(0 if signing.verify(ours.sign(letter(), at=AT), anchors=anchors).valid else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_process_that_was_forked_opens_the_token_anew(tmp_path, token):
    settings = make_settings(tmp_path, **token)
    ours, anchors = signer(settings), signing.anchors(settings)
    ours.sign(letter(), at=AT)
    assert _sign_in_a_child(ours, anchors) == 0
    assert signing.verify(ours.sign(letter(), at=AT), anchors=anchors).valid
