"""Letters are signed so that anybody can verify them, and stay what they were."""

from __future__ import annotations

import dataclasses
import pickle
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from PIL import Image

from portal import services
from portal.core import press, signing, signing_keys
from portal.core.signing import Anchors, CannotSign, Verdict
from tests import structure
from tests.conftest import make_settings
from tests.factories import certificates
from tests.portal.core.signed_letters import AT, installation, letter, plain, signer

KEYS = {
    "EC P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "EC P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA 3072": lambda: rsa.generate_private_key(65537, 3072),
}


@pytest.fixture(scope="module")
def root():
    return certificates.root()


@pytest.fixture(scope="module")
def ours(tmp_path_factory, root):
    """An installation with a key below an intermediate authority."""
    return installation(tmp_path_factory.mktemp("ours"), certificates.end(certificates.below(root)), root)


@pytest.fixture(scope="module")
def signed(ours):
    return signer(ours).sign(letter(), at=AT)


@pytest.mark.parametrize("kind", KEYS)
def test_a_letter_signed_from_a_key_file_is_valid(tmp_path, root, kind):
    settings = installation(tmp_path, certificates.end(root, key=KEYS[kind]()), root)
    ours = signer(settings)
    assert ours.certificate.algorithm == kind
    verdict = signing.verify(ours.sign(letter(), at=AT), anchors=signing.anchors(settings))
    assert verdict == Verdict(
        intact=True, trusted=True, whole_file=True, signed_at=AT, subject=certificates.SUBJECT, sample=False
    )
    assert verdict.valid


def test_the_unsigned_letter_stays_as_it_is_at_the_front(signed):
    assert signed.startswith(letter())
    assert len(signed) - len(letter()) < 12_000


def test_a_certificate_between_travels_with_the_letter_and_the_root_does_not(signed, ours, root):
    assert signing.verify(signed, anchors=signing.anchors(ours)).valid
    der = Path(ours.signing_anchors).read_bytes()
    assert der == root.pem()
    assert root.certificate.public_bytes(certificates.Encoding.DER).hex().upper().encode() not in signed


@pytest.mark.parametrize("make", [letter, plain], ids=["with a seal", "without a seal"])
def test_a_signed_letter_keeps_its_conformance(ours, make):
    data = signer(ours).sign(make(), at=AT)
    assert structure.problems(data) == []
    assert structure.nonconformities(data) == []


def test_the_signature_lies_on_the_seal_and_is_tagged(signed):
    with pikepdf.open(BytesIO(signed)) as document:
        field = document.Root.AcroForm.Fields[0]
        _page, _kind, left, top, _zoom = document.Root.Names.Dests.Names[1]
        rect = [float(value) for value in field.Rect]
        assert rect == pytest.approx([float(left), float(top) - 62.362, float(left) + 62.362, float(top)], abs=0.01)
        assert field.TU == "電子署名"
        assert field.AP.N.read_bytes() == b""
        assert field.P.objgen == document.pages[0].objgen
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        element = numbers[numbers.index(field.StructParent) + 1]
        assert element.S == "/Form"
        assert element.K[0].Obj.objgen == field.objgen
        assert any(kid.objgen == element.objgen for kid in document.Root.StructTreeRoot.K[0].K)
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


def test_without_a_seal_the_signature_has_no_area(ours):
    with pikepdf.open(BytesIO(signer(ours).sign(plain(), at=AT))) as document:
        assert [float(value) for value in document.Root.AcroForm.Fields[0].Rect] == [0, 0, 0, 0]


def test_what_is_no_letter_of_ours_or_signed_already_takes_no_signature(ours, signed):
    for data in (b"", b"no PDF", signed):
        with pytest.raises(CannotSign) as caught:
            signer(ours).sign(data, at=AT)
        assert caught.value.reason


def test_an_expired_certificate_does_not_sign(ours):
    with pytest.raises(CannotSign, match="expired on 2028-01-01"):
        signer(ours).sign(letter(), at=certificates.UNTIL + timedelta(seconds=1))


def test_a_certificate_of_the_future_does_not_sign(ours):
    with pytest.raises(CannotSign, match="valid only from 2026-01-01"):
        signer(ours).sign(letter(), at=certificates.FROM - timedelta(seconds=1))


def test_staff_are_warned_sixty_days_before_the_certificate_expires(ours):
    assert signing.expiry_warning(ours, date(2027, 11, 1)) is None
    assert str(signing.expiry_warning(ours, date(2027, 11, 2))).endswith("expires on 2028-01-01, in 60 days.")
    assert str(signing.expiry_warning(ours, date(2028, 1, 2))).endswith("expired on 2028-01-01.")


def test_another_authority_is_not_trusted(signed, ours):
    other = Anchors(roots=(certificates.root("見本の別の認証局").certificate.public_bytes(certificates.Encoding.DER),))
    verdict = signing.verify(signed, anchors=dataclasses.replace(other, subjects=(certificates.SUBJECT,)))
    assert verdict.intact
    assert not verdict.trusted
    assert not verdict.valid


