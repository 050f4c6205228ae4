"""A time-stamp service says when a letter was signed (PAdES B-T); the service here is openssl's own."""

from __future__ import annotations

import random
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from asn1crypto import cms

from portal.core import signing, signing_timestamp
from portal.core.signing import CannotSign
from tests import structure
from tests.factories import certificates
from tests.portal.core.signed_letters import AT, installation, letter, signer

CONFIG = """[tsa]
default_tsa = it
[it]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/above.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Service(BaseHTTPRequestHandler):
    """RFC 3161 over HTTP, by calling `openssl ts`."""

    def do_POST(self):
        folder = self.server.folder
        query = folder / f"{threading.get_ident()}.tsq"
        query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        reply = query.with_suffix(".tsr")
        words = ("openssl", "ts", "-reply", "-config", str(folder / "tsa.conf"), "-queryfile", str(query))
        subprocess.run((*words, "-out", str(reply)), check=True, capture_output=True, timeout=60)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(reply.read_bytes() if self.path == "/tsa" else b"<html>")

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def root():
    return certificates.root()


@pytest.fixture(scope="module")
def service(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("tsa")
    # The clock of the service is the machine's, so its certificate is valid for long.
    wide = (certificates.FROM.replace(year=2020), certificates.UNTIL.replace(year=2050))
    above = certificates.below(root, "見本時刻中間認証局")
    issued = certificates.end(above, key=certificates.rsa_key(), name="見本時刻認証局", stamps=True, valid=wide)
    # The service also sends the root, and a cross certificate for it, as public ones do.
    crossed = certificates.cross(root, certificates.root("見本の別の認証局"))
    (folder / "above.pem").write_bytes(above.pem() + root.pem() + crossed.pem())
    (folder / "tsa.pem").write_bytes(issued.pem())
    (folder / "tsa.key").write_bytes(issued.key_pem())
    (folder / "serial").write_text("01\n")
    (folder / "tsa.conf").write_text(CONFIG.format(folder=folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.folder = folder
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def ours(tmp_path_factory, root, service):
    wide = (certificates.FROM.replace(year=2020), certificates.UNTIL.replace(year=2050))
    folder = tmp_path_factory.mktemp("stamped")
    return installation(folder, certificates.end(root, valid=wide), root, timestamp_url=f"{service}/tsa")


@pytest.fixture(scope="module")
def stamped(ours):
    return signer(ours).sign(letter(), at=AT)


def test_a_stamped_letter_is_valid_and_says_the_services_time(ours, stamped):
    verdict = signing.verify(stamped, anchors=signing.anchors(ours))
    assert verdict.valid, verdict.reason
    assert verdict.time_stamped
    assert verdict.signed_at > AT
    assert stamped.startswith(letter())


def test_a_stamped_letter_keeps_its_conformance(stamped):
    assert structure.problems(stamped) == []
    assert structure.nonconformities(stamped) == []


def test_every_changed_byte_of_the_stamp_breaks_the_letter(ours, stamped):
    found = re.search(rb"/Contents <([0-9A-F]+?)0*>", stamped)
    chance = random.Random(3161)
    anchors, survived = signing.anchors(ours), []
    for offset in chance.sample(range(found.start(1) + 2000, found.end(1)), 60):
        byte = stamped[offset] ^ (1 << chance.randrange(8))
        if signing.verify(stamped[:offset] + bytes([byte]) + stamped[offset + 1 :], anchors=anchors).valid:
            survived.append(offset)
    assert survived == []


def test_a_stamp_cannot_be_taken_away(ours, stamped):
    found = re.search(rb"/Contents <([0-9A-F]+)>", stamped)
    container = cms.ContentInfo.load(bytes.fromhex(found[1].decode()))
    info = container["content"]["signer_infos"][0]
    assert info["unsigned_attrs"]
    info["unsigned_attrs"] = None
    written = container.dump(force=True).hex().upper().encode().ljust(len(found[1]), b"0")
    verdict = signing.verify(
        stamped[: found.start(1)] + written + stamped[found.end(1) :], anchors=signing.anchors(ours)
    )
    assert verdict.reason == "the time-stamp is missing or not expected"
    assert not verdict.valid


def test_a_stamp_of_an_unknown_service_is_not_valid(tmp_path, stamped, ours):
    other = certificates.root("見本の別の認証局")
    (tmp_path / "other.pem").write_bytes(other.pem())
    anchors = signing.anchors(ours)
    wrong = type(anchors)(roots=(other.certificate.public_bytes(certificates.Encoding.DER),), subjects=anchors.subjects)
    assert not signing.verify(stamped, anchors=wrong).valid


def test_a_service_that_does_not_answer_stops_the_signature(tmp_path, root, service):
    for number, address in enumerate((f"{service}/page", "http://127.0.0.1:9/")):
        folder = tmp_path / str(number)
        folder.mkdir()
        settings = installation(folder, certificates.end(root), root, timestamp_url=address)
        with pytest.raises(CannotSign, match="time-stamp service did not answer"):
            signer(settings).sign(letter(), at=AT)


def test_whether_a_service_is_reachable_is_asked_by_a_stamp(service):
    assert signing_timestamp.reachable(f"{service}/tsa") == ""
    assert "does not answer" in signing_timestamp.reachable("http://127.0.0.1:9/")
