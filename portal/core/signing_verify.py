"""Is a PDF signed by us, and unchanged to the last byte?"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509

from portal.core.coroutines import finish
from portal.core.signing_anchors import Anchors
from portal.core.signing_canonical import CERTIFICATES, STAMPED, canonical, fingerprint, stamp_of
from portal.core.signing_keys import describe

for _library in ("pyhanko", "pyhanko_certvalidator"):  # they would log what strangers send
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False


@dataclass(frozen=True)
class Verdict:
    """What a signature is worth. `signed_at` is aware; `reason` says in English what is wrong, for the records."""

    intact: bool = False
    trusted: bool = False
    whole_file: bool = False
    signed_at: datetime | None = None
    subject: str = ""
    sample: bool = False
    time_stamped: bool = False
    reason: str = ""

    @property
    def valid(self) -> bool:
        """Signed by us and not changed by a byte since."""
        return self.intact and self.trusted and self.whole_file


def verify(data: bytes, *, anchors: Anchors) -> Verdict | None:
    """The verdict on a PDF's signature; None when it has none. Never raises for any bytes.

    A hostile file can cost time and memory: call it with `portal.core.press.run` for what strangers send.
    """
    if b"/ByteRange" not in data:  # a signature names what it covers, and never inside something compressed
        return None
    from pyhanko.pdf_utils.reader import PdfFileReader  # half a second, which few processes need

    try:
        found = list(PdfFileReader(BytesIO(data), strict=True).embedded_signatures)
        if not found:
            return None
        if len(found) > 1:
            return Verdict(reason="several signatures")
        return _judge(data, found[0], anchors)
    except Exception as error:  # the parsers raise whatever a broken file makes them raise
        return Verdict(reason=f"unreadable: {type(error).__name__}")


def _judge(data: bytes, signature: Any, anchors: Anchors) -> Verdict:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import SignatureCoverageLevel

    verdict = Verdict(subject=describe(signature.signer_cert).subject, signed_at=signature.self_reported_timestamp)
    if not _exact(data, signature):
        return replace(verdict, reason="the signature's container is not in its one form")
    stamp = stamp_of(signature.signer_info)
    if str(signature.sig_object.get(CERTIFICATES)) != fingerprint(_embedded(signature.signed_data)):
        return replace(verdict, reason="other certificates than those that were signed")
    if bool(getattr(signature.sig_object.get(STAMPED), "value", False)) != (stamp is not None):
        return replace(verdict, reason="the time-stamp is missing or not expected")
    if stamp is not None:
        info = stamp["content"]["encap_content_info"]["content"].parsed
        verdict = replace(verdict, signed_at=info["gen_time"].native, time_stamped=True)
    if verdict.signed_at is None:
        return replace(verdict, reason="no signing time")
    status = finish(_validated(signature, anchors, verdict.signed_at))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE and bool(status.docmdp_ok)
    verdict = replace(
        verdict,
        intact=bool(status.intact and status.valid),
        whole_file=whole and signature.docmdp_level is MDPPerm.NO_CHANGES,
    )
    if not status.trusted or status.validation_path is None:
        return replace(verdict, reason="the certificate does not lead to a trusted root")
    if stamp is not None:
        stamped = status.timestamp_validity
        if not (stamped and stamped.intact and stamped.valid and stamped.trusted):
            return replace(verdict, intact=False, reason="the time-stamp is not valid")
        if not _all_used(stamp["content"], stamped.validation_path):
            return replace(verdict, intact=False, reason="a certificate beside the point")
    root = status.validation_path.first.dump()
    sample = anchors.sample is not None and root == anchors.sample
    if not sample and verdict.subject not in anchors.subjects:
        return replace(verdict, reason="somebody else's certificate")
    return replace(verdict, trusted=True, sample=sample)


def leads_to(certificates: Sequence[x509.Certificate], anchors: Anchors, at: datetime) -> bool:
    """Whether the first of the certificates leads through the others to a trusted root at a moment."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.errors import PathError

    roots = [x509.Certificate.load(der) for der in (*anchors.roots, *filter(None, [anchors.sample]))]
    validator = CertificateValidator(
        certificates[0],
        intermediate_certs=certificates[1:],
        validation_context=ValidationContext(trust_roots=roots, moment=at, allow_fetching=False),
    )
    try:
        finish(validator.async_validate_path())
    except (PathError, ValueError):
        return False
    return True


async def _validated(signature: Any, anchors: Anchors, at: datetime) -> Any:
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(der) for der in anchors.roots]
    signing = [*roots, x509.Certificate.load(anchors.sample)] if anchors.sample else roots
    return await async_validate_pdf_signature(
        signature,
        signer_validation_context=ValidationContext(trust_roots=signing, moment=at, allow_fetching=False),
        ts_validation_context=ValidationContext(trust_roots=roots, moment=at, allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(
            key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
        ),
        skip_diff=True,  # nothing may follow the signature at all
    )


def _exact(data: bytes, signature: Any) -> bool:
    """Whether what the signature does not cover is the container alone, as we write it: capital hex, then zeros."""
    start, first, second, rest = (int(value) for value in signature.byte_range)
    if start != 0 or second < first or second + rest != len(data):
        return False
    container = canonical(cms.ContentInfo.load(signature.pkcs7_content)).dump()
    written = container.hex().upper().encode()
    return data[first:second] == bytes(b"<" + written.ljust(second - first - 2, b"0") + b">")


def _all_used(signed: cms.SignedData, path: Any) -> bool:
    """Whether each certificate in a container took part, so that none can be changed without notice."""
    used = {certificate.dump() for certificate in path}
    return all(certificate.dump() in used for certificate in _embedded(signed))


def _embedded(signed: cms.SignedData) -> list[x509.Certificate]:
    return [choice.chosen for choice in signed["certificates"]]