def test_another_customer_of_the_same_authority_is_not_us(tmp_path, root, ours):
    stranger = installation(tmp_path, certificates.end(root, name="見本の他人"), root)
    with pytest.raises(CannotSign) as caught:
        signing.signer(stranger)
    assert "KAIJI_SIGNING_SUBJECT" in caught.value.reason
    named = dataclasses.replace(stranger, signing_subject="CN=見本の他人, O=見本情報システム機構, C=JP")
    verdict = signing.verify(signer(named).sign(letter(), at=AT), anchors=signing.anchors(ours))
    assert verdict.intact
    assert not verdict.valid
    assert verdict.reason == "somebody else's certificate"


def test_what_has_no_signature_has_no_verdict(ours):
    for data in (letter(), b"", b"%PDF-1.7", b"x" * 10_000):
        assert signing.verify(data, anchors=signing.anchors(ours)) is None


def test_a_verdict_comes_back_from_the_press(signed, ours):
    verdict = press.run(signing.verify, signed, anchors=signing.anchors(ours))
    assert verdict.valid
    assert pickle.loads(pickle.dumps(verdict)) == verdict


def test_a_key_is_parsed_once_however_many_letters_it_signs(tmp_path, root, monkeypatch):
    settings = installation(tmp_path, certificates.end(root), root)
    parsed = []
    load = signing_keys.pkcs12.load_key_and_certificates
    monkeypatch.setattr(
        signing_keys.pkcs12, "load_key_and_certificates", lambda *words: parsed.append(1) or load(*words)
    )
    for _ in range(3):
        signer(settings).sign(letter(), at=AT)
    assert parsed == [1]


def test_an_organisation_may_have_had_several_names(tmp_path, root):
    settings = installation(tmp_path, certificates.end(root), root)
    renamed = dataclasses.replace(settings, signing_subject=f"CN=見本旧機構, C=JP | {certificates.SUBJECT}")
    assert signing.verify(signer(renamed).sign(letter(), at=AT), anchors=signing.anchors(renamed)).valid


def test_a_sample_installation_signs_with_a_sample(tmp_path):
    settings = make_settings(tmp_path)
    assert services.make_keys(settings)
    assert not services.make_keys(settings)
    ours = signer(settings)
    assert ours.sample
    assert "見本 SAMPLE" in ours.certificate.subject
    assert (settings.keys / "sample-signing.p12").stat().st_mode & 0o777 == 0o400
    data = ours.sign(letter(), at=AT)
    verdict = signing.verify(data, anchors=signing.anchors(settings))
    assert verdict.valid
    assert verdict.sample
    assert not signing.verify(data, anchors=Anchors()).valid


def test_a_demonstration_that_signs_no_longer_still_knows_its_own_letters(tmp_path):
    settings = make_settings(tmp_path)
    services.make_keys(settings)
    data = signer(settings).sign(letter(), at=AT)
    assert signing.verify(data, anchors=signing.anchors(make_settings(tmp_path, signing="none"))).valid


def test_a_process_for_the_public_has_no_signer_but_can_verify(tmp_path):
    settings = make_settings(tmp_path)
    services.make_keys(settings)
    data = signer(settings).sign(letter(), at=AT)
    for private in ("sample-signing.p12", "sample-signing.password"):
        (settings.keys / private).unlink()
    public = make_settings(tmp_path, surface="public")
    assert services.build(public).signer is None
    assert signing.verify(data, anchors=signing.anchors(public)).valid


def test_an_unsigned_installation_has_neither_signer_nor_seal(tmp_path):
    settings = make_settings(tmp_path, signing="none")
    services.make_keys(settings)
    assert signing.signer(settings) is None
    assert signing.seal(settings) is None
    assert signing.expiry_warning(settings, date(2026, 6, 1)) is None
    assert not (settings.keys / "sample-signing.p12").exists()


def test_the_sample_seal_is_small_and_square(tmp_path):
    seal = signing.seal(make_settings(tmp_path))
    with Image.open(BytesIO(seal)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "P", (200, 200))
    assert len(seal) < 6_000


def test_a_missing_key_says_what_to_do(tmp_path):
    with pytest.raises(CannotSign) as caught:
        signing.signer(make_settings(tmp_path))
    assert "is missing" in caught.value.reason
    assert str(tmp_path) not in str(caught.value)


def test_a_wrong_password_and_a_weak_key_are_named(tmp_path, root):
    weak = installation(tmp_path, certificates.end(root, key=rsa.generate_private_key(65537, 2048)), root)
    with pytest.raises(CannotSign) as caught:
        signing.signer(weak)
    assert "3072" in caught.value.reason
    Path(weak.signing_password_file).chmod(0o600)
    Path(weak.signing_password_file).write_text("別の合言葉", "utf-8")
    with pytest.raises(CannotSign) as caught:
        signing.signer(weak)
    assert "password" in caught.value.reason
